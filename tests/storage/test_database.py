"""The tables are brought up to date once, whoever starts first; a database that is gone is told plainly."""

from __future__ import annotations

import multiprocessing
import resource
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from errors import MachineError
from storage import dossiers
from storage.database import Database, open_database
from storage.models import Base
from tests import services
from tests.storage.conftest import CODE


def start(url: str) -> str:
    database = open_database(url)
    dossiers.open_dossier(database, CODE, by="lan")
    database.close()
    return "started"


def test_processes_that_start_at_once_agree(database_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as processes:
        assert processes.map(start, [database_url] * 2) == ["started"] * 2


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_newer_database_is_left_as_it_is(database: Database, database_url: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    older = open_database(database_url)
    dossiers.open_dossier(older, CODE, by="lan")
    older.close()


def test_sqlite_keeps_what_it_said_through_a_power_cut(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'db'}")
    with database.read() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as refused:
        open_database(f"postgresql+psycopg://sohoa@127.0.0.1:{services.free_port()}/postgres")
    assert refused.value.code == "database_unreachable"


def test_a_server_that_goes_away_and_comes_back() -> None:
    with services.postgres() as server:
        database = open_database(f"{server}/postgres")
        dossiers.open_dossier(database, CODE, by="lan")
    with pytest.raises(MachineError) as refused:
        dossiers.get_dossier(database, CODE)
    assert refused.value.code == "database_unreachable"
    database.close()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="memory"):
        open_database("sqlite://")


def fill_up(url: str) -> str:
    """In a process of its own that may not write files longer than they are now."""
    database = open_database(url)
    size = Path(url.removeprefix("sqlite:///")).with_suffix(".sqlite3-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
    for number in range(1000):
        try:
            dossiers.open_dossier(database, f"H49.12-251124-{number:04d}", by="lan")
        except MachineError as error:
            listed = dossiers.list_dossiers(database, limit=500).items
            return f"{error.code} after {number}, {len(listed)} kept"
    return "never full"


def test_a_full_disk_under_sqlite_is_told_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with multiprocessing.get_context("spawn").Pool(1) as processes:
        told = processes.apply(fill_up, [url])
    code, after = told.split(" after ")
    assert code == "disk_full"
    number, kept = after.split(", ")
    assert kept == f"{number} kept"
    assert len(dossiers.list_dossiers(open_database(url), limit=500).items) == int(number)
