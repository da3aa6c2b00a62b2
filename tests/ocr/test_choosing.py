"""What a reader relies on where two readings of one word differ."""

from __future__ import annotations

import unicodedata

import pytest

from ocr.recognising.engine import RawLetter, RawWord
from ocr.vietnamese.choosing import choose
from ocr.vietnamese.model import language_model


def _heard(text: str, confidence: float, others: dict[str, str] | None = None) -> RawWord:
    """A word of letters 10 pixels wide; ``others``: what else was seen for a letter."""
    text = unicodedata.normalize("NFC", text)
    letters = tuple(
        RawLetter(c, (10 * i, 0, 9, 20), tuple((o, 0.5) for o in (others or {}).get(c, "")))
        for i, c in enumerate(text)
    )
    return RawWord(text, (0, 0, 10 * len(text), 20), confidence, letters)


def _chosen(line: str, second: dict[int, tuple[str, float]], sure: float = 0.8) -> list[str]:
    words = [_heard(w, sure) for w in line.split()]
    again = {i: _heard(text, confidence) for i, (text, confidence) in second.items()}
    return [c.text for c in choose(words, language_model(), seconds=again)]


def test_a_number_keeps_the_signs_that_the_surer_reading_saw() -> None:
    assert _chosen("Số: 46GPXD", {1: ("46/GPXD", 0.9)}, sure=0.66) == ["Số:", "46/GPXD"]


@pytest.mark.parametrize("number", ["08", "118", "1.284.560", "H49.33-251124-0137", "0912"])
def test_a_number_read_once_stays_as_it_was_read(number: str) -> None:
    assert _chosen(f"ngày {number} tháng", {}) == ["ngày", number, "tháng"]


def test_a_mark_lost_on_the_way_comes_back_where_the_language_is_sure_of_it() -> None:
    words = [_heard(w, 0.9) for w in ("của", "Uỷ", "ban", "nhán", "dân", "tỉnh")]
    words[3] = _heard("nhán", 0.7, {"á": "â"})
    assert [c.text for c in choose(words, language_model())][3] == "nhân"
