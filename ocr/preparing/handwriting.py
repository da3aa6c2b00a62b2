"""Strokes of a pen that no colour gives away: signatures and flourishes, by their size and bend."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.spots import spots_of
from records import Box, Pixels


def find_strokes(dark: Pixels, letter: float) -> tuple[Pixels, tuple[Box, ...]]:
    """Find large bent strokes.

    Args:
        dark: 255 dark, 0 paper, upright, without borders and seals.
        letter: usual height of a letter.

    Returns:
        Their mask and their boxes.
    """
    nothing = np.zeros_like(dark)
    if letter == 0.0:
        return nothing, ()
    labels, stats = spots_of(dark)
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    large = (h >= 2.6 * letter) & (w >= 1.5 * letter) & (area <= 0.3 * w * h) & (area >= 4 * letter)
    large[0] = False
    boxes: list[Box] = []
    reach = max(5, round(2.5 * letter))
    for i in np.flatnonzero(large):
        x, y, wide, high = (int(v) for v in stats[i, :4])
        spot = cv2.compare(labels[y : y + high, x : x + wide].astype(np.float32), float(i), cv2.CMP_EQ)
        ruled = cv2.countNonZero(cv2.morphologyEx(spot, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8)))
        ruled += cv2.countNonZero(cv2.morphologyEx(spot, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8)))
        if ruled < 0.35 * stats[i, 4]:
            boxes.append((x, y, wide, high))
            nothing[y : y + high, x : x + wide] |= spot
    return nothing, tuple(boxes)
