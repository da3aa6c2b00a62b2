"""Coloured ink and the plane that the recogniser reads: red print put in, seals and pens taken out."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.colours import Colours
from ocr.preparing.framing import Frame, draw, scaling, shift
from ocr.preparing.look import Look
from ocr.preparing.tints import redness, stroke_mask
from records import Box, Matrix, Pixels, product

_BLACK = 80
"""What is darker than this in every channel is print, whatever crosses it, and so are its edges."""


def settle_colours(
    plane: Pixels, pixels: Pixels, look: Look, frame: Frame, scale: float, colours: Colours, seen: float
) -> None:
    """Mend ``plane`` (see :func:`ocr.preparing.inking.even_plane`), in place, where ink is coloured.

    Args:
        plane: the evened red channel, drawn through ``frame`` at ``scale``.
        pixels: the page, RGB.
        look: the page's look, for its light.
        colours: what coloured ink there is, in pixels of the upright look.
        seen: pixels of the upright look per pixel of the upright page.
    """
    ratio = scale / seen
    matrix = product(scaling(scale), frame.matrix)

    def part(box: Box, room: float) -> tuple[slice, slice, Pixels]:
        x, y, w, h = box
        left, top = max(0, int((x - room) * ratio)), max(0, int((y - room) * ratio))
        right = min(plane.shape[1], int((x + w + room) * ratio) + 1)
        bottom = min(plane.shape[0], int((y + h + room) * ratio) + 1)
        there = product(shift(-left, -top), matrix)
        size = (max(1, right - left), max(1, bottom - top))
        spread: Matrix = (1 / look.scale * 4, 0.0, 0.0, 0.0, 1 / look.scale * 4, 0.0)
        lit = draw(look.light, product(there, spread), *size)
        drawn = draw(pixels, there, *size)
        return slice(top, bottom), slice(left, right), cv2.divide(drawn, np.maximum(lit, 1), scale=255)

    for box in colours.seals + colours.stamps:
        rows, columns, patch = part(box, 6)
        held = plane[rows, columns]
        # a red ink that is not pure leaves a shadow in the red channel: it is lifted by its own redness
        plane[rows, columns] = cv2.add(held, redness(patch)[0])
    for box in colours.red_print + colours.stamps:
        rows, columns, patch = part(box, 3)
        dark = cv2.min(plane[rows, columns], cv2.max(patch[..., 1], patch[..., 2]))
        keep = _off_discs(colours, rows, columns, ratio)
        plane[rows, columns] = np.where(keep, dark, plane[rows, columns])
    for box in colours.handwriting:
        rows, columns, patch = part(box, 4)
        black = cv2.dilate((patch.max(axis=2) < _BLACK).astype(np.uint8), np.ones((3, 3), np.uint8))
        plane[rows, columns][(stroke_mask(patch) > 0) & (black == 0)] = 255


def _off_discs(colours: Colours, rows: slice, columns: slice, ratio: float) -> Pixels:
    """Not 0 where no round seal lies."""
    keep = np.full((rows.stop - rows.start, columns.stop - columns.start), 255, np.uint8)
    for disc in colours.discs:
        middle = (round(disc.x * ratio) - columns.start, round(disc.y * ratio) - rows.start)
        cv2.circle(keep, middle, round(1.035 * disc.radius * ratio) + 2, 0, -1)
    return keep
