"""The picture that the recogniser reads: dark print on even white paper, at the scale that it reads best."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.framing import Frame, draw, scaling
from ocr.preparing.look import Look
from ocr.preparing.specks import print_spots
from records import Matrix, Pixels, product

_DEPTH = 240.0
"""Darkness to which print is brought."""
_WEAK, _STRONG = 0.3, 0.5
"""Shares of the print's darkness: what is less is paper, and a spot that nowhere is more is no print."""
_FAINTEST = 0.5
"""The least darkness near a place, as a share of the page's, that is taken for print's."""
_READING_LETTER = 21.0
"""Height of a letter, in pixels of the ink, at which the recogniser reads best."""
_ALIKE = 0.82, 1.25
"""Scales so near to 1 that the pixels are better left as they are."""


def reading_scale(letter: float) -> float:
    """Pixels of ink per pixel of the upright page, from the usual height of a letter in pixels of the page
    (0 if unknown)."""
    if letter == 0.0:
        return 1.0
    scale = min(max(_READING_LETTER / letter, 0.5), 2.0)
    return 1.0 if _ALIKE[0] <= scale <= _ALIKE[1] else scale


def even_plane(pixels: Pixels, look: Look, frame: Frame, scale: float) -> Pixels:
    """The page's red channel (or its gray), drawn through ``frame`` at ``scale``, its paper
    evened to 255."""
    size = (round(frame.width * scale), round(frame.height * scale))
    matrix = product(scaling(scale), frame.matrix)
    plane = cv2.extractChannel(pixels, 0) if pixels.ndim == 3 else pixels
    drawn = draw(plane, matrix, *size)
    light = look.light[..., 0] if look.light.ndim == 3 else look.light
    if int(light.min()) == 255:
        return drawn
    spread: Matrix = (plane.shape[1] / light.shape[1], 0.0, 0.0, 0.0, plane.shape[0] / light.shape[0], 0.0)
    lit = draw(np.ascontiguousarray(light), product(matrix, spread), *size)
    evened: Pixels = cv2.divide(drawn, np.maximum(lit, 1), scale=255)
    return evened


def local_darkness(look: Pixels, darkness: float, letter: float) -> Pixels:
    """How dark the print is near each pixel of an evened look, at a quarter of its size.

    Faint print is measured by its own darkness, but never by less than half of the page's, so that
    show-through and stains stay faint.

    Args:
        look: ``(h, w)``, paper 255.
        darkness: of the page's print, 0 to 255.
        letter: usual height of a letter in pixels of the look.
    """
    size = (max(1, look.shape[1] // 4), max(1, look.shape[0] // 4))
    dark = cv2.resize(cv2.dilate(cv2.bitwise_not(look), np.ones((5, 5), np.uint8)), size)
    reach = max(3, round(0.5 * (letter or 14))) | 1
    near = cv2.blur(cv2.dilate(dark, np.ones((reach, reach), np.uint8)), (reach, reach))
    local: Pixels = np.clip(near, _FAINTEST * darkness, darkness).astype(np.uint8)
    return local


def develop(plane: Pixels, local: Pixels, letter: float) -> Pixels:
    """Bring print out of an evened plane: its grays kept and brought to full depth, all else white.

    A spot is print when it is dark enough somewhere and too large for a speck; round what is print the grays
    of its edges are kept, for the recogniser reads soft edges better than hard ones.

    Args:
        plane: ``(h, w)``, paper 255.
        local: how dark print is, see :func:`local_darkness`.
        letter: usual height of a letter in pixels of ``plane``, 0 if unknown.
    """
    dark = cv2.bitwise_not(plane)
    full = cv2.resize(local, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)
    deep = cv2.divide(dark, full, scale=_DEPTH)
    weak = cv2.compare(deep, _WEAK * _DEPTH, cv2.CMP_GT)
    strong = cv2.compare(deep, _STRONG * _DEPTH, cv2.CMP_GT)
    spots = print_spots(weak, strong, letter)
    reach = max(3, 2 * round(0.1 * letter) + 1)
    near = cv2.dilate(spots, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    ink: Pixels = cv2.bitwise_not(cv2.bitwise_and(deep, near))
    return ink


def wipe(ink: Pixels, mask: Pixels) -> None:
    """Make ``ink`` white, in place, where ``mask`` (of any size, of the same picture) is not 0."""
    if not mask.any():
        return
    size = (ink.shape[1], ink.shape[0])
    grown = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    ink[cv2.resize(grown, size, interpolation=cv2.INTER_LINEAR) > 60] = 255
