"""The tables of batches: what a partner announced. What arrived is told by the intakes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Moment, Words
from storage.models import Base, Identifier, Sha256


class Batch(Base):
    """One manifest. The same manifest is the same batch, however often it is sent."""

    __tablename__ = "batch"

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    manifest_sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    manifest: Mapped[str] = mapped_column(Words)
    sent_from: Mapped[str] = mapped_column(Words)
    sent_to: Mapped[str] = mapped_column(Words)
    sender: Mapped[str] = mapped_column(Words)
    received_at: Mapped[datetime] = mapped_column(Moment)


class BatchItem(Base):
    """One file of a manifest; ``number`` counts from 1."""

    __tablename__ = "batch_item"
    __table_args__ = (Index(None, "ma_ho_so", "sha256"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ma_ho_so: Mapped[str] = mapped_column(String(60))
    file: Mapped[str] = mapped_column(Words)
    sha256: Mapped[str] = mapped_column(Sha256)
    pages: Mapped[int | None] = mapped_column()
