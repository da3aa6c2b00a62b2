"""Resumable uploads: the rules of tus 1.0.0, and lines that break at any byte."""

from __future__ import annotations

import base64
import hashlib
import random
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from ingest.channels.resuming import Uploads
from settings import Settings
from storage.objects import FolderStore, key_of
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.services import wait_until

CODE = "H49.12-251124-0007"
TUS = {"Tus-Resumable": "1.0.0"}
MEGA = 1024 * 1024


class Line:
    """A client, and the data folder behind it."""

    def __init__(self, client: httpx.Client, data: Path) -> None:
        self.client, self.data = client, data

    def begin(self, length: int, code: str = CODE, **metadata: str) -> httpx.Response:
        said = {"ma_ho_so": code, "filename": "tờ khai.pdf", **metadata}
        pairs = [f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()]
        headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}
        return self.client.post("/api/v1/uploads", headers=headers)

    def patch(self, where: str, offset: int, data: bytes, **headers: str) -> httpx.Response:
        told = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset), **headers}
        return self.client.patch(where, content=data, headers={**TUS, **told})

    def offset(self, where: str) -> int:
        return int(self.client.head(where, headers=TUS).headers["upload-offset"])


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    data = tmp_path_factory.mktemp("tus")
    settings = Settings(data_dir=data, jobs=1, max_file_bytes=8 * MEGA)
    app = create_app(settings, digitize=PaperPipeline())
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Line(client, data)


def sha(algorithm: str, data: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def test_the_service_tells_what_it_speaks(line: Line) -> None:
    reply = line.client.options("/api/v1/uploads")
    assert reply.status_code == 204
    assert reply.headers["tus-version"] == "1.0.0"
    assert reply.headers["tus-extension"] == "creation,checksum,termination,expiration"
    assert reply.headers["tus-max-size"] == str(8 * MEGA)
    assert "sha1" in reply.headers["tus-checksum-algorithm"].split(",")


def test_an_upload_in_parts_becomes_an_intake(line: Line) -> None:
    data = "thong_bao\n^THÔNG BÁO nối lại".encode()
    made = line.begin(len(data), sha256=hashlib.sha256(data).hexdigest(), sender="Bưu điện Hà Lầm")
    assert made.status_code == 201
    assert made.headers["tus-resumable"] == "1.0.0"
    assert made.headers["upload-expires"].endswith("GMT")
    where = made.headers["location"]
    head = line.client.head(where, headers=TUS)
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("0", str(len(data)))
    assert head.headers["cache-control"] == "no-store"
    assert "filename" in head.headers["upload-metadata"]
    first = line.patch(where, 0, data[:9], **{"Upload-Checksum": sha("sha1", data[:9])})
    assert (first.status_code, first.headers["upload-offset"], first.content) == (204, "9", b"")
    last = line.patch(where, 9, data[9:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(data)))
    intake = line.client.get(last.headers["x-intake"]).json()
    assert (intake["name"], intake["channel"], intake["sender"]) == ("tờ khai.pdf", "post", "Bưu điện Hà Lầm")
    assert intake["sha256"] == hashlib.sha256(data).hexdigest()
    assert line.offset(where) == len(data)
    again = line.patch(where, len(data), b"")
    assert again.headers["x-intake"] == last.headers["x-intake"]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "tus_version"),
        ({"Tus-Resumable": ""}, 412, "tus_version"),
        ({"Content-Type": "application/octet-stream"}, 415, "offset_type_missing"),
        ({"Upload-Offset": "1"}, 409, "offset_differs"),
        ({"Upload-Offset": "-1"}, 422, "invalid_request"),
        ({"Upload-Offset": ""}, 422, "invalid_request"),
        ({"Upload-Checksum": "crc32 AAAA"}, 400, "checksum_unknown"),
        ({"Upload-Checksum": "sha1"}, 400, "checksum_unknown"),
        ({"Upload-Checksum": sha("sha256", b"another")}, 460, "checksum_differs"),
    ],
)
def test_a_part_that_breaks_the_rules_changes_nothing(
    line: Line, headers: dict[str, str], status: int, code: str
) -> None:
    where = line.begin(10).headers["location"]
    told = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", **TUS, **headers}
    reply = line.client.patch(where, content=b"12345", headers=told)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.headers["tus-resumable"] == "1.0.0"
    if status == 412:
        assert reply.headers["tus-version"] == "1.0.0"
    assert line.offset(where) == 0


def test_more_than_was_announced_is_refused(line: Line) -> None:
    where = line.begin(4).headers["location"]
    assert line.patch(where, 0, b"12345").json()["code"] == "upload_too_long"
    assert line.patch(where, line.offset(where), b"1234"[line.offset(where) :]).status_code == 204


@pytest.mark.parametrize(
    ("length", "metadata", "status", "code"),
    [
        ("x", {}, 422, "invalid_request"),
        ("-5", {}, 422, "invalid_request"),
        (str(8 * MEGA + 1), {}, 413, "file_too_large"),
        ("5", {"code": "H49"}, 422, "bad_dossier_code"),
        ("5", {"channel": "sea"}, 422, "invalid_request"),
        ("5", {"sha256": "zz"}, 422, "invalid_request"),
    ],
)
def test_an_upload_that_cannot_be_does_not_begin(
    line: Line, length: str, metadata: dict[str, str], status: int, code: str
) -> None:
    reply = line.begin(length, **metadata)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert "location" not in reply.headers


def test_bad_metadata_and_unknown_uploads(line: Line) -> None:
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": "filename ?!"}
    assert line.client.post("/api/v1/uploads", headers=headers).json()["code"] == "invalid_request"
    for where in ("/api/v1/uploads/" + "0" * 26, "/api/v1/uploads/..%2f..%2fsohoa.sqlite3"):
        assert line.client.head(where, headers=TUS).status_code == 404


def test_the_whole_must_be_what_was_announced(line: Line) -> None:
    where = line.begin(5, sha256="0" * 64).headers["location"]
    assert line.patch(where, 0, b"12345").status_code == 460
    assert line.client.head(where, headers=TUS).status_code == 404


def test_an_upload_is_given_up_and_methods_are_overridden(line: Line) -> None:
    where = line.begin(5).headers["location"]
    override = {**TUS, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    override["Content-Type"] = "application/offset+octet-stream"
    assert line.client.post(where, content=b"12", headers=override).headers["upload-offset"] == "2"
    assert line.client.delete(where, headers=TUS).status_code == 204
    assert line.client.head(where, headers=TUS).status_code == 404
    assert line.client.delete(where, headers=TUS).status_code == 404


def test_what_has_expired_is_gone_and_swept(line: Line) -> None:
    from datetime import UTC, datetime

    where = line.begin(5).headers["location"]
    about = line.data / "uploads" / where.rsplit("/", 1)[1] / "about.json"
    upload, _ = Uploads(line.data / "uploads", 24).get(where.rsplit("/", 1)[1], datetime.now(UTC))
    past = (upload.expires_at - timedelta(hours=25)).isoformat()
    about.write_text(about.read_text().replace(upload.expires, past))
    assert line.client.head(where, headers=TUS).status_code == 410
    line.begin(5)
    assert line.client.head(where, headers=TUS).status_code == 404
    assert not about.parent.exists()


def test_one_request_writes_at_a_time(line: Line) -> None:
    made = line.begin(5)
    where = made.headers["location"]
    with open_patch(line, where, 0, 5) as sock:
        sock.sendall(b"12")
        wait_until(lambda: line.patch(where, 4, b"5").status_code == 423)
    wait_until(
        lambda: line.patch(where, line.offset(where), b"12345"[line.offset(where) :]).status_code == 204
    )


def open_patch(line: Line, where: str, offset: int, length: int, checksum: str = "") -> socket.socket:
    """A raw request whose body is yet to come."""
    address = line.client.base_url
    sock = socket.create_connection((address.host, address.port or 80), 10)
    lines = [f"PATCH {where} HTTP/1.1", f"Host: {address.host}", "Tus-Resumable: 1.0.0"]
    lines += ["Content-Type: application/offset+octet-stream", f"Upload-Offset: {offset}"]
    lines += [f"Content-Length: {length}"] + ([f"Upload-Checksum: {checksum}"] if checksum else [])
    sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    return sock


@pytest.mark.parametrize("seed", range(4))
def test_a_line_cut_at_any_byte_brings_the_file_whole(line: Line, seed: int) -> None:
    chance = random.Random(seed)
    data = chance.randbytes(chance.randint(3 * MEGA, 6 * MEGA))
    where = line.begin(len(data), sha256=hashlib.sha256(data).hexdigest()).headers["location"]
    for _ in range(6):
        at = settled(line, where)
        part = data[at:]
        checksum = sha("sha256", part) if chance.random() < 0.4 else ""
        cut = chance.randint(0, len(part) - 1)
        with open_patch(line, where, at, len(part), checksum) as sock:
            sock.sendall(part[:cut])
        now = settled(line, where)
        assert at <= now <= at + cut
        if checksum:
            assert now == at
    at = settled(line, where)
    last = line.patch(where, at, data[at:])
    assert last.status_code == 204
    intake = line.client.get(last.headers["x-intake"]).json()
    assert (intake["sha256"], intake["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    stored = b"".join(FolderStore(line.data / "objects").stream(key_of(intake["sha256"])))
    assert stored == data


def settled(line: Line, where: str) -> int:
    """The offset once the service has noticed that the line broke."""
    wait_until(lambda: line.patch(where, line.offset(where), b"").status_code == 204)
    return line.offset(where)
