"""Copies of everything in a folder, and everything back from such a folder.

::

    FOLDER/objects/...                every object, once, shared by all copies
    FOLDER/records/20261124T080000Z/  one copy of the records: TABLE.jsonl for each table, manifest.json

The records are plain lines of JSON, so that a copy taken from SQLite can be put into PostgreSQL: this is also
the way to grow from one machine to many. A copy without its manifest is an unfinished one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Table, insert, select, text

from errors import MachineError, SenderError, UsageError
from storage.checking import named_objects
from storage.database import Database, connect, plainly
from storage.disk import is_full
from storage.migrations.upgrading import current_revision, knows, upgrade
from storage.objects import FolderStore, ObjectStore, key_of

_FORMAT = 1
_ROWS = 500
_MANIFEST = "manifest.json"
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the records. ``rows`` by table."""

    folder: Path
    taken_at: datetime
    rows: dict[str, int]


def back_up(database: Database, objects: ObjectStore, folder: Path) -> Copy:
    """Copy records and objects while the service goes on. The records are of one moment; every object that
    they name is copied, those of an earlier copy in the same folder are not copied again.

    Raises:
        MachineError: ``disk_full``; ``object_missing``, ``object_damaged``: the store itself is not whole
            (see :func:`storage.checking.check_storage`); the database or the store cannot be had.
        UsageError: ``bad_output``, the folder cannot be made.
    """
    now = database.clock()
    records = folder / "records" / f"{now:%Y%m%dT%H%M%SZ}"
    with _full_told():
        try:
            records.mkdir(parents=True)
        except (PermissionError, FileExistsError, NotADirectoryError) as error:
            raise UsageError("bad_output", name=records, why=error.strerror) from None
        with plainly(), database.engine.connect() as connection:
            revision, tables = _dump(connection, records)
    # After the records: an object is stored before its record, and never taken away.
    kept = FolderStore(folder / "objects")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for sha256 in named_objects(database):
            if not kept.exists(key_of(sha256)):
                path = objects.local_copy(key_of(sha256), Path(scratch))
                kept.put_file(path, sha256, _UNKNOWN)
                if path.parent == Path(scratch):
                    path.unlink()
    manifest = {"format": _FORMAT, "revision": revision, "taken_at": now.isoformat(), "tables": tables}
    with _full_told():
        _write_synced(records / _MANIFEST, json.dumps(manifest, indent=1).encode())
    return Copy(records, now, {name: table["rows"] for name, table in tables.items()})


def copies(folder: Path) -> tuple[Copy, ...]:
    """The finished copies of the records in a folder, oldest first."""
    found = []
    for path in sorted((folder / "records").glob(f"*/{_MANIFEST}")):
        manifest = json.loads(path.read_bytes())
        rows = {name: table["rows"] for name, table in manifest["tables"].items()}
        found.append(Copy(path.parent, datetime.fromisoformat(manifest["taken_at"]), rows))
    return tuple(found)


def restore(folder: Path, database_url: str, objects: ObjectStore, copy: Copy | None = None) -> Copy:
    """Put a copy (the newest unless given) into an empty database and its objects into a store.

    Raises:
        SenderError: ``no_backup``, there is no finished copy; ``backup_damaged``, it is not as it was
            written; ``backup_newer``, a later version of this product wrote it; ``database_not_empty``.
        MachineError: ``disk_full``; the database or the store cannot be had.
    """
    found = copies(folder)
    if not found:
        raise SenderError("no_backup", folder=folder)
    copy = copy or found[-1]
    manifest = json.loads((copy.folder / _MANIFEST).read_bytes())
    if manifest["format"] != _FORMAT or not knows(manifest["revision"]):
        raise SenderError("backup_newer")
    for name, table in manifest["tables"].items():
        with (copy.folder / f"{name}.jsonl").open("rb") as lines:
            if hashlib.file_digest(lines, "sha256").hexdigest() != table["sha256"]:
                raise SenderError("backup_damaged", name=f"{name}.jsonl")
    engine = connect(database_url)
    try:
        with plainly():
            upgrade(engine, manifest["revision"])
            with engine.connect() as connection:
                _see_that_it_is_empty(connection, manifest["revision"])
        # The objects first: no record without its object, even when this is cut off.
        kept = FolderStore(folder / "objects")
        with tempfile.TemporaryDirectory() as scratch:
            for key in kept.all_keys():
                objects.put_file(kept.local_copy(key, Path(scratch)), key.rsplit("/", 1)[-1], _UNKNOWN)
        with plainly():
            with engine.execution_options(writes=True).begin() as connection:
                _see_that_it_is_empty(connection, manifest["revision"])
                _load(connection, copy.folder, list(manifest["tables"]))
            upgrade(engine)
    finally:
        engine.dispose()
    return copy


def _see_that_it_is_empty(connection: Connection, revision: str) -> None:
    """Also that its tables are those of the copy: a service of another version may have made them."""
    if current_revision(connection) != revision or any(
        connection.execute(select(table).limit(1)).first() for table in _tables(connection)
    ):
        raise SenderError("database_not_empty")


def _dump(connection: Connection, records: Path) -> tuple[str | None, dict[str, dict[str, Any]]]:
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    tables = {}
    with connection.begin():
        revision = current_revision(connection)
        for table in _tables(connection):
            tables[table.name] = _dump_table(connection, table, records / f"{table.name}.jsonl")
    return revision, tables


def _dump_table(connection: Connection, table: Table, path: Path) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with path.open("xb") as out:
        answer = connection.execution_options(yield_per=_ROWS).execute(select(table))
        for row in answer.mappings():
            line = json.dumps(dict(row), ensure_ascii=False, default=_as_utc).encode() + b"\n"
            digest.update(line)
            out.write(line)
            rows += 1
        out.flush()
        os.fsync(out.fileno())
    return {"rows": rows, "sha256": digest.hexdigest()}


def _load(connection: Connection, folder: Path, names: list[str]) -> None:
    naive = connection.dialect.name == "sqlite"
    tables = {table.name: table for table in _tables(connection)}
    for name in names:
        table = tables[name]
        moments = [column.name for column in table.columns if isinstance(column.type, DateTime)]
        for rows in _rows(folder / f"{name}.jsonl"):
            for row in rows:
                for moment in moments:
                    if row[moment] is not None:
                        at = datetime.fromisoformat(row[moment])
                        row[moment] = at.replace(tzinfo=None) if naive else at
            connection.execute(insert(table), rows)


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are, whatever this code knows of them, in an order in which they can be filled;
    without SQLite's search indexes, which triggers fill."""
    derived: list[str] = []
    if connection.dialect.name == "sqlite":
        virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        derived = list(connection.scalars(text(virtual)))
    metadata = MetaData()
    metadata.reflect(
        connection,
        only=lambda name, _: (
            name != "alembic_version"
            and not any(name == one or name.startswith(f"{one}_") for one in derived)
        ),
    )
    return metadata.sorted_tables


def _rows(path: Path) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with path.open("rb") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == _ROWS:
                yield batch
                batch = []
    if batch:
        yield batch


def _as_utc(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"a column of {type(value).__name__} cannot be copied")
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _write_synced(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(path)


@contextmanager
def _full_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise MachineError("disk_full") from error
        raise
