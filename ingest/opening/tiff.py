"""The directories of a TIFF file, walked with bounds, and single pages cut out of it."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

_TYPE_BYTES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_TYPE_CODES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}
_MAX_TAGS = 1024
_MAX_VALUE_BYTES = 4 * 1024 * 1024
_REDUCED, _MASK = 1, 4
_LAYOUT = {
    254,
    255,
    256,
    257,
    258,
    259,
    262,
    266,
    274,
    277,
    278,
    282,
    283,
    284,
    292,
    293,
    296,
    317,
    320,
    322,
    323,
}
_LAYOUT |= {332, 338, 339, 347, 529, 530, 532}
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 273, 279, 324, 325
_ORIENTATION = 274
_READ = _LAYOUT | {_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES}
_MAX_ALL_BYTES = (
    128 * 1024 * 1024
)  # of the values of all directories; a thousand pages in strips of a row need 30
_MAX_OVERLAP = 4  # strips may share bytes, but not so that a small file becomes a large one


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of a TIFF: its tags as ``number -> (type, count, raw bytes)`` in the file's byte order."""

    order: str
    tags: dict[int, tuple[int, int, bytes]]

    def ints(self, tag: int) -> tuple[int, ...]:
        """A tag's whole numbers; empty when it is missing or of another type."""
        kind, count, raw = self.tags.get(tag, (0, 0, b""))
        code = _TYPE_CODES.get(kind)
        return struct.unpack(f"{self.order}{count}{code}", raw) if code and count else ()

    def first(self, tag: int, default: int) -> int:
        """A tag's first whole number."""
        return (self.ints(tag) or (default,))[0]

    def ratio(self, tag: int) -> float | None:
        """A tag's first fraction, None when it is missing or has a zero below."""
        kind, count, raw = self.tags.get(tag, (0, 0, b""))
        if kind != 5 or count < 1:
            return None
        over, under = struct.unpack(f"{self.order}II", raw[:8])
        return over / under if under else None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height; zero where missing."""
        return self.first(256, 0), self.first(257, 0)

    @property
    def is_page(self) -> bool:
        """Not a thumbnail and not a mask of another page."""
        return not self.first(254, 0) & (_REDUCED | _MASK)

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """``(offset, size)`` of the strips or tiles, in order."""
        offsets = self.ints(_STRIPS) or self.ints(_TILES)
        sizes = self.ints(_STRIP_SIZES) or self.ints(_TILE_SIZES)
        return tuple(zip(offsets, sizes, strict=False))


def read_directories(file: BinaryIO, size: int, limit: int) -> tuple[list[Directory], bool]:
    """The pages of a TIFF in order, at most ``limit + 1``, and whether the chain was broken: it bites its
    tail, leads out of the file, or a directory is cut short.

    Raises:
        ValueError: not a TIFF.
    """
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        raise ValueError("no TIFF header")
    big = struct.unpack(f"{order}H", head[2:4])[0] == 43
    if big and len(head) < 16:
        raise ValueError("no TIFF header")
    at = struct.unpack(f"{order}Q", head[8:16])[0] if big else struct.unpack(f"{order}I", head[4:8])[0]
    seen: set[int] = set()
    pages: list[Directory] = []
    held = 0
    while at:
        if at in seen or at >= size or len(seen) > 8 * limit + 64:
            return pages, True
        seen.add(at)
        try:
            directory, at = _read_directory(file, order, big, at, size)
        except (ValueError, struct.error):
            return pages, True
        held += sum(len(raw) for _, _, raw in directory.tags.values())
        if held > _MAX_ALL_BYTES:
            return pages, True
        if directory.is_page:
            pages.append(directory)
            if len(pages) > limit:
                break
    return pages, False


def _read_directory(file: BinaryIO, order: str, big: bool, at: int, size: int) -> tuple[Directory, int]:
    entry, wide, code = (20, 8, "Q") if big else (12, 4, "I")
    file.seek(at)
    counter = file.read(8 if big else 2)
    count = struct.unpack(f"{order}{'Q' if big else 'H'}", counter)[0]
    if count > _MAX_TAGS:
        raise ValueError("too many tags")
    table = file.read(count * entry)
    following = file.read(wide)
    if len(table) < count * entry:
        raise ValueError("directory cut short")
    tags: dict[int, tuple[int, int, bytes]] = {}
    for start in range(0, count * entry, entry):
        tag, kind = struct.unpack(f"{order}HH", table[start : start + 4])
        number = struct.unpack(f"{order}{code}", table[start + 4 : start + 4 + wide])[0]
        field = table[start + 4 + wide : start + entry]
        length = number * _TYPE_BYTES.get(kind, 0)
        if tag not in _READ or tag in tags or length > _MAX_VALUE_BYTES:
            continue
        if length > wide:
            value_at = struct.unpack(f"{order}{code}", field)[0]
            if value_at + length > size:
                continue
            file.seek(value_at)
            field = file.read(length)
        tags[tag] = (kind, number, field[:length])
    next_at = struct.unpack(f"{order}{code}", following)[0] if len(following) == wide else 0
    return Directory(order, tags), next_at


def cut_out(file: BinaryIO, directory: Directory) -> tuple[bytes, list[bytes]]:
    """One page as a TIFF file of its own, and its strips or tiles.

    Raises:
        ValueError: a strip lies outside the file, they lie over each other, or there are none.
    """
    pieces: list[bytes] = []
    size = file.seek(0, io.SEEK_END)
    if sum(length for _, length in directory.pieces) > _MAX_OVERLAP * size:
        raise ValueError("strips lie over each other")
    for offset, length in directory.pieces:
        if offset + length > size:
            raise ValueError("a strip is cut short")
        file.seek(offset)
        pieces.append(file.read(length))
    if not pieces:
        raise ValueError("no picture data")
    return _assemble(directory, pieces), pieces


def _assemble(directory: Directory, pieces: list[bytes]) -> bytes:
    tiled = not directory.ints(_STRIPS)
    order = directory.order
    # Turning by the orientation tag is done here, not by whoever decodes the page.
    tags = {
        tag: value
        for tag, value in directory.tags.items()
        if tag in _LAYOUT and tag != _ORIENTATION and value[1]
    }
    offsets_tag, sizes_tag = (_TILES, _TILE_SIZES) if tiled else (_STRIPS, _STRIP_SIZES)
    body = io.BytesIO()
    body.write(struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 0))
    offsets = []
    for piece in pieces:
        offsets.append(body.tell())
        body.write(piece + b"\0" * (len(piece) % 2))
    count = len(pieces)
    tags[offsets_tag] = (4, count, struct.pack(f"{order}{count}I", *offsets))
    tags[sizes_tag] = (4, count, struct.pack(f"{order}{count}I", *map(len, pieces)))
    entries = []
    for tag in sorted(tags):
        kind, number, raw = tags[tag]
        if len(raw) > 4:
            at = body.tell()
            body.write(raw + b"\0" * (len(raw) % 2))
            raw = struct.pack(f"{order}I", at)
        entries.append(struct.pack(f"{order}HHI", tag, kind, number) + raw.ljust(4, b"\0"))
    start = body.tell()
    body.write(struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4))
    body.seek(4)
    body.write(struct.pack(f"{order}I", start))
    return body.getvalue()
