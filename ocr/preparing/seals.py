"""Black round seals over print, where no colour tells one from the other: the ring, what is written in it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.preparing.rings import Ring
from records import Box, Pixels

_PALE = 0.78
"""Share of the print's darkness up to which a seal can be told from print by its gray."""
_RING_SEEN = 0.6
"""Share of a circle about the seal's middle from which it counts as one of the seal's rings."""
_TOWARDS_SEAL, _PALER, _EDGE = 0.6, 0.8, 7
"""Where between print (0) and the seal (1) the bound lies, what is left of the seal's gray on a line of print,
and how many pixels wide the surroundings of print are. Found on worn pages with gray seals."""


def erase_seal(ink: Pixels, seal: Ring, rows: tuple[Box, ...], letter: float) -> None:
    """Take a black seal out of ``ink``, in place.

    The rings go, but where a stroke runs across them; of what stands inside, all goes that lies off the
    lines of print that run into the seal from outside.

    Args:
        ink: ``(h, w)``, dark print on white.
        seal: its outer ring, in pixels of ``ink``.
        rows: the lines of print, see :func:`ocr.preparing.rows.print_rows`.
        letter: usual height of a letter.
    """
    reach = round(1.1 * seal.radius) + 4
    left, top = max(0, round(seal.x) - reach), max(0, round(seal.y) - reach)
    part = ink[top : round(seal.y) + reach, left : round(seal.x) + reach]
    if part.size == 0:
        return
    y, x = np.mgrid[: part.shape[0], : part.shape[1]].astype(np.float32)
    radius, angle = cv2.cartToPolar(x - np.float32(seal.x - left), y - np.float32(seal.y - top))
    radius = _rounded(part < 128, radius, angle, seal.radius)
    part[_rings_of(part < 128, radius, angle, seal.radius)] = 255
    spared = np.zeros(part.shape, bool)
    for box in rows:
        if _runs_into(box, seal, letter):
            room = 0.15 * letter
            spared[max(0, round(box[1] - top - room)) : max(0, round(box[1] + box[3] - top + room))] = True
    _lift(part, radius, seal.radius, spared)
    _, labels = cv2.connectedComponents((part < 200).astype(np.uint8))
    count = int(labels.max()) + 1
    outside = np.bincount(labels[radius > 1.04 * seal.radius + 1].ravel(), minlength=count) > 0
    size = np.bincount(labels.ravel(), minlength=count)
    on_row = np.bincount(labels[spared].ravel(), minlength=count) / size
    inside = ~outside
    inside[0] = False
    part[(inside & (on_row < 0.25))[labels] | ((inside & (on_row < 0.9))[labels] & ~spared)] = 255


def _lift(part: Pixels, radius: NDArray[np.float32], outer: float, spared: NDArray[np.bool_]) -> None:
    """Lift a seal that is paler than the print, by its gray, in place; one as dark as print stays.

    What is written in the seal shows how dark it is. Darker strokes are print, and so are the pixels round
    them; between them, on a line of print, the seal is only made paler.
    """
    ring = (radius <= 1.03 * outer + 1) & (part < 190) & ~spared
    if ring.sum() < 200:
        return
    level = 255.0 - float(np.median(part[ring]))
    if level > _PALE * 240:
        return
    disc = radius <= 1.06 * outer + 1
    core = (part < 255 - (_TOWARDS_SEAL * level + (1 - _TOWARDS_SEAL) * 240)).astype(np.uint8)
    kept = cv2.dilate(core, np.ones((_EDGE, _EDGE), np.uint8)) > 0
    part[disc & ~kept & ~spared] = 255
    soft = disc & ~kept & spared
    part[soft] = (255 - _PALER * (255.0 - part[soft])).astype(np.uint8)


def _runs_into(row: Box, seal: Ring, letter: float) -> bool:
    """True for a line of print that comes from outside up to the seal or into it."""
    x, y, w, h = row
    off = abs(y + h / 2 - seal.y)
    if off >= seal.radius:
        return False
    chord = float(np.sqrt(seal.radius**2 - off**2))
    left, right = seal.x - chord, seal.x + chord
    inside = max(0.0, min(x + w, right) - max(x, left))
    reaches = x + w > left - 1.5 * letter and x < right + 1.5 * letter
    return reaches and inside < 0.6 * w


def _rounded(
    dark: NDArray[np.bool_], radius: NDArray[np.float32], angle: NDArray[np.float32], outer: float
) -> NDArray[np.float32]:
    """``radius`` corrected so that the seal's outer ring, an oval a little off its middle, becomes a circle.

    The ring's outer edge is followed all round and an oval is fitted to it, twice without what lies apart.
    """
    near = dark & (np.abs(radius - outer) <= 0.09 * outer + 2)
    sector = np.rint(angle[near] / (2 * np.pi) * 360).astype(np.int64) % 360
    edge = np.zeros(360, np.float64)
    np.maximum.at(edge, sector, radius[near])
    turn = np.radians(np.arange(360))
    terms = np.stack([np.ones(360), np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)], axis=1)
    good = edge > 0
    for tolerance in (0.05 * outer, 0.025 * outer + 1):
        if good.sum() < 120:
            return radius
        fit = np.linalg.lstsq(terms[good], edge[good], rcond=None)[0]
        good &= np.abs(terms @ fit - edge) <= tolerance
    cosine, sine = np.cos(angle), np.sin(angle)
    oval = fit[0] + fit[1] * cosine + fit[2] * sine
    oval += fit[3] * (2 * cosine * cosine - 1) + fit[4] * (2 * sine * cosine)
    corrected: NDArray[np.float32] = (radius * (outer / oval)).astype(np.float32)
    return corrected


def _rings_of(
    dark: NDArray[np.bool_], radius: NDArray[np.float32], angle: NDArray[np.float32], outer: float
) -> NDArray[np.bool_]:
    """The dark pixels that are ring and nothing else."""
    r = np.rint(radius).astype(np.int64)
    sector = np.rint(angle / (2 * np.pi) * 360).astype(np.int64) % 360
    most = int(1.06 * outer) + 2
    polar = np.zeros((most + 8, 360), bool)
    inside = dark & (r < most + 8)
    polar[r[inside], sector[inside]] = True
    seen = polar.mean(axis=1)
    least = int(0.5 * outer)
    band = np.zeros(most + 8, bool)
    band[least:most] = seen[least:most] >= _RING_SEEN
    band[1:-1] |= band[:-2] | band[2:]
    gone = np.zeros_like(polar)
    edges = np.flatnonzero(np.diff(band.astype(np.int8)))
    for start, end in zip(edges[::2] + 1, edges[1::2] + 1, strict=False):
        # a stroke that crosses the ring shows on both sides of it
        within = polar[max(0, start - 3) : start].any(axis=0)
        beyond = polar[end : end + 3].any(axis=0)
        gone[start:end] = ~(within & beyond)
    ring: NDArray[np.bool_] = inside & gone[np.minimum(r, most + 7), sector]
    return ring
