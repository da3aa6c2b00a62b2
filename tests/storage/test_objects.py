"""Bytes are kept whole, under the name of their content, in a folder and in a real S3 server."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from errors import MachineError, UsageError
from storage.objects import FolderStore, ObjectStore, key_of, open_objects
from tests import services
from tests.made_files import sha256_of, written

PDF = "application/pdf"
LARGE = bytes(range(256)) * 80_000  # 20 MB: more than one piece, more than one part


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with services.s3_server(tmp_path_factory.mktemp("s3"), key="key", secret="s e/cret") as port:
        yield f"s3://key:{quote('s e/cret', safe='')}@127.0.0.1:{port}/scans?secure=false"


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    address = "" if request.param == "folder" else request.getfixturevalue("s3_address")
    return open_objects(address, tmp_path / "objects")


@pytest.mark.parametrize("content", [b"", b"scan", LARGE], ids=["empty", "small", "large"])
def test_what_is_put_comes_back(store: ObjectStore, tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "a.pdf", content)
    key = store.put_file(path, sha256_of(content), PDF)
    assert key == key_of(sha256_of(content))
    assert store.put_file(path, sha256_of(content), PDF) == key
    assert store.exists(key)
    assert store.stat(key).size == len(content)
    assert b"".join(store.stream(key)) == content
    assert store.local_copy(key, tmp_path).read_bytes() == content
    assert key in list(store.all_keys())
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("start", "length"), [(0, 10), (5, None), (1_500_000, 2_000_000), (20_479_990, 99), (0, 0)]
)
def test_a_part_can_be_had(store: ObjectStore, tmp_path: Path, start: int, length: int | None) -> None:
    key = store.put_file(written(tmp_path / "a", LARGE), sha256_of(LARGE), PDF)
    end = None if length is None else start + length
    assert b"".join(store.stream(key, start=start, length=length)) == LARGE[start:end]


def test_other_bytes_than_named_are_not_kept(store: ObjectStore, tmp_path: Path) -> None:
    named = sha256_of(b"what was promised to the sender")
    with pytest.raises(MachineError) as refused:
        store.put_file(written(tmp_path / "a", b"what is there"), named, PDF)
    assert refused.value.code == "object_damaged"
    assert not store.exists(key_of(named))


@pytest.mark.parametrize("key", [key_of("0" * 64), "../../etc/passwd", "unfinished/x"])
def test_what_is_not_there_is_missing(store: ObjectStore, tmp_path: Path, key: str) -> None:
    assert not store.exists(key)
    for ask in (store.stat, store.stream, lambda key: store.local_copy(key, tmp_path)):
        with pytest.raises(MachineError) as refused:
            ask(key)
        assert refused.value.code == "object_missing"


def test_a_working_store_passes_its_check(store: ObjectStore) -> None:
    before = set(store.all_keys())
    store.check()
    assert set(store.all_keys()) == before


# ---- the folder -------------------------------------------------------------------------------------------


def test_an_original_cannot_be_written_to(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "objects")
    key = store.put_file(written(tmp_path / "a", b"scan"), sha256_of(b"scan"), PDF)
    assert (tmp_path / "objects" / key).stat().st_mode & 0o222 == 0


def test_an_object_that_went_bad_is_put_anew(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "objects")
    key = store.put_file(written(tmp_path / "a", b"scan"), sha256_of(b"scan"), PDF)
    lying = tmp_path / "objects" / key
    lying.unlink()
    lying.write_bytes(b"sca")
    store.put_file(tmp_path / "a", sha256_of(b"scan"), PDF)
    assert b"".join(store.stream(key)) == b"scan"


def test_a_rotten_original_is_not_read(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "objects")
    key = store.put_file(written(tmp_path / "a", b"scan"), sha256_of(b"scan"), PDF)
    (tmp_path / "objects" / key).unlink()
    (tmp_path / "objects" / key).write_bytes(b"scam")
    with pytest.raises(MachineError) as refused:
        store.local_copy(key, tmp_path)
    assert refused.value.code == "object_damaged"


@pytest.mark.parametrize("moment", ["writing", "syncing"])
def test_a_full_disk_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    store = FolderStore(tmp_path / "objects")
    path = written(tmp_path / "a", LARGE)

    def full(*_: object) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if moment == "writing":
        monkeypatch.setattr("storage.objects.folder._copy", full)
    else:
        monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError) as refused:
        store.put_file(path, sha256_of(LARGE), PDF)
    monkeypatch.undo()
    assert refused.value.code == "disk_full"
    assert list(store.all_keys()) == []
    assert not [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


# ---- S3 ---------------------------------------------------------------------------------------------------


def test_a_wrong_secret_is_told(s3_address: str, tmp_path: Path) -> None:
    with pytest.raises(MachineError) as refused:
        open_objects(s3_address.replace("cret@", "crot@"), tmp_path)
    assert refused.value.code == "objects_unreachable"


def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as refused:
        open_objects(f"s3://key:secret@127.0.0.1:{services.free_port()}/scans?secure=false", tmp_path)
    assert refused.value.code == "objects_unreachable"


@pytest.mark.parametrize(
    "address", ["s3://key:secret@host:9000", "s3://k:s@h/b?sekure=false", "ftp://h/b", "s3://k:s@h/b"]
)
def test_an_address_that_is_none(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_objects(address, tmp_path)
    assert "SOHOA_OBJECTS_URL" in refused.value.english
    assert "k:s@" not in refused.value.english, "no secret in a message"


def test_bytes_that_changed_in_the_bucket_are_not_read(tmp_path: Path) -> None:
    with services.s3_server(tmp_path) as port:
        store = open_objects(f"s3://key:s%20e%2Fcret@127.0.0.1:{port}/scans?secure=false", tmp_path)
        key = store.put_file(written(tmp_path / "a", b"scan"), sha256_of(b"scan"), PDF)
        lying = tmp_path / "buckets" / "scans" / key
        assert lying.read_bytes() == b"scan"
        shutil.copyfile(written(tmp_path / "b", b"scam"), lying)
        with pytest.raises(MachineError) as refused:
            store.local_copy(key, tmp_path)
    assert refused.value.code == "object_damaged"
