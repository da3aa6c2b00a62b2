"""Names and other short texts from outside, made safe to show, to store and to name files with.

A name is never a path. What could move a terminal's cursor, turn the direction of reading or be seen by nobody
is shown as an escape (:func:`escaped`) or replaced (:func:`plain`).
"""

from __future__ import annotations

import unicodedata

MOST_STEM_BYTES = 200
"""Of a file's name without its ending: a number and an ending still fit into the 255 of most file systems."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def escaped(text: str) -> str:
    """For a line on a terminal or in a log: what is not to be seen or acts stands as ``\\x1b``, ``\\u202e``."""
    return "".join(_escape(letter) if unicodedata.category(letter) in _UNSEEN else letter for letter in text)


def plain(name: str) -> str:
    """For a record: each such letter, and what parts folders, becomes ``_``."""
    return "".join(
        "_" if letter in "/\\" or unicodedata.category(letter) in _UNSEEN else letter for letter in name
    )


def file_stem(stem: str) -> str:
    """For a file's name: as :func:`plain`, and cut to :data:`MOST_STEM_BYTES` of UTF-8."""
    return plain(stem).encode()[:MOST_STEM_BYTES].decode(errors="ignore") or "_"


def _escape(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
