"""How far a page is tilted, and whether its lines lie or stand, from the lower edges of its letters."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from records import Pixels

MOST_TILT = 11.0
"""Degrees to either side that are searched."""
_MOST_POINTS = 30_000
_FEWEST_POINTS = 40


@dataclass(frozen=True, slots=True)
class Tilt:
    """``degrees``: positive for a clockwise tilt of the scan. ``strength``: how much sharper the lines stand
    out at this tilt than at a usual one; below about 2 there are no lines."""

    degrees: float
    strength: float
    score: float


def find_tilt(mask: Pixels) -> Tilt:
    """Measure the tilt of the lying lines of ``mask`` (255 print, 0 paper).

    The lower edges of letters gather on base lines: summed along slanted rows they give the sharpest profile
    (greatest sum of squared steps) at the true tilt. Coarse to fine, then a parabola through the best three.
    """
    lower = (mask[:-1] > 0) & (mask[1:] == 0)
    y, x = np.nonzero(lower)
    if len(y) < _FEWEST_POINTS:
        return Tilt(0.0, 0.0, 0.0)
    if len(y) > _MOST_POINTS:
        step = len(y) / _MOST_POINTS
        chosen = (np.arange(_MOST_POINTS) * step).astype(np.int64)
        y, x = y[chosen], x[chosen]
    ys, xs = y.astype(np.float32), x.astype(np.float32) - mask.shape[1] / 2
    coarse = np.arange(-MOST_TILT, MOST_TILT + 0.1, 0.5)
    scores = np.array([_sharpness(ys, xs, angle) for angle in coarse])
    best = float(coarse[int(scores.argmax())])
    usual = float(np.median(scores))
    for reach, step in ((0.4, 0.1), (0.1, 0.025)):
        near = best + np.arange(-reach, reach + step / 2, step)
        fine = np.array([_sharpness(ys, xs, angle) for angle in near])
        best = float(near[int(fine.argmax())])
    top = float(fine.max())
    return Tilt(best + _vertex(near, fine), top / max(usual, 1e-6), top)


def _sharpness(y: NDArray[np.float32], x: NDArray[np.float32], degrees: float) -> float:
    rows = y - x * np.float32(np.tan(np.radians(degrees)))
    rows -= rows.min()
    profile = np.bincount(rows.astype(np.int32)).astype(np.float64)
    steps = np.diff(profile)
    return float((steps * steps).sum()) / len(y)


def _vertex(angles: NDArray[np.float64], scores: NDArray[np.float64]) -> float:
    """Offset from the best angle to the top of the parabola through it and its neighbours."""
    i = int(scores.argmax())
    if not 0 < i < len(scores) - 1:
        return 0.0
    left, mid, right = scores[i - 1], scores[i], scores[i + 1]
    bend = left - 2 * mid + right
    return float(0.5 * (left - right) / bend * (angles[1] - angles[0])) if bend < 0 else 0.0


def turn_mask(mask: Pixels, degrees: float) -> Pixels:
    """``mask`` with a clockwise tilt of ``degrees`` taken out, same size."""
    if abs(degrees) < 0.02:
        return mask
    h, w = mask.shape
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    turned = cv2.warpAffine(mask, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=0)
    straight: Pixels = cv2.compare(turned, 127, cv2.CMP_GT)
    return straight
