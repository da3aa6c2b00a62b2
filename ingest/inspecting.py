"""Whether a scan is good enough, asked while the citizen is still at the counter: :func:`inspect_page`.

Only what cannot be mended later is told: too few pixels, blur, darkness, print that runs off the edge. A page
upside down or crooked is mended by the reading and is no fault.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from records import PageImage, Pixels

_DPI = 150.0
"""All pages are looked at in this resolution, so that lengths mean the same."""
_MOST_SIDE = 2600
_BLURRED = 0.22
"""Below this sharpness the strokes of 13 pt print run into each other. A step edge spread by a Gaussian of s pixels
rises by at most 1 / (s * sqrt(2 pi)) of its height a pixel: 0.22 is s = 1.8 pixels of 150 dpi. Real office scans lie
above 0.32, made photographs and worn copies above 0.26."""
_DARK = 95
_FAINT = 38
_EDGE = 2
_LETTER = (7, 46)
"""Heights of letters and figures, in pixels of 150 dpi: 8 pt to headings."""
_CUT_LINES = 4
"""So many letters on one edge are lines of print that run off it, and not a smudge."""


@dataclass(frozen=True, slots=True)
class PageFault:
    """What is wrong with a page: a reason code and the values that its sentence needs."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


def inspect_page(page: PageImage, low_dpi: float) -> tuple[PageFault, ...]:
    """The faults of one page, worst first; none for a page without anything on it."""
    gray = _at_150(page)
    if gray is None:
        return (PageFault("scan_low_resolution", (("dpi", str(round(page.dpi))),)),)
    light, dark = float(np.percentile(gray, 90)), float(np.percentile(gray, 0.5))
    faults = []
    if page.dpi < low_dpi:
        faults.append(PageFault("scan_low_resolution", (("dpi", str(round(page.dpi))),)))
    if light < _DARK:
        faults.append(PageFault("scan_dark"))
    elif light - dark < 12:
        return tuple(faults)  # a blank page
    elif light - dark < _FAINT:
        faults.append(PageFault("scan_faint"))
    if sharpness(gray) < _BLURRED:
        faults.append(PageFault("scan_blurred"))
    if edges := cut_edges(gray):
        faults.append(PageFault("scan_cut_off", (("edge", ", ".join(edges)),)))
    return tuple(faults)


def sharpness(gray: Pixels) -> float:
    """How steep the steepest edges are: the greatest rise over one pixel as a share of the print's contrast
    around it, 0 to 1, of the less sharp direction (a hand that moved blurs only one). 1 for a page without
    edges."""
    smooth = cv2.GaussianBlur(gray, (0, 0), 0.6).astype(np.float32)
    around = np.ones((9, 9), np.uint8)
    spread = cv2.dilate(smooth, around) - cv2.erode(smooth, around)
    strong = spread > max(30.0, float(np.percentile(spread, 99)) * 0.5)
    if np.count_nonzero(strong) < 200:
        return 1.0
    rises = [cv2.Sobel(smooth, cv2.CV_32F, dx, 1 - dx, ksize=3)[strong] / 8 for dx in (0, 1)]
    return min(float(np.percentile(np.abs(rise) / spread[strong], 97)) for rise in rises)


def cut_edges(gray: Pixels) -> list[str]:
    """The edges (``trên``, ``dưới``, ``trái``, ``phải``) at which print runs off the picture."""
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = gray.shape
    x, y, w, h, area = (stats[1:, column] for column in range(5))
    letter = (h >= _LETTER[0]) & (h <= _LETTER[1]) & (w <= 2 * _LETTER[1]) & (w >= 3)
    letter &= (area > 0.15 * w * h) & (area < 0.8 * w * h)
    counts: dict[str, NDArray[np.bool_]] = {
        "trái": letter & (x <= _EDGE),
        "phải": letter & (x + w >= width - _EDGE),
        "trên": letter & (y <= _EDGE),
        "dưới": letter & (y + h >= height - _EDGE),
    }
    return [edge for edge, there in counts.items() if np.count_nonzero(there) >= _CUT_LINES]


def _at_150(page: PageImage) -> Pixels | None:
    """The page in gray at 150 dpi; None where it has hardly any pixels."""
    pixels = page.pixels
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(_DPI / max(page.dpi, 1.0), _MOST_SIDE / max(gray.shape))
    if min(gray.shape) < 64:
        return None
    if scale < 1.0:
        gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(gray, dtype=np.uint8)
