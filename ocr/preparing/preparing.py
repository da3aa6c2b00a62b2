"""A page made ready for people and for the recogniser, step by step."""

from __future__ import annotations

import math

import numpy as np

from ocr.preparing import inking
from ocr.preparing.borders import border_mask, paper_box
from ocr.preparing.framing import Frame, apply, draw, product, quarter_turn, shift, straightening
from ocr.preparing.look import Look, look_at
from ocr.preparing.printing import Print, find_print
from ocr.preparing.turning import Standing, decide
from ocr.recognising.engine import Recogniser
from records import Box, Matrix, PageImage, Pixels, PreparedPage

_LEAST_TILT = 0.08
"""Degrees that are not worth drawing every pixel anew."""


def prepare(page: PageImage, recogniser: Recogniser, seconds: float = 20.0) -> PreparedPage:
    """Make a page upright, straight and clean.

    Args:
        page: the page as it lay in its file.
        recogniser: asked which way up the page is where the page itself does not show it.
        seconds: the most that one question to the recogniser may take.

    Raises:
        MachineError: the recogniser failed or took too long.
    """
    look = look_at(page.pixels, page.dpi)
    found = find_print(look.plane)
    standing = decide(found, look, recogniser, seconds)
    frame, degrees = _frame(page.pixels, look, found, standing)
    upright = draw(page.pixels, frame.matrix, frame.width, frame.height)
    scale = inking.reading_scale(found.letter / look.scale, inking.is_bitonal(page.pixels))
    plane = inking.even_plane(page.pixels, look, frame, scale)
    ink = inking.stretch(plane, found.darkness) if found.darkness else np.full_like(plane, 255)
    return PreparedPage(
        upright=upright,
        ink=ink,
        ink_scale=scale,
        dpi=page.dpi,
        rotation=standing.rotation,
        skew=degrees,
        matrix=frame.matrix,
        blank=found.letters == 0,
    )


def _frame(pixels: Pixels, look: Look, found: Print, standing: Standing) -> tuple[Frame, float]:
    """Where the upright page lies in the source: turned, straightened, cut to its paper."""
    height, width = pixels.shape[:2]
    turn = quarter_turn(standing.rotation, width, height)
    if standing.rotation in (90, 270):
        width, height = height, width
    degrees = standing.tilt.degrees if abs(standing.tilt.degrees) >= _LEAST_TILT else 0.0
    matrix = product(straightening(degrees, width, height), turn) if degrees else turn
    left, top, w, h = _paper(found, matrix, look.scale, width, height)
    return Frame(product(shift(-left, -top), matrix), w, h), degrees


def _paper(found: Print, matrix: Matrix, scale: float, width: int, height: int) -> Box:
    """The part of the straightened page to keep, in its pixels: without border, with all print."""
    border = border_mask(found.dark, found.letter)
    box = (0, 0, width, height)
    if border.any():
        small = product(inking.scaling(scale), product(matrix, inking.scaling(1 / scale)))
        size = (round(width * scale), round(height * scale))
        edge = 255 - draw(255 - border, small, *size)
        x, y, w, h = (round(v / scale) for v in paper_box(edge))
        box = (x, y, min(w, width - x), min(h, height - y))
    ys, xs = np.nonzero(found.mask)
    if len(ys) == 0:
        return box
    points = apply(matrix, np.stack([xs[::7], ys[::7]], axis=1) / scale)
    inside = (np.percentile(points, 0.5, axis=0), np.percentile(points, 99.5, axis=0))
    left = min(box[0], math.floor(inside[0][0] - 10))
    top = min(box[1], math.floor(inside[0][1] - 10))
    right = max(box[0] + box[2], math.ceil(inside[1][0] + 10))
    bottom = max(box[1] + box[3], math.ceil(inside[1][1] + 10))
    return (left, top, right - left, bottom - top)
