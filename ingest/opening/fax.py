"""CCITT Group 4: decode a bare strip, and tell whether it is whole."""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image

from records import Pixels

_END = 0x001001  # two end-of-line codes
_REVERSED = bytes(int(f"{b:08b}"[::-1], 2) for b in range(256))
# Horizontal mode, white run 0, black run 64, make-up and terminating: black wherever a line is missing.
_INK = bytes.fromhex("26a07626a07626a076")


def reverse_bits(data: bytes) -> bytes:
    """TIFF's fill order 2 to the order of PDF."""
    return data.translate(_REVERSED)


def decode_strip(data: bytes, width: int, height: int) -> Pixels:
    """A Group 4 strip as gray pixels, black runs black. Lines that are missing come out white.

    Raises:
        OSError: libtiff does not read it at all.
    """
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 4),
        (262, 3, 0),
        (273, 4, 8 + 2 + 9 * 12 + 4),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, len(data)),
    ]
    entries = b"".join(
        struct.pack("<HHII" if kind == 4 else "<HHIHxx", tag, kind, 1, value) for tag, kind, value in tags
    )
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    with Image.open(io.BytesIO(head + entries + bytes(4) + data)) as picture:
        return np.asarray(picture, dtype=np.uint8) * np.uint8(255)


def is_whole(data: bytes, width: int, height: int) -> bool:
    """Whether a strip holds all its lines, as far as that can be told.

    Most encoders close with an end-of-block code. For the others the strip is decoded twice, with nothing and
    with ink behind it: lines that depend on what follows are not in the strip.
    """
    if has_end_code(data):
        return True
    try:
        alone, followed = (decode_strip(data + tail, width, height) for tail in (b"", _INK * 64))
    except OSError:
        return False
    return bool(np.array_equal(alone, followed))


def has_end_code(data: bytes) -> bool:
    """Whether the strip ends with the end-of-facsimile-block code, zero bits after it allowed."""
    tail = int.from_bytes(data.rstrip(b"\0")[-6:], "big")
    while tail and not tail & 1:
        tail >>= 1
    return tail & 0xFFFFFF == _END
