"""Losses are found, copies can be put back, also into the other kind of database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from errors import MachineError, SenderError
from storage import checking, dossiers
from storage.accepting import Arrival, accept_file
from storage.backup import back_up, copies, restore
from storage.checking import Fault, Finding, check_storage, named_objects
from storage.database import Database, open_database
from storage.objects import FolderStore, key_of
from tests.made_files import digitized_file, sha256_of, source_of, written
from tests.storage.conftest import CODE, Clock


@pytest.fixture
def objects(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "objects")


@pytest.fixture
def documents(database: Database, objects: FolderStore, tmp_path: Path) -> tuple[str, ...]:
    """Two documents of one file, with all their objects."""
    path = written(tmp_path / "a.pdf", b"scan")
    intake, _ = accept_file(
        database, objects, Arrival(CODE, "a.pdf", "lan"), path, sha256=sha256_of(b"scan"), size=4
    )
    claim = dossiers.claim_intake(database, intake.id, worker="w", allowed=timedelta(hours=1))
    assert claim is not None
    digitized = digitized_file(source_of(path), tmp_path)
    records = []
    for number, (_, composed) in enumerate(digitized.documents):
        objects.put_file(composed.path, composed.sha256, "application/pdf")
        record = written(tmp_path / "record.json", f"{number}".encode())
        records.append(sha256_of(record.read_bytes()))
        objects.put_file(record, records[-1], "application/json")
    return dossiers.attach_documents(database, claim, digitized, records)


def test_a_whole_store_has_no_findings(
    database: Database, objects: FolderStore, documents: tuple[str, ...]
) -> None:
    report = check_storage(database, objects)
    assert (report.objects, report.findings, report.whole) == (5, (), True)


def test_losses_damage_and_orphans_are_told(
    database: Database, objects: FolderStore, documents: tuple[str, ...], tmp_path: Path
) -> None:
    first, second = (dossiers.get_document(database, one).document for one in documents)
    lost, damaged, orphan = key_of(first.pdf_sha256), key_of(second.record_sha256), sha256_of(b"nobody's")
    (tmp_path / "objects" / lost).unlink()
    (tmp_path / "objects" / damaged).unlink()
    written(tmp_path / "objects" / damaged, b"rotten")
    objects.put_file(written(tmp_path / "b", b"nobody's"), orphan, "application/pdf")
    report = check_storage(database, objects)
    assert set(report.findings) == {
        Finding(Fault.LOST, lost, (first.id,)),
        Finding(Fault.DAMAGED, damaged, (second.id,)),
        Finding(Fault.ORPHAN, key_of(orphan)),
    }
    assert not report.whole


def test_every_named_object_is_seen_once_however_many_there_are(
    database: Database, documents: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_BATCH", 2)
    for n in range(7):
        dossiers.receive_intake(database, CODE, name="n", sha256=f"{n}" * 64, size=1, sender="lan")
    found = list(named_objects(database))
    assert found == sorted(set(found))
    assert len(found) == 12


@pytest.fixture(params=["sqlite", "postgres"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'other.sqlite3'}"
    another: Callable[[], str] = request.getfixturevalue("postgres_server")
    return another()


def test_a_copy_comes_back_as_it_was(
    database: Database,
    objects: FolderStore,
    documents: tuple[str, ...],
    other_url: str,
    tmp_path: Path,
    clock: Clock,
) -> None:
    copy = back_up(database, objects, tmp_path / "backup")
    assert copy.rows["document"] == 2
    restored_objects = FolderStore(tmp_path / "restored")
    assert restore(tmp_path / "backup", other_url, restored_objects) == copy
    other = open_database(other_url, clock)
    assert [dossiers.get_document(other, one) for one in documents] == [
        dossiers.get_document(database, one) for one in documents
    ]
    assert dossiers.events_of(other, ma_ho_so=CODE) == dossiers.events_of(database, ma_ho_so=CODE)
    assert check_storage(other, restored_objects).findings == ()
    # And the work goes on.
    dossiers.confirm_document(other, documents[0], by="lan", expected_version=1)
    other.close()
    with pytest.raises(SenderError) as refused:
        restore(tmp_path / "backup", other_url, restored_objects)
    assert refused.value.code == "database_not_empty"


def test_the_next_copy_is_another_one(
    database: Database, objects: FolderStore, documents: tuple[str, ...], tmp_path: Path, clock: Clock
) -> None:
    first = back_up(database, objects, tmp_path / "backup")
    clock.passes(days=1)
    dossiers.confirm_document(database, documents[0], by="lan", expected_version=1)
    second = back_up(database, objects, tmp_path / "backup")
    assert copies(tmp_path / "backup") == (first, second)
    restore(tmp_path / "backup", f"sqlite:///{tmp_path / 'old'}", objects, first)
    old = open_database(f"sqlite:///{tmp_path / 'old'}")
    assert dossiers.get_document(old, documents[0]).document.confirmed_by is None
    old.close()


def test_a_damaged_or_unfinished_copy_is_not_put_back(
    database: Database, objects: FolderStore, documents: tuple[str, ...], tmp_path: Path
) -> None:
    copy = back_up(database, objects, tmp_path / "backup")
    lines = copy.folder / "field.jsonl"
    lines.write_bytes(lines.read_bytes().replace("12/QĐ".encode(), "13/QĐ".encode()))
    with pytest.raises(SenderError) as refused:
        restore(tmp_path / "backup", f"sqlite:///{tmp_path / 'other'}", objects)
    assert refused.value.code == "backup_damaged"
    (copy.folder / "manifest.json").unlink()
    with pytest.raises(SenderError) as refused:
        restore(tmp_path / "backup", f"sqlite:///{tmp_path / 'other'}", objects)
    assert refused.value.code == "no_backup"


def test_no_copy_is_called_finished_when_an_object_is_missing(
    database: Database, objects: FolderStore, documents: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "objects" / key_of(sha256_of(b"scan"))).unlink()
    with pytest.raises(MachineError) as refused:
        back_up(database, objects, tmp_path / "backup")
    assert refused.value.code == "object_missing"
    assert copies(tmp_path / "backup") == ()
