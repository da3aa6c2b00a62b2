"""The way from source pixels to the upright page: quarter turn, straightening, cropping, as one matrix.

Coordinates are continuous: pixel ``i`` covers ``i`` to ``i + 1``, so a page ``w`` wide and ``h`` high has its
corners at ``(0, 0)`` and ``(w, h)``. A matrix here can be used as it is to place the picture in a PDF.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from records import Matrix, Pixels, product


@dataclass(frozen=True, slots=True)
class Frame:
    """``matrix`` from source to upright pixels; ``width`` and ``height`` of the upright page."""

    matrix: Matrix
    width: int
    height: int


def shift(x: float, y: float) -> Matrix:
    """A move by ``(x, y)``."""
    return (1.0, 0.0, x, 0.0, 1.0, y)


def quarter_turn(rotation: int, width: int, height: int) -> Matrix:
    """The clockwise turn by ``rotation`` degrees of a page ``width`` by ``height``, its corner at 0, 0."""
    turns: dict[int, Matrix] = {
        0: (1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        90: (0.0, -1.0, float(height), 1.0, 0.0, 0.0),
        180: (-1.0, 0.0, float(width), 0.0, -1.0, float(height)),
        270: (0.0, 1.0, 0.0, -1.0, 0.0, float(width)),
    }
    return turns[rotation]


def scaling(factor: float) -> Matrix:
    """The matrix that scales by ``factor``."""
    return (factor, 0.0, 0.0, 0.0, factor, 0.0)


def straightening(degrees: float, width: float, height: float) -> Matrix:
    """Turn about the middle of a page ``width`` by ``height`` to undo a clockwise tilt of ``degrees``."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn: Matrix = (c, s, 0.0, -s, c, 0.0)
    return product(shift(width / 2, height / 2), product(turn, shift(-width / 2, -height / 2)))


def apply(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where ``points`` (n, 2) land."""
    m = np.array(matrix).reshape(2, 3)
    moved: NDArray[np.float64] = points @ m[:, :2].T + m[:, 2]
    return moved


def draw(pixels: Pixels, matrix: Matrix, width: int, height: int) -> Pixels:
    """Draw ``pixels`` through ``matrix`` on white paper of ``width`` by ``height``.

    Pure turns and moves by whole pixels copy pixels and change none.
    """
    plain = _copied(pixels, matrix, width, height)
    if plain is not None:
        return plain
    centred = product(shift(-0.5, -0.5), product(matrix, shift(0.5, 0.5)))
    drawn: Pixels = cv2.warpAffine(
        pixels,
        np.array(centred).reshape(2, 3),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return drawn


_TURNS = {
    (1.0, 0.0, 0.0, 1.0): None,
    (0.0, -1.0, 1.0, 0.0): cv2.ROTATE_90_CLOCKWISE,
    (-1.0, 0.0, 0.0, -1.0): cv2.ROTATE_180,
    (0.0, 1.0, -1.0, 0.0): cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def _copied(pixels: Pixels, matrix: Matrix, width: int, height: int) -> Pixels | None:
    """The page drawn by copying alone, or None where that cannot be."""
    a, b, c, d, e, f = matrix
    if (a, b, d, e) not in _TURNS or c % 1 or f % 1:
        return None
    turn = _TURNS[(a, b, d, e)]
    turned = pixels if turn is None else cv2.rotate(pixels, turn)
    h, w = pixels.shape[:2]
    corner = apply(matrix, np.array([[0.0, 0.0], [float(w), float(h)]])).min(axis=0)
    left, top = int(-corner[0]), int(-corner[1])
    if left < 0 or top < 0 or left + width > turned.shape[1] or top + height > turned.shape[0]:
        return None
    return np.ascontiguousarray(turned[top : top + height, left : left + width])
