"""The connection to the database: SQLite in a file or PostgreSQL, the same code on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from errors import MachineError, UsageError
from storage.migrations.upgrading import upgrade
from storage.trace.sealing import seal

_BUSY_SECONDS = 30


def utc_now() -> datetime:
    """The time of this machine, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Database:
    """An engine and a clock. ``write`` and ``read`` are whole transactions."""

    engine: Engine
    clock: Callable[[], datetime] = utc_now

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that changes something: committed whole at the end, or not at all.

        Raises:
            MachineError: ``database_unreachable`` or ``disk_full``.
        """
        with plainly(), Session(self.engine.execution_options(writes=True)) as session, session.begin():
            yield session
            seal(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that only looks.

        Raises:
            MachineError: ``database_unreachable``.
        """
        with plainly(), Session(self.engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def plainly() -> Iterator[None]:
    """Say in this house's errors what the database met.

    Raises:
        MachineError: ``database_unreachable`` or ``disk_full``.
    """
    try:
        yield
    except OperationalError as error:
        said = str(error.orig)
        if "disk is full" in said or "No space left" in said:
            raise MachineError("disk_full") from error
        raise MachineError("database_unreachable") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise MachineError("database_unreachable") from error
        raise


def open_database(url: str, clock: Callable[[], datetime] = utc_now) -> Database:
    """Connect and bring the tables up to date; safe when several processes start at once.

    ``url``: ``sqlite:////path/to/file`` or ``postgresql+psycopg://user@host/name``.

    Raises:
        MachineError: ``database_unreachable``.
        UsageError: ``bad_setting``.
    """
    database = Database(connect(url), clock)
    with plainly():
        upgrade(database.engine)
    return database


def connect(url: str) -> Engine:
    """An engine with everything that this house needs set; the tables are left as they are.

    Raises:
        UsageError: ``bad_setting``.
    """
    try:
        parts = make_url(url)
    except ArgumentError:
        raise _not_an_address("it is not understood") from None
    match parts.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _sqlite(parts)
        case "postgresql+psycopg":
            return _server(parts)
        case other:
            raise _not_an_address(f"{other}:// is not sqlite:// or postgresql+psycopg://")


def _not_an_address(why: str) -> UsageError:
    return UsageError("bad_setting", name="SOHOA_DATABASE_URL", why=why)


def _server(url: URL) -> Engine:
    return create_engine(
        url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args={"connect_timeout": 5}
    )


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise _not_an_address("a database in memory keeps nothing")
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError("database_unreachable") from error
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: _begin below decides their kind.
        connection.isolation_level = None
        # FULL: with NORMAL a commit in WAL mode may vanish when the power goes.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that begins by reading and then writes cannot wait for another writer; it fails.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
