"""The blue of a pen, told from the blue fringes that a scanner draws round black print."""

from __future__ import annotations

import cv2
import numpy as np

from records import Pixels

_BLUE, _SHARE = 22, 0.25
"""Least blueness of a pen's stroke, and its least share of the stroke's darkness. Fringes of black print come
to 33 on strokes 200 dark, a pale pen to 40 on strokes 75 dark."""
_STRONG_BLUE, _STRONG_SHARE = 34, 0.35
"""What a stroke must reach somewhere."""
_EDGE, _EDGE_SHARE = 12, 0.2
"""What still belongs to a stroke, next to it."""


def blueness(picture: Pixels) -> tuple[Pixels, Pixels]:
    """By how much blue passes the mean of red and green, and how dark red is, both 0 to 255."""
    r, g, b = cv2.split(picture)
    return cv2.subtract(b, cv2.addWeighted(r, 0.5, g, 0.5, 0)), cv2.bitwise_not(r)


def _above(blue: Pixels, dark: Pixels, least: int, share: float) -> Pixels:
    part = cv2.compare(blue, cv2.convertScaleAbs(dark, alpha=share), cv2.CMP_GT)
    above: Pixels = cv2.bitwise_and(part, cv2.compare(blue, least, cv2.CMP_GT))
    return above


def pen_mask(picture: Pixels) -> Pixels:
    """255 where a blue pen wrote on an evened picture (RGB, paper 255)."""
    blue, dark = blueness(picture)
    weak = _above(blue, dark, _BLUE, _SHARE)
    strong = _above(blue, dark, _STRONG_BLUE, _STRONG_SHARE)
    if not strong.any():
        return strong
    _, labels = cv2.connectedComponents(weak)
    count = np.bincount(labels[strong > 0].ravel(), minlength=int(labels.max()) + 1)
    keep = (count >= 3).astype(np.uint8) * 255
    keep[0] = 0
    mask: Pixels = keep[labels]
    return mask


def stroke_mask(picture: Pixels) -> Pixels:
    """255 where a pixel near a pen's stroke is the pen's and not that of black print under it."""
    blue, dark = blueness(picture)
    mask: Pixels = cv2.dilate(_above(blue, dark, _EDGE, _EDGE_SHARE), np.ones((3, 3), np.uint8))
    return mask
