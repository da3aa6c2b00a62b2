"""``sohoa backup``, ``sohoa restore`` and ``sohoa check-storage``: what an operator types, and what it says."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from errors import SenderError
from storage.backup import Copy, back_up, copies, restore
from storage.checking import Fault, Finding, StorageReport, check_storage
from storage.database import open_database
from storage.objects import ObjectStore, open_objects

_EVERY = 200  # objects between two words on a terminal


def back_up_to(folder: Path, *, database_url: str, objects: ObjectStore) -> None:
    """Take a copy and say what is in it.

    Raises:
        UsageError: ``bad_output``, the folder cannot be made or written.
        MachineError: as :func:`storage.backup.back_up`.
    """
    database = open_database(database_url)
    try:
        copy = back_up(database, objects, folder)
    finally:
        database.close()
    print(f"backed up {_summary(copy)} to {copy.folder}")


def restore_from(folder: Path, name: str, *, database_url: str, objects: ObjectStore) -> None:
    """Put a copy back into empty places and say what came. ``name``: of the folder of one copy; empty: the
    newest.

    Raises:
        SenderError, MachineError: as :func:`storage.backup.restore`.
    """
    chosen = None
    if name:
        chosen = next((copy for copy in copies(folder) if copy.folder.name == name), None)
        if chosen is None:
            raise SenderError("no_backup", folder=folder / "records" / name)
    copy = restore(folder, database_url, objects, chosen)
    print(f"restored {_summary(copy)}, as of {copy.taken_at:%Y-%m-%d %H:%M:%S} UTC")


def say_whether_whole(*, database_url: str, objects: ObjectStore, as_json: bool) -> int:
    """Hold records against objects and print what is not as it should be. Returns 0 when nothing is lost or
    damaged, else 1; orphans do no harm.

    Raises:
        MachineError: the database or the store cannot be had.
    """
    database = open_database(database_url)
    try:
        report = check_storage(database, objects, _counter())
    finally:
        database.close()
    if as_json:
        print(json.dumps(_plain(report), indent=1))
    else:
        for finding in report.findings:
            print(_line(finding))
        bad = sum(finding.fault is not Fault.ORPHAN for finding in report.findings)
        orphans = len(report.findings) - bad
        print(f"{report.objects} objects: {bad} lost or damaged, {orphans} that no record names")
    return 0 if report.whole else 1


def opened_objects(url: str, data_dir: Path) -> ObjectStore:
    """The store of the settings.

    Raises:
        MachineError: ``objects_unreachable``.
    """
    return open_objects(url, data_dir / "objects")


def _summary(copy: Copy) -> str:
    rows = copy.rows
    named = (("dossier", "dossiers"), ("intake", "files"), ("document", "documents"))
    return ", ".join(f"{rows.get(table, 0)} {word}" for table, word in named)


def _line(finding: Finding) -> str:
    users = f", needed by {' '.join(finding.used_by)}" if finding.used_by else ""
    return f"{finding.fault} {finding.key}{users}"


def _plain(report: StorageReport) -> dict[str, object]:
    return {
        "whole": report.whole,
        "objects": report.objects,
        "findings": [{"fault": f.fault, "key": f.key, "used_by": f.used_by} for f in report.findings],
    }


def _counter() -> Callable[[int], None] | None:
    """Progress, only on a terminal."""
    if not sys.stderr.isatty():
        return None

    def count(done: int) -> None:
        if done % _EVERY == 0:
            print(f"\r{done} objects read", end="", file=sys.stderr, flush=True)

    return count
