"""The tables are brought up to date once, whoever starts first; a database that is gone is told plainly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, event, text

from errors import MachineError, UsageError
from storage import dossiers
from storage.database import Database, open_database
from storage.models import Base
from tests import services
from tests.storage.conftest import CODE

ROOT = Path(__file__).resolve().parents[2]


def test_processes_that_start_at_once_agree(database_url: str) -> None:
    start = "import sys; from storage.database import open_database; open_database(sys.argv[1]).close()"
    command = [sys.executable, "-c", start, database_url]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    database = open_database(database_url)
    dossiers.open_dossier(database, CODE, by="lan")
    database.close()


def is_kept_by_hand(name: str | None, kind: str, parents: object) -> bool:
    """Not the index of words, which the database fills by itself."""
    return not (name or "").startswith(("find_", "ix_find_"))


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        migrations = MigrationContext.configure(connection, opts={"include_name": is_kept_by_hand})
        assert compare_metadata(migrations, Base.metadata) == []


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


def test_a_connection_that_is_cut_is_made_anew(postgres_server: Callable[[], str]) -> None:
    database = open_database(postgres_server())
    with pytest.raises(MachineError) as refused, database.write() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert refused.value.code == "database_unreachable"
    dossiers.open_dossier(database, CODE, by="lan")
    with database.engine.connect() as other:
        mine = text("SELECT pg_backend_pid()")
        pid = other.execute(mine).scalar()
        everyone_else = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> :pid"
        other.execute(text(everyone_else + " AND datname = current_database()"), {"pid": pid})
    assert dossiers.get_dossier(database, CODE).opened_by == "lan"
    database.close()


def test_a_server_that_goes_away() -> None:
    with services.postgres() as server:
        database = open_database(f"{server}/postgres")
        dossiers.open_dossier(database, CODE, by="lan")
    with pytest.raises(MachineError) as refused:
        dossiers.get_dossier(database, CODE)
    assert refused.value.code == "database_unreachable"
    database.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "mysql://u:geheim@h/d", "no address", "postgresql://u:geheim@h/d"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        open_database(url)
    assert "SOHOA_DATABASE_URL" in refused.value.english
    assert "geheim" not in refused.value.english, "no secret in a message"


def test_a_full_disk_under_sqlite_is_told_and_loses_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'db'}")

    @event.listens_for(database.engine, "begin")
    def _no_room(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 60")

    opened = []

    def open_many() -> None:
        for number in range(1000):
            opened.append(dossiers.open_dossier(database, f"H49.12-251124-{number:04d}", by="lan"))

    with pytest.raises(MachineError) as refused:
        open_many()
    assert refused.value.code == "disk_full"
    assert 0 < len(opened) == len(dossiers.list_dossiers(database, limit=500).items)
    database.close()
