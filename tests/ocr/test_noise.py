"""Print is told from strokes of a pen, rests of seals and dirt."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.recognising.drawing import faces
from ocr.recognising.engine import RawWord
from ocr.recognising.noise import NoiseFilter
from ocr.recognising.rows import Piece
from ocr.vietnamese.model import language_model
from records import Pixels

_TEXT = "Nơi cư trú: phường Hà Khánh thành phố Hạ Long"


def _page() -> tuple[Pixels, Piece]:
    sheet = Image.new("L", (1400, 500), 255)
    font = ImageFont.truetype(str(faces()[0]), 36)
    left, words = 60, []
    for text in _TEXT.split():
        ImageDraw.Draw(sheet).text((left, 80), text, fill=20, font=font, anchor="ls")
        width = round(font.getlength(text))
        words.append(RawWord(text, (left, 54, width, 27), 0.95))
        left += width + 9
    draw = ImageDraw.Draw(sheet)
    draw.line([(100, 300), (130, 340), (118, 296), (160, 344)], fill=30, width=4)
    draw.text((300, 330), "7", fill=20, font=font, anchor="ls")
    return np.asarray(sheet), Piece(tuple(words), 80.0, 27.0)


def _kept(word: RawWord, second: RawWord | None = None, beside: Piece | None = None) -> bool:
    ink, line = _page()
    piece = Piece((word,), float(word.box[1] + word.box[3]), float(word.box[3]))
    row = (piece, beside) if beside else (piece,)
    noise = NoiseFilter(ink, [[line], list(row)], 0.0, language_model())
    return bool(noise.print_of(piece, {0: second} if second else None, row))


def test_a_line_of_print_is_kept_whole() -> None:
    ink, line = _page()
    noise = NoiseFilter(ink, [[line]], 0.0, language_model())
    assert noise.print_of(line, None, (line,)) == list(range(len(line.words)))


@pytest.mark.parametrize("text", ["x", "4e", "M", "7"])
def test_strokes_of_a_pen_alone_are_dropped_however_sure_the_engine_is(text: str) -> None:
    assert not _kept(RawWord(text, (98, 296, 66, 38), 0.9))


def test_a_figure_that_is_printed_is_kept() -> None:
    assert _kept(RawWord("7", (301, 306, 16, 24), 0.9))


def test_what_both_readings_say_is_kept() -> None:
    box = (98, 300, 30, 27)
    assert _kept(RawWord("4", box, 0.9), RawWord("4", box, 0.9))


def test_a_short_last_word_of_a_sentence_is_kept() -> None:
    assert _kept(RawWord("có:", (98, 310, 40, 24), 0.9))


def test_a_surer_second_reading_that_is_a_word_saves_the_first() -> None:
    box = (98, 306, 72, 27)
    assert _kept(RawWord("ĐỌON", box, 0.26), RawWord("ĐỒN", box, 0.92))
    assert not _kept(RawWord("ĐỌON", box, 0.26), RawWord("#Ê%", box, 0.2))
