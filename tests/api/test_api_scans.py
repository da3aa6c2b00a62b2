"""Scans are sent, kept, followed and read."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.api.conftest import DECISION, Desk


def test_a_file_is_received_read_and_attached(desk: Desk, dossier: str) -> None:
    reply = desk.send(
        ("quyết định.pdf", DECISION),
        code=dossier,
        channel="post",
        noi_ho_tro="Bưu điện Hà Lầm",
        sender="Bưu tá",
    )
    assert reply.status_code == 202
    assert reply.json()["ma_ho_so"] == dossier
    (sent,) = reply.json()["files"]
    assert sent["created"] is True
    assert sent["duplicate"] is False
    assert sent["name"] == "quyết định.pdf"
    assert sent["sha256"] == hashlib.sha256(DECISION.encode()).hexdigest()
    assert sent["size"] == len(DECISION.encode())
    intake = desk.ended(sent["id"])
    assert intake["state"] == "attached"
    assert (intake["pages_done"], intake["pages_total"]) == (1, 1)
    assert intake["channel"] == "post"
    assert intake["sender"] == "Bưu tá"
    (document,) = intake["documents"]
    assert document["type"]["code"] == "quyet_dinh"
    assert document["state"] == "to_check"
    assert [reason["code"] for reason in document["reasons"]] == ["invalid_field", "doubtful_field"]
    whole = desk.client.get(f"/api/v1/dossiers/{dossier}").json()
    assert whole["noi_ho_tro"] == "Bưu điện Hà Lầm"
    assert whole["co_quan_giai_quyet"] == "H49.12"
    assert [one["id"] for one in whole["documents"]] == [document["id"]]
    listed = desk.client.get(f"/api/v1/dossiers/{dossier}/documents").json()
    assert [one["id"] for one in listed["items"]] == [document["id"]]


def test_the_same_bytes_answer_with_the_first_record(desk: Desk, dossier: str) -> None:
    first = desk.send(("a.pdf", DECISION), code=dossier)
    again = desk.send(("b.pdf", DECISION), code=dossier)
    assert again.status_code == 200
    assert again.json()["files"][0]["duplicate"] is True
    assert again.json()["files"][0]["id"] == first.json()["files"][0]["id"]
    assert again.json()["files"][0]["name"] == "a.pdf"
    mixed = desk.send(("a.pdf", DECISION), ("c.pdf", DECISION + " "), code=dossier)
    assert mixed.status_code == 202
    assert [one["duplicate"] for one in mixed.json()["files"]] == [True, False]


def test_one_bad_file_does_not_stop_the_others(desk: Desk, dossier: str) -> None:
    reply = desk.send(("big.pdf", b"x" * 200_001), ("good.pdf", DECISION), ("empty.pdf", b""), code=dossier)
    assert reply.status_code == 202
    big, good, empty = reply.json()["files"]
    assert big["id"] is None
    assert big["problem"]["code"] == "file_too_large"
    assert big["problem"]["retryable"] is False
    assert "Hãy chia nhỏ" in big["problem"]["detail"]
    assert desk.ended(good["id"])["state"] == "attached"
    failed = desk.ended(empty["id"])
    assert failed["state"] == "failed"
    assert failed["problem"]["code"] == "empty_file"
    assert "Tệp rỗng" in failed["problem"]["detail"]
    assert list((desk.data_dir / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("code", "vietnamese"),
    [
        ("damaged", "bị hỏng"),
        ("unsupported_kind", "Không nhận dạng được"),
        ("password", "mật khẩu"),
        ("page_too_large", "quá lớn"),
    ],
)
def test_an_unreadable_file_is_kept_with_its_plain_reason(
    desk: Desk, dossier: str, code: str, vietnamese: str
) -> None:
    sent = desk.send(("x.pdf", f"!{code}\n"), code=dossier).json()["files"][0]
    intake = desk.ended(sent["id"])
    assert intake["state"] == "failed"
    assert intake["problem"]["code"] == code
    assert vietnamese in intake["problem"]["detail"]
    assert intake["problem"]["english"].isascii()
    assert intake["problem"]["retryable"] is False
    assert desk.send(("x.pdf", f"!{code}\n"), code=dossier).json()["files"][0]["problem"]["code"] == code


def test_one_broken_page_is_told_and_the_others_go_on(desk: Desk, dossier: str) -> None:
    text = "thong_bao\n^THÔNG BÁO\fBROKEN\fTrang ba"
    sent = desk.send(("ba trang.pdf", text), code=dossier).json()["files"][0]
    intake = desk.ended(sent["id"])
    assert intake["state"] == "attached"
    assert intake["refused_pages"] == [2]
    assert "Trang 2 bị hỏng" in intake["refusals"][0]["reason"]["vietnamese"]
    assert intake["documents"][0]["source_pages"] == [1, 3]
    assert intake["documents"][0]["pages"] == 2


def test_progress_is_seen_while_pages_are_read(desk: Desk, dossier: str) -> None:
    desk.pipeline.gate.clear()
    try:
        text = "thong_bao\nTrang một\fTrang hai\fTrang ba"
        sent = desk.send(("dài.pdf", text), code=dossier).json()["files"][0]
        seen = {}
        for _ in range(100):
            seen = desk.client.get(f"/api/v1/intakes/{sent['id']}").json()
            if seen["pages_done"]:
                break
        assert (seen["state"], seen["pages_done"], seen["pages_total"]) == ("working", 1, 3)
    finally:
        desk.pipeline.gate.set()
    with desk.client.stream("GET", f"/api/v1/intakes/{sent['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = list(stream.iter_lines())
    events = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert events[-1] == "done"
    done = json.loads([line for line in lines if line.startswith("data: ")][-1].removeprefix("data: "))
    assert done["state"] == "attached"
    assert done["documents"][0]["pages"] == 3


def test_reconnecting_to_a_stream_does_not_repeat_what_was_seen(desk: Desk, dossier: str) -> None:
    desk.pipeline.gate.clear()
    try:
        text = "thong_bao\nTrang 1\fTrang 2"
        sent = desk.send(("hai.pdf", text), code=dossier).json()["files"][0]
        while desk.client.get(f"/api/v1/intakes/{sent['id']}").json()["pages_done"] != 1:
            pass
        seen = "1-working-1-2"
    finally:
        desk.pipeline.gate.set()
    address = f"/api/v1/intakes/{sent['id']}/events"
    with desk.client.stream("GET", address, headers={"Last-Event-ID": seen}) as stream:
        ids = [line for line in stream.iter_lines() if line.startswith("id: ")]
    assert f"id: {seen}" not in ids
    assert ids[-1] == "id: 1-attached-2-2"


def test_a_machines_fault_ends_as_one_that_may_be_retried(desk: Desk, dossier: str) -> None:
    sent = desk.send(("lỗi.pdf", "!damaged\nlại"), code=dossier).json()["files"][0]
    assert desk.ended(sent["id"])["state"] == "failed"
    calls = desk.pipeline.calls
    retried = desk.client.post(f"/api/v1/intakes/{sent['id']}/retry")
    assert retried.status_code == 202
    assert retried.json()["problem"] is None
    assert desk.ended(sent["id"])["state"] == "failed"
    assert desk.pipeline.calls == calls + 1
    closed = desk.client.post(f"/api/v1/intakes/{sent['id']}/close")
    assert closed.json()["state"] == "closed"
    again = desk.client.post(f"/api/v1/intakes/{sent['id']}/retry")
    assert again.status_code == 409
    assert again.json()["retryable"] is False


def test_names_from_outside_are_made_safe(desk: Desk, dossier: str) -> None:
    evil = "../../etc/\u202egpj.exe\x00<script>alert(1)</script>.pdf"
    sent = desk.send((evil, "thong_bao\nTên tệp lạ"), code=dossier).json()["files"][0]
    assert sent["name"] == "script>.pdf"
    intake = desk.ended(sent["id"])
    document = intake["documents"][0]["id"]
    original = desk.client.get(f"/api/v1/documents/{document}/original")
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment;")
    page = desk.client.get(f"/ho-so/{dossier}", headers={"Accept": "text/html"})
    assert "<script>alert" not in page.text


def test_a_request_without_files_or_with_too_many_is_refused(desk: Desk, dossier: str) -> None:
    address = f"/api/v1/dossiers/{dossier}/scans"
    none = desk.client.post(address, files=[("channel", (None, b"counter"))])
    assert (none.status_code, none.json()["code"]) == (422, "no_files")
    many = desk.send(*[(f"{n}.pdf", f"thong_bao\n{n}") for n in range(101)], code=dossier)
    assert (many.status_code, many.json()["code"]) == (413, "too_many_files")
    plain = desk.client.post(address, json={})
    assert (plain.status_code, plain.json()["code"]) == (415, "not_multipart")
    cut = desk.client.post(
        address,
        content=b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\nabc',
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert (cut.status_code, cut.json()["code"]) == (400, "upload_cut")
    assert desk.client.get(f"/api/v1/dossiers/{dossier}").status_code == 404
    one = desk.send(("a.pdf", b"y" * 300_000), code=dossier)
    assert (one.status_code, one.json()["code"]) == (413, "file_too_large")
    assert one.json()["files"][0]["name"] == "a.pdf"


@pytest.mark.parametrize("code", ["H49", "H49.12-251332-0007", "H49.12-991124-0007", "h49.12-251124-0007"])
def test_a_wrong_dossier_code_is_refused_before_anything_is_kept(desk: Desk, code: str) -> None:
    reply = desk.send(("a.pdf", DECISION), code=code)
    assert reply.status_code == 422
    assert reply.json()["code"] == "bad_dossier_code"
    assert "Ví dụ đúng" in reply.json()["detail"]
