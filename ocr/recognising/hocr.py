"""Tesseract's hOCR output taken apart: lines, words, letters and what else each letter could be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from errors import MachineError
from ocr.recognising.engine import RawLetter, RawLine, RawWord
from ocr.recognising.letters import letter_of, word_of
from records import Box

_BOX = re.compile(r"bboxe?s? (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_WORD_CONFIDENCE = re.compile(r"x_wconf (-?[\d.]+)")
_WEIGHT = re.compile(r"x_confs (-?[\d.]+)")
_LINES = frozenset(["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"])


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
    for element in root.iter("{*}span"):
        if element.get("class") in _LINES:
            words = tuple(w for e in element if e.get("class") == "ocrx_word" and (w := _word(e)))
            if words:
                yield RawLine(words)


def _word(element: etree._Element) -> RawWord | None:
    title = element.get("title", "")
    confidence = _WORD_CONFIDENCE.search(title)
    if confidence is None:
        raise ValueError(title)
    letters = tuple(_letters(element))
    return word_of("".join(element.itertext()), _box(title), float(confidence[1]), letters)


def _letters(word: etree._Element) -> Iterator[RawLetter]:
    """The letters: a span with a box is one, the span with an id after it holds its choices."""
    spans = [e for e in word if e.get("class") == "ocrx_cinfo"]
    for span, after in zip(spans, [*spans[1:], None], strict=True):
        if span.get("id"):
            continue
        spans_after = after if after is not None and after.get("id") else ()
        choices = [
            (c.text or "", float(w[1])) for c in spans_after if (w := _WEIGHT.search(c.get("title", "")))
        ]
        letter = letter_of(span.text or "", _box(span.get("title", "")), choices)
        if letter is not None:
            yield letter


def _box(title: str) -> Box:
    found = _BOX.search(title)
    if found is None:
        raise ValueError(title)
    left, top, right, bottom = map(int, found.groups())
    return (left, top, right - left, bottom - top)
