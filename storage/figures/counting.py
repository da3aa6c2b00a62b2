"""Figures of a month, counted from the records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

from sqlalchemy import case, func, select

from records import Verdict
from storage import models
from storage.database import Database
from storage.result_models import Result
from storage.result_states import ResultState

_VIETNAM = timezone(timedelta(hours=7))
Side = Literal["centre", "agency"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the dossiers opened in a month, at one centre or for one agency (``name``; empty: not recorded).

    ``digitized``: those with a digitized document. ``electronic``: those with a result that is signed.
    ``crossing``: those where the place that helped is recorded and is not the one that received.
    ``documents`` and ``doubtful``: their documents, and those that went to a person.
    """

    name: str
    received: int = 0
    digitized: int = 0
    electronic: int = 0
    crossing: int = 0
    documents: int = 0
    doubtful: int = 0

    def plus(self, other: Figures) -> Figures:
        """The two together, under this one's name."""
        return Figures(
            self.name,
            self.received + other.received,
            self.digitized + other.digitized,
            self.electronic + other.electronic,
            self.crossing + other.crossing,
            self.documents + other.documents,
            self.doubtful + other.doubtful,
        )


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """First moment of a month ``2025-07`` in Vietnam, and of the month after.

    Raises:
        ValueError: not a month.
    """
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=_VIETNAM)
    return first, (first + timedelta(days=32)).replace(day=1)


def months_until(month: str, count: int) -> tuple[str, ...]:
    """``count`` months up to and with this one, oldest first."""
    year, number = (int(part) for part in month.split("-"))
    last = year * 12 + number - 1
    return tuple(f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(max(12, last - count + 1), last + 1))


def figures_of(database: Database, month: str, side: Side) -> tuple[Figures, ...]:
    """Figures of a month by centre or agency, the largest first."""
    first, after = month_bounds(month)
    dossier = models.Dossier
    by: Any = dossier.noi_tiep_nhan if side == "centre" else dossier.co_quan_giai_quyet
    opened = (dossier.opened_at >= first, dossier.opened_at < after)
    digitized = select(models.Document.id).where(models.Document.ma_ho_so == dossier.ma_ho_so).exists()
    # Not by the index of states, which SQLite would walk for each dossier anew.
    signed = func.coalesce(Result.state, "") == ResultState.SIGNED
    electronic = select(Result.id).where(Result.ma_ho_so == dossier.ma_ho_so, signed).exists()
    crossing = dossier.noi_ho_tro.is_not(None) & (
        dossier.noi_tiep_nhan.is_(None) | (dossier.noi_ho_tro != dossier.noi_tiep_nhan)
    )
    dossiers = select(by, func.count(), *(_share(one) for one in (digitized, electronic, crossing)))
    documents = (
        select(by, func.count(), _share(models.Document.verdict != Verdict.AUTO))
        .select_from(models.Document)
        .join(dossier, dossier.ma_ho_so == models.Document.ma_ho_so)
    )
    with database.read() as session:
        rows = session.execute(dossiers.where(*opened).group_by(by)).all()
        papers = {name: rest for name, *rest in session.execute(documents.where(*opened).group_by(by))}
    found = [Figures(row[0] or "", *row[1:], *papers.get(row[0], (0, 0))) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.received, one.name)))


def received_by_month(database: Database, months: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """How many dossiers were opened in each of these months."""
    bounds = [(month, *month_bounds(month)) for month in months]
    asked = select(
        *(
            select(func.count())
            .where(models.Dossier.opened_at >= first, models.Dossier.opened_at < after)
            .scalar_subquery()
            for _, first, after in bounds
        )
    )
    with database.read() as session:
        row = session.execute(asked).one()
    return tuple(zip(months, row, strict=True))


def reasons_of(database: Database, month: str) -> tuple[tuple[str, int], ...]:
    """Why documents of a month's dossiers went to a person: reason codes with their counts, the most frequent
    first. A document may have several."""
    first, after = month_bounds(month)
    asked = (
        select(models.Document.reasons)
        .join(models.Dossier, models.Dossier.ma_ho_so == models.Document.ma_ho_so)
        .where(models.Dossier.opened_at >= first, models.Dossier.opened_at < after)
        .where(models.Document.verdict != Verdict.AUTO)
    )
    with database.read() as session:
        counted = Counter(code for reasons in session.scalars(asked) for code in set(reasons))
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _share(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
