"""A result goes from its dossier to its signers and back, signed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from storage.dossiers.results import RESULT_EVENTS
from tests.api.conftest import Desk
from tests.results.conftest import add, sign
from tests.signing.paper import paper
from tests.signing.pki import BODY, OFFICER


def pdf_of(desk: Desk, result: dict[str, Any]) -> bytes:
    return desk.client.get(f"{result['href']}/pdf").content


def test_officer_then_agency_then_issued(desk: Desk, dossier: str) -> None:
    plain = paper()
    answer = add(desk, dossier, plain)
    assert answer.status_code == 201
    result = answer.json()
    assert [(s["role"], s["form"]) for s in result["signatures"]] == [
        ("officer", "officer"),
        ("agency", "agency"),
    ]
    waiting = desk.client.get("/api/v1/results", params={"signer": OFFICER}).json()["items"]
    assert result["id"] in [one["id"] for one in waiting]

    early = sign(desk, "Văn thư", result).json()["results"][0]
    assert early["problem"]["code"] == "certificate_of_another", "the officer's turn comes first"

    first = sign(desk, "Thử", result).json()
    assert first["signed"] == 1
    assert first["results"][0]["result"]["turn"] == 2
    second = sign(desk, "Văn thư", first["results"][0]["result"]).json()["results"][0]
    assert second["problem"] is None
    issued = second["result"]
    assert issued["state"] == "signed"
    assert [s["level"] for s in issued["signatures"]] == ["B-T", "B-T"]
    assert issued["signatures"][1]["checked"]["chain"][-1] == "Gốc Thử nghiệm"

    signed = pdf_of(desk, issued)
    assert signed.startswith(plain)
    found = desk.client.get(f"{issued['href']}/verification").json()
    assert found["verdict"] == "valid"
    assert [s["signer"] for s in found["signatures"]] == [OFFICER, BODY]
    assert [s["level"] for s in found["signatures"]] == ["B-T", "B-T"]
    told = desk.client.get(f"/api/v1/dossiers/{dossier}").json()
    assert told["ma_ho_so"] == dossier
    listed = desk.client.get("/api/v1/results", params={"ma_ho_so": dossier, "state": "signed"}).json()
    assert [one["id"] for one in listed["items"]] == [issued["id"]]
    page = desk.client.get(f"/ho-so/{dossier}", headers={"Accept": "text/html"}).text
    assert "Phát hành kết quả" in page, "announced in the dossier's history"


def test_a_scanned_paper_is_sealed_as_digitized(desk: Desk, dossier: str) -> None:
    document = desk.client.get(f"/api/v1/dossiers/{dossier}").json()["documents"][0]
    answer = desk.client.post(f"{document['href']}/result", json={"agency": BODY})
    assert answer.status_code == 201
    result = answer.json()
    assert result["document_id"] == document["id"]
    signed = sign(desk, "HSM", result).json()["results"][0]
    assert signed["problem"] is None, "an authorised HSM needs no PIN"
    assert signed["result"]["state"] == "signed"
    again = desk.client.post(f"{document['href']}/result", json={"agency": BODY}).json()
    assert again["id"] == result["id"]


def test_many_in_one_go_and_one_bad_one_stops_no_other(desk: Desk, dossier: str) -> None:
    made = [
        add(desk, dossier, paper((*LINES, (f"Bản số {n}", 297, 300))), name=f"{n}.pdf", agency="").json()
        for n in range(4)
    ]
    no_place = add(desk, dossier, paper((("Không có tên", 297, 100),)), agency="").json()
    stale = {**made[3], "version": 7}
    outcome = sign(desk, "Thử", *made[:3], no_place, stale).json()
    assert outcome["signed"] == 3
    assert [one["problem"] and one["problem"]["code"] for one in outcome["results"]] == [
        *(None, None, None),
        *("no_signature_place", "version_conflict"),
    ]
    assert OFFICER in outcome["results"][3]["problem"]["detail"]
    untouched = desk.client.get(no_place["href"]).json()
    assert (untouched["state"], untouched["version"]) == ("waiting", 1)
    assert sign(desk, "Thử", made[3]).json()["signed"] == 1, "a refusal leaves nothing locked"


LINES = (("GIÁM ĐỐC", 430, 600), (OFFICER, 430, 690))


def test_a_retry_and_a_rush_sign_once(desk: Desk, dossier: str) -> None:
    result = add(desk, dossier, agency="").json()
    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(sign, desk, "Thử", result) for _ in range(5)]
        outcomes = [one.result().json()["results"][0] for one in answers]
    assert sum(one["signed"] for one in outcomes) == 1
    refused = {one["problem"]["code"] for one in outcomes if not one["signed"]}
    assert refused <= {"being_signed", "not_waiting"}
    again = sign(desk, "Thử", result).json()["results"][0]
    assert again["problem"]["code"] == "not_waiting"
    assert again["result"]["state"] == "signed", "a retry sees what became of it"
    found = desk.client.get(f"{result['href']}/verification").json()
    assert len(found["signatures"]) == 1


def test_a_stored_file_that_was_changed_is_not_signed(desk: Desk, dossier: str) -> None:
    result = add(desk, dossier, paper((*LINES, ("Bản gốc", 297, 300))), agency="").json()
    sha = result["sha256"]
    stored = desk.data_dir / "objects" / sha[:2] / sha[2:4] / sha
    original = stored.read_bytes()
    stored.chmod(0o644)
    stored.write_bytes(original.replace(b"%PDF-1.7", b"%PDF-1.6"))
    try:
        outcome = sign(desk, "Thử", result).json()["results"][0]
    finally:
        stored.write_bytes(original)
    assert not outcome["signed"]
    assert outcome["problem"]["code"] in ("object_damaged", "object_missing")


@pytest.mark.parametrize(
    ("key", "pin", "status", "code"),
    [
        ("Thử", "", 422, "pin_needed"),
        ("Thử", "sai", 422, "bad_key_file"),
        ("Văn thư", "9999", 422, "bad_token"),
        ("Ai đó", "1", 422, "unknown_key"),
    ],
)
def test_without_the_right_pin_nothing_is_signed(
    desk: Desk, dossier: str, key: str, pin: str, status: int, code: str
) -> None:
    result = add(desk, dossier, paper((*LINES, (key, 297, 300)))).json()
    answer = sign(desk, key, result, pin=pin)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert desk.client.get(result["href"]).json()["version"] == 1


def test_a_revoked_certificate_is_refused_with_the_reason(desk: Desk, dossier: str) -> None:
    result = add(desk, dossier, officer="Đã thu hồi", agency="", officer_form="none").json()
    outcome = sign(desk, "Thu hồi", result).json()["results"][0]
    assert outcome["problem"]["code"] == "certificate_revoked"
    assert outcome["problem"]["detail"] == "Chứng thư số của Đã thu hồi đã bị thu hồi."


def test_a_key_without_picture_cannot_make_a_form_that_shows_one(desk: Desk, dossier: str) -> None:
    result = add(desk, dossier, agency="").json()
    outcome = sign(desk, "Không ảnh", result).json()["results"][0]
    assert outcome["problem"]["code"] == "no_seal_picture"


def test_refusing_tells_why_and_ends_it(desk: Desk, dossier: str) -> None:
    result = add(desk, dossier).json()
    said = {"version": result["version"], "reason": "Sai ngày cấp, đề nghị sửa lại."}
    refused = desk.client.post(f"{result['href']}/refuse", json=said).json()
    assert (refused["state"], refused["refusal"]) == ("refused", said["reason"])
    assert sign(desk, "Thử", refused).json()["results"][0]["problem"]["code"] == "not_waiting"
    assert desk.client.post(f"{result['href']}/refuse", json=said).status_code == 409


@pytest.mark.parametrize(
    ("data", "fields", "code"),
    [
        (b"\x89PNG....", {}, "not_a_pdf_result"),
        (b"%PDF-1.7\nrest", {}, "damaged"),
        (None, {"officer": "", "agency": ""}, "invalid_request"),
        (None, {"officer_form": "hoa"}, "invalid_request"),
    ],
)
def test_what_cannot_be_signed_is_refused_at_once(
    desk: Desk, dossier: str, data: bytes | None, fields: dict[str, str], code: str
) -> None:
    answer = add(desk, dossier, data, **fields)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_no_pin_is_logged_or_kept(desk: Desk, dossier: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "bi-mat-77-khong-ghi"
    result = add(desk, dossier, paper((*LINES, ("PIN", 297, 300)))).json()
    sign(desk, "Thử", result, pin=secret)
    desk.client.post("/api/v1/results/sign", json={"key": "Thử", "pin": secret, "results": "sai"})
    assert secret not in caplog.text
    kept = [
        path for path in desk.data_dir.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert kept == []


def test_every_event_of_a_result_has_its_words() -> None:
    from api.pages.wording import EVENTS

    assert set(RESULT_EVENTS) <= set(EVENTS)
