"""Words drawn in the faces that offices print in, to be held against the picture.

Office papers are set in Times New Roman, some in Arial; Liberation Serif and Sans have the same widths and
nearly the same shapes (``fonts-liberation2``). Where none of the faces is installed nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.recognising.stacking import plain_of, stack

EM = 40
"""Pixels of the em square at which words are drawn and compared."""
ASCENT, DESCENT = 46, 14
"""Rows of a drawing above and below its baseline: room for an accent on a capital and for a tail."""
SOFTNESS = 0.8
"""Blur of drawings and pictures, in pixels: a scanner's edges are not sharp."""
_FINER = 4
"""Words are drawn this much larger and made small again: at EM pixels the rasteriser moves letters to whole
pixels, which printers do not do."""

_FOLDERS = (Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/truetype/liberation"))
_NAMES = (
    "LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic",
    "LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic", "LiberationSans-BoldItalic",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A word's darkness, 0 to 1, :data:`ASCENT` rows above the baseline and :data:`DESCENT` below. The first
    ink is in column 0. ``energy`` is the sum of its squares."""

    dark: NDArray[np.float32]
    energy: float


@cache
def faces() -> tuple[Path, ...]:
    """The font files there are."""
    folder = next((f for f in _FOLDERS if f.is_dir()), None)
    return tuple(p for n in _NAMES if folder and (p := folder / f"{n}.ttf").is_file())


@lru_cache(maxsize=512)  # some 40 KB each
def draw_word(text: str, face: Path, stacked: bool = False) -> Drawing:
    """Draw ``text`` in ``face`` at :data:`EM`; ``stacked``: tones above roofs, not beside."""
    mask = _mask(text, face, stacked)
    width = max(-(-mask.shape[1] // _FINER), 1)
    mask = np.pad(mask, ((0, 0), (0, width * _FINER - mask.shape[1])))
    small = cv2.resize(mask, (width, ASCENT + DESCENT), interpolation=cv2.INTER_AREA)
    dark = small.astype(np.float32) / 255
    dark = cv2.GaussianBlur(cv2.copyMakeBorder(dark, 0, 0, 2, 2, cv2.BORDER_CONSTANT), (0, 0), SOFTNESS)
    return Drawing(np.asarray(dark, dtype=np.float32), float((dark * dark).sum()))


@lru_cache(maxsize=16384)
def width_of(text: str, face: Path) -> float:
    """Pixels from first to last ink of ``text`` at :data:`EM`."""
    return float(_mask(text, face).shape[1] / _FINER)


@lru_cache(maxsize=64)  # some 150 KB each
def _mask(text: str, face: Path, stacked: bool = False) -> NDArray[np.uint8]:
    """``text`` at :data:`_FINER` times the size, its columns cut to the ink. Advance widths are no measure of
    ink: they end in white."""
    font = _font(face)
    plain = plain_of(text) if stacked else text
    left, _, right, _ = font.getbbox(plain, anchor="ls")
    size = (int(right - left) + 2 * EM, (ASCENT + DESCENT) * _FINER)
    sheet = Image.new("L", size)
    ImageDraw.Draw(sheet).text((EM - left, ASCENT * _FINER), plain, fill=255, font=font, anchor="ls")
    picture = np.array(sheet)
    if stacked:
        stack(picture, text, font, EM - left, ASCENT * _FINER)
    columns = np.flatnonzero(picture.max(axis=0))
    return picture[:, columns[0] : columns[-1] + 1] if len(columns) else picture[:, :1]


@cache
def _font(face: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face), EM * _FINER, layout_engine=ImageFont.Layout.BASIC)
