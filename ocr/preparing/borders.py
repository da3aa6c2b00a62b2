"""What lies around the sheet in a scan: the black of the scanner's bed, its shadow at the edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.preparing.spots import spots_of
from records import Box, Pixels

_MOST_CUT = 0.2
"""The most of a side that is taken for border."""
_SOLID = 0.6
"""A row or column is border while so much of it is dark and hangs together with the frame."""


def border_mask(dark: Pixels, letter: float) -> Pixels:
    """255 where something dark hangs on the frame of the page and is larger than a word.

    ``dark``: 255 dark, 0 paper; ``letter``: the usual height of a letter, 0 if unknown.
    """
    labels, stats = spots_of(dark)
    h, w = dark.shape
    large = max(4 * letter, 40)
    x, y, wide, high = (stats[:, i] for i in range(4))
    on_frame = (x <= 1) | (y <= 1) | (x + wide >= w - 1) | (y + high >= h - 1)
    border = on_frame & ((wide > large) | (high > large))
    border[0] = False
    if not border.any():
        return np.zeros_like(dark)
    mask: Pixels = (border.astype(np.uint8) * 255)[labels]
    return mask


def paper_box(border: Pixels) -> Box:
    """The box that is left when solid strips of ``border`` along the four sides are cut off.

    A strip is cut only as far as most of it is border, so a rule that touches the frame costs nothing.
    """
    h, w = border.shape
    rows = border.mean(axis=1) / 255
    columns = border.mean(axis=0) / 255
    top, bottom = _strip(rows), _strip(rows[::-1])
    left, right = _strip(columns), _strip(columns[::-1])
    return (left, top, w - left - right, h - top - bottom)


def _strip(shares: NDArray[np.float64]) -> int:
    reach = int(len(shares) * _MOST_CUT)
    solid = np.flatnonzero(shares[:reach] >= _SOLID)
    # a strip of border may have a bright seam, but it starts near the frame
    if len(solid) == 0 or solid[0] > 0.02 * len(shares):
        return 0
    gaps = np.flatnonzero(np.diff(solid) > max(3, 0.005 * len(shares)))
    last = solid[gaps[0]] if len(gaps) else solid[-1]
    return int(last) + 1
