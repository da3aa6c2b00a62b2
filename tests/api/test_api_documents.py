"""Documents: read, searched, fetched, corrected, confirmed."""

from __future__ import annotations

import hashlib
import io
import unicodedata

import pytest
from PIL import Image

from tests.api.conftest import DECISION, Desk

UNKNOWN = "0" * 26


def test_a_document_carries_its_record_its_fields_and_its_version(desk: Desk, dossier: str) -> None:
    known = desk.digitized(code=dossier)
    reply = desk.client.get(known["href"])
    body = reply.json()
    assert reply.headers["etag"] == '"1"'
    assert body["record"]["schema"] == 1
    assert body["record"]["document_type"]["code"] == "quyet_dinh"
    assert {one["name"]: one["value"] for one in body["fields"]} == {
        "so_ky_hieu": "15/QĐ-SXD",
        "ngay_ban_hanh": "2025-09-05",
        "trich_yeu": "Về việc thành lập tổ công tác kiểm tra trật tự xây dựng",
        "nguoi_ky": "Trần Văn Mẫu",
    }
    assert [one["valid"] for one in body["fields"]] == [True, True, True, False]
    assert desk.client.get(known["href"], headers={"If-None-Match": '"1"'}).status_code == 304


def test_the_pdf_comes_whole_by_range_and_conditionally(desk: Desk, dossier: str) -> None:
    known = desk.digitized("Đơn xin cấp.pdf", code=dossier)
    address = f"{known['href']}/pdf"
    whole = desk.client.get(address)
    assert whole.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(whole.content).hexdigest() == known["pdf_sha256"]
    assert whole.headers["etag"] == f'"{known["pdf_sha256"]}"'
    assert whole.headers["content-disposition"].startswith('attachment; filename="')
    assert "%C4%90%C6%A1n%20xin%20c%E1%BA%A5p" in whole.headers["content-disposition"]
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert desk.client.get(address, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    size = len(whole.content)
    for asked, first, last in [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=5-{size * 2}", 5, size - 1),
    ]:
        part = desk.client.get(address, headers={"Range": asked})
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert part.content == whole.content[first : last + 1]
    past = desk.client.get(address, headers={"Range": f"bytes={size}-"})
    assert (past.status_code, past.json()["code"]) == (416, "bad_range")
    for whole_again in ({"Range": "lines=1-2"}, {"Range": "bytes=0-9", "If-Range": '"old"'}):
        assert desk.client.get(address, headers=whole_again).content == whole.content
    head = desk.client.head(address)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(size), b"")


def test_text_and_original_come_as_they_were(desk: Desk, dossier: str) -> None:
    known = desk.digitized(code=dossier)
    text = desk.client.get(f"{known['href']}/text")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Điều 1. Thành lập tổ công tác" in text.text
    assert unicodedata.is_normalized("NFC", text.text)
    original = desk.client.get(f"{known['href']}/original")
    assert original.content == DECISION.encode()
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["content-type"] == "application/octet-stream"
    record = desk.client.get(f"{known['href']}/record")
    assert record.json()["source"]["sha256"] == hashlib.sha256(DECISION.encode()).hexdigest()


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_page_comes_as_a_picture_and_as_words(desk: Desk, dossier: str, kind: str) -> None:
    known = desk.digitized(text="thong_bao\n^THÔNG BÁO\fTrang hai đây", code=dossier)
    address = f"{known['href']}/pages/2"
    reply = desk.client.get(f"{address}/image", params={"max_side": 500, "format": kind})
    assert reply.headers["content-type"] == f"image/{kind}"
    assert max(Image.open(io.BytesIO(reply.content)).size) in (500, 501)
    assert (
        desk.client.get(
            f"{address}/image",
            params={"max_side": 500, "format": kind},
            headers={"If-None-Match": reply.headers["etag"]},
        ).status_code
        == 304
    )
    page = desk.client.get(address).json()
    assert (page["number"], page["source_number"], page["text"]) == (2, 2, "Trang hai đây")
    assert [word["text"] for word in page["words"]] == ["Trang", "hai", "đây"]
    none = desk.client.get(f"{known['href']}/pages/3")
    assert (none.status_code, none.json()["code"]) == (404, "unknown_page")


def test_a_correction_stands_beside_what_was_read(desk: Desk, dossier: str) -> None:
    known = desk.digitized(code=dossier)
    address = f"{known['href']}/fields/ngay_ban_hanh"
    missing = desk.client.put(address, json={"value": "2025-09-06"})
    assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
    changed = desk.client.put(
        address,
        json={"value": " 6/9/2025 "},
        headers={"If-Match": '"1"', "X-Sender": "C%C3%A1n%20b%E1%BB%99"},
    )
    assert changed.status_code == 200
    assert changed.headers["etag"] == '"2"'
    (field,) = [one for one in changed.json()["fields"] if one["name"] == "ngay_ban_hanh"]
    assert (field["value"], field["read_value"], field["corrected_by"]) == (
        "2025-09-06",
        "2025-09-05",
        "Cán bộ",
    )
    assert changed.json()["record"]["fields"]["ngay_ban_hanh"]["value"] == "2025-09-05"
    stale = desk.client.put(address, json={"value": "2025-09-07"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_conflict")
    assert "Người khác vừa sửa" in stale.json()["detail"]
    wrong = desk.client.put(address, json={"value": "31/2/2025"}, headers={"If-Match": '"2"'})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_date")


def test_confirming_ends_the_checking_and_a_correction_opens_it_again(desk: Desk, dossier: str) -> None:
    known = desk.digitized(code=dossier)
    confirmed = desk.client.post(
        f"{known['href']}/confirm", headers={"If-Match": '"1"', "X-Sender": "Nguoi%20kiem"}
    )
    assert confirmed.json()["state"] == "confirmed"
    assert confirmed.json()["confirmed_by"] == "Nguoi kiem"
    twice = desk.client.post(f"{known['href']}/confirm", headers={"If-Match": '"2"'})
    assert (twice.status_code, twice.json()["code"]) == (409, "already_confirmed")
    again = desk.client.put(
        f"{known['href']}/fields/co_quan_ban_hanh", json={"value": "Sở Xây dựng"}, headers={"If-Match": '"2"'}
    )
    assert again.json()["state"] == "to_check"
    assert again.json()["fields"][-1]["source"] == "person"


def test_documents_are_found_by_words_state_and_type_in_parts(desk: Desk, dossier: str) -> None:
    for number in range(3):
        desk.digitized(
            f"{number}.pdf", f"to_khai\n^TỜ KHAI\nĐặng Thị Kiểm Thử {dossier} {number}", code=dossier
        )
    asked = {"q": f"kiểm {dossier}", "type": "to_khai", "state": "ready", "limit": "2"}
    first = desk.client.get("/api/v1/documents", params=asked).json()
    assert len(first["items"]) == 2
    rest = desk.client.get("/api/v1/documents", params={**asked, "after": first["next"]}).json()
    assert len(rest["items"]) == 1
    assert rest["next"] is None
    ids = [one["id"] for one in first["items"] + rest["items"]]
    assert ids == sorted(set(ids), reverse=True)
    nothing = desk.client.get("/api/v1/documents", params={**asked, "q": "100%"}).json()
    assert nothing["items"] == []


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v1/documents/{UNKNOWN}",
        f"/api/v1/documents/{UNKNOWN}/pdf",
        f"/api/v1/intakes/{UNKNOWN}",
        f"/api/v1/intakes/{UNKNOWN}/events",
        "/api/v1/dossiers/H49.12-251124-9999",
        "/api/v1/dossiers/H49.12-251124-9999/documents",
        "/api/v1/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_in_vietnamese(desk: Desk, address: str) -> None:
    reply = desk.client.get(address)
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"].startswith("Không có")
    assert reply.json()["retryable"] is False
