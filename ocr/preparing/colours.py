"""Coloured ink on a page: red seals and stamps, red print, blue handwriting, each told from the other."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.preparing.rings import COLOUR_SEEN, Ring, find_rings
from ocr.preparing.spots import spots_of
from ocr.preparing.tints import pen_mask, red_mask
from records import Box, Pixels

_MOSTLY = 0.5
"""When more than this share of all that is dark is blue, blue is the colour of print."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Where coloured ink lies, in pixels of the upright look. ``red``, ``blue``: masks of the inks;
    ``seals``, ``stamps``, ``red_print``, ``handwriting``: boxes; ``discs``: round seals."""

    red: Pixels
    blue: Pixels
    seals: tuple[Box, ...]
    discs: tuple[Ring, ...]
    stamps: tuple[Box, ...]
    red_print: tuple[Box, ...]
    handwriting: tuple[Box, ...]


def find_colours(picture: Pixels, dark: int, letter: float, dpi: float) -> Colours | None:
    """Find coloured ink on an upright, evened look.

    Args:
        picture: RGB, paper 255.
        dark: how many pixels of it are dark, whatever their colour.
        letter: usual height of a letter in its pixels; 0 if unknown.
        dpi: pixels an inch.

    Returns:
        None where the page has no coloured ink worth the name.
    """
    red = red_mask(picture)
    blue = pen_mask(picture)
    if cv2.countNonZero(red) < 60 and cv2.countNonZero(blue) < 30:
        return None
    letter = letter or 0.09 * dpi
    half = cv2.resize(red, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    rings = find_rings(cv2.compare(half, 60, cv2.CMP_GT), dpi / 2, COLOUR_SEEN)
    discs = tuple(Ring(2 * r.x, 2 * r.y, 2 * r.radius, r.seen) for r in rings)
    rest = _off_discs(red, discs)
    prints, stamps, smears = _sort_red(rest, letter)
    hands: tuple[Box, ...] = ()
    if cv2.countNonZero(blue) < _MOSTLY * dark:
        hands = tuple(box for box in _blobs(blue, letter) if not looks_printed(blue, box, letter))
    return Colours(red, blue, tuple(d.box for d in discs) + smears, discs, stamps, prints, hands)


def _off_discs(red: Pixels, discs: tuple[Ring, ...]) -> Pixels:
    """Red ink without the round seals, and without the splinters of their rings."""
    rest = red.copy()
    near = np.zeros_like(red)
    for disc in discs:
        middle = (round(disc.x), round(disc.y))
        cv2.circle(rest, middle, round(1.035 * disc.radius) + 2, 0, -1)
        cv2.circle(near, middle, round(1.08 * disc.radius) + 2, 255, -1)
    if discs:
        _, labels = cv2.connectedComponents(rest)
        beyond = np.bincount(labels[near == 0].ravel(), minlength=int(labels.max()) + 1)
        rest[(beyond == 0)[labels]] = 0
    return rest


def _blobs(mask: Pixels, letter: float) -> list[Box]:
    """Boxes of the spots of ``mask`` that lie within about a letter of each other, specks left out."""
    reach = max(3, round(0.9 * letter))
    kernel = np.ones((max(3, round(0.5 * letter)), reach), np.uint8)
    labels, stats = spots_of(cv2.dilate(mask, kernel))
    ink = np.bincount(labels[mask > 0].ravel(), minlength=len(stats))
    boxes = []
    for x, y, w, h, _ in stats[1:][ink[1:] >= 0.6 * letter]:
        inside = cv2.boundingRect(mask[y : y + h, x : x + w])
        boxes.append((int(x) + inside[0], int(y) + inside[1], inside[2], inside[3]))
    return [b for b in boxes if b[3] >= 0.6 * letter or b[2] >= 1.5 * letter]


def _spots(mask: Pixels, box: Box) -> NDArray[np.int32]:
    x, y, w, h = box
    _, stats = spots_of(np.ascontiguousarray(mask[y : y + h, x : x + w]))
    spots: NDArray[np.int32] = stats[1:]
    return spots


def looks_printed(mask: Pixels, box: Box, letter: float) -> bool:
    """True when the ink in ``box`` is a line of print: several letters of like height on one base line."""
    spots = _spots(mask, box)
    bodies = spots[(spots[:, 3] >= 0.45 * letter) & (spots[:, 2] >= 0.15 * letter)]
    if len(bodies) < 4 or box[3] > 4 * letter:
        return False
    height, foot = bodies[:, 3], bodies[:, 1] + bodies[:, 3]
    like = np.median(np.abs(height - np.median(height))) <= 0.22 * np.median(height)
    level = np.median(np.abs(foot - np.median(foot))) <= 0.12 * np.median(height) + 0.5
    narrow = np.median(bodies[:, 2]) <= 1.6 * np.median(height)
    return bool(like and level and narrow)


def _sort_red(mask: Pixels, letter: float) -> tuple[tuple[Box, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Red ink off the round seals, as boxes of print, of framed stamps and of smears or seals in part."""
    prints: list[Box] = []
    stamps: list[Box] = []
    smears: list[Box] = []
    for box in _blobs(mask, letter):
        w, h = box[2:]
        spots = _spots(mask, box)
        framed = (spots[:, 2] >= 0.85 * w) & (spots[:, 3] >= 0.85 * h) & (spots[:, 4] < 0.5 * w * h)
        inner = spots[~framed]
        letters = inner[(inner[:, 3] >= 0.5 * letter) & (inner[:, 3] <= 3.5 * letter)]
        if framed.any() and len(letters) and h >= 1.5 * letter:
            stamps.append(box)
        elif len(letters) >= 2 and h <= 3.6 * letter and w >= 1.2 * h:
            prints.append(box)
        elif w > 1.5 * letter or h > 1.5 * letter:
            smears.append(box)
    return tuple(prints), tuple(stamps), tuple(smears)
