"""The trace is read, checked and handed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from storage import models
from storage.database import Database
from storage.trace.chain import FIRST_BEFORE, Entry, digest_of
from storage.trace.models import Trace, entry_of

_BATCH = 1000
MOST_FAULTS = 100


class Fault(StrEnum):
    """``edited``: the entry is not what its hash was made of. ``removed``: entries are missing before it.
    ``parted``: it does not follow from the entry before it (one of the two was put in another's place).
    ``cut``: entries are missing at the end. ``untold``: an event has no entry."""

    EDITED = "edited"
    REMOVED = "removed"
    PARTED = "parted"
    CUT = "cut"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. ``number``: of the entry; of an ``untold`` event, 0."""

    fault: Fault
    number: int
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class TraceReport:
    """``entries``: how many were checked. ``head``: the hash of the last. At most :data:`MOST_FAULTS` findings
    are listed."""

    entries: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings


def entries(database: Database, *, after: int = 0) -> Iterator[Entry]:
    """All entries after a number, in their order; memory does not grow with them."""
    while True:
        batch = part(database, after=after, limit=_BATCH)
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].number


def part(
    database: Database, *, after: int, limit: int, ma_ho_so: str | None = None, events_only: bool = False
) -> tuple[Entry, ...]:
    """At most ``limit`` entries after a number. ``events_only``: changes, without reads and refusals."""
    asked = select(Trace).where(Trace.number > after).order_by(Trace.number).limit(limit)
    if events_only:
        asked = asked.where(Trace.event_id.is_not(None))
    if ma_ho_so is not None:
        asked = asked.where(Trace.ma_ho_so == ma_ho_so)
    with database.read() as session:
        return tuple(entry_of(row) for row in session.scalars(asked))


def last_number(database: Database) -> int:
    """The number of the last entry; 0 where there is none."""
    with database.read() as session:
        return session.scalar(select(func.max(Trace.number))) or 0


def check_trace(database: Database, *, known: tuple[int, str] | None = None) -> TraceReport:
    """Compute every hash anew and follow the chain. ``known`` is the number and hash of an entry that were
    written down elsewhere: only so is it found that the end was cut off, or all was computed anew."""
    findings: list[Finding] = []
    number, before, told = 0, FIRST_BEFORE, None
    for entry in entries(database):
        if entry.number != number + 1:
            findings.append(Finding(Fault.REMOVED, entry.number))
        elif entry.before != before:
            findings.append(Finding(Fault.PARTED, entry.number))
        if entry.digest != digest_of(entry):
            findings.append(Finding(Fault.EDITED, entry.number))
        number, before = entry.number, entry.digest
        if known and known[0] == number:
            told = entry.digest
    if known and told != known[1]:
        findings.append(Finding(Fault.CUT if told is None else Fault.EDITED, known[0]))
    findings += [Finding(Fault.UNTOLD, 0, event_id) for event_id in _untold(database)]
    return TraceReport(number, before, tuple(findings[:MOST_FAULTS]))


def _untold(database: Database) -> list[str]:
    missing = (
        select(models.Event.id)
        .outerjoin(Trace, Trace.event_id == models.Event.id)
        .where(Trace.number.is_(None))
        .order_by(models.Event.id)
        .limit(MOST_FAULTS)
    )
    with database.read() as session:
        return list(session.scalars(missing))
