"""The connection to the database: SQLite in a file or PostgreSQL, the same code on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from errors import MachineError
from storage.migrations.upgrading import upgrade

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
        with _plainly(), Session(self.engine.execution_options(writes=True)) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that only looks.

        Raises:
            MachineError: ``database_unreachable``.
        """
        with _plainly(), Session(self.engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        said = str(error.orig)
        if "disk is full" in said or "No space left" in said or "disk I/O error" in said:
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
    """
    engine = _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _server(url)
    with _plainly():
        upgrade(engine)
    return Database(engine, clock)


def _server(url: str) -> Engine:
    return create_engine(
        url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args={"connect_timeout": 5}
    )


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("a database in memory cannot be shared between threads and keeps nothing")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
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
