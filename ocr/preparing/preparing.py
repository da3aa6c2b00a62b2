"""A page made ready for people and for the recogniser, step by step."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr.preparing import inking
from ocr.preparing.borders import border_mask
from ocr.preparing.colours import Colours, find_colours
from ocr.preparing.framing import draw, scaling
from ocr.preparing.handwriting import find_strokes
from ocr.preparing.look import look_at
from ocr.preparing.placing import place
from ocr.preparing.printing import find_print
from ocr.preparing.rings import BLACK_SEEN, Ring, find_rings
from ocr.preparing.rows import print_rows, rows_mask
from ocr.preparing.seals import erase_seal
from ocr.preparing.specks import calm_grains
from ocr.preparing.tinting import settle_colours
from ocr.preparing.turning import decide
from ocr.recognising.engine import Recogniser
from records import Box, PageImage, Pixels, PreparedPage, Region, RegionKind, product

_LEAST_SIDE = 12
"""Pixels. A picture narrower than one line of the smallest print holds nothing to read."""


def prepare(
    page: PageImage, recogniser: Recogniser, seconds: float = 20.0, *, overturned: bool = False
) -> PreparedPage:
    """Make a page upright, straight and clean.

    Args:
        page: the page as it lay in its file.
        recogniser: asked which way up the page is where the page itself does not show it.
        seconds: the most that one question to the recogniser may take.
        overturned: set it on its head, where that which it shows of itself proved wrong.

    Raises:
        MachineError: the recogniser failed or took too long.
    """
    if min(page.pixels.shape[:2]) < _LEAST_SIDE:
        return _too_small(page)
    pixels = calm_grains(page.pixels)
    look = look_at(pixels, page.dpi)
    found = find_print(look.plane)
    standing = decide(found, look, recogniser, seconds)
    if overturned:
        standing = replace(standing, rotation=(standing.rotation + 180) % 360)
    placed = place(page.pixels, look, found, standing)
    frame = placed.frame
    seen = look.scale
    turned = product(scaling(seen), product(frame.matrix, scaling(1 / seen)))
    size = (round(frame.width * seen), round(frame.height * seen))
    picture = draw(look.picture, turned, *size)
    dpi = page.dpi * seen
    colours = None
    if picture.ndim == 3:
        colours = find_colours(picture, cv2.countNonZero(found.dark), found.letter, dpi)
    black = _black_of(picture, colours)
    clear = find_print(black)
    letter = clear.letter

    scale = inking.reading_scale(letter / seen)
    plane = inking.even_plane(pixels, look, frame, scale)
    if colours is not None:
        settle_colours(plane, pixels, look, frame, scale, colours, seen)
    ink = np.full_like(plane, 255)
    if clear.darkness:
        local = inking.local_darkness(black, clear.darkness, letter)
        ink = inking.develop(plane, local, letter * scale / seen)

    border = border_mask(clear.dark, letter)
    inking.wipe(ink, border)
    rows = print_rows(clear.mask, letter)
    rest = cv2.subtract(cv2.subtract(clear.dark, clear.mask), border)
    rings = _black_rings(rest, dpi)
    ratio = scale / seen
    seals = tuple(r.box for r in rings)
    for ring in rings:
        at = Ring(ring.x * ratio, ring.y * ratio, ring.radius * ratio, ring.seen)
        erase_seal(ink, at, tuple(_scaled(b, ratio) for b in rows), letter * ratio)
    left = cv2.compare(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), 150, cv2.CMP_LT)
    strokes, pens = find_strokes(left, letter)
    inking.wipe(ink, cv2.bitwise_and(strokes, 255 - rows_mask(rows, strokes.shape, letter, seals)))
    return PreparedPage(
        width=frame.width,
        height=frame.height,
        ink=ink,
        ink_scale=scale,
        dpi=page.dpi,
        rotation=standing.rotation,
        skew=placed.degrees,
        matrix=frame.matrix,
        blank=found.letters == 0,
        regions=_regions(colours, rings, pens, 1 / seen, (frame.width, frame.height)),
    )


def _too_small(page: PageImage) -> PreparedPage:
    """A page that has no room for print, as it is and without ink."""
    return PreparedPage(
        width=page.pixels.shape[1],
        height=page.pixels.shape[0],
        ink=np.full(page.pixels.shape[:2], 255, np.uint8),
        ink_scale=1.0,
        dpi=page.dpi,
        rotation=0,
        skew=0.0,
        matrix=scaling(1.0),
        blank=True,
        regions=(),
    )


def _black_of(picture: Pixels, colours: Colours | None) -> Pixels:
    """The look's red channel without handwriting in blue."""
    if picture.ndim == 2:
        return picture
    plane = np.ascontiguousarray(picture[..., 0])
    if colours is not None:
        for x, y, w, h in colours.handwriting:
            pen = cv2.dilate(colours.blue[y : y + h, x : x + w], np.ones((3, 3), np.uint8))
            dark = picture[y : y + h, x : x + w].max(axis=2) < 70
            plane[y : y + h, x : x + w][(pen > 0) & ~dark] = 255
    return plane


def _black_rings(rest: Pixels, dpi: float) -> tuple[Ring, ...]:
    half = cv2.resize(rest, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    rings = find_rings(cv2.compare(half, 60, cv2.CMP_GT), dpi / 2, BLACK_SEEN)
    return tuple(Ring(2 * r.x, 2 * r.y, 2 * r.radius, r.seen) for r in rings)


def _scaled(box: Box, factor: float) -> Box:
    x, y, w, h = box
    return (round(x * factor), round(y * factor), round(w * factor), round(h * factor))


def _regions(
    colours: Colours | None,
    rings: tuple[Ring, ...],
    pens: tuple[Box, ...],
    factor: float,
    page: tuple[int, int],
) -> tuple[Region, ...]:
    """What was found beside print, in pixels of the upright page, cut to it."""
    found = [(RegionKind.SEAL, r.box) for r in rings] + [(RegionKind.HANDWRITING, b) for b in pens]
    if colours is not None:
        found += [(RegionKind.SEAL, b) for b in colours.seals]
        found += [(RegionKind.STAMP, b) for b in colours.stamps]
        found += [(RegionKind.HANDWRITING, b) for b in colours.handwriting]
    regions = []
    for kind, box in found:
        x, y, w, h = _scaled(box, factor)
        left, top, right, bottom = max(0, x), max(0, y), min(page[0], x + w), min(page[1], y + h)
        if right > left and bottom > top:
            regions.append(Region(kind, (left, top, right - left, bottom - top)))
    return tuple(regions)
