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
