"""Streamed uploads: a ``multipart/form-data`` body goes to disk as it arrives, hashed on the way.

Memory stays at one network chunk, whatever the size of the files. What a parked file becomes is the
caller's affair; :func:`receive` removes what is left of it at the end.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from api.bounds import is_streamed
from api.names import safe_name
from errors import MachineError, SenderError

MOST_FIELDS = 20
MOST_FIELD_BYTES = 4096
MOST_PARTS = 1000
WRITE_BYTES = 1024 * 1024
KEPT_FREE_BYTES = 64 * 1024 * 1024
"""Of the disk, for the records: no upload begins that would use them up."""


@dataclass(slots=True)
class Parked:
    """One file of the upload. ``path`` holds the whole file, unless ``too_large``: then nothing is kept.
    ``name`` is made safe to show; ``size`` counts the bytes that were sent; ``part`` is the form's name for
    it."""

    name: str
    path: Path
    sha256: str = ""
    size: int = 0
    too_large: bool = False
    part: str = ""


@dataclass(slots=True)
class Upload:
    """The files and the plain form fields, in the order sent."""

    files: list[Parked] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Takes the parser's callbacks; writing happens in :meth:`flush`, off the event loop."""

    def __init__(self, folder: Path, max_file_bytes: int, max_files: int, max_field_bytes: int) -> None:
        self.max_field_bytes = max_field_bytes
        self.folder = folder
        self.max_file_bytes = max_file_bytes
        self.max_files = max_files
        self.upload = Upload()
        self.ended = False
        self._parts = 0
        self.pending: list[tuple[Parked, bytes]] = []
        self.pending_bytes = 0
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._file: Parked | None = None
        self._field: tuple[str, bytearray] | None = None
        self._open: tuple[Parked, BinaryIO] | None = None
        self._hash = hashlib.sha256()

    def part_begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise SenderError("invalid_request", where="form", why="too many parts")
        self._disposition, self._file, self._field = b"", None, None

    def header_begin(self) -> None:
        self._header = (bytearray(), bytearray())

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = bytes(self._header[1])

    def headers_finished(self) -> None:
        kind, options = parse_options_header(self._disposition)
        if kind != b"form-data" or b"name" not in options:
            raise SenderError("not_multipart")
        sent_name = options.get(b"filename")
        if sent_name is None:
            if len(self.upload.fields) >= MOST_FIELDS:
                raise SenderError("invalid_request", where="form", why="too many fields")
            self._field = (options[b"name"].decode("utf-8", "replace"), bytearray())
        elif sent_name:  # a browser sends an empty name for "nothing chosen"
            if len(self.upload.files) >= self.max_files:
                raise SenderError("too_many_files", limit=self.max_files)
            number = len(self.upload.files)
            name = safe_name(sent_name.decode("utf-8", "replace"))
            part = options[b"name"].decode("utf-8", "replace")
            self._file = Parked(name=name, path=self.folder / f"{number:04d}", part=part)
            self.upload.files.append(self._file)
            self.pending.append((self._file, b""))

    def part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self.pending.append((self._file, data[start:end]))
            self.pending_bytes += end - start
        elif self._field is not None:
            if len(self._field[1]) + end - start > self.max_field_bytes:
                raise SenderError("invalid_request", where="form", why="a field is too long")
            self._field[1].extend(data[start:end])

    def part_end(self) -> None:
        if self._field is not None:
            self.upload.fields[self._field[0]] = self._field[1].decode("utf-8", "replace")

    def end(self) -> None:
        self.ended = True

    def flush(self) -> None:
        """Write what is pending. Blocking."""
        pending, self.pending, self.pending_bytes = self.pending, [], 0
        for parked, data in pending:
            if self._open is None or self._open[0] is not parked:
                self.close()
                self._open, self._hash = (parked, parked.path.open("xb")), hashlib.sha256()
            parked.size += len(data)
            if parked.size > self.max_file_bytes:
                if not parked.too_large:
                    parked.too_large = True
                    self._open[1].truncate(0)
                continue
            self._open[1].write(data)
            self._hash.update(data)

    def close(self) -> None:
        """End the file that is being written. Blocking."""
        if self._open is not None:
            parked, out = self._open
            out.close()
            parked.sha256 = "" if parked.too_large else self._hash.hexdigest()
            self._open = None


@contextmanager
def _malformed_is_the_senders() -> Iterator[None]:
    try:
        yield
    except (FormParserError, ClientDisconnect):
        raise SenderError("upload_cut") from None


def _see_that_it_fits(folder: Path, declared: str) -> None:
    # Twice: what is parked is copied into the store before it is removed here.
    needed = 2 * int(declared) if declared.isdigit() else 0
    if shutil.disk_usage(folder).free < needed + KEPT_FREE_BYTES:
        raise MachineError("disk_full")


def form(required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    """What the OpenAPI description says of a form that a route reads by :func:`receive`."""
    schema: dict[str, Any] = {"type": "object"} | ({"required": required} if required else {})
    schema["properties"] = properties
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@asynccontextmanager
async def receive_one(
    request: Request, folder: Path, *, max_file_bytes: int
) -> AsyncIterator[tuple[Parked, dict[str, str]]]:
    """As :func:`receive`, for a form of one file: that, and the plain fields.

    Raises:
        SenderError: also ``no_files``, ``file_too_large``.
    """
    async with receive(request, folder, max_file_bytes=max_file_bytes, max_files=1) as upload:
        if not upload.files:
            raise SenderError("no_files")
        parked = upload.files[0]
        if parked.too_large:
            raise SenderError("file_too_large", limit=f"{max_file_bytes / 1e6:.0f} MB")
        yield parked, upload.fields


@asynccontextmanager
async def receive(
    request: Request,
    folder: Path,
    *,
    max_file_bytes: int,
    max_files: int,
    max_field_bytes: int = MOST_FIELD_BYTES,
) -> AsyncIterator[Upload]:
    """Park the files of a multipart request in a fresh folder under ``folder``, which is on the data disk.

    A file beyond ``max_file_bytes`` is read to its end but not kept, so that the others still arrive.

    Raises:
        SenderError: ``not_multipart``, ``upload_cut``, ``too_many_files``, ``invalid_request``.
        MachineError: ``disk_full``, known before anything is read where the request says its size.
        OSError: the disk has become full.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise SenderError("not_multipart")
    folder.mkdir(parents=True, exist_ok=True)
    is_streamed(request.scope)
    _see_that_it_fits(folder, request.headers.get("content-length", ""))
    with tempfile.TemporaryDirectory(dir=folder, prefix="upload-", ignore_cleanup_errors=True) as scratch:
        reader = _Reader(Path(scratch), max_file_bytes, max_files, max_field_bytes)
        try:
            with _malformed_is_the_senders():
                parser = MultipartParser(
                    options[b"boundary"],
                    {
                        "on_part_begin": reader.part_begin,
                        "on_header_begin": reader.header_begin,
                        "on_header_field": reader.header_field,
                        "on_header_value": reader.header_value,
                        "on_header_end": reader.header_end,
                        "on_headers_finished": reader.headers_finished,
                        "on_part_data": reader.part_data,
                        "on_part_end": reader.part_end,
                        "on_end": reader.end,
                    },
                )
                async for chunk in request.stream():
                    parser.write(chunk)
                    if reader.pending_bytes >= WRITE_BYTES:
                        await to_thread.run_sync(reader.flush)
                parser.finalize()
            if not reader.ended:
                raise SenderError("upload_cut")
            await to_thread.run_sync(reader.flush)
        finally:
            reader.close()
        yield reader.upload
