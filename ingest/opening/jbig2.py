"""Look into JBIG2 as it lies in a PDF: segments without a file header (ITU-T T.88, 7.2)."""

from __future__ import annotations

_PAGE_INFORMATION = 48
_REGIONS = {4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43}
_UNKNOWN_LENGTH = 0xFFFFFFFF  # allowed for generic regions, whose end is found by decoding
_MAX_SEGMENTS = 10_000


def is_whole(data: bytes) -> bool:
    """Whether all segments lie wholly within ``data`` and they make a page with something on it. What is in
    them is not decoded."""
    kinds: set[int] = set()
    at = 0
    for _ in range(_MAX_SEGMENTS):
        if at >= len(data):
            break
        header = _header(data, at)
        if header is None:
            return False
        kind, start, length = header
        kinds.add(kind)
        if length == _UNKNOWN_LENGTH:
            break
        if start + length > len(data):
            # Writers may end the stream with a line feed; nothing else may be missing.
            return False
        at = start + length
        if not data[at:].strip(b"\r\n\0 "):
            break
    return _PAGE_INFORMATION in kinds and bool(kinds & _REGIONS)


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """A segment's kind, where its data start and how long they are; None when the header is cut short."""
    if at + 11 > len(data):
        return None
    number = int.from_bytes(data[at : at + 4], "big")
    flags = data[at + 4]
    at += 5
    count = data[at] >> 5
    if count == 7:
        count = int.from_bytes(data[at : at + 4], "big") & 0x1FFFFFFF
        at += 4 + (count + 8) // 8
    else:
        at += 1
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    if at + 4 > len(data):
        return None
    return flags & 0x3F, at + 4, int.from_bytes(data[at : at + 4], "big")
