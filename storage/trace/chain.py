"""The canonical form of an entry, and its hash. Documented in ``docs/trace.md``: auditors compute it too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_BEFORE = "0" * 64
"""What stands before the first entry."""

Detail = str | int | list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``before`` is the hash of the entry before, ``digest`` this one's own. ``event_id`` names the
    event that it tells of; reads, exports and refusals have none."""

    number: int
    at: datetime
    what: str
    by: str
    ma_ho_so: str | None
    intake_id: str | None
    document_id: str | None
    event_id: str | None
    details: Mapping[str, Detail]
    before: str
    digest: str


def canonical(entry: Entry) -> bytes:
    """The bytes that are hashed: one JSON object, UTF-8, keys in order of their code points, no spaces, nothing
    escaped that need not be; ``at`` in UTC with six figures of the second; without ``digest``."""
    told = {
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "before": entry.before,
        "by": entry.by,
        "details": dict(entry.details),
        "document_id": entry.document_id,
        "event_id": entry.event_id,
        "intake_id": entry.intake_id,
        "ma_ho_so": entry.ma_ho_so,
        "number": entry.number,
        "what": entry.what,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(entry: Entry) -> str:
    """sha256 of the canonical form, in small hexadecimal digits."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def line_of(entry: Entry) -> str:
    """The entry as a line of an export: its canonical form with ``digest`` at the end."""
    return f'{canonical(entry).decode()[:-1]},"digest":"{entry.digest}"}}'
