"""Uploads that are too large, too many, too slow, or come when the disk is full."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import socket
import subprocess
import time
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api import receiving
from api.app import create_app
from api.bounds import MOST_PLAIN_BYTES
from settings import Settings
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.hostile.conftest import Centre

CODE = "H49.12-251124-7004"
SCANS = f"/api/v1/dossiers/{CODE}/scans"
KIND = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'
MOST = 3_000_000
EMPTY_PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n'


@contextmanager
def small_centre(folder: Path) -> Iterator[Centre]:
    settings = Settings(data_dir=folder, jobs=1, max_request_bytes=MOST, silence_seconds=0.5)
    app = create_app(settings, digitize=PaperPipeline())
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Centre(client, folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with small_centre(tmp_path_factory.mktemp("small")) as centre:
        yield centre


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def nothing_was_kept(centre: Centre) -> bool:
    intakes = centre.client.get("/api/v1/intakes", params={"ma_ho_so": CODE}).json()["items"]
    return not intakes and not files_in(centre.data_dir / "incoming") + files_in(centre.data_dir / "objects")


def pieces(size: int, piece: int = 50_000) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    yield HEAD % b"a.pdf"
    for _ in range(size // piece):
        yield bytes(piece)
    yield b"\r\n--b--\r\n"


def test_one_request_is_bounded_whatever_it_says(small: Centre) -> None:
    told = {**KIND, "Content-Length": str(MOST + 1), "Connection": "close"}
    answers = [
        small.client.post(SCANS, headers=KIND, content=pieces(MOST + 100_000)),
        raw(small, f"POST {SCANS} HTTP/1.1\r\nHost: localhost\r\n" + lines(told)),
    ]
    for answer in answers:
        assert answer.status_code == 413
        assert answer.json()["code"] == "request_too_large"
        assert "Hãy chia" in answer.json()["detail"]
    assert nothing_was_kept(small)


def test_a_request_that_is_no_upload_is_bounded_closer(small: Centre) -> None:
    address = f"/api/v1/documents/{'0' * 26}/fields/so"
    kind = {"Content-Type": "application/json"}
    large = b'{"value": "' + b"x" * MOST_PLAIN_BYTES + b'"}'
    assert small.client.put(address, headers=kind, content=large).status_code == 413
    counted = small.client.put(address, headers=kind, content=iter([large]))
    disguised = small.client.put(address, headers=KIND, content=large)
    for answer in (counted, disguised):
        assert answer.status_code in (413, 422)
        assert answer.json()["retryable"] is False


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (EMPTY_PART * 1200 + b"--b--\r\n", "invalid_request"),
        (
            b"".join(HEAD % f"{n}.pdf".encode() + b"x\r\n" for n in range(101)) + b"--b--\r\n",
            "too_many_files",
        ),
        (b"--b\r\n" + b"X: y\r\n" * 50 + b"\r\n\r\n--b--\r\n", "upload_cut"),
        (b"--b\r\nX: " + b"y" * 100_000 + b"\r\n\r\n\r\n--b--\r\n", "upload_cut"),
        (HEAD % b"a.pdf" + b"no end", "upload_cut"),
    ],
)
def test_many_parts_and_long_heads_are_refused(small: Centre, body: bytes, code: str) -> None:
    answer = small.client.post(SCANS, headers=KIND, content=body)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code
    assert nothing_was_kept(small)


def test_a_sender_that_falls_silent_is_let_go_and_nobody_waits_for_it(small: Centre) -> None:
    head = f"POST {SCANS} HTTP/1.1\r\nHost: localhost\r\n" + lines(
        {**KIND, "Content-Length": "100000", "Connection": "close"}
    )
    silent = [opened(small, head.encode() + HEAD % b"a.pdf" + bytes(1000)) for _ in range(20)]
    assert small.client.get("/health").status_code == 200
    for line in silent:
        answer = answered(line)
        assert answer.status_code == 408
        assert answer.json()["code"] == "upload_stalled"
    assert nothing_was_kept(small)


def lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"


def opened(centre: Centre, data: bytes) -> socket.socket:
    at = centre.client.base_url
    line = socket.create_connection((at.host, at.port or 80), 20)
    line.sendall(data)
    return line


def answered(line: socket.socket) -> httpx.Response:
    with line:
        head, _, body = b"".join(iter(lambda: line.recv(65536), b"")).partition(b"\r\n\r\n")
    return httpx.Response(int(head.split()[1]), content=body)


def raw(centre: Centre, request: str) -> httpx.Response:
    return answered(opened(centre, request.encode()))


# ---- a full disk -----------------------------------------------------------------------------------------


def is_told_to_come_again(answer: httpx.Response) -> bool:
    assert answer.status_code == 503
    assert answer.json()["code"] == "disk_full"
    assert answer.json()["retryable"] is True
    return int(answer.headers["retry-after"]) > 0


def test_no_upload_begins_on_a_disk_that_is_nearly_full(
    small: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, receiving.KEPT_FREE_BYTES - 1))
    assert is_told_to_come_again(small.send(CODE, ("a.pdf", b"x")))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, receiving.KEPT_FREE_BYTES + 1_000_000))
    assert is_told_to_come_again(small.send(CODE, ("a.pdf", bytes(1_000_000))))
    assert nothing_was_kept(small)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_that_fills_up_meanwhile(small: Centre, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(receiving._Reader, "flush", full)
    assert is_told_to_come_again(small.send(CODE, ("a.pdf", b"x")))
    assert nothing_was_kept(small)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with little more room than is kept free."""
    size = receiving.KEPT_FREE_BYTES + 1_500_000
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=False)
    if mounted.returncode:
        pytest.skip("no right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(bytes(65536))


def test_a_real_disk_that_is_full(tiny_disk: Path) -> None:
    with small_centre(tiny_disk) as centre:
        ballast = tiny_disk / "ballast"

        def growing() -> Iterator[bytes]:
            yield HEAD % b"a.pdf"
            yield bytes(1_200_000)
            fill(ballast)
            yield bytes(1_200_000)
            yield b"\r\n--b--\r\n"

        assert is_told_to_come_again(centre.client.post(SCANS, headers=KIND, content=growing()))
        assert files_in(tiny_disk / "incoming") + files_in(tiny_disk / "objects") == []
        assert centre.client.get("/health").status_code == 200
        ballast.unlink()
        assert nothing_was_kept(centre)
        paper = b"cong_van so=1\nmot trang"
        assert centre.send(CODE, ("a.pdf", paper)).status_code == 202
        until = time.monotonic() + 30
        while centre.client.get("/api/v1/documents", params={"ma_ho_so": CODE}).json()["items"] == []:
            assert time.monotonic() < until
            time.sleep(0.05)
