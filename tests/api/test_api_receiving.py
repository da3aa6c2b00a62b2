"""Multipart bodies are parked on disk as they arrive."""

from __future__ import annotations

import asyncio
import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from api.names import disposition, safe_name
from api.receiving import Upload, receive
from errors import SenderError

BOUNDARY = b"mot-hai-ba"


def part(name: str, data: bytes, filename: str | None = None) -> bytes:
    extra = f'; filename="{filename}"' if filename is not None else ""
    head = f'Content-Disposition: form-data; name="{name}"{extra}\r\n\r\n'
    return b"--" + BOUNDARY + b"\r\n" + head.encode() + data + b"\r\n"


END = b"--" + BOUNDARY + b"--\r\n"


def request_of(pieces: Iterator[bytes]) -> Request:
    async def take() -> dict[str, Any]:
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    kind = b"multipart/form-data; boundary=" + BOUNDARY
    return Request({"type": "http", "headers": [(b"content-type", kind)]}, take)


def received(pieces: Iterator[bytes], folder: Path, most: int = 1000) -> tuple[Upload, list[bytes]]:
    async def go() -> tuple[Upload, list[bytes]]:
        async with receive(request_of(pieces), folder, max_file_bytes=most, max_files=5) as upload:
            return upload, [one.path.read_bytes() for one in upload.files]

    return asyncio.run(go())


@settings(max_examples=60, deadline=None)
@given(
    contents=st.lists(st.binary(max_size=300).map(lambda b: b.replace(BOUNDARY, b"")), max_size=4),
    step=st.integers(1, 97),
)
def test_files_arrive_whole_however_the_body_is_cut(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], step: int
) -> None:
    folder = tmp_path_factory.mktemp("in")
    body = part("channel", b"post")
    body += b"".join(part("files", data, f"{n}.pdf") for n, data in enumerate(contents)) + END
    upload, stored = received((body[at : at + step] for at in range(0, len(body), step)), folder)
    assert stored == contents
    assert upload.fields == {"channel": "post"}
    assert [one.sha256 for one in upload.files] == [hashlib.sha256(data).hexdigest() for data in contents]
    assert [one.size for one in upload.files] == [len(data) for data in contents]
    assert list(folder.iterdir()) == []


def test_a_large_file_is_not_held_in_memory(tmp_path: Path) -> None:
    piece = bytes(64 * 1024)

    def body() -> Iterator[bytes]:
        yield part("files", b"", "to.tif")[:-2]
        for _ in range(1600):
            yield piece
        yield b"\r\n" + part("files", b"sau", "sau.pdf") + END

    tracemalloc.start()
    upload, _ = received_sizes(body(), tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.size for one in upload.files] == [100 * 1024 * 1024, 3]
    assert peak < 8 * 1024 * 1024


def received_sizes(pieces: Iterator[bytes], folder: Path) -> tuple[Upload, list[int]]:
    async def go() -> tuple[Upload, list[int]]:
        async with receive(request_of(pieces), folder, max_file_bytes=1 << 30, max_files=5) as upload:
            return upload, [one.path.stat().st_size for one in upload.files]

    return asyncio.run(go())


def test_a_file_past_the_limit_is_not_kept_and_the_next_one_is(tmp_path: Path) -> None:
    body = part("files", b"x" * 1001, "a.pdf") + part("files", b"y" * 1000, "b.pdf") + END
    upload, stored = received(iter([body[:500], body[500:1200], body[1200:]]), tmp_path)
    assert [one.too_large for one in upload.files] == [True, False]
    assert stored == [b"", b"y" * 1000]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (part("files", b"abc", "a.pdf"), "upload_cut"),
        (b"nothing of the kind", "upload_cut"),
        (part("x", b"v" * 5000) + END, "invalid_request"),
        (b"".join(part(f"x{n}", b"") for n in range(30)) + END, "invalid_request"),
        (b"".join(part("files", b"", f"{n}") for n in range(6)) + END, "too_many_files"),
        (b"--" + BOUNDARY + b"\r\nX: y\r\n\r\nabc\r\n" + END, "not_multipart"),
    ],
)
def test_a_malformed_body_is_the_senders_fault_and_leaves_nothing(
    tmp_path: Path, body: bytes, code: str
) -> None:
    with pytest.raises(SenderError) as refused:
        received(iter([body]), tmp_path)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=300))
def test_a_safe_name_is_one_visible_line_without_folders(sent: str) -> None:
    name = safe_name(sent)
    assert name
    assert len(name) <= 150
    assert name.isprintable()
    assert not set(name) & {"/", "\\", "\u202e", "\u200b", "\x00", "\n"}
    assert safe_name(name) == name
    assert disposition(name).isascii()


def test_names_keep_vietnamese_and_their_ending() -> None:
    assert safe_name("Quyết định số 5.pdf") == "Quyết định số 5.pdf"
    assert safe_name("C:\\quét\\tờ khai.tif") == "tờ khai.tif"
    assert safe_name("Giấy\u0301.pdf".replace("\u0301", "")) == "Giấy.pdf"
    assert safe_name("a" * 400 + ".pdf").endswith("a.pdf")
    assert safe_name("\u202e\u200b") == "tep"
    assert disposition("Đơn.pdf") == "attachment; filename=\"Don.pdf\"; filename*=UTF-8''%C4%90%C6%A1n.pdf"
