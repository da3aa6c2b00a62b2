"""Which way up a page lies is told by its print, not by what lies around it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.preparing.look import look_at
from ocr.preparing.printing import find_print
from ocr.preparing.turning import own_evidence
from ocr.recognising.drawing import faces
from records import Pixels

_LINE = "Người đề nghị đã được giải thích đầy đủ về thủ tục cấp giấy phép"


def _sheet_on_desk() -> Pixels:
    """a sheet with few lines of print; its left edge casts a ragged shadow from top to bottom."""
    sheet = Image.new("L", (1500, 2000), 250)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(faces()[4]), 30)
    for i in range(6):
        words = _LINE.split()
        draw.text((300, 300 + 48 * i), " ".join(words[i % 9 :] + words[: i % 9]), fill=20, font=font)
    random = np.random.default_rng(3)
    for y in range(150, 1940, 22):
        draw.rectangle((100, y, 106 + int(random.integers(0, 8)), y + 17), fill=30)
    return np.asarray(sheet)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_edge_of_a_sheet_is_no_line_of_print(turns: int) -> None:
    page = np.ascontiguousarray(np.rot90(_sheet_on_desk(), turns))
    found = own_evidence(find_print(look_at(np.dstack([page] * 3), 150.0).plane))
    assert found.rotation == 90 * turns
