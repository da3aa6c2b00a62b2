"""Noise: grains of salt and pepper, dust, specks that stand alone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from records import Pixels

_GRAINY = 0.0015
"""Share of lone pixels from which a page counts as grainy."""
_APART = 70
"""How far a grain's gray lies from the median around it."""


def calm_grains(plane: Pixels) -> Pixels:
    """Replace lone pixels (salt and pepper) by the median around them, if the page is full of them.

    Only pixels with at most one like them at their side are touched, so that hairlines stay. A page that is
    not grainy is returned as it is.
    """
    strip = plane[plane.shape[0] // 3 : plane.shape[0] // 3 + 400]
    if cv2.countNonZero(_grains(strip, cv2.medianBlur(strip, 3))) < _GRAINY * strip.size:
        return plane
    calm = cv2.medianBlur(plane, 3)
    grains = _grains(plane, calm)
    cleaned: Pixels = plane.copy()
    cv2.copyTo(calm, grains, cleaned)
    return cleaned


def _grains(plane: Pixels, calm: Pixels) -> Pixels:
    apart = cv2.compare(cv2.absdiff(plane, calm), _APART, cv2.CMP_GT)
    like = cv2.boxFilter(apart, cv2.CV_16S, (3, 3), normalize=False)
    lone: Pixels = cv2.bitwise_and(apart, cv2.compare(like, 2 * 255, cv2.CMP_LE))
    return lone


def wipe_specks(ink: Pixels, letter: float) -> None:
    """Make specks white, in place: those smaller than any dot of print, and small ones with no letter near
    that are not part of a dotted line.

    Args:
        ink: ``(h, w)``, dark print on white.
        letter: usual height of a letter in its pixels; 0 if unknown.
    """
    letter = letter or 21.0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.compare(ink, 170, cv2.CMP_LT))
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    dust = area <= max(2.0, 0.006 * letter * letter)
    small = (area <= 0.09 * letter * letter) & (w <= 0.45 * letter) & (h <= 0.45 * letter)
    dust[0] = small[0] = False
    if not small.any():
        return
    body = ~small & ~dust
    body[0] = False
    near = max(3, round(1.6 * letter)) | 1
    around = cv2.dilate(body.astype(np.uint8)[labels], np.ones((near, near), np.uint8))
    held = np.bincount(labels[around > 0].ravel(), minlength=len(stats)) > 0
    gone = dust | (small & ~held)
    gone[_dotted(gone & ~dust, stats, ink.shape, letter)] = False
    gone[0] = False
    ink[gone[labels]] = 255


def _dotted(
    small: NDArray[np.bool_], stats: NDArray[np.int32], shape: tuple[int, ...], letter: float
) -> NDArray[np.int64]:
    """Which of the small spots stand in a row of at least five, close together: a dotted line to write on."""
    chosen = np.flatnonzero(small)
    if len(chosen) < 5 or len(chosen) > 20_000:
        return chosen[:0]
    x = stats[chosen, 0] + stats[chosen, 2] // 2
    y = stats[chosen, 1] + stats[chosen, 3] // 2
    points = np.zeros(shape, np.uint8)
    points[y, x] = 1
    joined = cv2.dilate(points, np.ones((3, max(3, round(0.9 * letter)) | 1), np.uint8))
    _, runs = cv2.connectedComponents(joined)
    run = runs[y, x]
    long = np.bincount(run) >= 5
    row: NDArray[np.int64] = chosen[long[run]]
    return row
