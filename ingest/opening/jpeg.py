"""Look into a JPEG file without decoding it: its size, its colours, where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PASSABLE_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive; all Huffman coded
_BARE = {0x01, _SOI, *range(0xD0, 0xD8)}
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_MAX_SEGMENTS = 20_000
MAX_SCANS = 100  # each is a pass over the whole picture; encoders write some ten


@dataclass(frozen=True, slots=True)
class JpegLook:
    """What a JPEG file's headers say.

    ``end`` is the offset behind the end marker, or None when there is none. ``transform`` is Adobe's colour
    transform (0 none, 1 YCbCr, 2 YCCK) or None. ``body`` lists ``(start, stop)`` of what a picture needs:
    everything but application data and comments.
    """

    width: int
    height: int
    components: int
    bits: int
    frame: int
    component_ids: bytes
    transform: int | None
    jfif: bool
    end: int | None
    body: tuple[tuple[int, int], ...]

    @property
    def passable(self) -> bool:
        """Whether any PDF reader shows this file alike when it is embedded as it is (gray or YCbCr)."""
        if self.frame not in _PASSABLE_FRAMES or self.bits != 8:
            return False
        if self.components == 1:
            return True
        plain = self.jfif or self.component_ids == b"\x01\x02\x03" or self.component_ids == b"\x00\x01\x02"
        return self.components == 3 and (self.transform == 1 or (self.transform is None and plain))


def look_into(data: bytes) -> JpegLook:
    """Walk the segments of a JPEG file.

    Raises:
        ValueError: no JPEG, no frame header in it, or more scans than a decoder should be asked for.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no start marker")
    frame: tuple[int, int, int, int, int, bytes] | None = None
    transform: int | None = None
    jfif = False
    end: int | None = None
    body: list[tuple[int, int]] = []
    at = 2
    scans = 0
    for _ in range(_MAX_SEGMENTS):
        while at + 1 < len(data) and data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1  # fill bytes
        if at + 2 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == _EOI:
            end = at + 2
            break
        if marker in _BARE:
            at += 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if size < 2 or at + 2 + size > len(data):
            break
        stop = at + 2 + size
        payload = data[at + 4 : stop]
        if marker in _FRAMES and frame is None and len(payload) >= 6:
            ids = payload[6::3][: payload[5]]
            height, width = int.from_bytes(payload[1:3], "big"), int.from_bytes(payload[3:5], "big")
            frame = (marker, payload[0], height, width, payload[5], ids)
        elif marker == 0xE0 and payload[:4] == b"JFIF":
            jfif = True
        elif marker == 0xEE and payload[:5] == b"Adobe" and len(payload) >= 12:
            transform = payload[11]
        keep = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        if (
            keep
            or (marker == 0xE0 and payload[:4] == b"JFIF")
            or (marker == 0xEE and payload[:5] == b"Adobe")
        ):
            body.append((at, stop))
        if marker == _SOS:
            scans += 1
            if scans > MAX_SCANS:
                raise ValueError("too many scans")
            found = _MARKER_IN_SCAN.search(data, stop)
            stop_of_scan = found.start() if found else len(data)
            body.append((stop, stop_of_scan))
            stop = stop_of_scan
        at = stop
    if frame is None:
        raise ValueError("no frame header")
    kind, bits, height, width, components, ids = frame
    return JpegLook(width, height, components, bits, kind, ids, transform, jfif, end, tuple(body))


def bare(data: bytes, look: JpegLook) -> bytes:
    """The same picture without cameras' notes (place, time, thumbnail), comments and anything that follows
    the end marker. A missing end marker is not made up."""
    end = b"\xff\xd9" if look.end is not None else b""
    return b"".join([b"\xff\xd8", *(data[a:b] for a, b in look.body), end])
