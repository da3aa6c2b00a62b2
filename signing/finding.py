"""Where officer and agency sign: between the printed post and name, and to the left over a third of that.

The lines are those of the page's own text, printed or read (the invisible layer of a scan); the place is
looked for from the last page backwards, as the signature stands at the end of a text.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from errors import SenderError
from signing.places import PageFrame, read_frame

Spot = tuple[int, tuple[float, float, float, float]]
"""A page (from 1) and ``(x, y, w, h)`` in points as the reader sees it, origin top left."""

_MOST_PAGES = 50  # looked through from the end
_MOST_HEIGHT = 25 / 25.4 * 72  # points: a hand signature is not higher than 25 mm
_MOST_WIDTH = 60 / 25.4 * 72
_LEAST_ROOM = 18.0
_AIR = 2.0


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    box: tuple[float, float, float, float]


def find_between_post_and_name(pdf: bytes, name: str, picture: bytes) -> Spot:
    """The place for a hand signature: centred over the signer's printed name, under the post.

    Raises:
        SenderError: ``no_signature_place``, the name is not printed; ``bad_seal``, no room above it, or the
            picture cannot be read; ``damaged``.
    """
    wanted = _plain(name)
    across = _proportion(picture)
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError:
        raise SenderError("damaged") from None
    try:
        count = len(document)
        for number in range(count, max(0, count - _MOST_PAGES), -1):
            rows = _rows(document[number - 1], read_frame(pdf, number))
            for row in sorted(rows, key=lambda r: r.box[1], reverse=True):
                if wanted in _plain(row.text):
                    return number, _above(row, rows, across)
    finally:
        document.close()
    raise SenderError("no_signature_place", signer=name)


def _above(name: _Row, rows: list[_Row], across: float) -> tuple[float, float, float, float]:
    x, y, w, _ = name.box
    over = [r for r in rows if r.box[1] + r.box[3] <= y + 1 and r.box[0] < x + w and r.box[0] + r.box[2] > x]
    top = max((r.box[1] + r.box[3] for r in over), default=0.0)
    room = y - top - 2 * _AIR
    if room < _LEAST_ROOM:
        raise SenderError("bad_seal", why="there is no room between post and name")
    height = min(room, _MOST_HEIGHT, _MOST_WIDTH / across)
    width = height * across
    return max(0.0, x + w / 2 - width / 2), top + _AIR + (room - height) / 2, width, height


def find_left_of_signature(pdf: bytes, across: float, down: float) -> Spot:
    """The place for a seal of ``across`` × ``down`` points: over a third of the last visible signature, to
    its left, centred on its height; moved on to the page where it would stick out.

    Raises:
        SenderError: ``bad_seal``, there is no visible signature; ``damaged``.
    """
    number, (x, y, w, h) = _last_visible_signature(pdf)
    frame = read_frame(pdf, number)
    left = min(max(0.0, x + w / 3 - across), frame.width - across)
    top = min(max(0.0, y + h / 2 - down / 2), frame.height - down)
    if left < 0 or top < 0:
        raise SenderError("bad_seal", why="the seal is larger than the page")
    return number, (left, top, across, down)


def _last_visible_signature(pdf: bytes) -> Spot:
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        for one in sorted(reader.embedded_signatures, key=lambda e: e.signed_revision, reverse=True):
            field = one.sig_field
            x1, y1, x2, y2 = (float(v) for v in field.get("/Rect", (0, 0, 0, 0)))
            if x1 == x2 or y1 == y2 or "/P" not in field:
                continue
            for number in range(1, int(reader.root["/Pages"]["/Count"]) + 1):
                found, _ = reader.find_page_for_modification(number - 1)
                if found.reference == field.raw_get("/P").reference:
                    return number, read_frame(pdf, number).as_seen((x1, y1, x2, y2))
    except (PdfError, KeyError, ValueError, TypeError, AttributeError):
        raise SenderError("damaged") from None
    raise SenderError("bad_seal", why="there is no visible signature that the seal could overlap")


def _rows(page: pdfium.PdfPage, frame: PageFrame) -> list[_Row]:
    """The lines of text. A run of letters goes on while the next letter stands at the same height and not
    far away. (pdfium cuts the boxes of turned text into slices of the line: a letter's is then the line's
    width and next to no height.)"""
    text = page.get_textpage()
    rows: list[tuple[list[str], list[float]]] = []
    broken = False
    try:
        whole = text.get_text_range()
        for index in range(min(text.count_chars(), len(whole))):
            letter = whole[index]
            if letter in "\r\n":
                broken = True
                continue
            x, y, w, h = frame.as_seen(text.get_charbox(index, loose=True))
            if rows and not broken and _goes_on(rows[-1][1], x, y, h):
                letters, box = rows[-1]
                letters.append(letter)
                if w > 0:  # made-up spaces have no box
                    box[:] = [min(box[0], x), min(box[1], y), max(box[2], x + w), max(box[3], y + h)]
            elif letter.strip():
                rows.append(([letter], [x, y, x + w, y + h]))
                broken = False
    finally:
        text.close()
    return [_Row("".join(letters), (a, b, c - a, d - b)) for letters, (a, b, c, d) in rows]


def _goes_on(box: list[float], x: float, y: float, height: float) -> bool:
    tall = max(height, 4.0)
    middle = y + height / 2
    return box[1] - tall * 0.3 <= middle <= box[3] + tall * 0.3 and box[0] - tall <= x <= box[2] + 2.5 * tall


def _proportion(picture: bytes) -> float:
    try:
        width, height = Image.open(io.BytesIO(picture)).size
    except (OSError, ValueError, Image.DecompressionBombError):
        raise SenderError("bad_seal", why="the picture cannot be read") from None
    return float(width / height)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
