"""What comes in is recorded once, worked on by one, attached whole, and every change has its event."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from errors import MachineError, SenderError
from storage import dossiers
from storage.database import Database
from storage.refusals import ClaimLostError, ConflictError, UnknownRecordError
from storage.states import Channel, DocumentState, IntakeState, Lane
from storage.views import Claim, IntakeView
from tests.made_files import digitized_file, sha256_of, source_of, written
from tests.storage.conftest import CODE, Clock

HOUR = timedelta(hours=1)
OTHER = "H49.12-251124-0008"


def received(database: Database, content: bytes = b"scan", **how: object) -> IntakeView:
    intake, created = dossiers.receive_intake(
        database,
        CODE,
        name="đơn.pdf",
        sha256=sha256_of(content),
        size=len(content),
        sender="bưu điện",
        **how,  # type: ignore[arg-type]
    )
    assert created
    return intake


def claimed(database: Database, intake: IntakeView, worker: str = "w1") -> Claim:
    claim = dossiers.claim_intake(database, intake.id, worker=worker, allowed=HOUR)
    assert claim is not None
    return claim


def attached(database: Database, tmp_path: Path, *, doubtful: bool = False) -> IntakeView:
    claim = claimed(database, received(database))
    source = source_of(written(tmp_path / "đơn.pdf", b"scan"))
    digitized = digitized_file(source, tmp_path, doubtful=doubtful)
    dossiers.attach_documents(database, claim, digitized, ["a" * 64, "b" * 64])
    return dossiers.get_intake(database, claim.intake.id)


def happened(database: Database, **to: str) -> list[str]:
    return [event.what for event in dossiers.events_of(database, **to).items]  # type: ignore[arg-type]


# ---- dossiers and intakes --------------------------------------------------------------------------------


def test_a_dossier_keeps_its_three_places_apart(database: Database) -> None:
    dossier, created = dossiers.open_dossier(database, CODE, by="lan", noi_tiep_nhan="Phường A")
    assert created
    assert (dossier.noi_ho_tro, dossier.noi_tiep_nhan, dossier.co_quan_giai_quyet) == (
        None,
        "Phường A",
        "H49.12",
    )
    dossier, created = dossiers.open_dossier(database, CODE, by="minh", noi_ho_tro="Bưu điện B")
    assert not created
    assert (dossier.noi_ho_tro, dossier.noi_tiep_nhan) == ("Bưu điện B", "Phường A")
    with pytest.raises(ConflictError) as refused:
        dossiers.open_dossier(database, CODE, by="minh", noi_tiep_nhan="Phường C")
    assert refused.value.code == "dossier_differs"
    assert dossiers.get_dossier(database, CODE) == dossier
    assert happened(database, ma_ho_so=CODE) == ["dossier_opened", "dossier_places_filled_in"]


@pytest.mark.parametrize(
    "code", ["", "H49.12-251324-0007", "H49.12-271124-0007", "Z49-251124-0007", CODE + "\n"]
)
def test_a_code_that_is_none_opens_nothing(database: Database, code: str) -> None:
    with pytest.raises(SenderError) as refused:
        dossiers.open_dossier(database, code, by="lan")
    assert refused.value.code == "bad_dossier_code"
    assert dossiers.list_dossiers(database).items == ()


def test_the_same_bytes_answer_with_the_first_record(database: Database) -> None:
    first = received(database, channel=Channel.COUNTER)
    again, created = dossiers.receive_intake(
        database, CODE, name="khác.pdf", sha256=first.sha256, size=4, sender="quầy 2", channel=Channel.POST
    )
    assert not created
    assert again == first
    elsewhere, created = dossiers.receive_intake(
        database, OTHER, name="đơn.pdf", sha256=first.sha256, size=4, sender="quầy 2"
    )
    assert created
    assert elsewhere.id != first.id
    linked = dossiers.list_intakes(database, sha256=first.sha256).items
    assert [intake.ma_ho_so for intake in linked] == [OTHER, CODE]
    assert happened(database, intake_id=first.id) == ["intake_received", "intake_sent_again"]


def test_senders_at_the_same_moment_get_the_same_record(database: Database) -> None:
    def send(number: int) -> tuple[str, bool]:
        intake, created = dossiers.receive_intake(
            database, CODE, name=f"{number}.pdf", sha256="a" * 64, size=1, sender=str(number)
        )
        return intake.id, created

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(24)))
    assert len({intake_id for intake_id, _ in answers}) == 1
    assert [created for _, created in answers].count(True) == 1
    assert len(dossiers.list_dossiers(database).items) == 1


def test_the_counter_goes_before_the_post(database: Database) -> None:
    post = received(database, b"1", channel=Channel.POST)
    counter = received(database, b"2", channel=Channel.COUNTER)
    assert (post.lane, counter.lane) == (Lane.BATCH, Lane.COUNTER)
    pending = dossiers.take_pending(database, unsent_for=timedelta(0))
    assert [intake.id for intake in pending] == [counter.id, post.id]


def test_what_was_sent_is_not_pending_for_a_while(database: Database, clock: Clock) -> None:
    intake = received(database)
    dossiers.mark_sent(database, intake.id)
    assert dossiers.take_pending(database, unsent_for=timedelta(seconds=5)) == ()
    clock.passes(seconds=6)
    assert len(dossiers.take_pending(database, unsent_for=timedelta(seconds=5))) == 1
    assert dossiers.take_pending(database, unsent_for=timedelta(seconds=5)) == ()


# ---- the work ---------------------------------------------------------------------------------------------


def test_only_one_worker_gets_an_intake(database: Database) -> None:
    intake = received(database)
    with ThreadPoolExecutor(6) as threads:
        claims = list(
            threads.map(
                lambda n: dossiers.claim_intake(database, intake.id, worker=f"w{n}", allowed=HOUR), range(12)
            )
        )
    won = [claim for claim in claims if claim]
    assert len(won) == 1
    assert won[0].attempt == 1
    assert dossiers.get_intake(database, intake.id).claimed_by == won[0].worker


def test_an_intake_nobody_knows(database: Database) -> None:
    with pytest.raises(UnknownRecordError) as refused:
        dossiers.claim_intake(database, "0" * 26, worker="w", allowed=HOUR)
    assert refused.value.code == "unknown_intake"


def test_all_documents_are_attached_with_pages_and_fields(database: Database, tmp_path: Path) -> None:
    intake = attached(database, tmp_path, doubtful=True)
    assert (intake.state, intake.pages_done, intake.pages_total) == (IntakeState.ATTACHED, 5, 5)
    assert intake.warnings == ("repaired",)
    decision, letter = dossiers.list_documents(database, intake_id=intake.id, newest_first=False).items
    assert (decision.type_code, decision.source_pages, decision.state) == (
        "quyet_dinh",
        (1, 2),
        DocumentState.TO_CHECK,
    )
    assert (letter.type_code, letter.source_pages, letter.state) == ("cong_van", (5,), DocumentState.READY)
    detail = dossiers.get_document(database, decision.id)
    assert [field.name for field in detail.fields] == ["so_ky_hieu", "ngay_ban_hanh"]
    assert detail.fields[0].box == (10, 20, 300, 40)
    assert [page.text for page in detail.pages] == ["QUYẾT ĐỊNH\nVề việc thử nghiệm", "Điều 1."]
    loose = dossiers.loose_pages(database, intake.id)
    assert [(page.number, page.role, page.refusal) for page in loose] == [
        (3, "separator", None),
        (4, "refused", "page_too_large"),
    ]
    assert loose[1].refusal_values == {"pixels": "9", "limit": "5"}
    assert happened(database, intake_id=intake.id) == [
        "intake_received",
        "intake_claim",
        "intake_attach",
        "document_attached",
        "document_attached",
    ]


def test_attaching_is_all_or_nothing(database: Database, tmp_path: Path) -> None:
    claim = claimed(database, received(database))
    digitized = digitized_file(source_of(written(tmp_path / "a.pdf", b"scan")), tmp_path)
    with pytest.raises(ValueError, match="shorter"):
        dossiers.attach_documents(database, claim, digitized, ["a" * 64])
    assert dossiers.get_intake(database, claim.intake.id).state is IntakeState.WORKING
    assert dossiers.list_documents(database).items == ()
    assert happened(database, intake_id=claim.intake.id)[-1] == "intake_claim"


def test_a_result_of_another_file_is_not_attached(database: Database, tmp_path: Path) -> None:
    claim = claimed(database, received(database))
    digitized = digitized_file(source_of(written(tmp_path / "a.pdf", b"another")), tmp_path)
    with pytest.raises(ValueError, match="another file"):
        dossiers.attach_documents(database, claim, digitized, ["a" * 64, "b" * 64])


def test_a_worker_that_comes_late_changes_nothing(database: Database, tmp_path: Path, clock: Clock) -> None:
    late = claimed(database, received(database), "slow")
    clock.passes(seconds=31)
    assert [intake.id for intake in dossiers.sweep_stale(database)] == [late.intake.id]
    clock.passes(seconds=6)
    second = claimed(database, late.intake, "quick")
    assert second.attempt == 2
    digitized = digitized_file(source_of(written(tmp_path / "a.pdf", b"scan")), tmp_path)
    shas = ["a" * 64, "b" * 64]
    dossiers.attach_documents(database, second, digitized, shas)
    for report in (
        lambda: dossiers.attach_documents(database, late, digitized, shas),
        lambda: dossiers.attach_documents(database, second, digitized, shas),
        lambda: dossiers.report_progress(database, late, pages_done=1, pages_total=5),
        lambda: dossiers.renew_claim(database, late),
        lambda: dossiers.fail_intake(database, late, SenderError("damaged")),
        lambda: dossiers.hand_back(database, late),
    ):
        with pytest.raises(ClaimLostError):
            report()
    assert len(dossiers.list_documents(database).items) == 2


def test_signs_of_life_keep_a_claim_until_its_deadline(database: Database, clock: Clock) -> None:
    claim = claimed(database, received(database))
    for _ in range(4):
        clock.passes(seconds=25)
        dossiers.report_progress(database, claim, pages_done=1, pages_total=9)
        assert dossiers.sweep_stale(database) == ()
    assert dossiers.get_intake(database, claim.intake.id).pages_total == 9
    clock.passes(hours=1)
    dossiers.renew_claim(database, claim)
    (taken,) = dossiers.sweep_stale(database)
    assert (taken.state, taken.reason) == (IntakeState.RECEIVED, "intake_overdue")


def test_the_work_of_a_dead_process_is_taken_at_once(database: Database) -> None:
    mine, other = received(database, b"1"), received(database, b"2")
    claimed(database, mine, "alive")
    claimed(database, other, "dead")
    (taken,) = dossiers.sweep_stale(database, is_dead=lambda worker: worker == "dead")
    assert (taken.id, taken.reason) == (other.id, "interrupted")


def test_the_senders_fault_fails_at_once_and_waits_for_a_person(database: Database) -> None:
    claim = claimed(database, received(database))
    failed = dossiers.fail_intake(database, claim, SenderError("too_many_pages", pages=9, limit=5))
    assert (failed.state, failed.reason) == (IntakeState.FAILED, "too_many_pages")
    assert failed.reason_values == {"pages": 9, "limit": 5}
    assert dossiers.take_pending(database, unsent_for=timedelta(0)) == ()
    again = dossiers.retry_intake(database, failed.id, by="lan")
    assert (again.state, again.attempts, again.reason) == (IntakeState.RECEIVED, 0, None)
    dossiers.fail_intake(database, claimed(database, again), SenderError("damaged"))
    closed = dossiers.close_intake(database, failed.id, by="lan", why="đã quét lại")
    assert closed.state is IntakeState.CLOSED
    with pytest.raises(ConflictError) as refused:
        dossiers.retry_intake(database, failed.id, by="lan")
    assert refused.value.code == "not_failed"


def test_the_machines_fault_is_tried_again_a_few_times(database: Database, clock: Clock) -> None:
    intake = received(database)
    for attempt in (1, 2):
        view = dossiers.fail_intake(database, claimed(database, intake), MachineError("disk_full"))
        assert (view.state, view.attempts, view.reason) == (IntakeState.RECEIVED, attempt, "disk_full")
        assert dossiers.claim_intake(database, intake.id, worker="w", allowed=HOUR) is None, (
            "it must wait first"
        )
        clock.passes(seconds=40)
    view = dossiers.fail_intake(database, claimed(database, intake), MachineError("disk_full"))
    assert (view.state, view.attempts) == (IntakeState.FAILED, 3)


def test_a_store_that_is_down_for_long_fails_nothing(database: Database, clock: Clock) -> None:
    intake = received(database)
    for _ in range(10):
        error = MachineError("objects_unreachable", why="down")
        view = dossiers.fail_intake(database, claimed(database, intake), error)
        assert (view.state, view.attempts, view.reason) == (IntakeState.RECEIVED, 0, "objects_unreachable")
        assert dossiers.claim_intake(database, intake.id, worker="w", allowed=HOUR) is None
        clock.passes(seconds=11)
    assert claimed(database, intake).attempt == 1


def test_an_intake_that_kills_its_worker_goes_aside(database: Database, clock: Clock) -> None:
    intake = received(database)
    for _ in range(3):
        claimed(database, intake)
        clock.passes(seconds=31)
        dossiers.sweep_stale(database)
        clock.passes(seconds=60)
    view = dossiers.get_intake(database, intake.id)
    assert (view.state, view.reason) == (IntakeState.FAILED, "interrupted")


def test_handing_back_costs_no_attempt(database: Database) -> None:
    intake = received(database)
    dossiers.mark_sent(database, intake.id)
    dossiers.hand_back(database, claimed(database, intake))
    assert dossiers.get_intake(database, intake.id).attempts == 0
    assert len(dossiers.take_pending(database, unsent_for=timedelta(hours=9))) == 1


# ---- people -----------------------------------------------------------------------------------------------


def test_a_correction_stands_beside_what_was_read(database: Database, tmp_path: Path) -> None:
    intake = attached(database, tmp_path, doubtful=True)
    document = dossiers.list_documents(database, intake_id=intake.id, state=DocumentState.TO_CHECK).items[0]
    changed = dossiers.correct_field(
        database, document.id, "so_ky_hieu", "21/QĐ-UBND", by="lan", expected_version=document.version
    )
    added = dossiers.correct_field(
        database, document.id, "nguoi_ky", "Nguyễn Văn A", by="lan", expected_version=changed.version
    )
    fields = {field.name: field for field in dossiers.get_document(database, document.id).fields}
    assert (fields["so_ky_hieu"].value, fields["so_ky_hieu"].read_value) == ("21/QĐ-UBND", "12/QĐ-UBND")
    assert (fields["nguoi_ky"].read_value, fields["nguoi_ky"].source) == (None, "person")
    with pytest.raises(ConflictError) as refused:
        dossiers.correct_field(
            database, document.id, "so_ky_hieu", "x", by="minh", expected_version=document.version
        )
    assert refused.value.code == "version_conflict"
    confirmed = dossiers.confirm_document(database, document.id, by="lan", expected_version=added.version)
    assert (confirmed.state, confirmed.confirmed_by) == (DocumentState.CONFIRMED, "lan")
    with pytest.raises(ConflictError):
        dossiers.confirm_document(database, document.id, by="lan", expected_version=confirmed.version)
    events = dossiers.events_of(database, document_id=document.id).items
    assert [event.what for event in events][1:] == [
        "field_corrected",
        "field_corrected",
        "document_confirmed",
    ]
    assert "Nguyễn" not in str([dataclasses.asdict(event) for event in events]), "no personal data in events"


def test_text_from_outside_is_kept_whatever_is_in_it(database: Database, tmp_path: Path) -> None:
    attached(database, tmp_path)
    letter = dossiers.list_documents(database, type_code="cong_van").items[0]
    odd = "a\0b\ud800c\N{DIGIT ONE}\U0001f600" + "ệ" * 3000
    dossiers.correct_field(database, letter.id, "trich_yeu", odd, by=odd, expected_version=1)
    field = dossiers.get_document(database, letter.id).fields[0]
    assert field.value == field.corrected_by == "a\ufffdb\ufffdc1\U0001f600" + "ệ" * 3000
    claim = claimed(database, received(database, b"other"))
    failed = dossiers.fail_intake(database, claim, SenderError("unsupported_kind", found=odd))
    assert failed.reason_values == {"found": field.value}


def test_a_corrected_type_keeps_what_the_classifier_said(database: Database, tmp_path: Path) -> None:
    attached(database, tmp_path)
    letter = dossiers.list_documents(database, type_code="cong_van").items[0]
    changed = dossiers.correct_type(database, letter.id, "khac", "Khác", by="lan", expected_version=1)
    assert (changed.type_code, changed.type_read, changed.state) == (
        "khac",
        "cong_van",
        DocumentState.TO_CHECK,
    )


# ---- lists and events -------------------------------------------------------------------------------------


def test_a_list_is_read_piece_by_piece(database: Database) -> None:
    ids = [received(database, bytes([n])).id for n in range(7)]
    seen: list[str] = []
    after = None
    while True:
        piece = dossiers.list_intakes(database, newest_first=False, after=after, limit=3)
        seen += [intake.id for intake in piece.items]
        after = piece.next
        if after is None:
            break
    assert seen == ids
    assert [intake.id for intake in dossiers.list_intakes(database, limit=2).items] == ids[:-3:-1]


def test_the_lanes_tell_what_waits(database: Database, clock: Clock) -> None:
    first = clock.now
    received(database, b"1")
    clock.passes(minutes=5)
    received(database, b"2")
    claimed(database, received(database, b"3", channel=Channel.BATCH))
    counter, batch = dossiers.lanes(database)
    assert (counter.received, counter.working, counter.oldest) == (2, 0, first)
    assert (batch.received, batch.working, batch.oldest) == (0, 1, None)


@pytest.mark.parametrize("change", ["UPDATE event SET what = 'x'", "DELETE FROM event"])
def test_events_cannot_be_changed(database: Database, change: str) -> None:
    received(database)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
        session.execute(text(change))
