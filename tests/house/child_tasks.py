"""Tasks that well and badly behaved children run in ``test_isolation``."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from errors import SenderError
from isolation import processor_bound


def add(one: int, other: int) -> int:
    return one + other


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang_with_grandchild(pid_file: str) -> None:
    grandchild = subprocess.Popen(["sleep", "600"])
    Path(pid_file).write_text(str(grandchild.pid))
    time.sleep(600)


def eat_memory() -> int:
    return len(bytearray(1 << 34))


def refuse() -> None:
    raise SenderError("too_many_pages", pages=12, limit=10)


def blunder() -> None:
    raise ValueError("Nguyễn Văn Thử, 012345678901")


class _Lie:
    def __init__(self, proof: str) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, (f"touch {self.proof}",))


def lie(proof: str) -> _Lie:
    return _Lie(proof)


def leave_a_file() -> str:
    path = Path(tempfile.gettempdir()) / "left"
    path.write_text("left")
    return str(path)


def interfaces_up() -> int:
    lines = Path("/proc/net/route").read_text().splitlines()[1:]
    return len(lines)


def own_pid() -> int:
    return os.getpid()


def note(log: str, word: str, seconds: float) -> None:
    time.sleep(seconds)
    with Path(log).open("a") as handle:
        handle.write(word + "\n")


def compute_without_end() -> None:
    with processor_bound(0.3):
        while True:
            pass


def compute_a_little() -> int:
    with processor_bound(0.3):
        made = sum(range(1000))
    until = time.process_time() + 0.5
    while time.process_time() < until:
        pass
    return made


def write_without_end() -> str:
    with tempfile.TemporaryFile() as file:
        try:
            file.truncate(1 << 40)
        except OSError as refused:
            return errno.errorcode[refused.errno or 0]
    return "written"


def open_without_end() -> str:
    held = []
    try:
        while True:
            held.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as refused:
        return errno.errorcode[refused.errno or 0]
    finally:
        for file in held:
            os.close(file)
