"""Ask a malware scanner about a file before anything else is done with it: clamd's INSTREAM protocol.

The bytes go to the scanner as they are; nothing is parsed here. There is no answer "not scanned": a file passes
only when the scanner says so.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import time
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from errors import MachineError, SenderError
from naming import plain

ADDRESS = r"^(tcp://(\[[0-9A-Fa-f:]+\]|[^\s/:\[\]]+):\d{1,5}|unix:///\S[^\n]*)?$"
"""What an address looks like; empty: no scanner."""

_CONNECT_SECONDS = 5.0
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"^stream: (.*?)(?:\([0-9a-f]{32}:\d+\))? FOUND$")


def scan(address: str, path: Path, *, seconds: float) -> None:
    """Have the file scanned, in at most ``seconds``.

    Raises:
        SenderError: ``malware`` with the name that the scanner gives it.
        MachineError: ``scanner_unreachable``, ``scanner_limit`` (clamd's StreamMaxLength is smaller than the
            file) or ``scanner_failed``; the file was not scanned and must not pass.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        answer = _ask(address, b"zINSTREAM\0", file, seconds)
    if answer == "stream: OK":
        return
    if found := _FOUND.match(answer):
        raise SenderError("malware", name=plain(found[1])[:100])
    if "size limit exceeded" in answer:
        raise MachineError("scanner_limit")
    raise MachineError("scanner_failed", why=plain(answer)[:100] or "it hung up")


def check(address: str) -> None:
    """See that the scanner answers.

    Raises:
        MachineError: ``scanner_unreachable`` or ``scanner_failed``.
    """
    answer = _ask(address, b"zPING\0", None, _CONNECT_SECONDS)
    if answer != "PONG":
        raise MachineError("scanner_failed", why=plain(answer)[:100] or "it hung up")


def _ask(address: str, command: bytes, file: BinaryIO | None, seconds: float) -> str:
    until = time.monotonic() + seconds
    try:
        with _connect(address, min(seconds, _CONNECT_SECONDS)) as line:
            # A scanner that has had enough answers and hangs up while bytes are still on their way.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                _send(line, command, until)
                if file is not None:
                    _send_file(line, file, until)
            return _answer(line, until)
    except OSError as failed:
        why = "it takes too long" if isinstance(failed, TimeoutError) else failed.strerror
        raise MachineError("scanner_unreachable", why=why or type(failed).__name__) from failed


def _connect(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(seconds)
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "", parts.port or 0), seconds)


def _send(line: socket.socket, data: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(data)


def _send_file(line: socket.socket, file: BinaryIO, until: float) -> None:
    while piece := file.read(_CHUNK):
        _send(line, struct.pack(">I", len(piece)) + piece, until)
    _send(line, struct.pack(">I", 0), until)


def _answer(line: socket.socket, until: float) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
