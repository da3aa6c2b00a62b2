"""The content of one page: its picture, and above it the words that were read, invisible, in their places."""

from __future__ import annotations

import statistics
import unicodedata
from functools import lru_cache

from ocr.composing.glyphless import WIDTH, Codes
from records import Box, Line, PageReading, PictureFile

_MIN_SIDE = 3.0  # points; PDF/A allows no smaller page
_MAX_SIDE = 14400.0
_LOW = set("gjpqyQ,;()[]{}|@$ç") | {"ợ", "ạ", "ậ", "ặ", "ẹ", "ệ", "ị", "ọ", "ộ", "ụ", "ự", "ỵ", "Ạ", "Ậ", "Ặ"}
_LOW |= {"Ẹ", "Ệ", "Ị", "Ọ", "Ộ", "Ợ", "Ụ", "Ự", "Ỵ"}
_SMALL = set("aceimnorsuvwxzgpqyơư.,;:-–_~+=")
_NEAR = 0.02  # words whose widths differ less share one scaling
# Heights of print over the font size: small letters, capitals, capitals or letters with marks above; below.
_SMALL_TOP, _TALL_TOP, _MARKED_TOP, _LOW_BOTTOM = 0.46, 0.68, 0.86, 0.21


def page_size(reading: PageReading) -> tuple[float, float]:
    """Width and height in points: the upright picture at its resolution."""
    width, height = (side * 72.0 / reading.dpi for side in (reading.width, reading.height))
    return (min(max(width, _MIN_SIDE), _MAX_SIDE), min(max(height, _MIN_SIDE), _MAX_SIDE))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A word as it may stand in the layer: NFC, without spaces, controls and code points that are no text."""
    kept = (
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cc", "Cs", "Cn")
    )
    return "".join(c for c in kept if not c.isspace() and c not in "\ufeff\ufffe\uffff")


def characters_of(reading: PageReading) -> set[str]:
    """All characters that the page's layer needs."""
    return {" ", *(c for word in reading.words for c in plain(word.text))}


def page_content(reading: PageReading, codes: Codes) -> bytes:
    """The page's content stream; the picture is ``/Im0`` and the font ``/F0``."""
    width, height = page_size(reading)
    parts = [
        f"q 1 g 0 0 {_n(width)} {_n(height)} re f",
        picture_matrix(reading.picture, reading),
        "/Im0 Do Q",
    ]
    shown = [_line(line, reading, codes) for line in reading.lines if line.words]
    if any(shown):
        parts += ["BT 3 Tr", *filter(None, shown), "ET"]
    return "\n".join(parts).encode("ascii")


def picture_matrix(picture: PictureFile, reading: PageReading) -> str:
    """The ``cm`` operator that draws the picture's unit square where its matrix puts its pixels."""
    a, b, c, d, e, f = picture.matrix
    # From pixel centres to pixel edges.
    c, f = c + (1 - a - b) / 2, f + (1 - d - e) / 2
    wide, tall = picture.width, picture.height
    width, height = page_size(reading)
    across, down = width / reading.width, height / reading.height
    values = (
        a * wide * across,
        -d * wide * down,
        -b * tall * across,
        e * tall * down,
        (b * tall + c) * across,
        (reading.height - e * tall - f) * down,
    )
    return " ".join(_n(v, 4) for v in values) + " cm"


def _line(line: Line, reading: PageReading, codes: Codes) -> str:
    """One printed line: every word scaled to its box, on one baseline, a space in every gap."""
    words = [(plain(word.text), word.box) for word in line.words]
    words = [(text, box) for text, box in words if text]
    if not words:
        return ""
    width, height = page_size(reading)
    across, down = width / reading.width, height / reading.height
    size = max(statistics.median(_size(text, box) for text, box in words), 1.0)
    size = max(round(size * down * 2) / 2, 0.5) / down  # in half points, which repeat from line to line
    base = statistics.median(_base(text, box, size) for text, box in words)
    parts = [f"/F0 {_n(size * down)} Tf"]
    em = WIDTH / 1000 * size
    shown: list[str] = []
    scale, pen, placed = 0.0, 0.0, None
    for text, box in words:
        own = _base(text, box, size)
        at = base if abs(own - base) < 0.35 * size else own
        wanted = max(round(100 * box[2] / (em * len(text)), 0 if box[2] > 0.3 * em * len(text) else 1), 0.1)
        if at != placed or abs(wanted - scale) > _NEAR * wanted:
            parts += _show(shown)
            if at != placed:
                parts.append(f"1 0 0 1 {_n(box[0] * across)} {_n((reading.height - at) * down)} Tm")
                pen, placed = float(box[0]), at
            scale = wanted
            parts.append(f"{_n(scale)} Tz")
        unit = size * scale / 100_000  # pixels in one unit of a TJ array
        back = round((pen - box[0]) / unit, -1)
        shown += [f"{back:.0f}"] if back else []
        shown.append(codes.shown(text + " "))
        pen += (len(text) + 1) * em * scale / 100 - back * unit
    return "\n".join([*parts, *_show(shown)])


def _show(shown: list[str]) -> list[str]:
    """The operator for a run of words; the run begins anew."""
    if not shown:
        return []
    operator = f"[{''.join(shown)}]TJ"
    shown.clear()
    return [operator]


def _size(text: str, box: Box) -> float:
    """The font size, in pixels, of a word from the height of its box."""
    above, below = _extents(text)
    return box[3] / (above + below)


def _base(text: str, box: Box, size: float) -> float:
    """Where a word stands: the bottom of its box, less what hangs below the line."""
    return box[1] + box[3] - _extents(text)[1] * size


@lru_cache(maxsize=20_000)
def _extents(text: str) -> tuple[float, float]:
    """How far a word's letters reach above and below the line, over the font size."""
    below = _LOW_BOTTOM if _LOW & set(text) else 0.0
    if any(unicodedata.combining(mark) == 230 for c in text for mark in unicodedata.normalize("NFD", c)[1:]):
        return _MARKED_TOP, below
    return (_SMALL_TOP if all(c in _SMALL for c in text) else _TALL_TOP), below


def _n(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
