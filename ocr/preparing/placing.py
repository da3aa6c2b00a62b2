"""Where the upright page lies in its source: turned, straightened, cut to its paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ocr.preparing.borders import border_mask, paper_box
from ocr.preparing.framing import Frame, apply, draw, quarter_turn, scaling, shift, straightening
from ocr.preparing.look import Look
from ocr.preparing.printing import Print
from ocr.preparing.turning import Standing
from records import Box, Matrix, Pixels, product

_LEAST_TILT = 0.08
"""Degrees that are not worth drawing every pixel anew."""
_STRENGTH = 2.5
"""How sharply lines must stand out for their tilt to be believed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The frame of the upright page and the clockwise tilt, in degrees, that it takes out."""

    frame: Frame
    degrees: float


def place(pixels: Pixels, look: Look, found: Print, standing: Standing) -> Placed:
    """Lay out the upright page: as large as its source, but without borders, and with all print on it."""
    height, width = pixels.shape[:2]
    turn = quarter_turn(standing.rotation, width, height)
    if standing.rotation in (90, 270):
        width, height = height, width
    tilt = standing.tilt
    degrees = tilt.degrees if abs(tilt.degrees) >= _LEAST_TILT and tilt.strength >= _STRENGTH else 0.0
    matrix = product(straightening(degrees, width, height), turn) if degrees else turn
    left, top, w, h = _paper(found, matrix, look.scale, width, height)
    return Placed(Frame(product(shift(-left, -top), matrix), w, h), degrees)


def _paper(found: Print, matrix: Matrix, scale: float, width: int, height: int) -> Box:
    """The part of the straightened page to keep, in its pixels."""
    border = border_mask(found.dark, found.letter)
    left, top, right, bottom = 0, 0, width, height
    if border.any():
        small = product(scaling(scale), product(matrix, scaling(1 / scale)))
        size = (round(width * scale), round(height * scale))
        edge = 255 - draw(255 - border, small, *size)
        x, y, w, h = (v / scale for v in paper_box(edge))
        left, top = math.floor(x), math.floor(y)
        right, bottom = min(width, math.ceil(x + w)), min(height, math.ceil(y + h))
    ys, xs = np.nonzero(found.mask)
    if len(ys):
        points = apply(matrix, np.stack([xs[::7], ys[::7]], axis=1) / scale)
        low, high = np.percentile(points, 0.5, axis=0) - 10, np.percentile(points, 99.5, axis=0) + 10
        left, top = min(left, math.floor(low[0])), min(top, math.floor(low[1]))
        right, bottom = max(right, math.ceil(high[0])), max(bottom, math.ceil(high[1]))
    return (left, top, right - left, bottom - top)
