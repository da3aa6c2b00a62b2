"""Spots: what hangs together in a mask, with box and area of each."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from records import Pixels


def spots_of(mask: Pixels) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Number the spots of ``mask`` (not 0, touching by side or corner).

    Returns:
        The number at each pixel, 0 for none, and a row a number: left, top, width, height, area (row 0 is what
        is no spot).
    """
    # OpenCV's usual way of labelling takes three times as long when it measures too (26 ms against 9 a page).
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_BBDT)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def places_of(mask: Pixels) -> NDArray[np.intp]:
    """Where ``mask`` is not 0, as indices into the flattened mask. Print covers a twentieth of a page: what is
    done at these places alone is done at a fraction of the cost."""
    points = cv2.findNonZero(mask)
    if points is None:
        return np.zeros(0, np.intp)
    x, y = points.reshape(-1, 2).astype(np.intp).T
    places: NDArray[np.intp] = y * mask.shape[1] + x
    return places


def drawn_at(places: NDArray[np.intp], chosen: NDArray[np.bool_], shape: tuple[int, ...]) -> Pixels:
    """A mask of ``shape``: 255 at those of ``places`` that are ``chosen``."""
    mask = np.zeros(shape, np.uint8)
    mask.ravel()[places[chosen]] = 255
    return mask
