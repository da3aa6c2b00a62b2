"""Which dark spots of a page are print: their mask, their letter height, how dark they are."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.preparing.spots import spots_of
from records import Pixels

_LEAST_DARK = 30
"""Darkness (255 black, 0 paper) below which nothing is ever print."""
_FEWEST_DARK = 150
"""Dark pixels of a look below which there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Print:
    """What of a look is print.

    ``mask``: 255 where a spot has the size of a letter, a mark or a piece of a word; ``dark``: 255 for all
    that is dark, rules and borders too; ``darkness``: how dark the print is, 0 to 255; ``letter``: usual
    height of a letter in pixels of the look, 0 when there are too few to tell; ``letters``: how many.
    """

    mask: Pixels
    dark: Pixels
    darkness: float
    letter: float
    letters: int


def find_print(plane: Pixels) -> Print:
    """Tell print from paper on an evened look (paper 255)."""
    darkness = print_darkness(plane)
    if darkness == 0.0:
        nothing = np.zeros_like(plane)
        return Print(nothing, nothing, 0.0, 0.0, 0)
    dark = cv2.compare(plane, 255 - 0.45 * darkness, cv2.CMP_LT)
    labels, stats = spots_of(dark)
    mask, letter, letters = _letters(labels, stats)
    return Print(mask, dark, darkness, letter, letters)


def print_darkness(plane: Pixels) -> float:
    """How dark the print of an evened page is: the darkness that a tenth of its dark pixels pass, so that
    show-through, which is faint however much there is of it, does not count. 0 when nothing is dark."""
    counts = cv2.calcHist([plane], [0], None, [256], [0, 256]).ravel()[::-1]
    counts[:_LEAST_DARK] = 0
    total = counts.sum()
    if total < _FEWEST_DARK:
        return 0.0
    return float(np.searchsorted(np.cumsum(counts), 0.9 * total))


def _letters(labels: NDArray[np.int32], stats: NDArray[np.int32]) -> tuple[Pixels, float, int]:
    """The mask of letter-sized spots, the usual height of a letter and the number of letters."""
    width, height, area = (
        stats[:, cv2.CC_STAT_WIDTH],
        stats[:, cv2.CC_STAT_HEIGHT],
        stats[:, cv2.CC_STAT_AREA],
    )
    spot = (height <= 60) & (width <= 120) & (area >= 4)
    spot[0] = False
    body = spot & (height >= 6) & (width >= 3) & (width <= 4 * height)
    count = int(body.sum())
    letter = float(np.median(height[body])) if count >= 3 else 0.0
    if letter:
        spot &= (height <= 3.2 * letter) & (width <= 8 * letter)
    mask: Pixels = (spot.astype(np.uint8) * 255)[labels]
    return mask, letter, count
