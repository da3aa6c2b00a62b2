"""The blue of a pen and the red of a seal, told from the fringes that a scanner draws round black print."""

from __future__ import annotations

import cv2
import numpy as np

from records import Pixels

_BLUE, _SHARE = 22, 0.25
"""Least blueness of a pen's stroke, and its least share of the stroke's darkness. Fringes of black print come
to 33 on strokes 200 dark, a pale pen to 40 on strokes 75 dark."""
_STRONG_BLUE, _STRONG_SHARE = 34, 0.35
"""What a stroke must reach somewhere."""
_RED, _RED_SHARE, _STRONG_RED = 22, 0.28, 40
"""The same for red. Fringes of black print come to 12."""
_EDGE, _EDGE_SHARE = 12, 0.2
"""What still belongs to a stroke, next to it."""


def blueness(picture: Pixels) -> tuple[Pixels, Pixels]:
    """By how much blue passes the mean of red and green, and how dark red is, both 0 to 255."""
    r, g, b = cv2.split(picture)
    return cv2.subtract(b, cv2.addWeighted(r, 0.5, g, 0.5, 0)), cv2.bitwise_not(r)


def above(tint: Pixels, dark: Pixels, least: int, share: float) -> Pixels:
    """255 where ``tint`` is more than ``least`` and more than ``share`` of ``dark``."""
    part = cv2.compare(tint, cv2.convertScaleAbs(dark, alpha=share), cv2.CMP_GT)
    both: Pixels = cv2.bitwise_and(part, cv2.compare(tint, least, cv2.CMP_GT))
    return both


def held(weak: Pixels, strong: Pixels) -> Pixels:
    """The spots of ``weak`` that are strong somewhere."""
    if not strong.any():
        return strong
    _, labels = cv2.connectedComponents(weak)
    keep = (np.bincount(labels[strong > 0], minlength=int(labels.max()) + 1) >= 3).astype(np.uint8) * 255
    keep[0] = 0
    spots: Pixels = keep[labels]
    return spots


def redness(picture: Pixels) -> tuple[Pixels, Pixels]:
    """By how much red passes the greater of green and blue, and how dark the lesser of them is, 0 to 255."""
    r, g, b = cv2.split(picture)
    return cv2.subtract(r, cv2.max(g, b)), cv2.bitwise_not(cv2.min(g, b))


def red_mask(picture: Pixels) -> Pixels:
    """255 where there is red ink on an evened picture (RGB, paper 255)."""
    red, dark = redness(picture)
    return held(above(red, dark, _RED, _RED_SHARE), above(red, dark, _STRONG_RED, _STRONG_SHARE))


def pen_mask(picture: Pixels) -> Pixels:
    """255 where a blue pen wrote on an evened picture (RGB, paper 255)."""
    blue, dark = blueness(picture)
    return held(above(blue, dark, _BLUE, _SHARE), above(blue, dark, _STRONG_BLUE, _STRONG_SHARE))


def stroke_mask(picture: Pixels) -> Pixels:
    """255 where a pixel near a pen's stroke is the pen's and not that of black print under it."""
    blue, dark = blueness(picture)
    mask: Pixels = cv2.dilate(above(blue, dark, _EDGE, _EDGE_SHARE), np.ones((3, 3), np.uint8))
    return mask
