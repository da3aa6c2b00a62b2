"""A first look at a page: a small picture of it, its paper evened to white, its print as a mask."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from records import Pixels

LOOK_DPI = 150.0
_LEAST_SIDE = 1750
_MOST_SIDE = 3000


@dataclass(frozen=True, slots=True)
class Look:
    """A page seen small.

    ``picture``: ``(h, w)`` gray or ``(h, w, 3)`` RGB, its paper evened to white; ``plane``: ``(h, w)``, the
    channel in which red ink vanishes; ``light``: what the paper's own brightness was, shaped as ``picture``
    but a quarter of its size; ``scale``: pixels of the look per pixel of the page.
    """

    picture: Pixels
    plane: Pixels
    light: Pixels
    scale: float


def shrink_factor(shape: tuple[int, ...], dpi: float) -> float:
    """How far to shrink a page of ``shape`` for a look: to 150 dpi, but small sheets less and huge ones
    more, and never up."""
    longest = max(shape[:2])
    factor = min(1.0, max(LOOK_DPI / dpi, _LEAST_SIDE / longest), _MOST_SIDE / longest)
    return 0.5 if 0.45 < factor < 0.55 else factor  # halving is three times as fast as 0.49


def look_at(pixels: Pixels, dpi: float) -> Look:
    """Shrink a page and even its light.

    Args:
        pixels: the page, gray or RGB.
        dpi: pixels an inch of ``pixels``.
    """
    scale = shrink_factor(pixels.shape, dpi)
    small = (
        pixels if scale == 1.0 else cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    )
    light = paper_light(small)
    picture = even(small, light)
    plane = np.ascontiguousarray(picture[..., 0]) if picture.ndim == 3 else picture
    return Look(picture, plane, light, scale)


def paper_light(small: Pixels) -> Pixels:
    """The paper's own brightness, channel by channel, a quarter of the look's size.

    Print is closed over by the brightest paper near it; what is larger than a letter (a photograph, a black
    bar) is bridged by a median of a wider surrounding.
    """
    tiny = cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    bright = cv2.dilate(tiny, np.ones((7, 7), np.uint8))
    level = cv2.medianBlur(bright, 15)
    light: Pixels = cv2.blur(level, (9, 9), borderType=cv2.BORDER_REPLICATE)
    return light


def even(picture: Pixels, light: Pixels) -> Pixels:
    """Divide ``picture`` by the light that fell on its paper, so that paper is 255 everywhere."""
    size = (picture.shape[1], picture.shape[0])
    evened: Pixels = cv2.divide(picture, np.maximum(cv2.resize(light, size), 1), scale=255)
    return evened
