"""The picture tells spellings apart that engines and language confuse."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.recognising.drawing import ASCENT, EM, draw_word, faces
from ocr.recognising.engine import RawWord
from ocr.recognising.picture import PieceInPicture
from ocr.recognising.rows import Piece
from records import Pixels

_SIZE = 36
_BASELINE = 80


def _line(text: str, face: int = 0, noise: float = 0.0) -> tuple[Pixels, Piece]:
    """A line of print, slightly blurred, and its words with tight boxes."""
    sheet = Image.new("L", (1400, 140), 255)
    font = ImageFont.truetype(str(faces()[face]), _SIZE)
    left, words = 60, []
    for word in text.split():
        ImageDraw.Draw(sheet).text((left, _BASELINE), word, fill=20, font=font, anchor="ls")
        x0, y0, x1, y1 = font.getmask(word, anchor="ls").getbbox()
        bearing, top, *_ = font.getbbox(word, anchor="ls")
        words.append(
            RawWord(word, (left + int(bearing) + x0, _BASELINE + int(top) + y0, x1 - x0, y1 - y0), 0.9)
        )
        left += round(font.getlength(word)) + 9
    ink = cv2.GaussianBlur(np.asarray(sheet), (0, 0), 0.9).astype(np.float64)
    ink += np.random.default_rng(5).normal(0, noise, ink.shape)
    return np.clip(ink, 0, 255).astype(np.uint8), Piece(tuple(words), float(_BASELINE), 30.0)


@pytest.mark.parametrize(
    ("line", "index", "wrong"),
    [
        ("Năm sinh: 1995 Dân tộc: Kinh", 2, "1995."),
        ("Năm sinh: 1995 Dân tộc: Kinh", 2, "1996"),
        ("Giấy phép số 46/GPXD ngày", 3, "46GPXD"),
        ("Ngày 08 tháng 6 năm 2025", 1, "06"),
        ("Nơi cư trú: tổ 5 khu 3 phường Hà Khánh", 3, "tồ"),
        ("chúng tôi gồm có: hai bên", 3, "CÓ:"),
        ("diện tích đất 98,6 m² gồm", 4, "m?"),
        ("Lưu: VT, QHKT. Như trên", 1, "VI"),
    ],
)
@pytest.mark.parametrize("face", [0, 1, 4])
def test_a_wrong_spelling_pays(line: str, index: int, wrong: str, face: int) -> None:
    ink, piece = _line(line, face, noise=6)
    right = line.split()[index]
    costs = PieceInPicture(ink, piece, 0.0).costs(index, [wrong, right])
    assert costs[right] == 0
    assert costs[wrong] > 3


@pytest.mark.parametrize("stacked", [False, True])
@pytest.mark.parametrize(
    ("right", "wrong"), [("ĐỐC", "ĐÓC"), ("tế", "té"), ("GIẤY", "GIÂY"), ("phần", "phân")]
)
def test_tones_beside_or_above_roofs_are_both_known(right: str, wrong: str, stacked: bool) -> None:
    ink, piece = _line("Giám đốc Nguyễn Hoàng Anh " + right)
    drawn = draw_word(right, faces()[0], stacked).dark
    box = piece.words[-1].box
    scale = _SIZE / EM
    drawn = cv2.resize(drawn, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    top, left = round(_BASELINE - ASCENT * scale), box[0] - 2
    ink[:, left:] = 255
    ink[top : top + drawn.shape[0], left : left + drawn.shape[1]] = 255 - (drawn * 235).astype(np.uint8)
    costs = PieceInPicture(ink, piece, 0.0).costs(5, [wrong, right])
    assert costs[right] == 0
    assert costs[wrong] > 0.9


def test_the_picture_is_silent_where_no_face_fits() -> None:
    ink, piece = _line("Ngày 08 tháng 6 năm 2025")
    scribble = np.random.default_rng(7).integers(0, 256, ink.shape).astype(np.uint8)
    assert PieceInPicture(scribble, piece, 0.0).costs(1, ["08", "06"]) == {}
