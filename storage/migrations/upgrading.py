"""Bring a database up to the tables that this code knows."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

_LOCK = 0x736F686F61  # "sohoa"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run what has not run yet up to ``revision``, in one transaction that only one process can hold.

    A database that is already newer than this code is left as it is: for one version, old and new workers
    run side by side.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        current = current_revision(connection)
        if current == scripts.get_current_head() or (current and not _knows(scripts, current)):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current_revision(connection: Connection) -> str | None:
    """The revision of the tables; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether this code can bring tables to the revision."""
    return _knows(ScriptDirectory.from_config(_config()), revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _knows(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False
