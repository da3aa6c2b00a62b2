"""Deferred signing over the API: a client-side key, a restart in between, expiry, tampering."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem

from tests.api.conftest import Desk
from tests.results.conftest import add, serving, settings_of, sign
from tests.signing.paper import hand_signature, paper
from tests.signing.pki import BODY, Pki
from tests.signing.test_deferring import sign_digest

CODE = "H49.12-251124-8901"
LINES = (("GIÁM ĐỐC", 430, 600), ("Nguyễn Thị Thử", 430, 690))


def text_of(pki: Pki, label: str) -> str:
    return pem.armor("CERTIFICATE", pki.certificate(label).dump()).decode()


def opened(desk: Desk, pki: Pki, result: dict[str, Any], label: str = "officer", **more: Any) -> Any:
    said = {
        "version": result["version"],
        "certificate": text_of(pki, label),
        "chain": [text_of(pki, "interm")],
        "picture": base64.b64encode(hand_signature()).decode(),
    } | more
    return desk.client.post(f"{result['href']}/signing-sessions", json=said)


def completed(desk: Desk, session: dict[str, Any], value: bytes) -> Any:
    said = {"signature": base64.b64encode(value).decode()}
    return desk.client.post(f"/api/v1/signing-sessions/{session['id']}/complete", json=said)


def value_of(pki: Pki, session: dict[str, Any], label: str = "officer") -> bytes:
    return sign_digest(pki, label, base64.b64decode(session["digest"]))


def number(n: int) -> bytes:
    return paper((*LINES, (f"Ký từ xa {n}", 297, 300)))


def test_the_clients_own_key_signs_and_a_restart_ends_nothing(
    key_folder: Path, pki: Pki, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("restart")
    settings = settings_of(key_folder, data, signing_level="B-LT", tsa_url=pki.tsa)
    with serving(settings) as desk:
        desk.digitized(code=CODE)
        result = add(desk, CODE, number(1), agency="").json()
        answer = opened(desk, pki, result)
        assert answer.status_code == 201
        session = answer.json()
        assert session["state"] == "open"
    with serving(settings) as desk:
        assert desk.client.get(f"/api/v1/signing-sessions/{session['id']}").json()["state"] == "open"
        done = completed(desk, session, value_of(pki, session))
        assert done.status_code == 200
        signed = done.json()
        assert signed["state"] == "signed"
        found = desk.client.get(f"{result['href']}/verification").json()
        assert (found["verdict"], found["signatures"][0]["level"]) == ("valid", "B-LT")
        assert found["signatures"][0]["signer"] == "Nguyễn Thị Thử"
        again = completed(desk, session, value_of(pki, session))
        assert (again.status_code, again.json()["code"]) == (409, "session_used")
        assert desk.client.get(f"/api/v1/signing-sessions/{session['id']}").json()["state"] == "completed"


@pytest.fixture(scope="module")
def desk(key_folder: Path, pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Signs at B-B: no time-stamps are needed here."""
    with serving(settings_of(key_folder, tmp_path_factory.mktemp("deferred"))) as started:
        started.digitized(code=CODE)
        yield started


def test_a_tampered_completion_is_refused_and_the_session_stays(desk: Desk, pki: Pki) -> None:
    result = add(desk, CODE, number(2), agency="").json()
    session = opened(desk, pki, result).json()
    other = opened(desk, pki, add(desk, CODE, number(3), agency="").json()).json()
    good = value_of(pki, session)
    for wrong in (bytes(70), good[:-1], value_of(pki, other), value_of(pki, session, "revoked")):
        refused = completed(desk, session, wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_signature_value")
    assert desk.client.get(result["href"]).json()["state"] == "waiting"
    assert completed(desk, session, good).json()["state"] == "signed"


def test_the_prepared_file_cannot_be_swapped(desk: Desk, pki: Pki) -> None:
    result = add(desk, CODE, number(4), agency="").json()
    before = {path for path in (desk.data_dir / "objects").rglob("*") if path.is_file()}
    session = opened(desk, pki, result).json()
    (prepared,) = {path for path in (desk.data_dir / "objects").rglob("*") if path.is_file()} - before
    whole = prepared.read_bytes()
    prepared.chmod(0o644)
    prepared.write_bytes(whole.replace(b"/MediaBox", b"/MediaBoy", 1))
    refused = completed(desk, session, value_of(pki, session))
    assert (refused.status_code, refused.json()["code"]) == (503, "object_damaged")
    prepared.write_bytes(whole)
    assert completed(desk, session, value_of(pki, session)).json()["state"] == "signed"


def test_whoever_signs_first_makes_the_session_void(desk: Desk, pki: Pki) -> None:
    result = add(desk, CODE, number(5), agency="").json()
    session = opened(desk, pki, result).json()
    rival = opened(desk, pki, result).json()
    assert sign(desk, "Thử", result).json()["signed"] == 1
    for late in (session, rival):
        refused = completed(desk, late, value_of(pki, late))
        assert (refused.status_code, refused.json()["code"]) == (409, "not_waiting")
    assert len(desk.client.get(f"{result['href']}/verification").json()["signatures"]) == 1


@pytest.mark.parametrize(
    ("label", "code"), [("body", "certificate_of_another"), ("late", "certificate_of_another")]
)
def test_another_certificate_gets_no_digest(desk: Desk, pki: Pki, label: str, code: str) -> None:
    result = add(desk, CODE, number(6), agency="").json()
    refused = opened(desk, pki, result, label)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_bad_input_is_told(desk: Desk, pki: Pki) -> None:
    result = add(desk, CODE, number(7), agency="").json()
    for more, code in (
        ({"certificate": "AAAA"}, "bad_certificate"),
        ({"certificate": "không"}, "invalid_request"),
        ({"picture": ""}, "no_seal_picture"),
        ({"picture": base64.b64encode(b"GIF89a").decode()}, "bad_seal"),
        ({"version": 9}, "version_conflict"),
    ):
        assert opened(desk, pki, result, **more).json()["code"] == code
    assert desk.client.get(f"/api/v1/signing-sessions/{'0' * 26}").status_code == 404


def test_an_expired_session_is_refused(
    key_folder: Path, pki: Pki, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = settings_of(key_folder, tmp_path_factory.mktemp("expired"), signing_session_minutes=0.0001)
    with serving(settings) as desk:
        desk.digitized(code=CODE)
        result = add(desk, CODE, number(8), officer="", agency=BODY).json()
        session = opened(desk, pki, result, "body").json()
        refused = completed(desk, session, value_of(pki, session, "body"))
        assert (refused.status_code, refused.json()["code"]) == (410, "session_expired")
        assert desk.client.get(f"/api/v1/signing-sessions/{session['id']}").json()["state"] == "expired"
        assert desk.client.get(result["href"]).json()["state"] == "waiting"
