"""What holds for every answer: two families of errors, secure headers, origins, health, the description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from errors import MachineError
from settings import load
from storage import dossiers
from tests.api.conftest import Desk

ROOT = Path(__file__).parents[2]


def test_every_answer_carries_the_secure_headers(desk: Desk) -> None:
    style = re.findall(r'href="(/static/[0-9a-f]+/sohoa.css)"', desk.client.get("/").text)
    assert "immutable" in desk.client.get(style[0]).headers["cache-control"]
    for address in ("/", "/danh-sach", style[0], "/api/v1/documents", "/api/v1/nothing"):
        headers = desk.client.get(address).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_pages_hold_no_inline_script_or_style_and_no_other_host() -> None:
    for path in [*ROOT.glob("api/pages/templates/*"), *ROOT.glob("api/static/*")]:
        text = path.read_text(encoding="utf-8")
        for forbidden in ("http:", "https:", "style=", 'onclick="', "<style", "<script>", "javascript:"):
            assert forbidden not in text.replace("http://www.w3.org/2000/svg", ""), (path.name, forbidden)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "[::1]:8080"}, 404),
        ({"Host": "10.1.2.3"}, 404),
        ({"Host": "LOCALHOST:80"}, 404),
        ({"Host": "trung-tam.example"}, 404),
        ({"Host": "a:b:c"}, 421),
        ({"Sec-Fetch-Site": "same-origin"}, 404),
        ({}, 404),
    ],
)
def test_other_sites_cannot_change_anything(desk: Desk, headers: dict[str, str], status: int) -> None:
    reply = desk.client.post(f"/api/v1/intakes/{'0' * 26}/retry", headers=headers)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "code"),
    [
        ("DELETE", "/api/v1/documents", None, 405, "method_not_allowed"),
        ("GET", "/api/v1/documents?limit=0", None, 422, "invalid_request"),
        ("GET", "/api/v1/documents?state=old", None, 422, "invalid_request"),
        ("GET", "/api/v1/documents/short", None, 422, "invalid_request"),
        ("GET", "/api/v1/documents?ma_ho_so=a%00", None, 422, "invalid_request"),
        ("GET", "/api/v1/dossiers/a%00b", None, 422, "invalid_request"),
        ("PUT", f"/api/v1/documents/{'0' * 26}/fields/so", b"{", 422, "invalid_request"),
        ("PUT", f"/api/v1/documents/{'0' * 26}/fields/so", b'{"value": 1, "x": 2}', 422, "invalid_request"),
    ],
)
def test_a_wrong_request_is_a_senders_problem(
    desk: Desk, method: str, address: str, body: bytes | None, status: int, code: str
) -> None:
    reply = desk.client.request(method, address, content=body, headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.json()["retryable"] is False
    assert reply.json()["status"] == status
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_machines_fault_answers_503_and_when_to_come_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MachineError("database_unreachable")

    monkeypatch.setattr(dossiers, "search_documents", broken)
    reply = desk.client.get("/api/v1/documents")
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "30"
    assert reply.json()["retryable"] is True


def test_an_error_nobody_foresaw_tells_an_id_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of Nguyễn Văn A")

    monkeypatch.setattr(dossiers, "search_documents", broken)
    reply = desk.client.get("/api/v1/documents")
    assert reply.status_code == 500
    assert reply.json()["code"] == "internal"
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    assert reply.headers["x-content-type-options"] == "nosniff"
    page = desk.client.get("/danh-sach", headers={"Accept": "text/html"})
    assert page.status_code == 500
    assert "Mã tra cứu" in page.text


def test_pages_answer_their_problems_as_pages(desk: Desk) -> None:
    page = desk.client.get("/ho-so/H49.12-251124-9999", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Không có hồ sơ" in page.text
    assert desk.client.get("/giay-to/lạ", headers={"Accept": "text/html"}).status_code == 404
    assert desk.client.get("/trang/không/có", headers={"Accept": "text/html"}).status_code == 404
    found = desk.client.get("/ho-so", params={"ma": " h49.12-251124-0007 "})
    assert (found.status_code, found.headers["location"]) == (303, "/ho-so/H49.12-251124-0007")


def test_health_readiness_and_figures(desk: Desk, dossier: str) -> None:
    desk.digitized(code=dossier)
    assert desk.client.get("/health").json() == {"status": "ok"}
    assert desk.client.get("/ready").json() == {"status": "ok"}
    figures = desk.client.get("/metrics").text
    assert 'route="/api/v1/dossiers/{ma_ho_so}/scans"' in figures
    assert 'sohoa_documents{state="to_check"}' in figures
    assert 'sohoa_intakes{lane="counter",state="failed"}' in figures
    assert dossier not in figures


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_description_is_complete_and_current() -> None:
    described = create_app(load({})).openapi()
    for name, operation in operations(described):
        assert operation["summary"], name
        assert operation["description"], name
        assert {"421", "422", "500", "503"} <= set(operation["responses"]), name
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (name, status)
        if "post" in name.lower() or "put" in name.lower():
            assert "403" in operation["responses"], name
    kept = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(described)), "run: python -m api.openapi"
