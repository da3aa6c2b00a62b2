"""Tesseract's hOCR output taken apart: lines, words, letters and what else each letter could be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from errors import MachineError
from ocr.recognising.engine import RawLetter, RawLine, RawWord
from records import Box

_BOX = re.compile(r"bboxe?s? (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_WORD_CONFIDENCE = re.compile(r"x_wconf (-?[\d.]+)")
_WEIGHT = re.compile(r"x_confs (-?[\d.]+)")
_LINES = frozenset(["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"])
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "⁄": "/", "‐": "-", "‑": "-"})
"""Letters that look as the Vietnamese ones do and are never meant in their place (eth, fraction slash)."""


def lines_of(hocr: str) -> tuple[RawLine, ...]:
    """Take the page apart.

    Raises:
        MachineError: ``recogniser_failed``, the answer is not whole hOCR.
    """
    try:
        root = etree.fromstring(hocr.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
        if not any(e.get("class") == "ocr_page" for e in root.iter("{*}div")):
            raise MachineError("recogniser_failed", page="?")
        return tuple(_lines(root))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MachineError("recogniser_failed", page="?") from error


def _lines(root: etree._Element) -> Iterator[RawLine]:
    block = paragraph = 0
    for element in root.iter("{*}div", "{*}p", "{*}span"):
        kind = element.get("class")
        if kind == "ocr_carea":
            block, paragraph = block + 1, 0
        elif kind == "ocr_par":
            paragraph += 1
        elif kind in _LINES:
            words = tuple(w for e in element if e.get("class") == "ocrx_word" and (w := _word(e)))
            if words:
                yield RawLine(words, block, paragraph)


def _word(element: etree._Element) -> RawWord | None:
    title = element.get("title", "")
    confidence = _WORD_CONFIDENCE.search(title)
    if confidence is None:
        raise ValueError(title)
    letters = tuple(_letters(element))
    text = "".join(x.text for x in letters) or _clean("".join(element.itertext()))
    if not text.strip():
        return None
    return RawWord(text, _box(title), min(max(float(confidence[1]) / 100, 0.0), 1.0), letters)


def _letters(word: etree._Element) -> Iterator[RawLetter]:
    """The letters: a span with a box is one, the span with an id after it holds its choices."""
    spans = [e for e in word if e.get("class") == "ocrx_cinfo"]
    for span, after in zip(spans, [*spans[1:], None], strict=True):
        if span.get("id"):
            continue
        text = _clean(span.text or "")
        choices = after if after is not None and after.get("id") else ()
        others: dict[str, float] = {}
        for choice in choices:
            weight = _WEIGHT.search(choice.get("title", ""))
            other = _clean(choice.text or "")
            if weight and other and other != text:
                others[other] = max(others.get(other, 0.0), min(float(weight[1]) / 100, 1.0))
        if text:
            yield RawLetter(text, _box(span.get("title", "")), tuple(others.items()))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split())).translate(_LOOKALIKES)


def _box(title: str) -> Box:
    found = _BOX.search(title)
    if found is None:
        raise ValueError(title)
    left, top, right, bottom = map(int, found.groups())
    return (left, top, right - left, bottom - top)
