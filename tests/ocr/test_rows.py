"""Rows of an office page, put together from what the engine found."""

from __future__ import annotations

from ocr.recognising.engine import RawLine, RawWord
from ocr.recognising.rows import pieces_in_rows


def line(*words: tuple[str, int, int, int, int]) -> RawLine:
    return RawLine(tuple(RawWord(text, (x, y, w, h), 0.9) for text, x, y, w, h in words))


def rows(*lines: RawLine) -> list[str]:
    return [" | ".join(" ".join(w.text for w in p.words) for p in row) for row in pieces_in_rows(lines)]


MOTTO = line(
    ("CỘNG", 770, 155, 90, 38),
    ("HÒA", 870, 155, 70, 32),
    ("XÃ", 950, 155, 80, 32),
    ("NAM", 1040, 156, 80, 31),
)


def test_a_rule_below_a_cell_does_not_move_it_to_the_next_row() -> None:
    ruled = line(
        ("TỈNH", 354, 156, 70, 46),
        ("ỦY", 430, 156, 40, 50),
        ("CÀ", 480, 156, 40, 46),
        ("MAU", 530, 156, 70, 46),
    )
    assert rows(ruled, MOTTO) == ["TỈNH ỦY CÀ MAU | CỘNG HÒA XÃ NAM"]


def test_one_word_with_a_speck_below_does_not_move_its_cell() -> None:
    left = line(("TRƯỜNG", 683, 577, 234, 47), ("TIỂU", 930, 569, 127, 84), ("HỌC", 1085, 587, 104, 60))
    right = line(("Độc", 1672, 585, 86, 49), ("do", 1790, 587, 55, 39), ("Hạnh", 1866, 587, 126, 48))
    assert rows(left, right) == ["TRƯỜNG TIỂU HỌC | Độc do Hạnh"]


def test_lines_one_below_the_other_stay_two_rows() -> None:
    below = line(("SỞ", 354, 202, 50, 32), ("XÂY", 420, 202, 60, 32), ("DỰNG", 490, 202, 80, 38))
    beside = line(("Độc", 924, 207, 60, 30), ("lập", 990, 207, 50, 34))
    assert rows(MOTTO, below, beside) == ["CỘNG HÒA XÃ NAM", "SỞ XÂY DỰNG | Độc lập"]
