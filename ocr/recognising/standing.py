"""A Tesseract that stands ready: its library in a process of its own (:mod:`ocr.recognising.library`).

The process belongs to the one that started it: it ends when that ends, and it is killed when a reading takes too
long. The next reading then starts another.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from errors import MachineError
from ocr.recognising.engine import RawLine, RawWord
from ocr.recognising.letters import letter_of, word_of
from records import Box, Pixels

_READINGS = 500
"""After so many readings the process is made anew, whatever its library may have kept of them."""
_SERVED = Path(__file__).with_name("library.py")
_SETPRIV = shutil.which("setpriv")


def library_of(program: Path) -> Path | None:
    """The library that was installed with the ``tesseract`` program; None where there is none beside it: a
    program in a place of its own is to be run as it is."""
    root = program.resolve().parent.parent
    found = [*root.glob("lib/*-linux-gnu/libtesseract.so.5"), *root.glob("lib*/libtesseract.so.5")]
    return found[0] if found else None


class StandingTesseract:
    """One process with ``library`` in it, started when it is first asked."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._readings = 0
        self.proven = False
        """Whether it has ever answered."""

    def read(
        self, image: Pixels, *, model: str, layout: int, options: dict[str, str], seconds: float
    ) -> tuple[RawLine, ...]:
        """Read ``image`` (gray). ``layout`` is Tesseract's page segmentation mode.

        Raises:
            MachineError: ``recogniser_missing``, ``recogniser_failed``, ``page_timeout``.
        """
        talk = self._started()
        height, width = image.shape
        asked = {"model": model, "layout": layout, "options": options, "width": width, "height": height}
        self._readings += 1
        try:
            talk.send_bytes(json.dumps(asked).encode())
            talk.send_bytes(image.tobytes())
            if not talk.poll(max(seconds, 0.001)):
                self.close()
                raise MachineError("page_timeout", page="?", seconds=round(seconds, 1))
            answer = json.loads(talk.recv_bytes())
            self.proven = True
            if "missing" in answer:
                raise MachineError("recogniser_missing")
            return tuple(line for words in answer["lines"] if (line := _line(words)).words)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            self.close()
            raise MachineError("recogniser_failed", page="?") from error

    @property
    def pid(self) -> int | None:
        """The process, None where none stands."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process. Idempotent."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        self._process = self._line = None

    def __del__(self) -> None:
        self.close()

    def _started(self) -> Connection:
        if self._readings >= _READINGS or (self._process is not None and self._process.poll() is not None):
            self.close()
        if self._line is None:
            self._readings = 0
            ours, theirs = socket.socketpair()
            guard = [_SETPRIV, "--pdeathsig", "KILL", "--"] if _SETPRIV else []
            served_by = [sys.executable, "-I", "-S", str(_SERVED)]
            self._process = subprocess.Popen(
                [*guard, *served_by, str(self._library), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            )
            theirs.close()
            self._line = Connection(ours.detach())
        return self._line


def _line(words: list[Any]) -> RawLine:
    found = (_word(*word) for word in words)
    return RawLine(tuple(w for w in found if w is not None))


def _word(text: str, box: list[int], confidence: float, letters: list[Any]) -> RawWord | None:
    told = (letter_of(letter, _box(*place), choices) for letter, place, choices in letters)
    return word_of(text, _box(*box), confidence, tuple(x for x in told if x is not None))


def _box(left: int, top: int, right: int, bottom: int) -> Box:
    return (left, top, right - left, bottom - top)
