"""The table of figures that other systems own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Moment, Words
from storage.models import Base, Identifier


class OtherFigure(Base):
    """One figure of a month as another system told it, with its source. Later ones count; none is removed."""

    __tablename__ = "other_figure"

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    month: Mapped[str] = mapped_column(String(7), index=True)
    centre: Mapped[str] = mapped_column(Words)
    code: Mapped[str] = mapped_column(String(40))
    value: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(Words)
    told_at: Mapped[datetime] = mapped_column(Moment)
    told_by: Mapped[str] = mapped_column(Words)
