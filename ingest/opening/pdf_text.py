"""The text that a born-digital page brings along, if it can be trusted."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.opening.pdf_draw import Ingredients
from records import EmbeddedWord

_MAX_CHARS = 60_000
_SCAN_COVER = 0.35  # above this share of the page under pictures, what is in them has to be read, too
_FEW_CHARS, _FEW_PATHS, _FEW_COVER = 50, 100, 0.1
_BAD_SHARE = 0.02
_VOWEL_SHARE = 0.8
_CELL_GAP = 2.5  # times the height of the row's words
_LEGACY_FONTS = re.compile(r"^([A-Z]{6}\+)?(\.?vn[A-Z0-9.]|VNI[-_ ]|VPS |UVN ?VNI|\.Vn)", re.IGNORECASE)
_UNICODE_FONT_NAMES = re.compile(r"^([A-Z]{6}\+)?vn(?:urw|bs|ti|pal)", re.IGNORECASE)
# Letters and signs of Latin-1 that no Vietnamese word holds: what TCVN3, VNI, VISCII and UTF-8 turn into when
# they are taken for Latin-1.
_STRANGE = set("¡¢£¤¥¦¨©ª«¬®¯±²³´µ¶·¸¹»¼½¾¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ†‡ˆ‰Š‹ŒŽ˜š›œžŸƒ")
_VOWELS = set("aeiouyAEIOUY")
_INVISIBLE_MODES = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class _Run:
    """A word in the making: its letters and the box around them in page units."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def trusted_words(
    page: pdfium.PdfPage, ingredients: Ingredients, width: int, height: int
) -> tuple[EmbeddedWord, ...] | None:
    """The page's words with boxes in pixels of a ``width`` by ``height`` drawing, row by row.

    None when the page has no text of its own, when its text is not what is seen, or when much of what is seen
    is not text.
    """
    if not ingredients.texts or ingredients.picture_cover > _SCAN_COVER:
        return None
    text_page = page.get_textpage()
    try:
        letters = _letters(text_page)
        if letters is None:
            return None
        count = sum(len(run.text) for run in letters)
        few = count < _FEW_CHARS
        if few and (ingredients.paths > _FEW_PATHS or ingredients.picture_cover > _FEW_COVER):
            return None
        if not count or not _is_plausible([run.text for run in letters]):
            return None
        return _rows(page, letters, width, height)
    finally:
        text_page.close()


def _letters(text_page: pdfium.PdfTextPage) -> list[_Run] | None:
    """Words in the order of the content; None when letters have no trustworthy Unicode."""
    raw = text_page.raw
    total = pdfium_c.FPDFText_CountChars(raw)
    if total <= 0 or total > _MAX_CHARS:
        return None
    runs: list[_Run] = []
    current: _Run | None = None
    modes: dict[int, bool] = {}
    seen = bad = 0
    box = [ctypes.c_double() for _ in range(4)]
    for index in range(total):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if pdfium_c.FPDFText_IsGenerated(raw, index) == 1 or code in (9, 10, 13, 32, 0xA0, 0xAD):
            current = None
            continue
        thing = pdfium_c.FPDFText_GetTextObject(raw, index)
        key = ctypes.addressof(thing.contents) if thing else 0
        if key not in modes:
            modes[key] = _is_readable(thing)
        if modes[key] is False:
            return None
        if key and pdfium_c.FPDFTextObj_GetTextRenderMode(thing) in _INVISIBLE_MODES:
            current = None
            continue
        seen += 1
        if _is_bad(code) or pdfium_c.FPDFText_HasUnicodeMapError(raw, index) == 1:
            bad += 1
            continue
        left, right, bottom, top = box
        if not pdfium_c.FPDFText_GetCharBox(raw, index, left, right, bottom, top):
            continue
        current = _grow(runs, current, chr(code), left.value, bottom.value, right.value, top.value)
    if bad > _BAD_SHARE * max(seen, 1):
        return None
    return [run for run in runs if run.text.strip()]


def _grow(
    runs: list[_Run], current: _Run | None, letter: str, left: float, bottom: float, right: float, top: float
) -> _Run:
    """Add a letter to the current word, or begin a new one where the letter stands apart."""
    size = max(top - bottom, 1.0)
    if current is not None:
        height = max(current.top - current.bottom, size)
        apart = left - current.right > 0.6 * height or current.left - right > 0.6 * height
        above = bottom > current.top + 0.3 * height or top < current.bottom - 0.3 * height
        if not apart and not above:
            current.text += letter
            current.left, current.right = min(current.left, left), max(current.right, right)
            current.bottom, current.top = min(current.bottom, bottom), max(current.top, top)
            return current
    runs.append(_Run(letter, left, bottom, right, top))
    return runs[-1]


def _is_readable(thing: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a text object's font is one whose codes are Unicode; Vietnam's 8-bit fonts are told by name."""
    if not thing:
        return True
    font = pdfium_c.FPDFTextObj_GetFont(thing)
    if not font:
        return True
    buffer = ctypes.create_string_buffer(128)
    size = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.raw[: max(min(size, len(buffer)) - 1, 0)].decode("utf-8", "replace")
    return not _LEGACY_FONTS.match(name) or bool(_UNICODE_FONT_NAMES.match(name))


def _is_bad(code: int) -> bool:
    return (
        code < 32
        or 0x7F <= code < 0xA0
        or 0xE000 <= code <= 0xF8FF
        or code in (0xFFFD, 0xFFFE, 0xFFFF)
        or code >= 0xF0000
        or 0xD800 <= code <= 0xDFFF
    )


def _is_plausible(words: list[str]) -> bool:
    """Whether words look like Vietnamese or another Latin text: no signs inside words that 8-bit codes leave
    behind, vowels where a language has them."""
    letters = strange = tokens = voiced = 0
    for word in words:
        inner = word.strip(".,;:!?()[]{}\"'“”‘’…-–—/\\*")
        holds_letters = any(c.isalpha() for c in inner)
        letters += sum(c.isalpha() for c in inner)
        if holds_letters and len(inner) > 1:
            strange += sum(c in _STRANGE for c in inner)
        plain = unicodedata.normalize("NFD", inner)
        if inner.isalpha() and len(inner) > 1 and not inner.isupper() and plain.isascii() is not None:
            tokens += 1
            voiced += any(c in _VOWELS for c in plain)
    if strange > _BAD_SHARE * max(letters, 1):
        return False
    return tokens < 10 or voiced >= _VOWEL_SHARE * tokens


# ---- rows ------------------------------------------------------------------------------------------------


def _rows(page: pdfium.PdfPage, runs: list[_Run], width: int, height: int) -> tuple[EmbeddedWord, ...]:
    placed = []
    for run in runs:
        x0, y0 = _to_device(page, width, height, run.left, run.top)
        x1, y1 = _to_device(page, width, height, run.right, run.bottom)
        left, right = sorted((x0, x1))
        top, bottom = sorted((y0, y1))
        left, right = max(left, 0), min(right, width)
        top, bottom = max(top, 0), min(bottom, height)
        text = unicodedata.normalize("NFC", run.text)
        if right > left and bottom > top:
            placed.append((text, (left, top, right - left, bottom - top)))
    rows: list[list[tuple[str, tuple[int, int, int, int]]]] = []
    for item in sorted(placed, key=lambda p: p[1][1] + p[1][3] / 2):
        middle = item[1][1] + item[1][3] / 2
        row = next((r for r in reversed(rows[-3:]) if _on_row(r, middle, item[1][3])), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    words = []
    for line, row in enumerate(rows):
        words += _cells(sorted(row, key=lambda p: p[1][0]), line)
    return tuple(words)


def _cells(row: list[tuple[str, tuple[int, int, int, int]]], line: int) -> list[EmbeddedWord]:
    """Part a row where the gap between two words is wider than any space."""
    tall = float(np.median([box[3] for _, box in row]))
    cell, right = 0, row[0][1][0]
    words = []
    for text, box in row:
        cell += box[0] - right > _CELL_GAP * tall
        right = max(right, box[0] + box[2])
        words.append(EmbeddedWord(text, box, line, cell))
    return words


def _on_row(row: list[tuple[str, tuple[int, int, int, int]]], middle: float, height: int) -> bool:
    centre = sum(box[1] + box[3] / 2 for _, box in row) / len(row)
    tall = max(height, max(box[3] for _, box in row))
    return abs(centre - middle) < 0.5 * tall


def _to_device(page: pdfium.PdfPage, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
    return across.value, down.value
