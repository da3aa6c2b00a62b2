"""What few strokes could be, and words that were run together."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.recognising.drawing import faces
from ocr.recognising.engine import RawLetter, RawWord
from ocr.recognising.marks import mended, tightened
from ocr.recognising.parting import parted
from ocr.vietnamese.lookalikes import lookalikes
from ocr.vietnamese.model import language_model
from records import Pixels


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("m?.", "m²."),
        ("m2", "m²"),
        ("đồng/m?;", "đồng/m²;"),
        ("m°/ngày", "m³/ngày"),
        ("98,6m”,", "98,6m²,"),
        ("HI.", "III."),
        ("II", "III"),
        ("VI", "VT,"),
        ("(b/€);", "(b/c);"),
        ("VNelD,", "VNeID,"),
        ("Päk,", "Pắk,"),
        ("1],", "11,"),
        ("I5/9/2017", "15/9/2017"),
        ("ISh30", "15h30"),
        ("phong(bgmdil.com", "phong@gmail.com"),
        ("vungtau.øov.vn.", "vungtau.gov.vn."),
        ("lĩnh./", "lĩnh./."),
        ("sytkiengiang()gmail.com", "sytkiengiang@gmail.com"),
    ],
)
def test_what_was_meant_is_offered_at_a_price(heard: str, meant: str) -> None:
    assert -2 < dict(lookalikes(heard))[meant] < 5


@pytest.mark.parametrize(
    "word",
    [
        "11",
        "2025",
        "15h30",
        "12/12/2017.",
        "a@danang.gov.vn",
        "Kly,",
        "Cloramin",
        "hồ",
        "m",
        "1.284.560",
        "l",
    ],
)
def test_plain_words_and_numbers_are_only_themselves(word: str) -> None:
    assert not [o for o, _ in lookalikes(word) if o[0].isdigit() != word[0].isdigit() or len(word) > 1]


def test_a_dash_is_measured_by_its_ink() -> None:
    ink = np.full((60, 60), 255, dtype=np.uint8)
    ink[30:33, 20:38] = 0
    ink[5:55, 56:60] = 0
    word = RawWord("—", (15, 4, 45, 50), 0.3, (RawLetter("—", (15, 4, 45, 50)),))
    assert [w.text for w in mended(tightened(word, ink), 18)] == ["–"]


def _run_together(text: str, gap: int) -> tuple[RawWord, Pixels]:
    """``text`` drawn letter by letter, ``gap`` pixels of white where it has a space."""
    sheet = Image.new("L", (900, 120), 255)
    font = ImageFont.truetype(str(faces()[1]), 36)
    left, letters = 40, []
    for char in text:
        if char == " ":
            left += gap
            continue
        ImageDraw.Draw(sheet).text((left, 80), char, fill=10, font=font, anchor="ls")
        width = round(font.getlength(char))
        letters.append(RawLetter(char, (left, 48, width, 34)))
        left += width + 1
    whole = text.replace(" ", "")
    ink = np.asarray(cv2.GaussianBlur(np.asarray(sheet), (0, 0), 0.7), dtype=np.uint8)
    return RawWord(whole, (40, 48, left - 40, 34), 0.8, tuple(letters)), ink


@pytest.mark.parametrize("text", ["QUẢNG NINH", "TL. CHỦ TỊCH", "KT. TRƯỞNG BAN", "Điều 12."])
def test_words_run_together_are_parted_at_their_gaps(text: str) -> None:
    word, ink = _run_together(text, gap=10)
    assert [w.text for w in parted([word], ink, language_model())] == text.split()


@pytest.mark.parametrize(("text", "gap"), [("QUẢNG NINH", 0), ("NGHIÊNG", 0), ("TTPV HCC", 12)])
def test_words_stay_whole_without_a_gap_or_without_words_beside_it(text: str, gap: int) -> None:
    word, ink = _run_together(text, gap)
    assert parted([word], ink, language_model()) == [word]
