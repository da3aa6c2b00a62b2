"""Entries are added to the chain, at the end of the transaction that they tell of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from storage import models
from storage.columns import storable
from storage.trace.chain import FIRST_BEFORE, Detail, Entry, digest_of
from storage.trace.models import Trace

if TYPE_CHECKING:
    from storage.database import Database  # which seals every transaction

_LOCK = 0x7472616365  # "trace"
_WAITING = "sohoa.trace"
_MOST_LETTERS = 200

TOLD = frozenset(
    {
        *("attempt", "channel", "code", "count", "doc_code", "documents", "level", "method", "name", "pages"),
        *(
            "pdf_sha256",
            "places",
            "position",
            "reason",
            "result",
            "role",
            "route",
            "sha256",
            "size",
            "status",
        ),
        *("type", "verdict", "version"),
    }
)
"""The details that an entry tells: identifiers, codes and counts. What else an event holds (a person's own
words) stays in the event, which can be forgotten."""


def tell(
    session: Session,
    what: str,
    *,
    by: str,
    at: datetime,
    ma_ho_so: str | None = None,
    intake_id: str | None = None,
    document_id: str | None = None,
    event_id: str | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Have an entry added when the transaction ends. Details that are not in :data:`TOLD` are left out."""
    session.info.setdefault(_WAITING, []).append(
        Entry(
            number=0,
            at=at,
            what=what,
            by=storable(by),
            ma_ho_so=ma_ho_so,
            intake_id=intake_id,
            document_id=document_id,
            event_id=event_id,
            details=told_of(details or {}),
            before="",
            digest="",
        )
    )


def tell_of_event(session: Session, event: models.Event) -> None:
    """Have an event's entry added when the transaction ends."""
    tell(
        session,
        event.what,
        by=event.by,
        at=event.at,
        ma_ho_so=event.ma_ho_so,
        intake_id=event.intake_id,
        document_id=event.document_id,
        event_id=event.id,
        details=event.details,
    )


def seal(session: Session) -> None:
    """Add the entries that wait, the last thing before the commit: the chain is held from here until then, and
    nobody who holds it waits for anything else."""
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":  # on SQLite a transaction that writes is alone
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = session.execute(select(Trace.number, Trace.digest).order_by(Trace.number.desc()).limit(1)).first()
    number, before = (last.number, last.digest) if last else (0, FIRST_BEFORE)
    for entry in chained(waiting, number, before):
        session.add(
            Trace(**{column.name: getattr(entry, column.name) for column in dataclasses.fields(Entry)})
        )
    session.flush()


def chained(entries: Sequence[Entry], number: int, before: str) -> list[Entry]:
    """The entries with their numbers and hashes, after the entry ``number`` whose hash is ``before``."""
    made = []
    for entry in entries:
        number += 1
        entry = dataclasses.replace(entry, number=number, before=before)
        before = digest_of(entry)
        made.append(dataclasses.replace(entry, digest=before))
    return made


def told_of(details: Mapping[str, object]) -> dict[str, Detail]:
    """The details that an entry tells, as plain values."""
    return {name: _plain(value) for name, value in details.items() if name in TOLD and value is not None}


def _plain(value: object) -> Detail:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return [storable(str(one))[:_MOST_LETTERS] for one in value]
    return storable(str(value))[:_MOST_LETTERS]


def append(
    database: Database,
    what: str,
    *,
    by: str,
    ma_ho_so: str | None = None,
    intake_id: str | None = None,
    document_id: str | None = None,
    **details: object,
) -> None:
    """Add an entry that tells of no change: a read, an export, a refusal.

    Raises:
        MachineError: it was not added; then what it tells of must not happen.
    """
    with database.write() as session:
        tell(
            session,
            what,
            by=by,
            at=database.clock(),
            ma_ho_so=ma_ho_so,
            intake_id=intake_id,
            document_id=document_id,
            details=details,
        )
