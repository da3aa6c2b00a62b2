"""What is read and refused over the API is in the trace, and nothing of a paper is."""

from __future__ import annotations

from typing import Any

import pytest

from api import tracing
from api.app import create_app
from errors import MachineError
from settings import load
from storage.database import open_database
from storage.trace.reading import check_trace, last_number, part
from tests.api.conftest import Desk


def told_since(desk: Desk, after: int) -> list[tuple[str, Any, Any]]:
    database = open_database(f"sqlite:///{desk.data_dir / 'sohoa.sqlite3'}")
    try:
        assert check_trace(database).whole
        return [
            (one.what, one.document_id, dict(one.details)) for one in part(database, after=after, limit=500)
        ]
    finally:
        database.close()


def number_now(desk: Desk) -> int:
    database = open_database(f"sqlite:///{desk.data_dir / 'sohoa.sqlite3'}")
    try:
        return last_number(database)
    finally:
        database.close()


def test_reads_are_told_of_before_they_are_answered(desk: Desk, dossier: str) -> None:
    read = desk.digitized(code=dossier)
    before = number_now(desk)
    pdf = desk.client.get(read["href"] + "/pdf")
    desk.client.get(read["href"] + "/pdf", headers={"Range": "bytes=0-9"})
    desk.client.get(read["href"] + "/pdf", headers={"If-None-Match": pdf.headers["etag"]})
    desk.client.get(read["href"] + "/text")
    desk.client.get(f"/giay-to/{read['id']}")
    desk.client.get("/api/v1/documents")
    assert told_since(desk, before) == [
        ("read", read["id"], {"name": "get_pdf"}),
        ("read", read["id"], {"name": "get_pdf"}),
        ("read", read["id"], {"name": "get_text"}),
        ("read", read["id"], {"name": "document_page"}),
    ]


def test_refusals_are_told_of_without_what_was_sent(desk: Desk, dossier: str) -> None:
    read = desk.digitized(code=dossier)
    before = number_now(desk)
    desk.client.put(read["href"] + "/fields/so", json={"value": "bí mật"}, headers={"If-Match": '"77"'})
    desk.client.post("/api/v1/intakes/nguyen-van-a/retry")
    desk.client.post(f"/api/v1/intakes/{'0' * 26}/retry", headers={"Origin": "http://evil.example"})
    desk.client.get("/api/v1/documents/short")
    assert told_since(desk, before) == [
        ("refused", read["id"], {"status": 412, "method": "PUT", "route": "correct_field"}),
        ("refused", None, {"status": 422, "method": "POST", "route": "retry_intake"}),
        ("refused", None, {"status": 403, "method": "POST", "route": ""}),
    ]


def test_what_cannot_be_told_of_is_not_given_out(
    desk: Desk, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = desk.digitized(code=dossier)

    def broken(*_: object, **__: object) -> None:
        raise MachineError("database_unreachable")

    monkeypatch.setattr(tracing, "append", broken)
    reply = desk.client.get(read["href"] + "/text")
    assert reply.status_code == 503
    assert "Căn cứ" not in reply.text
    assert desk.client.put(read["href"] + "/fields/so", json={"value": "x"}).status_code == 428


def test_every_route_that_gives_out_a_file_is_told_of() -> None:
    handed_out, names = set(), set()
    for path, methods in create_app(load({})).openapi()["paths"].items():
        for operation in methods.values():
            names.add(operation["operationId"])
            media = operation["responses"].get("200", {}).get("content", {})
            if "{" in path and any(one.startswith(("application/pdf", "image/")) for one in media):
                handed_out.add(operation["operationId"])
            if "{" in path and "application/octet-stream" in media:
                handed_out.add(operation["operationId"])
    assert handed_out <= tracing.READS
    assert {"get_pdf", "get_page_image", "get_original", "get_result_pdf", "download_national"} <= handed_out
    assert names | {"get_national", "document_page"} >= tracing.READS, "a name in READS is no route's"
