"""Where the lines of print lie on an upright picture, so that what is erased spares them."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.spots import spots_of
from records import Box, Pixels

_CLOSE, _TORN = 8, 24
"""Letters' heights that a gap in a row may be wide, and that it may be where a seal lies in it."""


def print_rows(letters: Pixels, letter: float) -> tuple[Box, ...]:
    """Boxes of the lines of print.

    Args:
        letters: 255 where there are spots of the size of letters.
        letter: usual height of a letter.
    """
    reach = max(3, round(1.2 * letter)) | 1
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, stats = spots_of(joined)
    rows: list[Box] = []
    for x, y, w, h, area in stats[1:]:
        if w < 3.5 * letter or h < 0.6 * letter or area < 0.2 * w * h or h > 12 * letter:
            continue
        for top, high in _cut(joined[y : y + h, x : x + w], letter):
            if 0.6 * letter <= high <= 3.2 * letter:
                rows.append((int(x), int(y) + top, int(w), high))
    return tuple(rows)


def _cut(block: Pixels, letter: float) -> list[tuple[int, int]]:
    """Top and height of the lines of a block; lines that touch by a mark or a stroke are cut apart where the
    block is thin."""
    if block.shape[0] <= 2.2 * letter:
        return [(0, block.shape[0])]
    full = block.mean(axis=1) / 255
    thick = np.flatnonzero(np.diff(np.concatenate([[0], full > 0.4 * full.max(), [0]]).astype(np.int8)))
    return [(int(a), int(b - a)) for a, b in zip(thick[::2], thick[1::2], strict=True)]


def rows_mask(
    rows: tuple[Box, ...], shape: tuple[int, int], letter: float, seals: tuple[Box, ...] = ()
) -> Pixels:
    """255 inside the rows, with room for the marks over and under them, and in the gaps of a row that a
    seal or a pen has torn."""
    mask = np.zeros(shape, np.uint8)
    room = round(0.35 * letter)
    for x, y, w, h in [*rows, *_gaps(rows, letter, seals)]:
        mask[max(0, y - room) : y + h + room, max(0, x - room) : x + w + room] = 255
    return mask


def _gaps(rows: tuple[Box, ...], letter: float, seals: tuple[Box, ...]) -> list[Box]:
    """The stretches between two pieces of one row."""
    gaps: list[Box] = []
    for x, y, w, h in rows:
        for right, top, _, high in rows:
            gap = right - (x + w)
            level = min(y + h, top + high) - max(y, top) >= 0.6 * min(h, high)
            if not level or not 0 < gap <= _TORN * letter:
                continue
            upper, lower = max(y, top), min(y + h, top + high)
            sealed = any(a < right and x + w < a + c and b < lower and upper < b + d for a, b, c, d in seals)
            if sealed or gap <= _CLOSE * letter:
                gaps.append((x + w, upper, gap, lower - upper))
    return gaps
