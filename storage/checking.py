"""Records held against objects: what is lost, what has rotted, what nobody knows of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, union

from errors import MachineError
from storage import models, national_models, result_models
from storage.database import Database
from storage.objects import ObjectStore, key_of
from storage.objects.keys import sha256_of

_BATCH = 500
_NAMES = (
    models.Intake.sha256,
    models.Document.pdf_sha256,
    models.Document.record_sha256,
    result_models.Result.source_sha256,
    result_models.Result.sha256,
    result_models.ResultSignature.after_sha256,
    result_models.SigningSession.prepared_sha256,
    national_models.NationalDocument.sha256,
)
"""Where records name objects. All are indexed."""


class Fault(StrEnum):
    """``lost``: a record names it, and it is not there. ``damaged``: its bytes are not those of its name.
    ``orphan``: no record names it (an upload that was cut off before its record; harmless)."""

    LOST = "lost"
    DAMAGED = "damaged"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. ``used_by``: ids of the intakes and documents that need it."""

    fault: Fault
    key: str
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StorageReport:
    """``objects``: how many the records name. Orphans do no harm."""

    objects: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is lost or damaged."""
        return all(finding.fault is Fault.ORPHAN for finding in self.findings)


def check_storage(
    database: Database, objects: ObjectStore, on_object: Callable[[int], None] | None = None
) -> StorageReport:
    """Read every object that a record names and compare it with its name; then look for orphans. Memory does
    not grow with the number of records. ``on_object`` is called with how many were read.

    Raises:
        MachineError: the database or the store cannot be had.
    """
    findings = []
    checked = 0
    for sha256 in named_objects(database):
        fault = _fault_of(objects, sha256)
        if fault:
            findings.append(Finding(fault, key_of(sha256), _used_by(database, sha256)))
        checked += 1
        if on_object:
            on_object(checked)
    orphans = [sha256 for batch in _batches(objects.all_keys()) for sha256 in _unnamed(database, batch)]
    # Asked again: an upload may have got its record in the meantime.
    orphans = [sha256 for batch in _batches(iter(orphans)) for sha256 in _unnamed(database, batch)]
    findings += [Finding(Fault.ORPHAN, key_of(sha256)) for sha256 in orphans]
    return StorageReport(checked, tuple(findings))


def named_objects(database: Database) -> Iterator[str]:
    """The sha256 of every object that a record names, each once, in order."""
    after = ""
    while True:
        # Each branch walks its own index; a union over whole tables would sort all of them anew each time.
        branches = [
            select(name.label("sha256")).where(name > after).order_by(name).limit(_BATCH) for name in _NAMES
        ]
        together = union(*(select(branch.subquery().c.sha256) for branch in branches)).subquery()
        with database.read() as session:
            found = session.scalars(select(together.c.sha256).order_by(together.c.sha256).limit(_BATCH)).all()
        if not found:
            return
        yield from found
        after = found[-1]


def _fault_of(objects: ObjectStore, sha256: str) -> Fault | None:
    digest = hashlib.sha256()
    try:
        for piece in objects.stream(key_of(sha256)):
            digest.update(piece)
    except MachineError as error:
        if error.code == "object_missing":
            return Fault.LOST
        raise
    return None if digest.hexdigest() == sha256 else Fault.DAMAGED


def _used_by(database: Database, sha256: str) -> tuple[str, ...]:
    with database.read() as session:
        return tuple(
            user
            for name in _NAMES
            for user in session.scalars(select(_owner(name)).where(name == sha256).order_by(_owner(name)))
        )


def _owner(name: Any) -> Any:
    """The column with the id of what needs the object."""
    owners = {result_models.ResultSignature: "result_id", national_models.NationalDocument: "doc_code"}
    return getattr(name.class_, owners.get(name.class_, "id"))


def _unnamed(database: Database, batch: Sequence[str]) -> list[str]:
    with database.read() as session:
        named = {sha256 for name in _NAMES for sha256 in session.scalars(select(name).where(name.in_(batch)))}
    return [sha256 for sha256 in batch if sha256 not in named]


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(sha256_of(name) or name)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
