"""The table of documents under their national codes, a row a version. Rows are added, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Moment, Plain, Words
from storage.models import Base, Sha256


class NationalDocument(Base):
    """One version of a document under its DocCode. The file is that of an intake (as it was sent) or the PDF
    of a digitized document; ``ending`` is its file name's."""

    __tablename__ = "national_document"
    __table_args__ = (
        UniqueConstraint("agency", "kind", "number", "version"),
        Index(None, "sha256"),
        Index(None, "ma_ho_so"),
    )

    doc_code: Mapped[str] = mapped_column(String(30), primary_key=True)
    agency: Mapped[str] = mapped_column(String(35))
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column()
    version: Mapped[int] = mapped_column()
    ma_ho_so: Mapped[str] = mapped_column(ForeignKey("dossier.ma_ho_so"))
    intake_id: Mapped[str] = mapped_column(ForeignKey("intake.id"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    sha256: Mapped[str] = mapped_column(Sha256)
    size: Mapped[int] = mapped_column(BigInteger)
    ending: Mapped[str] = mapped_column(String(5))
    described: Mapped[dict[str, Any]] = mapped_column(Plain)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(Words)
