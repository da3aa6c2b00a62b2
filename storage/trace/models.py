"""The table of the trace. Rows are only ever added (a trigger holds it); they outlive what they tell of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Moment, Plain, Words
from storage.models import Base, Identifier, Sha256
from storage.trace.chain import Entry


class Trace(Base):
    """One entry; see :class:`storage.trace.chain.Entry`."""

    __tablename__ = "trace"
    __table_args__ = (Index(None, "event_id", unique=True), Index(None, "ma_ho_so", "number"))

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    what: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(Words)
    ma_ho_so: Mapped[str | None] = mapped_column(String(60))
    intake_id: Mapped[str | None] = mapped_column(Identifier)
    document_id: Mapped[str | None] = mapped_column(Identifier)
    event_id: Mapped[str | None] = mapped_column(Identifier)
    details: Mapped[dict[str, Any]] = mapped_column(Plain, default=dict)
    before: Mapped[str] = mapped_column(Sha256)
    digest: Mapped[str] = mapped_column(Sha256)


def entry_of(row: Trace) -> Entry:
    """A row as an entry."""
    return Entry(
        number=row.number,
        at=row.at,
        what=row.what,
        by=row.by,
        ma_ho_so=row.ma_ho_so,
        intake_id=row.intake_id,
        document_id=row.document_id,
        event_id=row.event_id,
        details=dict(row.details),
        before=row.before,
        digest=row.digest,
    )
