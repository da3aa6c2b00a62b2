"""Malware scanners for tests: a real clamd that knows one signature, and made-up ones that misbehave."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.services import process, wait_until

CLAMD = Path("/usr/sbin/clamd")
# In two parts, so that this file itself is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EI" + rb"CAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextlib.contextmanager
def clamd(folder: Path, most_bytes: int) -> Iterator[str]:
    """A clamd that knows nothing but the EICAR test file and takes ``most_bytes``; its address."""
    signatures, address = folder / "signatures", folder / "clamd.sock"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Test-Signature:0:0:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nLocalSocket {address}\nDatabaseDirectory {signatures}\nUser root\n"
        f"StreamMaxLength {most_bytes}\n"
    )
    with process([str(CLAMD), "-c", str(settings)], folder / "clamd.log"):
        wait_until(address.exists)
        yield f"unix://{address}"


Manners = Callable[[socket.socket, bytes], None]
"""What a made-up scanner does once it has a file: the line, and what was streamed."""


@contextlib.contextmanager
def made_up(manners: Manners, listening: socket.socket | None = None) -> Iterator[str]:
    """A scanner on a port of its own that speaks INSTREAM and then does as told; its address."""
    listening = listening or bound()
    listening.listen(16)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listening.accept()
                threading.Thread(target=_attend, args=(line, manners), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def bound() -> socket.socket:
    """A port that is taken, and where nobody answers yet."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


def _attend(line: socket.socket, manners: Manners) -> None:
    with line, contextlib.suppress(OSError):
        file = line.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += file.read(1)
        if command == b"zPING\0":
            line.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", file.read(4))[0]:
            data += file.read(size)
        manners(line, data)


def honest(line: socket.socket, data: bytes) -> None:
    """Finds the EICAR test file."""
    line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")
