"""The picture that the recogniser reads: dark print on even white paper, at the scale that it reads best."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.framing import Frame, draw, product, scaling
from ocr.preparing.look import Look
from ocr.preparing.specks import calm_grains
from records import Matrix, Pixels

_FAINT, _FULL = 0.25, 0.75
"""Shares of the print's darkness below which all turns paper and above which all turns black."""
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


def is_bitonal(pixels: Pixels) -> bool:
    """True for a gray page that holds black and white alone."""
    if pixels.ndim != 2:
        return False
    counts = cv2.calcHist([pixels], [0], None, [256], [0, 256]).ravel()
    return bool(counts[1:255].sum() == 0)


def even_plane(pixels: Pixels, look: Look, frame: Frame, scale: float) -> Pixels:
    """The page's red channel (or its gray), freed of grains, drawn through ``frame`` at ``scale``, its paper
    evened to 255."""
    size = (round(frame.width * scale), round(frame.height * scale))
    matrix = product(scaling(scale), frame.matrix)
    plane = calm_grains(cv2.extractChannel(pixels, 0) if pixels.ndim == 3 else pixels)
    drawn = draw(plane, matrix, *size)
    light = look.light[..., 0] if look.light.ndim == 3 else look.light
    if int(light.min()) == 255:
        return drawn
    spread: Matrix = (plane.shape[1] / light.shape[1], 0.0, 0.0, 0.0, plane.shape[0] / light.shape[0], 0.0)
    lit = draw(np.ascontiguousarray(light), product(matrix, spread), *size)
    evened: Pixels = cv2.divide(drawn, np.maximum(lit, 1), scale=255)
    return evened


def stretch(plane: Pixels, darkness: float) -> Pixels:
    """Stretch the print's edges over the whole range: what is faint turns white, what is dark black."""
    level = 255 - np.arange(256, dtype=np.float64)
    ramp = (level - _FAINT * darkness) / ((_FULL - _FAINT) * darkness)
    table = (255 - 255 * np.clip(ramp, 0, 1)).round().astype(np.uint8)
    stretched: Pixels = cv2.LUT(plane, table)
    return stretched


def wipe(ink: Pixels, mask: Pixels) -> None:
    """Make ``ink`` white, in place, where ``mask`` (of any size, of the same picture) is not 0."""
    if not mask.any():
        return
    size = (ink.shape[1], ink.shape[0])
    ink[cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR) > 60] = 255
