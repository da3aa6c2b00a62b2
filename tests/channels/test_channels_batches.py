"""Batches: a manifest, its files, and a receipt that says what arrived, matched and is missing."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from errors import SenderError
from ingest.channels.manifests import parse_manifest
from settings import Settings
from tests.api.conftest import Desk
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.services import wait_until

FIRST, SECOND = "H49.12-251124-0701", "H49.12-251124-0702"
TODAY = date(2026, 11, 24)
ONE = "thong_bao\n^THÔNG BÁO số một".encode()
TWO = "to_khai\n^TỜ KHAI\ftrang hai".encode()
SHA = "a" * 64


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ---- manifests -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"ma_ho_so,file,sha256,pages\n{FIRST},a.pdf,{SHA},2\n",
        f"\ufeffma_ho_so;file;sha256;pages\r\n{FIRST.lower()};a.pdf;{SHA.upper()};2\r\n;;;\r\n",
        f"pages\tsha256\tfile\tma_ho_so\n2\t{SHA}\ta.pdf\t{FIRST}",
        json.dumps({"files": [{"ma_ho_so": FIRST, "file": "a.pdf", "sha256": SHA, "pages": 2}]}),
    ],
)
def test_a_manifest_in_any_of_its_forms(text: str) -> None:
    (line,) = parse_manifest(text.encode(), TODAY).lines
    assert (line.number, line.ma_ho_so, line.file, line.sha256, line.pages) == (1, FIRST, "a.pdf", SHA, 2)


def test_who_hands_over_and_pages_that_are_not_said() -> None:
    told = {"from": "Bưu cục Hà Lầm", "to": "TTPVHCC Hồng Gai"}
    files = [{"ma_ho_so": FIRST, "file": "a.pdf", "sha256": SHA}]
    manifest = parse_manifest(json.dumps({**told, "files": files}).encode(), TODAY)
    assert (manifest.sent_from, manifest.sent_to) == ("Bưu cục Hà Lầm", "TTPVHCC Hồng Gai")
    assert manifest.lines[0].pages is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("ma_ho_so,file,sha256\n", 0),
        ("{", 0),
        ('{"files": 3}', 0),
        ('{"files": [], "file": 1}', 0),
        ('{"files": [1]}', 1),
        (f"ma_ho_so,file,sha256,page\n{FIRST},a,{SHA},2", 1),
        (f"ma_ho_so,file,sha256\n{FIRST},a,{SHA}\n{FIRST},b,{SHA[1:]}", 2),
        (f"ma_ho_so,file,sha256\n{FIRST},a,{SHA}\n{FIRST},b,{SHA}", 2),
        (f"ma_ho_so,file,sha256\n{FIRST},,{SHA}", 1),
        (f"ma_ho_so,file,sha256,pages\n{FIRST},a,{SHA},0", 1),
        (f"ma_ho_so,file,sha256,pages\n{FIRST},a,{SHA},hai", 1),
        (f"ma_ho_so,file,sha256\n{FIRST},a,{SHA},5", 1),
    ],
)
def test_a_manifest_that_is_wrong_says_where(text: str, line: int) -> None:
    with pytest.raises(SenderError) as refused:
        parse_manifest(text.encode(), TODAY)
    assert (refused.value.code, refused.value.values["line"]) == ("bad_manifest", line)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_a_manifest_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SenderError):  # any other error is a fault of the parser
        assert parse_manifest(data, TODAY).lines


# ---- batches ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data, pipeline = tmp_path_factory.mktemp("batches"), PaperPipeline()
    app = create_app(Settings(data_dir=data, jobs=1), digitize=pipeline)
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Desk(client, pipeline, data)


def manifest_of(*lines: tuple[str, str, bytes, int]) -> bytes:
    rows = [f"{code},{name},{sha(data)},{pages}" for code, name, data, pages in lines]
    return "\n".join(["ma_ho_so,file,sha256,pages", *rows]).encode()


def send(desk: Desk, manifest: bytes, **files: bytes) -> httpx.Response:
    parts = [("manifest", ("manifest.csv", manifest))]
    parts += [("files", (name.replace("__", "."), data)) for name, data in files.items()]
    return desk.client.post("/api/v1/batches", files=parts, headers={"X-Sender": "buu-dien"})


def settled(desk: Desk, href: str) -> dict[str, Any]:
    wait_until(lambda: desk.client.get(href).json()["counts"]["reading"] == 0)
    body: dict[str, Any] = desk.client.get(href).json()
    return body


def statuses(body: dict[str, Any]) -> list[str]:
    return [one["status"] for one in body["files"]]


def test_a_batch_is_received_in_parts_and_sending_again_changes_nothing(desk: Desk) -> None:
    manifest = manifest_of((FIRST, "a.pdf", ONE, 1), (SECOND, "a.pdf", ONE, 1), (SECOND, "b.pdf", TWO, 3))
    first = send(desk, manifest, a__pdf=ONE, lạ__pdf=b"khong co trong bang ke", b__pdf=TWO[:-1])
    assert first.status_code == 201
    body = first.json()
    assert {one["name"]: one["problem"]["code"] for one in body["unexpected"]} == {
        "lạ.pdf": "not_in_manifest",
        "b.pdf": "differs_from_manifest",
    }
    body = settled(desk, body["href"])
    assert statuses(body) == ["matched", "matched", "missing"]
    assert (body["complete"], body["sender"]) == (False, "buu-dien")
    again = send(desk, manifest, a__pdf=ONE)
    assert (again.status_code, again.json()["id"]) == (200, body["id"])
    assert again.json()["receipt_sha256"] == body["receipt_sha256"]
    for code, count in ((FIRST, 1), (SECOND, 1)):
        assert len(desk.client.get(f"/api/v1/dossiers/{code}").json()["intakes"]) == count
    more = desk.client.post(f"{body['href']}/files", files=[("files", ("b.pdf", TWO))])
    assert more.status_code == 200
    body = settled(desk, body["href"])
    assert statuses(body) == ["matched", "matched", "pages_differ"]
    assert (body["files"][2]["pages"], body["files"][2]["pages_found"]) == (3, 2)
    assert body["receipt_sha256"] != again.json()["receipt_sha256"]
    told = {name: body[name] for name in ("id", "manifest_sha256")}
    told["files"] = [{k: v for k, v in one.items() if k not in ("href", "reason")} for one in body["files"]]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert sha(canonical) == body["receipt_sha256"]


def test_one_file_that_fails_stops_no_batch_and_other_channels_count(desk: Desk) -> None:
    bad, good = b"!damaged\nlo", b"thong_bao\n^qua kenh khac"
    manifest = manifest_of((FIRST, "hỏng.pdf", bad, 1), (FIRST, "tốt.pdf", good, 1))
    body = send(desk, manifest, hỏng__pdf=bad).json()
    assert desk.send(("tên khác.pdf", good), code=FIRST).status_code == 202
    body = settled(desk, body["href"])
    assert statuses(body) == ["failed", "matched"]
    assert "Tệp bị hỏng" in body["files"][0]["reason"]["vietnamese"]
    page = desk.client.get(f"/lo/{body['id']}").text
    assert "BIÊN BẢN GIAO NHẬN HỒ SƠ" in page
    assert body["receipt_sha256"] in page
    assert f"/lo/{body['id']}" in desk.client.get("/lo").text


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ([("files", ("a.pdf", b"x"))], 422, "no_manifest"),
        ([("manifest", ("manifest.csv", b"x")), ("manifest", ("manifest.json", b"{}"))], 422, "no_manifest"),
        ([("manifest", ("manifest.csv", b"x" * (1024 * 1024 + 1)))], 422, "no_manifest"),
        ([("manifest", ("manifest.json", b"{}"))], 422, "bad_manifest"),
    ],
)
def test_a_batch_that_cannot_be(desk: Desk, parts: Any, status: int, code: str) -> None:
    reply = desk.client.post("/api/v1/batches", files=parts)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert list(Path(desk.data_dir / "incoming").iterdir()) == []


def test_a_batch_nobody_knows(desk: Desk) -> None:
    where = f"/api/v1/batches/{'0' * 26}"
    assert desk.client.get(where).json()["code"] == "unknown_batch"
    assert (
        desk.client.post(f"{where}/files", files=[("files", ("a.pdf", io.BytesIO(b"a")))]).status_code == 404
    )
    assert desk.client.get(f"/lo/{'0' * 26}", headers={"Accept": "text/html"}).status_code == 404
