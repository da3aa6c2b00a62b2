"""The trace is whole under many writers, and shows whatever was done to it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from errors import UsageError
from storage import dossiers
from storage.backup import back_up, restore
from storage.database import Database, connect, open_database
from storage.dossiers.events import record
from storage.dossiers.receiving import ensure_dossier
from storage.migrations.upgrading import upgrade
from storage.objects import FolderStore
from storage.trace.chain import Entry, canonical, digest_of
from storage.trace.command import export_trace, verify_trace
from storage.trace.reading import check_trace, entries, part
from storage.trace.sealing import append


def some_work(database: Database, count: int = 6) -> None:
    for number in range(count):
        dossiers.open_dossier(database, f"H49.12-251124-{number:04d}", by="Lê Thị Kiểm")


def pried_open(database: Database, *statements: str) -> None:
    """As somebody who owns the database."""
    with database.engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE trace DISABLE TRIGGER ALL"))
        else:
            connection.execute(text("DROP TRIGGER trace_no_update"))
            connection.execute(text("DROP TRIGGER trace_no_delete"))
        for statement in statements:
            connection.execute(text(statement))


def found(database: Database) -> list[tuple[str, int]]:
    return [(one.fault.value, one.number) for one in check_trace(database).findings]


def test_the_canonical_form_is_what_the_docs_say() -> None:
    entry = Entry(
        *(1, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "read", 'Đỗ "B"', "H49.12-251124-0007", None, None),
        *(None, {"name": "get_pdf", "count": 2}, "0" * 64, ""),
    )
    form = (
        '{"at":"2026-11-24T08:00:00.000000Z","before":"' + "0" * 64 + '","by":"Đỗ \\"B\\"","details":'
        '{"count":2,"name":"get_pdf"},"document_id":null,"event_id":null,"intake_id":null,'
        '"ma_ho_so":"H49.12-251124-0007","number":1,"what":"read"}'
    )
    assert canonical(entry).decode() == form
    assert digest_of(entry) == hashlib.sha256(form.encode()).hexdigest()


def test_every_event_has_its_entry_and_the_chain_is_whole(database: Database) -> None:
    some_work(database)
    append(database, "read", by="hệ thống\x00 A", document_id="0" * 26, name="get_pdf")
    report = check_trace(database)
    assert report.whole
    assert report.entries == 7
    told = list(entries(database))
    assert [one.number for one in told] == list(range(1, 8))
    assert told[-1].digest == report.head
    events = [
        one.id
        for number in range(6)
        for one in dossiers.events_of(database, ma_ho_so=f"H49.12-251124-{number:04d}").items
    ]
    assert [one.event_id for one in told] == [*events, None]


def test_many_writers_make_one_chain(database: Database) -> None:
    def work(number: int) -> None:
        for again in range(4):
            dossiers.receive_intake(
                database,
                f"H49.12-251124-{number % 3:04d}",
                name="đơn.pdf",
                sha256=f"{number:032x}{again:032x}",
                size=1,
                sender="quầy",
            )

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    report = check_trace(database)
    assert report.whole
    assert report.entries == 8 * 4 + 3
    assert [one.number for one in entries(database)] == list(range(1, report.entries + 1))


def test_a_change_that_is_not_committed_leaves_no_entry(database: Database) -> None:
    def break_off() -> None:
        with database.write() as session:
            record(session, "x", by="y", at=database.clock(), ma_ho_so="H49.12-251124-0000")
            raise RuntimeError

    some_work(database, 1)
    with pytest.raises(RuntimeError):
        break_off()
    assert check_trace(database).entries == 1
    assert check_trace(database).whole


@pytest.mark.parametrize("change", ["UPDATE trace SET what = 'x'", "DELETE FROM trace WHERE number = 1"])
def test_the_database_refuses_to_change_an_entry(database: Database, change: str) -> None:
    some_work(database, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
        session.execute(text(change))


EDITS: list[tuple[str, list[tuple[str, int]]]] = [
    ("UPDATE trace SET \"by\" = 'Ai khác' WHERE number = 3", [("edited", 3)]),
    ("UPDATE trace SET at = '2020-01-01 00:00:00' WHERE number = 3", [("edited", 3)]),
    ("UPDATE trace SET event_id = 'x' WHERE number = 3", [("edited", 3), ("untold", 0)]),
    ("DELETE FROM trace WHERE number = 3", [("removed", 4), ("untold", 0)]),
    ("DELETE FROM trace WHERE number > 4", [("untold", 0), ("untold", 0)]),
    ("DELETE FROM trace", [("untold", 0)] * 6),
]


@pytest.mark.parametrize(("edit", "faults"), EDITS)
def test_what_was_done_to_the_trace_is_found(
    database: Database, edit: str, faults: list[tuple[str, int]]
) -> None:
    some_work(database)
    assert found(database) == []
    pried_open(database, edit)
    assert found(database) == faults


def test_entries_in_each_others_place_are_found(database: Database) -> None:
    some_work(database)
    pried_open(
        database,
        "UPDATE trace SET number = 100 WHERE number = 3",
        "UPDATE trace SET number = 3 WHERE number = 4",
        "UPDATE trace SET number = 4 WHERE number = 100",
    )
    assert {number for _, number in found(database)} >= {3, 4}


def test_an_edit_with_its_hash_computed_anew_is_found_at_the_next_entry(database: Database) -> None:
    some_work(database)
    third = next(entry for entry in entries(database) if entry.number == 3)
    forged = digest_of(dataclasses.replace(third, by="x"))
    pried_open(database, f"UPDATE trace SET \"by\" = 'x', digest = '{forged}' WHERE number = 3")
    assert found(database) == [("parted", 4)]


def test_a_read_at_the_end_that_was_cut_off_is_found_by_the_head(database: Database) -> None:
    some_work(database, 2)
    append(database, "read", by="x")
    before = check_trace(database)
    pried_open(database, "DELETE FROM trace WHERE number = 3")
    assert check_trace(database).whole, "nothing in the database tells of it"
    findings = check_trace(database, known=(before.entries, before.head)).findings
    assert [one.fault for one in findings] == ["cut"]
    assert check_trace(database, known=(2, "0" * 64)).findings[0].fault == "edited"


def test_a_persons_own_words_are_not_in_it(database: Database) -> None:
    with database.write() as session:
        some = {"why": "ông Nguyễn Văn A đã mất", "sha256": "a" * 64, "places": ["noi_ho_tro"]}
        ensure_dossier(session, "H49.12-251124-0001", {}, "x", database.clock())
        record(session, "x", by="x", at=database.clock(), ma_ho_so="H49.12-251124-0001", **some)  # type: ignore[arg-type]
    last = part(database, after=1, limit=9)[-1]
    assert last.details == {"sha256": "a" * 64, "places": ["noi_ho_tro"]}


def test_events_from_before_the_trace_begin_it(database_url: str) -> None:
    engine = connect(database_url)
    upgrade(engine, "words_0004")
    with engine.execution_options(writes=True).begin() as connection:
        at = "2026-11-24 08:00:00.5"
        connection.execute(
            text("INSERT INTO dossier (ma_ho_so, opened_at, opened_by) VALUES ('H49-251124-0001', :at, 'x')"),
            {"at": at},
        )
        for number in range(3):
            connection.execute(
                text(
                    'INSERT INTO event (id, at, what, "by", ma_ho_so, details) VALUES '
                    "(:id, :at, 'dossier_opened', 'Lê', 'H49-251124-0001', '{\"why\": \"x\", \"size\": 3}')"
                ),
                {"id": f"{number:026d}", "at": at},
            )
    engine.dispose()
    database = open_database(database_url)
    assert check_trace(database).whole
    assert [dict(one.details) for one in entries(database)] == [{"size": 3}] * 3
    database.close()


def test_a_copy_that_was_restored_is_whole(database: Database, tmp_path: Path) -> None:
    some_work(database)
    store = FolderStore(tmp_path / "objects")
    back_up(database, store, tmp_path / "copy")
    address = f"sqlite:///{tmp_path / 'again.sqlite3'}"
    restore(tmp_path / "copy", address, store)
    again = open_database(address)
    assert check_trace(again) == check_trace(database)
    some_work(again, 7)
    assert check_trace(again).whole
    again.close()


def test_the_command_says_what_it_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    database = open_database(address)
    some_work(database, 2)
    assert verify_trace(address) == 0
    said = capsys.readouterr().out.split()
    assert said[:3] == ["2", "entries,", "whole"]
    assert export_trace(address, tmp_path / "trace.jsonl", by="Thanh tra") == 0
    before = "0" * 64
    for line in (tmp_path / "trace.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        digest = entry.pop("digest")
        form = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert entry["before"] == before
        assert hashlib.sha256(form).hexdigest() == digest
        before = digest
    assert entry["what"] == "trace_exported"
    with pytest.raises(UsageError):
        export_trace(address, tmp_path / "trace.jsonl", by="Thanh tra")
    assert verify_trace(address, said[-1]) == 0
    pried_open(database, "UPDATE trace SET what = 'x' WHERE number = 2")
    assert verify_trace(address) == 1
    assert "entry 2 is not what was written" in capsys.readouterr().err
    with pytest.raises(UsageError):
        verify_trace(address, "x")
    database.close()
