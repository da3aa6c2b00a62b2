"""Which way up a page lies: first by its own evidence, then by asking the recogniser."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.preparing.look import Look
from ocr.preparing.printing import Print
from ocr.preparing.spots import spots_of
from ocr.preparing.straightening import Tilt, find_tilt, turn_mask
from ocr.recognising.engine import Recogniser
from records import Pixels

_LYING = 1.6
"""How many times sharper lines must stand out one way than the other to be sure that they lie that way."""
_RIM = 0.12
"""Share of a page's sides."""
_MOST = 0.6
_MARKS = 20
_ABOVE = 2.0
"""Marks above letters (and their like below, were the page upside down) that make the way up sure: at least
so many, and so many times as many as on the other side. Real pages have 2.5 to 50 times as many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page's turn. ``rotation``: the clockwise quarter turn that sets it upright; ``tilt``: of its lines
    after that turn; ``axis_sure``, ``way_sure``: whether lying against standing, and up against down, are
    known."""

    rotation: int
    tilt: Tilt
    axis_sure: bool
    way_sure: bool


def own_evidence(found: Print) -> Standing:
    """Decide from the page alone: lines give the axis, the marks over Vietnamese letters the way up."""
    seen = _without_rim(found.mask)
    lying = find_tilt(seen)
    standing = find_tilt(np.ascontiguousarray(np.rot90(seen, 3)))
    ratio = lying.score / max(standing.score, 1e-6)
    sideways = ratio < 1.0
    tilt = standing if sideways else lying
    mask = np.ascontiguousarray(np.rot90(found.mask, 3)) if sideways else found.mask
    above, below = count_marks(turn_mask(mask, tilt.degrees))
    upright = above >= below
    most, least = max(above, below), min(above, below)
    return Standing(
        rotation=(90 if sideways else 0) + (0 if upright else 180),
        tilt=tilt,
        axis_sure=max(ratio, 1 / max(ratio, 1e-6)) >= _LYING and tilt.strength >= 3.0,
        way_sure=most >= _MARKS and most >= _ABOVE * least,
    )


def _without_rim(mask: Pixels) -> Pixels:
    """The mask without what lies along its sides, where the middle holds most of the print: the edge of a sheet
    photographed on a desk, and the desk's grain, would be taken for lines."""
    high, wide = mask.shape
    top, left = round(_RIM * high), round(_RIM * wide)
    middle = mask[top : high - top, left : wide - left]
    if cv2.countNonZero(middle) < _MOST * cv2.countNonZero(mask):
        return mask
    alone = np.zeros_like(mask)
    alone[top : high - top, left : wide - left] = middle
    return alone


def count_marks(mask: Pixels) -> tuple[int, int]:
    """Count detached small spots that have a letter close below them (tone and vowel marks, dots of i) and
    those that have one close above (dots below), on a straightened mask of print."""
    labels, stats = spots_of(mask)
    x, y, w, h, area = (stats[:, i] for i in range(5))
    body = (h >= 6) & (w >= 3) & (h < 80)
    body[0] = False
    if body.sum() < 3:
        return 0, 0
    letter = float(np.median(h[body]))
    large = (h >= 0.75 * letter) & (h < 2.5 * letter) & (w < 6 * letter)
    small = (
        (h <= 0.6 * letter) & (w <= 1.1 * letter) & (h >= 0.12 * letter) & (area >= 0.02 * letter * letter)
    )
    large[0] = small[0] = False
    summed = cv2.integral(large.astype(np.uint8)[labels])
    reach = max(2, round(0.45 * letter))
    x, y, w, h = (values[small] for values in (x, y, w, h))

    def letters_in(top: NDArray[np.int32], bottom: NDArray[np.int32]) -> NDArray[np.bool_]:
        t = np.clip(top, 0, mask.shape[0])
        b = np.clip(bottom, 0, mask.shape[0])
        held: NDArray[np.bool_] = summed[b, x + w] - summed[t, x + w] - summed[b, x] + summed[t, x] > 0
        return held

    over, under = letters_in(y - reach, y), letters_in(y + h, y + h + reach)
    return int((under & ~over).sum()), int((over & ~under).sum())


_SURE = 0.6
"""Confidence from which the recogniser's word on the way up is taken."""


def decide(found: Print, look: Look, recogniser: Recogniser, seconds: float) -> Standing:
    """Which way up the page lies. The recogniser is asked only where the page's own evidence is thin."""
    own = own_evidence(found)
    if (own.axis_sure and own.way_sure) or found.letters < 3:
        return own
    heard = recogniser.orientation(look.plane, seconds)
    if heard.confidence < _SURE and own.way_sure:
        return own
    if own.axis_sure and (heard.rotation - own.rotation) % 180:
        return own
    if heard.rotation == own.rotation:
        return own
    mask = np.ascontiguousarray(np.rot90(found.mask, -heard.rotation // 90))
    return Standing(heard.rotation, find_tilt(mask), False, heard.confidence >= _SURE)
