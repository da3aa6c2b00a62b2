"""Write PDFs by hand, so that any part of them can be wrong on purpose."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from tests.corpus import motif
from tests.corpus.motif import saved

PAGE = "/MediaBox [0 0 144 204]"  # the motif at 120 dpi
FILL = b"q 144 0 0 204 0 0 cm /Im0 Do Q"


def stream(entries: str, data: bytes) -> bytes:
    """A stream object's body."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    objects: Mapping[int, bytes | str], *, root: int = 1, trailer: str = "", version: str = "1.7"
) -> bytes:
    """A file of these objects with a right cross-reference table."""
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\n".encode("latin-1"))
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        body = body.encode() if isinstance(body, str) else body
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    top = max(objects) + 1
    out += f"xref\n0 {top}\n0000000000 65535 f \n".encode()
    for number in range(1, top):
        out += (
            f"{offsets[number]:010d} 00000 n \n".encode() if number in offsets else b"0000000000 00000 f \n"
        )
    out += f"trailer\n<< /Size {top} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def document(
    pages: Sequence[tuple[str, bytes]],
    shared: Mapping[int, bytes | str] | None = None,
    *,
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """A file whose pages are ``(entries, content)``; shared objects are numbered from 100 and may be named in
    the pages' entries."""
    numbers = [10 + 2 * k for k in range(len(pages))]
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects: dict[int, bytes | str] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    }
    for number, (entries, content) in zip(numbers, pages, strict=True):
        if "/MediaBox" not in entries:
            entries = f"{PAGE} {entries}"
        if "/Resources" not in entries:
            entries += " /Resources << >>"
        objects[number] = f"<< /Type /Page /Parent 2 0 R /Contents {number + 1} 0 R {entries} >>"
        objects[number + 1] = stream("", content)
    return pdf({**objects, **(shared or {})}, trailer=trailer)


def pictured(
    picture: bytes, more: Mapping[int, bytes | str] | None = None, *, page: str = "", content: bytes = FILL
) -> bytes:
    """One page that shows one picture, object 100."""
    entries = f"/Resources << /XObject << /Im0 100 0 R >> >> {page}"
    return document([(entries, content)], {100: picture, **(more or {})})


def picture(
    data: bytes,
    filters: str,
    space: str = "/DeviceGray",
    bits: int = 8,
    more: str = "",
    size: tuple[int, int] = (motif.WIDTH, motif.HEIGHT),
) -> bytes:
    """An image XObject."""
    return stream(
        f"/Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} /ColorSpace {space} "
        f"/BitsPerComponent {bits} {f'/Filter {filters}' if filters else ''} {more}",
        data,
    )


def colour_jpeg() -> bytes:
    return picture(saved(motif.colour(), "JPEG", quality=88), "/DCTDecode", "/DeviceRGB")


def gray_jpeg() -> bytes:
    return picture(saved(motif.gray(), "JPEG", quality=88), "/DCTDecode")


def flate(data: bytes) -> bytes:
    return zlib.compress(data, 9)


# ---- fonts -----------------------------------------------------------------------------------------------

HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
PROSE = [
    "Research papers are kept by the office of the province.",
    "Every citizen may ask for a copy of the decision at the counter.",
    "The clerk answers within three working days after the request.",
]


def prose(font: str = "F0", size: int = 8, mode: int = 0, lines: Sequence[str] = tuple(PROSE)) -> bytes:
    """Lines of text as a content stream for a page 288 by 408 points."""
    shown = [f"({line}) Tj 0 -14 Td" for line in lines]
    return f"BT /{font} {size} Tf {mode} Tr 20 360 Td {' '.join(shown)} ET".encode("latin-1")
