"""Identifiers that sort by the time they were made (ULID: 48 bits of milliseconds, 80 random bits)."""

from __future__ import annotations

import os
import threading
import time

PATTERN = "^[0-9A-HJKMNP-TV-Z]{26}$"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_lock = threading.Lock()
_last = 0


def new_identifier() -> str:
    """26 characters of Crockford's base 32; within one process each is greater than the one before."""
    global _last
    fresh = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    with _lock:
        _last = fresh if fresh > _last else _last + 1
        value = _last
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))
