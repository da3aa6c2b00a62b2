"""Doubtful words are read again, with their neighbours and no more."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.recognising.engine import Layout, Orientation, RawLetter, RawLine, RawWord
from ocr.recognising.reading import recognise
from records import IDENTITY, Pixels, PreparedPage

_TEXT = [
    *("Căn", "cứ", "Luật", "Tổ", "chức", "chính", "quyền", "địa", "phương"),
    *("ngày", "16", "tháng", "6", "năm", "2025"),
]
_WIDE, _HIGH, _TOP = 60, 24, 40


def _word(index: int, confidence: float) -> RawWord:
    text, left = _TEXT[index], 20 + index * (_WIDE + 10)
    letters = tuple(RawLetter(c, (left + 8 * i, _TOP, 7, _HIGH)) for i, c in enumerate(text))
    return RawWord(text, (left, _TOP, _WIDE, _HIGH), confidence, letters)


class _Engine:
    """Reads the same line whatever it is shown, and notes what it was shown."""

    def __init__(self, doubtful: set[int]) -> None:
        self._doubtful = doubtful
        self.again: list[Pixels] = []

    def orientation(self, image: Pixels, seconds: float) -> Orientation:
        return Orientation(0, 0.0)

    def read(
        self, image: Pixels, *, dpi: int, seconds: float, layout: Layout = Layout.PAGE, model: str = "vie"
    ) -> tuple[RawLine, ...]:
        if model != "vie":
            self.again.append(image)
            return ()
        words = (_word(i, 0.6 if i in self._doubtful else 0.96) for i in range(len(_TEXT)))
        return (RawLine(tuple(words)),)


def _page() -> PreparedPage:
    ink = np.full((120, 20 + len(_TEXT) * (_WIDE + 10)), 255, np.uint8)
    return PreparedPage(ink.shape[1], ink.shape[0], ink, 1.0, 200.0, 0, 0.0, IDENTITY)


@pytest.mark.parametrize(
    ("doubtful", "words", "rows"), [({7}, 5, 1), ({0}, 3, 1), ({2, 5}, 8, 1), ({1, 13}, 4, 2)]
)
def test_a_doubtful_word_is_read_again_with_two_on_either_side(
    doubtful: set[int], words: int, rows: int
) -> None:
    engine = _Engine(doubtful)
    lines = recognise(_page(), engine, seconds=60)
    assert " ".join(w.text for line in lines for w in line.words) == " ".join(_TEXT)
    (sheet,) = engine.again
    assert sheet.shape[1] == pytest.approx(1.25 * (words * (_WIDE + 10) + 70), abs=90)
    assert sheet.shape[0] == pytest.approx(rows * 80, abs=45)


def test_a_sure_line_is_read_once() -> None:
    engine = _Engine(set())
    recognise(_page(), engine, seconds=60)
    assert engine.again == []
