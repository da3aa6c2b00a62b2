"""``sohoa backup``, ``restore`` and ``check-storage``, as an operator types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Table

from storage import checking
from storage.accepting import Arrival, accept_upload
from storage.database import open_database
from storage.models import Base
from storage.objects import FolderStore, key_of
from tests.made_files import sha256_of
from tests.storage.conftest import CODE

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT_ELSEWHERE = {
    ("result_signature", "before_sha256"),
    ("signing_session", "before_sha256"),
    ("batch", "manifest_sha256"),
    ("batch_item", "sha256"),
}
"""The state of a result before a signature is its source or the state after the signature before. A batch tells
what was announced; what came of it is an intake."""


def sohoa(data: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOHOA_")}
    environment |= {"SOHOA_DATA_DIR": str(data)} | settings
    return subprocess.run(
        [sys.executable, "-m", "cli", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def filled(data: Path) -> str:
    """A data folder with one file in it; the sha256 of the file."""
    database = open_database(f"sqlite:///{data.resolve() / 'sohoa.sqlite3'}")
    arrival = Arrival(CODE, "đơn.pdf", "lan")
    objects = FolderStore(data / "objects")
    accept_upload(database, objects, arrival, [b"scan"], scratch=data, max_bytes=100)
    database.close()
    return sha256_of(b"scan")


def test_from_one_machine_to_an_empty_postgresql(tmp_path: Path, postgres_server: Callable[[], str]) -> None:
    (tmp_path / "old").mkdir()
    filled(tmp_path / "old")
    told = sohoa(tmp_path / "old", "backup", str(tmp_path / "kept"))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("backed up 1 dossiers, 1 files, 0 documents to ")
    url = postgres_server()
    told = sohoa(tmp_path / "new", "restore", str(tmp_path / "kept"), SOHOA_DATABASE_URL=url)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("restored 1 dossiers, 1 files, 0 documents, as of ")
    told = sohoa(tmp_path / "new", "check-storage", SOHOA_DATABASE_URL=url)
    assert (told.returncode, told.stdout) == (0, "1 objects: 0 lost or damaged, 0 that no record names\n")
    told = sohoa(tmp_path / "new", "restore", str(tmp_path / "kept"), SOHOA_DATABASE_URL=url)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "sohoa: the database already holds records; restore into an empty one\n"


def test_a_lost_object_is_named_and_ends_with_1(tmp_path: Path) -> None:
    key = key_of(filled(tmp_path))
    (tmp_path / "objects" / key).unlink()
    told = sohoa(tmp_path, "check-storage")
    assert told.returncode == 1
    assert told.stdout.startswith(f"lost {key}, needed by ")
    told = sohoa(tmp_path, "check-storage", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["findings"][0]["fault"] == "lost"


def test_what_cannot_be_done_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for words in (
        ["backup", str(tmp_path / "file")],
        ["restore", str(tmp_path / "nothing")],
        ["restore", str(tmp_path), "--copy", "20260101T000000Z"],
    ):
        told = sohoa(tmp_path / "data", *words)
        assert told.returncode != 0
        assert told.stderr.startswith("sohoa: ")
        assert told.stderr.count("\n") == 1


def test_a_copy_of_a_later_version_is_not_put_back(tmp_path: Path) -> None:
    filled(tmp_path)
    sohoa(tmp_path, "backup", str(tmp_path / "kept"))
    (manifest,) = (tmp_path / "kept").glob("records/*/manifest.json")
    content = json.loads(manifest.read_bytes()) | {"revision": "9999"}
    manifest.write_text(json.dumps(content))
    told = sohoa(tmp_path / "new", "restore", str(tmp_path / "kept"))
    assert told.stderr == "sohoa: the backup was written by a later version of this product: update first\n"


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_that_names_an_object_is_checked_and_backed_up(table: Table) -> None:
    checked = {(name.class_.__tablename__, name.key) for name in checking._NAMES}
    named = {(table.name, column.name) for column in table.columns if "sha256" in column.name}
    assert named <= checked | LOOKED_AT_ELSEWHERE


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_can_be_written_to_a_backup(table: Table) -> None:
    kinds = {"String", "Words", "Plain", "Moment", "Integer", "BigInteger", "Float", "Boolean"}
    assert {type(column.type).__name__ for column in table.columns} <= kinds
