"""Results are signed in turn, once each, over exactly the bytes that stand; what was signed never changes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import dossiers
from storage.database import Database
from storage.dossiers import MadeSignature, NewResult, WantedSignature
from storage.refusals import ConflictError, UnknownRecordError
from storage.result_states import ResultState, SignerRole
from storage.result_views import ResultView, SignatureClaim
from tests.storage.conftest import CODE, Clock

OFFICER = WantedSignature(SignerRole.OFFICER, "Nguyễn Thị Thử", "officer")
AGENCY = WantedSignature(SignerRole.AGENCY, "Sở Xây dựng", "agency")


def sha(n: int) -> str:
    return f"{n:064x}"


def added(database: Database, *signatures: WantedSignature, file: int = 1) -> ResultView:
    dossiers.open_dossier(database, CODE, by="quầy")
    new = NewResult(CODE, "gp.pdf", "Giấy phép", sha(file), 100, 1, signatures or (OFFICER, AGENCY))
    return dossiers.add_result(database, new, by="văn thư")[0]


def signed(
    database: Database, clock: Clock, claim: SignatureClaim, after: int, before: str | None = None
) -> ResultView:
    made = MadeSignature(
        before_sha256=before or claim.result.sha256,
        after_sha256=sha(after),
        size=200,
        level="B-B",
        holder=claim.signature.signer,
        certificate="",
        signed_at=clock.now,
    )
    return dossiers.attach_signature(database, claim, made, by="máy")


def claimed(database: Database, result: ResultView) -> SignatureClaim:
    return dossiers.claim_signature(database, result.id, expected_version=result.version)


def test_a_result_goes_from_signer_to_signer_and_is_issued(database: Database, clock: Clock) -> None:
    result = added(database)
    assert dossiers.waiting_signers(database) == {"Nguyễn Thị Thử": 1}
    result = signed(database, clock, claimed(database, result), after=2)
    assert (result.state, result.turn, result.sha256) == (ResultState.WAITING, 2, sha(2))
    assert [one.id for one in dossiers.list_results(database, signer="Sở Xây dựng").items] == [result.id]
    result = signed(database, clock, claimed(database, result), after=3)
    assert (result.state, result.turn, result.finished_at) == (ResultState.SIGNED, None, clock.now)
    assert [s.after_sha256 for s in result.signatures] == [sha(2), sha(3)]
    assert dossiers.waiting_signers(database) == {}
    told = [event.what for event in dossiers.events_of(database, ma_ho_so=CODE).items]
    assert told == ["dossier_opened", "result_added", "result_signed", "result_signed", "result_issued"]


def test_the_same_bytes_are_one_result(database: Database) -> None:
    first = added(database)
    assert added(database).id == first.id
    assert added(database, file=2).id != first.id


def test_a_retry_signs_nothing_twice(database: Database, clock: Clock) -> None:
    result = added(database, AGENCY)
    claim = claimed(database, result)
    signed(database, clock, claim, after=2)
    with pytest.raises(ConflictError) as again:
        signed(database, clock, claim, after=3)
    assert again.value.code == "not_waiting"
    with pytest.raises(ConflictError) as again:
        claimed(database, result)
    assert again.value.code == "not_waiting"
    assert dossiers.get_result(database, result.id).sha256 == sha(2)


def test_two_at_once_one_signs(database: Database, clock: Clock) -> None:
    result = added(database, AGENCY)
    got: list[SignatureClaim] = []
    refused: list[str] = []

    def try_it() -> None:
        try:
            got.append(claimed(database, result))
        except ConflictError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert refused == ["being_signed"] * 5


def test_a_signer_whose_time_ran_out_cannot_attach_over_another(database: Database, clock: Clock) -> None:
    result = added(database, OFFICER, AGENCY)
    slow = claimed(database, result)
    clock.passes(seconds=dossiers.SIGNING_LEASE.total_seconds() + 1)
    quick = claimed(database, result)
    signed(database, clock, quick, after=2)
    with pytest.raises(ConflictError) as late:
        signed(database, clock, slow, after=3)
    assert late.value.code == "version_conflict"
    assert dossiers.get_result(database, result.id).sha256 == sha(2)


def test_a_signature_over_other_bytes_is_not_taken(database: Database, clock: Clock) -> None:
    result = added(database)
    with pytest.raises(ConflictError) as other:
        signed(database, clock, claimed(database, result), after=3, before=sha(99))
    assert other.value.code == "version_conflict"
    assert dossiers.get_result(database, result.id).sha256 == sha(1)


def test_what_was_signed_cannot_be_changed_even_by_hand(database: Database, clock: Clock) -> None:
    result = added(database, AGENCY)
    signed(database, clock, claimed(database, result), after=2)
    for statement in (
        f"UPDATE result_signature SET after_sha256 = '{sha(9)}'",
        "UPDATE result_signature SET holder = 'khác'",
        "DELETE FROM result_signature",
    ):
        with pytest.raises(DBAPIError, match="never changed"), database.engine.begin() as connection:
            connection.execute(text(statement))


def test_a_claim_given_back_is_free(database: Database) -> None:
    result = added(database)
    dossiers.release_signature(database, claimed(database, result))
    assert claimed(database, result).signature.position == 1


def test_refusing_ends_it_with_the_reason(database: Database) -> None:
    result = added(database)
    after = dossiers.refuse_result(
        database, result.id, "Sai ngày cấp", by="Nguyễn Thị Thử", expected_version=1
    )
    assert (after.state, after.refusal, after.refused_by) == ("refused", "Sai ngày cấp", "Nguyễn Thị Thử")
    with pytest.raises(ConflictError):
        claimed(database, after)
    refusal = dossiers.events_of(database, ma_ho_so=CODE).items[-1]
    assert refusal.what == "result_refused"
    assert "Sai" not in str(refusal.details), "the reason may name a person: it stays with the result"


def test_another_version_is_not_signed_and_unknown_ones_are_told(database: Database) -> None:
    result = added(database)
    with pytest.raises(ConflictError) as old:
        dossiers.claim_signature(database, result.id, expected_version=2)
    assert old.value.code == "version_conflict"
    with pytest.raises(UnknownRecordError):
        dossiers.get_result(database, "0" * 26)


def test_lists_go_on_where_they_ended(database: Database) -> None:
    made = [added(database, AGENCY, file=n).id for n in range(1, 6)]
    part = dossiers.list_results(database, newest_first=False, limit=3)
    rest = dossiers.list_results(database, newest_first=False, after=part.next, limit=3)
    assert [one.id for one in (*part.items, *rest.items)] == made
    assert rest.next is None
    assert timedelta(0) < dossiers.SIGNING_LEASE
