"""Accepted means stored, hashed, synced and committed; refused means that nothing is kept."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import MachineError, SenderError
from storage import dossiers
from storage.accepting import Arrival, accept_file, accept_upload
from storage.database import Database
from storage.objects import FolderStore, key_of
from tests.made_files import sha256_of, written
from tests.storage.conftest import CODE

ARRIVAL = Arrival(CODE, "đơn.pdf", "lan")


@pytest.fixture
def objects(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "objects")


def pieces(content: bytes) -> Iterator[bytes]:
    yield from (content[at : at + 7] for at in range(0, len(content), 7))


def test_an_upload_is_stored_under_its_hash(database: Database, objects: FolderStore, tmp_path: Path) -> None:
    content = b"a scan that comes in pieces"
    intake, created = accept_upload(
        database, objects, ARRIVAL, pieces(content), scratch=tmp_path, max_bytes=100
    )
    assert created
    assert (intake.sha256, intake.size) == (sha256_of(content), len(content))
    assert b"".join(objects.stream(key_of(intake.sha256))) == content
    assert dossiers.get_intake(database, intake.id) == intake
    assert not list(tmp_path.glob("upload-*"))


def test_too_large_a_file_is_refused_as_soon_as_it_is_known(
    database: Database, objects: FolderStore, tmp_path: Path
) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 10

    with pytest.raises(SenderError) as refused:
        accept_upload(database, objects, ARRIVAL, endless(), scratch=tmp_path, max_bytes=95)
    assert refused.value.code == "file_too_large"
    assert read == 10
    assert list(objects.all_keys()) == []
    assert dossiers.list_intakes(database).items == ()
    assert not list(tmp_path.glob("upload-*"))


def test_no_bytes_are_kept_for_a_code_that_is_none(
    database: Database, objects: FolderStore, tmp_path: Path
) -> None:
    path = written(tmp_path / "a", b"scan")
    with pytest.raises(SenderError):
        accept_file(database, objects, Arrival("12", "a", "lan"), path, sha256=sha256_of(b"scan"), size=4)
    assert list(objects.all_keys()) == []


def test_the_same_bytes_to_two_dossiers_are_one_object(
    database: Database, objects: FolderStore, tmp_path: Path
) -> None:
    path, sha256 = written(tmp_path / "a", b"scan"), sha256_of(b"scan")
    first, _ = accept_file(database, objects, ARRIVAL, path, sha256=sha256, size=4)
    second, created = accept_file(
        database, objects, Arrival("H49.12-251124-0008", "b", "minh"), path, sha256=sha256, size=4
    )
    assert created
    assert first.id != second.id
    assert list(objects.all_keys()) == [key_of(sha256)]


def test_a_full_disk_accepts_nothing(
    database: Database, objects: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a", b"scan")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError) as refused:
        accept_file(database, objects, ARRIVAL, path, sha256=sha256_of(b"scan"), size=4)
    monkeypatch.undo()
    assert refused.value.code == "disk_full"
    assert dossiers.list_intakes(database).items == ()
    intake, created = accept_file(database, objects, ARRIVAL, path, sha256=sha256_of(b"scan"), size=4)
    assert created, "sending again, with room, is accepted"
    assert objects.exists(key_of(intake.sha256))


def test_bytes_without_a_record_hurt_nobody(database: Database, objects: FolderStore, tmp_path: Path) -> None:
    path = written(tmp_path / "a", b"scan")
    objects.put_file(path, sha256_of(b"scan"), "application/pdf")  # and then the machine stopped
    _, created = accept_file(database, objects, ARRIVAL, path, sha256=sha256_of(b"scan"), size=4)
    assert created
