"""What is done with files that are not trusted, in a child process: plain values in and out."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from asn1crypto import x509
from PIL import Image

from errors import SenderError
from signing.finding import Spot, find_between_post_and_name, find_left_of_signature
from signing.seals import Form, Seal, text_box
from signing.verifying import verify

MOST_SIDE = 1600
_HEAD = 1024  # where the PDF mark must stand


def count_pages(path: Path) -> int:
    """How many pages a PDF has.

    Raises:
        SenderError: ``not_a_pdf_result``, ``password``, ``damaged``.
    """
    with path.open("rb") as opened:
        if b"%PDF-" not in opened.read(_HEAD):
            raise SenderError("not_a_pdf_result")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as failed:
        raise SenderError("password" if "assword" in str(failed) else "damaged") from None
    try:
        count = len(document)
        if count == 0:
            raise SenderError("no_pages")
        return count
    finally:
        document.close()


def verified(path: Path, roots: tuple[bytes, ...], now: str) -> dict[str, Any]:
    """The contract's JSON form of a verification. ``roots`` in DER, ``now`` ISO 8601 with zone.

    Raises:
        SenderError: ``damaged``, ``password``.
    """
    trusted = tuple(x509.Certificate.load(der) for der in roots)
    found = verify(path.read_bytes(), trusted, datetime.fromisoformat(now)).as_record()
    plain: dict[str, Any] = json.loads(json.dumps(found))  # names from the file are of the parser's own kinds
    return plain


def find_spot(
    path: Path, form: str, signer: str, lines: tuple[str, ...], picture: bytes | None, across: float
) -> Spot:
    """Where a visible form goes. ``across``: width of a seal in points.

    Raises:
        SenderError: ``no_signature_place``, ``bad_seal``, ``damaged``.
    """
    pdf = path.read_bytes()
    if form == Form.OFFICER:
        assert picture is not None
        return find_between_post_and_name(pdf, signer, picture)
    if form == Form.AGENCY:
        return find_left_of_signature(pdf, across, across)
    return 1, text_box(pdf, Seal(Form(form), lines))


def clean_picture(data: bytes) -> bytes:
    """A picture from outside, drawn anew as a PNG with transparency of at most :data:`MOST_SIDE` pixels.

    Raises:
        SenderError: ``bad_seal``.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            picture.thumbnail((MOST_SIDE, MOST_SIDE))
            out = io.BytesIO()
            picture.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise SenderError("bad_seal", why="the picture cannot be read") from None
