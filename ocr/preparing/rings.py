"""Round seals, by their ring: a circle of the size of a seal of which most can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from records import Box, Pixels

_LEAST_RADIUS, _MOST_RADIUS = 0.37, 0.86
"""Radius of a seal, in inches. The State's round seal is 36 mm across (0.71 in radius); those of bodies
without the coat of arms and the small ones for seams are 20 to 42 mm."""
BLACK_SEEN, COLOUR_SEEN = 0.85, 0.6
"""Share of the circle that must be drawn. On real pages black seals show 0.93 and more, while rules, grids
and signatures make up circles of 0.79; among red ink alone a seal pressed on one side will do."""
_TRIED, _SETTLED = 40, 4
"""How many rough circles are looked at, and how many of them are fitted."""
_TURNS = np.radians(np.arange(0, 360, 1.5))


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer ring of a seal: its middle and radius in pixels of the mask it was found on, and the share
    of it that can be seen."""

    x: float
    y: float
    radius: float
    seen: float

    @property
    def box(self) -> Box:
        """The square around it."""
        side = round(2 * self.radius)
        return (round(self.x - self.radius), round(self.y - self.radius), side, side)


def find_rings(mask: Pixels, dpi: float, seen: float) -> tuple[Ring, ...]:
    """Find round seals.

    Args:
        mask: 255 where there is ink that may belong to a seal; letters are best left out.
        dpi: pixels an inch of ``mask``.
        seen: the share of the circle that must be drawn.
    """
    if cv2.countNonZero(mask) < 2.0 * dpi:
        return ()
    least, most = _LEAST_RADIUS * dpi, _MOST_RADIUS * dpi
    soft = cv2.GaussianBlur(mask, (5, 5), 0)
    circles = cv2.HoughCircles(
        soft,
        cv2.HOUGH_GRADIENT,
        dp=2,
        minDist=5,
        param1=120,
        param2=max(18, 0.30 * dpi),
        minRadius=int(least),
        maxRadius=int(most),
    )
    if circles is None:
        return ()
    wide = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    wider = cv2.dilate(wide, np.ones((3, 3), np.uint8))
    sizes = np.arange(least, most)
    rough = [_best_size(wider, float(x), float(y), sizes) for x, y, _ in circles.reshape(-1, 3)[:_TRIED]]
    likely = sorted((r for r in rough if r.seen >= seen), key=lambda r: -r.seen * r.radius)[:_SETTLED]
    rings: list[Ring] = []
    for ring in likely:
        apart = all(np.hypot(ring.x - r.x, ring.y - r.y) > 0.8 * (ring.radius + r.radius) for r in rings)
        settled = _settle(wide, ring, (least, most), seen) if apart else None
        if settled is not None:
            rings.append(settled)
    return tuple(rings)


def _settle(mask: Pixels, rough: Ring, sizes: tuple[float, float], seen: float) -> Ring | None:
    """Move a rough circle onto its ring, the outermost one where there are several; None if there is none."""
    ring = _best_near(mask, rough, max(2, round(0.03 * rough.radius)))
    if ring.seen < seen:
        return None
    for _ in range(2):
        further = np.arange(ring.radius, min(sizes[1], 2.0 * ring.radius), 1.0)
        drawn = [r for r in further if _measured(mask, ring.x, ring.y, float(r)).seen >= 0.5]
        if not drawn:
            break
        outer = _best_near(mask, Ring(ring.x, ring.y, float(max(drawn)), 0.0), 2)
        ring = outer if outer.seen >= 0.8 * seen else ring
    beyond = _measured(mask, ring.x, ring.y, ring.radius + max(4.0, 0.08 * ring.radius))
    return ring if beyond.seen < 0.6 * ring.seen and ring.radius >= sizes[0] else None


def _best_size(mask: Pixels, x: float, y: float, sizes: NDArray[np.float64]) -> Ring:
    """The circle about a point of which most can be seen, larger ones counting for more."""
    tried = (_measured(mask, x, y, float(size)) for size in sizes)
    return max(tried, key=lambda ring: ring.seen * ring.radius)


def _best_near(mask: Pixels, rough: Ring, reach: int) -> Ring:
    """The circle of which most can be seen among those within ``reach`` of ``rough``."""
    steps = product(range(-reach, reach + 1), repeat=3)
    tried = (_measured(mask, rough.x + dx, rough.y + dy, rough.radius + dr) for dx, dy, dr in steps)
    return max(tried, key=lambda ring: ring.seen)


def _measured(mask: Pixels, x: float, y: float, radius: float) -> Ring:
    """A circle with the share of it that lies on the mask; what lies off the page counts as not seen."""
    xs = np.rint(x + radius * np.cos(_TURNS)).astype(np.int64)
    ys = np.rint(y + radius * np.sin(_TURNS)).astype(np.int64)
    inside: NDArray[np.bool_] = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    drawn = np.count_nonzero(mask[ys[inside], xs[inside]])
    return Ring(x, y, radius, float(drawn) / len(_TURNS))
