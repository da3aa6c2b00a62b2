"""Files that are small on disk and huge when decoded."""

from __future__ import annotations

import struct


def huge_tiff(width: int, height: int) -> bytes:
    """A bitonal CCITT G4 TIFF that claims ``width`` × ``height`` pixels in a handful of bytes."""
    data = b"\x00\x10\x01\x00\x10\x01"
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 4),
        (262, 3, 0),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, len(data)),
    ]
    head = struct.pack("<2sHI", b"II", 42, 8 + len(data) + len(data) % 2)
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return (
        head + data + b"\0" * (len(data) % 2) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0)
    )
