"""QR marks and barcodes on a page's picture: :func:`find_marks`.

The whole page is searched for QR at half size (some 3 ms); what that misses is looked for only where the picture
is as busy as a mark: a density map at quarter size gates the dear search (all formats over a whole page cost half
a second).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from records import IDENTITY, Box, Mark, MarkKind, Matrix, Pixels

_LINEAR = (
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.PDF417,
)
_QUARTER = 4
_WINDOW = 15
_MOST_PLACES = 6
"""So many busy places are looked at closely: bounds the work on a page of pictures."""
_MOST_TEXT = 4096
_SMALL = 640
"""Only places with no side longer than this are enlarged: a larger mark is read as it is."""


@dataclass(frozen=True, slots=True)
class _Density:
    """At quarter size, averaged over a window, 0 to 255: share of dark, of changes from left to right, of changes
    from top to bottom."""

    dark: NDArray[np.uint8]
    across: NDArray[np.uint8]
    down: NDArray[np.uint8]


def find_marks(picture: Pixels, matrix: Matrix = IDENTITY) -> tuple[Mark, ...]:
    """QR marks and barcodes of a page, ``(h, w)`` gray or ``(h, w, 3)`` RGB, from top to bottom.

    The page may lie any way up and a little aslant; the boxes are those round the marks once ``matrix`` has put
    it upright. The same text twice is kept once for each place. Texts are as the mark holds them, at most 4096
    characters.
    """
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    gray = np.ascontiguousarray(gray, dtype=np.uint8)
    if min(gray.shape) < 32:
        return ()
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found: list[Mark] = []
    for calm in (False, True):  # a mark seen through the paper drowns in the scanner's grain
        tried = cv2.medianBlur(half, 3) if calm else half
        found = [
            Mark(MarkKind.QR, text, _scaled(box, 2.0))
            for text, box in _read(tried, zxingcpp.BarcodeFormat.QRCode, try_downscale=True)
        ]
        if found:
            break
    density = _density(half)
    for box in _places(_busy_both_ways(density), gray.shape):
        if not any(_overlap(box, mark.box) for mark in found):
            found += _closely(gray, box)
    for upright_bars in (True, False):
        for box in _places(_bars(density, upright_bars), gray.shape):
            crop = _crop(gray, box)
            for text, inner in _read(crop, _LINEAR, try_downscale=False):
                found.append(Mark(MarkKind.BARCODE, text, _moved(inner, box)))
    placed = [replace(mark, box=_placed(mark.box, matrix)) for mark in _distinct(found)]
    return tuple(sorted(placed, key=lambda m: (m.box[1], m.box[0])))


def _read(picture: Pixels, formats: object, *, try_downscale: bool) -> Iterator[tuple[str, Box]]:
    for result in zxingcpp.read_barcodes(picture, formats=formats, try_downscale=try_downscale):
        text = result.text[:_MOST_TEXT]
        if text:
            p = result.position
            xs = [c.x for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)]
            ys = [c.y for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)]
            yield text, (min(xs), min(ys), max(1, max(xs) - min(xs)), max(1, max(ys) - min(ys)))


def _closely(gray: Pixels, box: Box) -> list[Mark]:
    """Search one place for a QR: as it is, then enlarged and smoothed, then sharpened."""
    crop = _crop(gray, box)
    for scale, smooth in ((1.0, 0.0), (2.0, 1.2), (3.0, 0.0), (1.0, 1.5)):
        if scale > 1.0 and max(crop.shape) > _SMALL:
            continue
        picture = crop
        if scale != 1.0:
            picture = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        if smooth:
            picture = cv2.GaussianBlur(picture, (0, 0), smooth)
        marks = [
            Mark(MarkKind.QR, text, _moved(_scaled(inner, 1.0 / scale), box))
            for text, inner in _read(picture, zxingcpp.BarcodeFormat.QRCode, try_downscale=False)
        ]
        if marks:
            return marks
    return []


def _density(half: Pixels) -> _Density:
    quarter = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    mean = cv2.blur(quarter, (21, 21))
    dark = (cv2.subtract(mean, quarter) > 10).astype(np.uint8) * 255
    window = (_WINDOW, _WINDOW)
    return _Density(
        dark=np.asarray(cv2.blur(dark, window)[:-1, :-1], dtype=np.uint8),
        across=np.asarray(cv2.blur(cv2.absdiff(dark[:, 1:], dark[:, :-1]), window)[:-1], dtype=np.uint8),
        down=np.asarray(cv2.blur(cv2.absdiff(dark[1:], dark[:-1]), window)[:, :-1], dtype=np.uint8),
    )


def _busy_both_ways(density: _Density) -> NDArray[np.uint8]:
    """Where a small QR may be: nearly half dark and changing often both ways; print is lighter."""
    return ((density.dark > 92) & (density.across > 58) & (density.down > 50)).astype(np.uint8)


def _bars(density: _Density, upright: bool) -> NDArray[np.uint8]:
    """Where bars may be: changing often one way and hardly the other."""
    many, few = (density.across, density.down) if upright else (density.down, density.across)
    return ((many > 64) & (few < many // 2)).astype(np.uint8)


def _places(mask: NDArray[np.uint8], shape: tuple[int, ...]) -> list[Box]:
    """Boxes on the page around the larger places of a mask at quarter size, with a margin."""
    if not mask.any():
        return []
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    places = sorted(
        (tuple(int(v) for v in stats[n]) for n in range(1, count)), key=lambda s: s[4], reverse=True
    )
    boxes: list[Box] = []
    for x, y, w, h, area in places[:_MOST_PLACES]:
        if area < 120 or min(w, h) < 6:
            continue
        margin = 14 + max(w, h) // 4
        left, top = max(0, (x - margin) * _QUARTER), max(0, (y - margin) * _QUARTER)
        right = min(shape[1], (x + w + margin) * _QUARTER)
        bottom = min(shape[0], (y + h + margin) * _QUARTER)
        boxes.append((left, top, right - left, bottom - top))
    return boxes


def _crop(gray: Pixels, box: Box) -> Pixels:
    x, y, w, h = box
    return np.ascontiguousarray(gray[y : y + h, x : x + w])


def _scaled(box: Box, scale: float) -> Box:
    x, y, w, h = (round(v * scale) for v in box)
    return (x, y, w, h)


def _moved(box: Box, origin: Box) -> Box:
    return (box[0] + origin[0], box[1] + origin[1], box[2], box[3])


def _placed(box: Box, matrix: Matrix) -> Box:
    """The upright box round where ``matrix`` takes the corners of ``box``, on the page."""
    a, b, c, d, e, f = matrix
    corners = [(box[0] + w, box[1] + h) for w in (0, box[2]) for h in (0, box[3])]
    xs, ys = [a * x + b * y + c for x, y in corners], [d * x + e * y + f for x, y in corners]
    left, top = max(0, round(min(xs))), max(0, round(min(ys)))
    return (left, top, max(1, round(max(xs)) - left), max(1, round(max(ys)) - top))


def _overlap(a: Box, b: Box) -> bool:
    return min(a[0] + a[2], b[0] + b[2]) > max(a[0], b[0]) and min(a[1] + a[3], b[1] + b[3]) > max(a[1], b[1])


def _distinct(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:
        if not any(k.text == mark.text and k.kind is mark.kind and _overlap(k.box, mark.box) for k in kept):
            kept.append(mark)
    return kept
