"""Look into a PNG file without decoding it."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_CHUNKS = 100_000
_PICTURE = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_TOLD = (b"tRNS", b"pHYs", b"eXIf")


@dataclass(frozen=True, slots=True)
class PngLook:
    """What a PNG file's chunks say.

    ``colour`` is PNG's colour type (0 gray, 2 RGB, 3 palette, 4 gray+alpha, 6 RGB+alpha). ``clear``
    says that something shows through. ``end`` is the offset behind IEND, None when it is missing. ``body``
    lists ``(start, stop)`` of the chunks that make the picture, ``told`` of those that say how it is meant:
    what shows through, the resolution, how the camera was held.
    """

    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool
    clear: bool
    end: int | None
    body: tuple[tuple[int, int], ...]
    told: tuple[tuple[int, int], ...]

    @property
    def passable(self) -> bool:
        """Whether PDF's Flate filter reads the picture data as they are."""
        return self.colour in (0, 2, 3) and self.bits <= 8 and not self.interlaced and not self.clear


def look_into(data: bytes) -> PngLook:
    """Walk the chunks.

    Raises:
        ValueError: no PNG, or no header in it.
    """
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise ValueError("no PNG header")
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", data[16:29])
    clear = colour in (4, 6)
    end: int | None = None
    body: list[tuple[int, int]] = []
    told: list[tuple[int, int]] = []
    at = 8
    for _ in range(_MAX_CHUNKS):
        if at + 12 > len(data):
            break
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        stop = at + 12 + size
        if stop > len(data):
            break
        if kind in _PICTURE:
            body.append((at, stop))
        elif kind in _TOLD:
            told.append((at, stop))
        clear = clear or kind == b"tRNS"
        at = stop
        if kind == b"IEND":
            end = at
            break
    return PngLook(width, height, bits, colour, bool(interlace), clear, end, tuple(body), tuple(told))


def bare(data: bytes, look: PngLook) -> bytes:
    """The same picture without texts, profiles, times and anything behind its end."""
    return SIGNATURE + b"".join(data[a:b] for a, b in look.body)


def readable(data: bytes, look: PngLook) -> bytes:
    """What a decoder gets to see: no texts or profiles, which may be bombs."""
    chunks = sorted([*look.body, *look.told])
    return SIGNATURE + b"".join(data[a:b] for a, b in chunks)
