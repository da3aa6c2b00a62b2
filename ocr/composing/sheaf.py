"""All pictures of a document in one plain PDF file, so that pikepdf reads them from the disk when it writes
the result, and a document of 500 pages never lies in memory whole."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from records import PictureFile

_BLOCK = 1 << 20


def write_sheaf(pictures: Iterable[PictureFile], path: Path) -> None:
    """Write the pictures as the array ``/Pictures`` of the file's catalog, in order."""
    offsets: list[int] = []
    with path.open("wb") as out:
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

        def begin() -> int:
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n" % len(offsets))
            return len(offsets)

        numbers = []
        for picture in pictures:
            numbers.append(begin())
            _write_picture(picture, out)
        tree = begin()
        out.write(b"<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n")
        root = begin()
        references = b" ".join(b"%d 0 R" % n for n in numbers)
        out.write(b"<< /Type /Catalog /Pages %d 0 R /Pictures [%s] >>\nendobj\n" % (tree, references))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
        out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(offsets) + 1, root))
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _write_picture(picture: PictureFile, out: BinaryIO) -> None:
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (picture.width, picture.height)
    if picture.codec == "png":
        data = picture.path.read_bytes()
        entries, body = _png_entries(data, picture.width)
        out.write(b"<< %s %s /Length %d >>\nstream\n" % (head, entries, len(body)))
        out.write(body)
    else:
        entries = _ENTRIES[picture.codec](picture)
        size = picture.path.stat().st_size
        out.write(b"<< %s %s /Length %d >>\nstream\n" % (head, entries, size))
        with picture.path.open("rb") as source:
            while block := source.read(_BLOCK):
                out.write(block)
    out.write(b"\nendstream\nendobj\n")


def _jpeg_entries(picture: PictureFile) -> bytes:
    space = b"/DeviceGray" if picture.components == 1 else b"/DeviceRGB"
    return b"/ColorSpace %s /BitsPerComponent 8 /Filter /DCTDecode" % space


def _fax_entries(picture: PictureFile) -> bytes:
    parms = b"/K -1 /Columns %d /Rows %d /BlackIs1 %s" % (
        picture.width,
        picture.height,
        b"true" if picture.black_is_1 else b"false",
    )
    return (
        b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << %s >>" % parms
    )


def _jbig2_entries(picture: PictureFile) -> bytes:
    return b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"


_ENTRIES: dict[str, Callable[[PictureFile], bytes]] = {
    "jpeg": _jpeg_entries,
    "ccitt_g4": _fax_entries,
    "jbig2": _jbig2_entries,
}


def _png_entries(data: bytes, width: int) -> tuple[bytes, bytes]:
    """PNG's picture data are a Flate stream with PNG's predictors: only the wrapping changes."""
    bits, colour = struct.unpack(">BB", data[24:26])
    palette = b""
    body = bytearray()
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, chunk = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"IDAT":
            body += chunk
        elif kind == b"PLTE":
            palette = chunk
        at += 12 + size
    colours = 3 if colour == 2 else 1
    if colour == 3:
        entries = min(len(palette) // 3, 1 << bits)
        space = b"[/Indexed /DeviceRGB %d <%s>]" % (entries - 1, palette[: entries * 3].hex().encode())
    else:
        space = b"/DeviceRGB" if colours == 3 else b"/DeviceGray"
    parms = b"/Predictor 15 /Colors %d /BitsPerComponent %d /Columns %d" % (colours, bits, width)
    return (
        b"/ColorSpace %s /BitsPerComponent %d /Filter /FlateDecode /DecodeParms << %s >>"
        % (space, bits, parms),
        bytes(body),
    )
