"""The one place where the key of an object is built."""

from __future__ import annotations

import re

_SHA256 = re.compile(r"[0-9a-f]{64}")


def key_of(sha256: str) -> str:
    """``ab/cd/abcd…``: at most 65 536 folders, a few files in each even with millions of objects.

    Raises:
        ValueError: not a sha256 in small hexadecimal digits.
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a sha256")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def sha256_of(key: str) -> str | None:
    """The sha256 that a key names, or None for a name that no object has."""
    sha256 = key.rsplit("/", 1)[-1]
    return sha256 if _SHA256.fullmatch(sha256) and key == key_of(sha256) else None
