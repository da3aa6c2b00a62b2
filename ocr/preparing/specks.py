"""Noise: grains of salt and pepper, dust, specks that stand alone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.preparing.spots import drawn_at, places_of, spots_of
from records import Pixels

_GRAINY = 0.0015
"""Share of lone pixels from which a page counts as grainy."""
_APART = 70
"""How far a grain's gray lies from the median around it."""


def calm_grains(pixels: Pixels) -> Pixels:
    """Calm a page that is full of lone pixels (salt and pepper); another is returned as it is.

    All of it goes through the median: sparing what is not lone leaves the grains that touch letters, and
    those cost three times as many errors as the median's harm to hairlines.

    Args:
        pixels: gray or RGB.
    """
    strip = np.ascontiguousarray(_green(pixels[pixels.shape[0] // 3 : pixels.shape[0] // 3 + 400]))
    if cv2.countNonZero(_grains(strip, cv2.medianBlur(strip, 3))) < _GRAINY * strip.size:
        return pixels
    calm: Pixels = cv2.GaussianBlur(cv2.medianBlur(pixels, 3), (3, 3), 0.7)
    return calm


def _green(pixels: Pixels) -> Pixels:
    return cv2.extractChannel(pixels, 1) if pixels.ndim == 3 else pixels


def _grains(plane: Pixels, calm: Pixels) -> Pixels:
    apart = cv2.compare(cv2.absdiff(plane, calm), _APART, cv2.CMP_GT)
    like = cv2.boxFilter(apart, cv2.CV_16S, (3, 3), normalize=False)
    lone: Pixels = cv2.bitwise_and(apart, cv2.compare(like, 2 * 255, cv2.CMP_LE))
    return lone


def print_spots(weak: Pixels, strong: Pixels, letter: float) -> Pixels:
    """255 at the spots that may be print: not those that are nowhere strong, nor specks smaller than any dot
    of print, nor small ones with no letter near that are not part of a dotted line.

    Args:
        weak: 255 where it is dark at all.
        strong: 255 where it is dark enough for print; a part of ``weak``.
        letter: usual height of a letter in its pixels; 0 if unknown.
    """
    letter = letter or 21.0
    labels, stats = spots_of(weak)
    places = places_of(weak)
    spot = labels.ravel()[places]
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    gone = np.bincount(spot[strong.ravel()[places] > 0], minlength=len(stats)) < 2
    gone |= area <= max(2.0, 0.006 * letter * letter)
    small = (area <= 0.09 * letter * letter) & (w <= 0.45 * letter) & (h <= 0.45 * letter) & ~gone
    small[0] = False
    if small.any():
        body = ~small & ~gone
        near = max(3, round(1.6 * letter)) | 1
        around = cv2.dilate(drawn_at(places, body[spot], weak.shape), np.ones((near, near), np.uint8))
        held = np.bincount(spot[around.ravel()[places] > 0], minlength=len(stats)) > 0
        lone = small & ~held
        lone[_dotted(lone, stats, weak.shape, letter)] = False
        gone |= lone
    return drawn_at(places, ~gone[spot], weak.shape)


def _dotted(
    small: NDArray[np.bool_], stats: NDArray[np.int32], shape: tuple[int, ...], letter: float
) -> NDArray[np.int64]:
    """Which of the small spots stand in a long level row, close together: a dotted line to write on."""
    chosen = np.flatnonzero(small)
    if len(chosen) < 5 or len(chosen) > 20_000:
        return chosen[:0]
    x = stats[chosen, 0] + stats[chosen, 2] // 2
    y = stats[chosen, 1] + stats[chosen, 3] // 2
    points = np.zeros(shape, np.uint8)
    points[y, x] = 1
    joined = cv2.dilate(points, np.ones((3, max(3, round(0.9 * letter)) | 1), np.uint8))
    runs, shape_of = spots_of(joined)
    run = runs[y, x]
    level = shape_of[:, cv2.CC_STAT_HEIGHT] <= 0.2 * letter + 3
    dense = np.bincount(run, minlength=len(shape_of)) * 1.2 * letter >= shape_of[:, cv2.CC_STAT_WIDTH]
    long = (shape_of[:, cv2.CC_STAT_WIDTH] >= 4 * letter) & level & dense
    row: NDArray[np.int64] = chosen[long[run]]
    return row
