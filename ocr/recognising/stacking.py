"""Letters with two marks drawn one above the other.

Times New Roman and Arial, which offices print in, put the tone of ``ế`` on top of its roof; Liberation puts it
beside. Both ways are drawn and the better one counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_TONES = {"\u0301": "´", "\u0300": "`", "\u0303": "˜", "\u0309": "\u0309"}
_ROOFS = {"\u0302": "ˆ", "\u0306": "˘"}
_SMALL_ROOF, _SMALL_TONE = 0.62, 0.75
"""On capitals both marks are drawn smaller, so that they keep within the line."""
_GAP = 0.02
"""Between marks, in ems."""


@lru_cache(maxsize=4096)
def has_stacks(text: str) -> bool:
    """Whether ``text`` has a letter that bears a roof and a tone above it."""
    return any(True for _ in _stacks(text))


def plain_of(text: str) -> str:
    """``text`` without the marks that :func:`stack` puts on."""
    plain = list(text)
    for at, base, _ in _stacks(text):
        plain[at] = base
    return "".join(plain)


def stack(sheet: NDArray[np.uint8], text: str, font: ImageFont.FreeTypeFont, left: float, level: int) -> None:
    """Put the marks of ``text`` on ``sheet``, where :func:`plain_of` it is already drawn from ``left`` on the
    baseline ``level``."""
    plain = plain_of(text)
    gap = max(round(_GAP * font.size), 1)
    for at, base, marks in _stacks(text):
        middle = left + font.getlength(plain[:at]) + font.getlength(base) / 2
        bottom = level - _height(base, font) - gap
        for mark, size in marks:
            picture = _mark(mark, Path(str(font.path)), font.size, size)
            top, first = bottom - picture.shape[0], round(middle - picture.shape[1] / 2)
            if top < 0 or first < 0 or first + picture.shape[1] > sheet.shape[1]:
                continue
            place = sheet[top:bottom, first : first + picture.shape[1]]
            np.maximum(place, picture, out=place)
            bottom = top - gap // 2


def _stacks(text: str) -> Iterator[tuple[int, str, list[tuple[str, float]]]]:
    """Index, the letter without what is stacked on it, and the marks from below with their sizes."""
    for at, letter in enumerate(text):
        spread = unicodedata.normalize("NFD", letter)
        roof = next((m for m in spread[1:] if m in _ROOFS), "")
        tone = next((m for m in spread[1:] if m in _TONES), "")
        if not roof or not tone:
            continue
        if letter.isupper():
            yield at, spread[0], [(_ROOFS[roof], _SMALL_ROOF), (_TONES[tone], _SMALL_TONE)]
        else:
            yield at, unicodedata.normalize("NFC", spread[0] + roof), [(_TONES[tone], 1.0)]


def _height(letter: str, font: ImageFont.FreeTypeFont) -> int:
    return -int(font.getbbox(letter, anchor="ls")[1])


@lru_cache(maxsize=256)
def _mark(mark: str, face: Path, em: float, size: float) -> NDArray[np.uint8]:
    """The ink of a mark alone, cut close."""
    font = ImageFont.truetype(str(face), round(em * size), layout_engine=ImageFont.Layout.BASIC)
    sheet = Image.new("L", (int(2 * em), int(2 * em)))
    ImageDraw.Draw(sheet).text((em, em), mark, fill=255, font=font, anchor="ls")
    picture = np.asarray(sheet)
    x, y, w, h = cv2.boundingRect(picture)
    return picture[y : y + h, x : x + w]
