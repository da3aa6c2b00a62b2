"""Which function makes which paper. A maker gets a writer, a layout number and whether to draw, and gives
the set paper and its fields."""

from __future__ import annotations

from collections.abc import Callable

from bench.making.sheet import Paper
from bench.making.wording import Writer

Fields = dict[str, str]
Maker = Callable[[Writer, int, bool], tuple[Paper, Fields]]
MAKERS: dict[str, tuple[Maker, int]] = {}
"""Type code to its maker and its number of layouts."""


def maker(code: str, layouts: int) -> Callable[[Maker], Maker]:
    """Enter the decorated function for ``code``."""

    def enter(function: Maker) -> Maker:
        MAKERS[code] = (function, layouts)
        return function

    return enter


def new_paper(
    w: Writer, draw: bool, *, sizes: tuple[float, float] = (13.0, 14.0), serif: float = 0.7, **options: object
) -> Paper:
    """A4 in a face by chance: Liberation Serif mostly, else Liberation Sans or DejaVu Serif (set smaller)."""
    draw_face = w.rng.random()
    face = "serif" if draw_face < serif else "sans" if draw_face < serif + (1 - serif) * 0.6 else "dejavu"
    size = w.one([sizes[0], (sizes[0] + sizes[1]) / 2, sizes[1]])
    size = round(size * {"serif": 1.0, "sans": 0.88, "dejavu": 0.82}[face] * 2) / 2
    settings: dict[str, object] = {
        "face": face,
        "size": size,
        "leading": w.one([1.2, 1.25, 1.32, 1.4]),
        "old_tone": w.chance(0.25),
        "margins_mm": (w.number(28, 33), w.number(15, 20), w.number(16, 22), 18),
    }
    return Paper(draw=draw, **(settings | options))  # type: ignore[arg-type]
