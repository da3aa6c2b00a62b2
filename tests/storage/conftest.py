"""A fresh database for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.database import Database, open_database
from tests import services

CODE = "H49.12-251124-0007"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[], str]]:
    """Gives the address of another empty database each time."""
    with services.postgres() as server:
        admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        made = 0

        def another() -> str:
            # A schema of its own: a hundred times cheaper than a database.
            nonlocal made
            made += 1
            with admin.connect() as connection:
                connection.execute(text(f"CREATE SCHEMA test{made}"))
            return f"{server}/postgres?options=-csearch_path%3Dtest{made}"

        yield another
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records' / 'sohoa.sqlite3'}"
    address: str = request.getfixturevalue("postgres_server")()
    return address


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    opened = open_database(database_url, clock)
    yield opened
    opened.close()
