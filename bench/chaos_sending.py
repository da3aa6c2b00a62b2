"""Senders as a centre's software is: the same bytes again until they are acknowledged."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import socket
import threading
import time
from urllib.parse import urlsplit

import urllib3

_SENDERS = 3
_TIMEOUT = 20.0
_PAUSE = (0.3, 1.5)
_LONGEST = 400.0
"""Seconds after which a sender gives up: then the round says so."""
_BREAK_OFF_SHARE = 0.15


class Post:
    """Sends files to dossiers, several at once. ``acknowledged`` maps the sha256 of a file to the id that the
    API gave."""

    def __init__(self, address: str, seed: int, dossiers: int, seconds: float) -> None:
        """``address`` of the API; files are begun evenly over ``seconds``, or faster when few."""
        self._address = address
        self._seed = seed
        self._dossiers = dossiers
        self._seconds = seconds
        self._http = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._lock = threading.Lock()
        self._next = 0
        self._began = 0.0
        self.acknowledged: dict[str, str] = {}
        self.begun = 0
        self.again = 0
        self.broken_off = 0
        self._threads = [threading.Thread(target=self._send_on, daemon=True) for _ in range(_SENDERS)]

    def start(self) -> None:
        """Begin."""
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until every file that was begun is acknowledged."""
        for thread in self._threads:
            thread.join()

    def _send_on(self) -> None:
        while (number := self._take()) is not None:
            due = self._began + number * self._seconds / self._dossiers
            time.sleep(max(0.0, due - time.monotonic()))
            self._send(number)

    def _take(self) -> int | None:
        with self._lock:
            late = time.monotonic() - self._began > self._seconds
            if self._next == self._dossiers or late:
                return None
            self._next += 1
            self.begun += 1
            return self._next - 1

    def _send(self, number: int) -> None:
        chance = random.Random(self._seed * 100_000 + number)
        content = f"scan {self._seed} {number}\n".encode() * chance.randint(500, 20_000)
        path = f"/api/v1/dossiers/H49.12-251124-{number:04d}/scans"
        if chance.random() < _BREAK_OFF_SHARE:
            self._break_off(path, content)
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            with contextlib.suppress(urllib3.exceptions.HTTPError, ValueError, KeyError):
                fields: dict[str, str | tuple[str, bytes]] = {
                    "files": (f"{number}.pdf", content),
                    "channel": ("counter", "post")[number % 2],
                }
                answer = self._http.request("POST", self._address + path, fields=fields)
                if answer.status in (200, 202):
                    said = json.loads(answer.data)["files"][0]["id"]
                    with self._lock:
                        self.acknowledged[hashlib.sha256(content).hexdigest()] = said
                    return
            with self._lock:
                self.again += 1
            time.sleep(chance.uniform(*_PAUSE))

    def _break_off(self, path: str, content: bytes) -> None:
        """Half of an upload, then the line is cut."""
        parts = urlsplit(self._address)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(content) + 200}\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
            '--b\r\nContent-Disposition: form-data; name="files"; filename="x.pdf"\r\n\r\n'
        )
        with contextlib.suppress(OSError), socket.create_connection((parts.hostname, parts.port), 5) as line:
            line.sendall(head.encode() + content[: len(content) // 2])
        with self._lock:
            self.broken_off += 1
