"""The workers of the embedded default, in the serving process."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from errors import MachineError, SenderError
from queueing import Digitize, WorkQueue
from records import DigitizedFile, SourceFile
from storage import dossiers
from storage.objects import key_of
from storage.states import Channel, IntakeState, Lane
from tests.made_files import digitize_quickly, digitized_file
from tests.queue.conftest import Centre
from tests.services import wait_until

Progress = Callable[[int, int], None]
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "document.schema.json"


@pytest.fixture
def centre(open_centre: Callable[..., Centre], monkeypatch: pytest.MonkeyPatch) -> Centre:
    monkeypatch.setattr("storage.dossiers.working.PAUSES", (timedelta(0),))
    return open_centre()


@contextmanager
def working(
    centre: Centre, digitize: Digitize = digitize_quickly, sweep_every: float = 0.2
) -> Iterator[WorkQueue]:
    queue = WorkQueue(
        centre.settings,
        database=centre.database,
        objects=centre.objects,
        digitize=digitize,
        sweep_every=sweep_every,
    )
    queue.start()
    try:
        yield queue
    finally:
        queue.stop(30)


def test_workers_that_cannot_be_built_end_the_start(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Digitize:
        raise ImportError("no module")

    monkeypatch.setattr(WorkQueue, "_pipeline", broken)
    queue = WorkQueue(centre.settings, database=centre.database, objects=centre.objects)
    with pytest.raises(MachineError, match="cannot be started: ImportError") as caught:
        queue.start()
    assert caught.value.code == "workers_not_started"


def test_what_is_sent_is_digitized_and_attached(centre: Centre) -> None:
    intake = centre.receives(b"scan")
    with working(centre) as queue:
        assert queue.send(intake)
        centre.waits_for(intake)
    centre.is_right([intake])
    first, _ = dossiers.list_documents(centre.database, newest_first=False).items
    record = json.loads(b"".join(centre.objects.stream(key_of(first.record_sha256))))
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(record)
    assert record["source"]["sha256"] == intake.sha256
    assert not list((centre.settings.data_dir / "scratch").iterdir())


def test_what_was_received_before_the_start_is_done(centre: Centre) -> None:
    intakes = [centre.receives(bytes([n]), Channel.POST) for n in range(9)]
    for intake in intakes[:5]:
        dossiers.mark_sent(centre.database, intake.id)  # to a broker that ended with its process
    with working(centre, sweep_every=600):
        centre.waits_for(*intakes)
    centre.is_right(intakes)


def test_a_message_that_comes_twice_does_nothing_twice(centre: Centre) -> None:
    intake = centre.receives(b"scan")
    with working(centre) as queue:
        for _ in range(5):
            queue.send(intake)
        centre.waits_for(intake)
    centre.is_right([intake])


def test_the_senders_fault_is_not_tried_again(centre: Centre) -> None:
    tried = []

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        tried.append(source)
        raise SenderError("damaged")

    bad, other = centre.receives(b"bad"), centre.receives(b"other")
    with working(centre, digitize) as queue:
        queue.send(bad)
        queue.send(other)
        centre.waits_for(bad, other, state=IntakeState.FAILED)
    assert len(tried) == 2
    assert dossiers.get_intake(centre.database, bad.id).reason == "damaged"
    assert centre.objects.exists(key_of(bad.sha256)), "the sender's file is kept"


def test_the_machines_fault_passes(centre: Centre) -> None:
    tried = []

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        tried.append(source)
        if len(tried) < 3:
            raise MachineError("disk_full")
        return digitize_quickly(source, lane, scratch, on_page)

    intake = centre.receives(b"scan")
    with working(centre, digitize) as queue:
        queue.send(intake)
        centre.waits_for(intake)
    assert len(tried) == 3
    centre.is_right([intake])


def test_a_fault_in_the_program_is_written_down_and_ends(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        raise ValueError("Nguyễn Văn A")

    intake = centre.receives(b"scan")
    with working(centre, digitize) as queue:
        queue.send(intake)
        centre.waits_for(intake, state=IntakeState.FAILED)
    failed = dossiers.get_intake(centre.database, intake.id)
    assert (failed.reason, failed.attempts) == ("internal", dossiers.MAX_ATTEMPTS)
    logged = capsys.readouterr()
    assert "ValueError" in logged.out + logged.err
    assert "Nguyễn" not in logged.out + logged.err


def test_progress_can_be_followed(centre: Centre) -> None:
    go_on = threading.Event()

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        on_page(2, 5)
        go_on.wait(30)
        return digitized_file(source, scratch)

    intake = centre.receives(b"scan")
    with working(centre, digitize) as queue:
        queue.send(intake)
        centre.waits_for(intake, state=IntakeState.WORKING)
        wait_until(lambda: dossiers.get_intake(centre.database, intake.id).pages_done == 2)
        assert dossiers.get_intake(centre.database, intake.id).pages_total == 5
        go_on.set()
        centre.waits_for(intake)


def test_stopping_finishes_the_page_and_hands_back_the_rest(centre: Centre) -> None:
    begun, stop = threading.Event(), threading.Event()

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        begun.set()
        stop.wait(30)
        for done in range(1, 6):
            on_page(done, 5)
        raise AssertionError("it went on after it was told to stop")

    intake, waiting = centre.receives(b"scan"), [centre.receives(bytes([n])) for n in range(5)]
    with working(centre, digitize) as queue:
        queue.send(intake)
        begun.wait(30)
        ended = threading.Thread(target=queue.stop, args=(30,))
        ended.start()
        queue._stopping.wait(30)
        stop.set()
        ended.join()
    view = dossiers.get_intake(centre.database, intake.id)
    assert (view.state, view.attempts) == (IntakeState.RECEIVED, 0)
    with working(centre):
        centre.waits_for(intake, *waiting)
    centre.is_right([intake, *waiting])


def test_a_batch_does_not_hold_up_the_counter(centre: Centre) -> None:
    go_on = threading.Event()

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        if lane is Lane.BATCH:
            go_on.wait(60)
        return digitized_file(source, scratch)

    batch = [centre.receives(bytes([n]), Channel.POST) for n in range(12)]
    with working(centre, digitize) as queue:
        for intake in batch:
            queue.send(intake)
        centre.waits_for(batch[0], state=IntakeState.WORKING)
        counter = centre.receives(b"one sheet")
        queue.send(counter)
        centre.waits_for(counter)
        assert all(centre.state_of(intake) is not IntakeState.ATTACHED for intake in batch)
        go_on.set()
        centre.waits_for(*batch)
    centre.is_right([*batch, counter])


def test_a_damaged_original_is_the_machines_fault(centre: Centre) -> None:
    intake = centre.receives(b"scan")
    lying = centre.settings.data_dir / "objects" / key_of(intake.sha256)
    lying.unlink()
    lying.write_bytes(b"scam")
    with working(centre) as queue:
        queue.send(intake)
        centre.waits_for(intake, state=IntakeState.FAILED)
    assert dossiers.get_intake(centre.database, intake.id).reason == "object_damaged"


def test_a_flood_from_one_sender_does_not_hold_up_another(centre: Centre) -> None:
    order: list[str] = []

    def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        order.append(source.sha256)
        time.sleep(0.02)
        return digitized_file(source, scratch)

    flood = [centre.receives(bytes([n]), Channel.POST, sender="flood") for n in range(30)]
    with working(centre, digitize) as queue:
        for intake in flood:
            queue.send(intake)
        centre.waits_for(flood[3])
        other = centre.receives(b"of another", Channel.POST, sender="other")
        queue.send(other)
        centre.waits_for(other, *flood)
    centre.is_right([*flood, other])
    begun = order.index(other.sha256)
    assert begun < 20, "only what was begun before it came went before it"
