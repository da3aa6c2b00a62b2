"""Which paper's heading a page bears, even half misread.

Every title of the page is held against every heading of the catalogue with :mod:`rapidfuzz`, with and without
diacritics, spaces apart. A heading counts when a title *begins* with it: a type that is only quoted further on
("về việc cấp giấy khai sinh") is no heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from classifiers.catalogue import Paper
from classifiers.deciding.titles import Title
from classifiers.wording import alike_shapes, solid, solid_folded

_NOISE = 2
"""A title may begin with so many stray tokens (specks, a seal's edge) before its heading."""
_COST = 4.0
"""A letter that does not fit weighs so many that do, so that a long heading half alike does not beat a short one
that is wholly there."""
_WORDS = 24
"""No heading has more words than this."""
_TITLES = 60
"""So many titles of a page are looked at, from the top: bounds the work on a page all in capitals."""


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """A heading found: of which paper, how alike (0 to 1), how much of the title it covers (0 to 1), how much
    the line looks like a title, how many lines from the top it starts; ``worth`` is the number of letters that
    speak for it less those that do not; ``centre`` and ``y`` place it on the page."""

    code: str
    heading: str
    alike: float
    covers: float
    layout: float
    start: int
    worth: float
    lines: int
    capitals: float
    centre: int
    y: int


class Headings:
    """The headings of a catalogue, made ready for comparing."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        pairs = [(heading, code) for code, paper in papers.items() for heading in paper.headings]
        self._headings = [heading for heading, _ in pairs]
        self._codes = [code for _, code in pairs]
        self._exact = [solid(alike_shapes(h)) for h in self._headings]
        self._folded = [solid_folded(alike_shapes(h)) for h in self._headings]
        self._lengths = np.array([len(h) for h in self._exact] or [1], dtype=np.float64)

    def find(self, titles: Sequence[Title]) -> tuple[HeadingMatch, ...]:
        """The best heading of each paper on each starting line, from the top, the likeliest first on a line."""
        if not titles or not self._headings:
            return ()
        starts: list[tuple[int, str, str]] = []
        for number, title in enumerate(titles[:_TITLES]):
            shaped = alike_shapes(title.text)
            starts += [(number, solid(text), solid_folded(text)) for text in _beginnings(shaped)]
        starts = [s for s in starts if len(s[1]) >= 4 and s[2]]
        if not starts:
            return ()
        exact = self._compare([s[1] for s in starts], self._exact)
        folded = self._compare([s[2] for s in starts], self._folded)
        alike = (exact + folded) / 200.0
        ceiling = np.where(self._lengths >= 14, 0.72, np.where(self._lengths >= 9, 0.78, 0.84))
        worth = self._lengths * (alike - _COST * (1.0 - alike))
        best: dict[tuple[int, str], HeadingMatch] = {}
        for row, column in zip(*np.nonzero(alike >= ceiling[None, :]), strict=True):
            number, text, _ = starts[row]
            title = titles[number]
            match = HeadingMatch(
                code=self._codes[column],
                heading=self._headings[column],
                alike=float(alike[row, column]),
                covers=min(1.0, len(text) / max(1, len(solid(title.text)))),
                layout=title.layout,
                start=title.start,
                worth=float(worth[row, column]),
                lines=title.lines,
                capitals=title.capitals,
                centre=title.box[0] + title.box[2] // 2,
                y=title.box[1],
            )
            if match.capitals < 0.6 and match.covers < 0.85:
                continue
            if not _begins_alike(starts[row][2], self._folded[column]):
                continue
            key = (match.start, match.code)
            if key not in best or (match.worth, match.covers) > (best[key].worth, best[key].covers):
                best[key] = match
        return tuple(sorted(best.values(), key=lambda m: (m.start, -m.worth)))

    def _compare(self, texts: Sequence[str], headings: Sequence[str]) -> NDArray[np.float64]:
        result = process.cdist(texts, headings, scorer=fuzz.ratio, dtype=np.float32)
        return np.asarray(result, dtype=np.float64)


def _begins_alike(text: str, heading: str) -> bool:
    """Whether a text begins as the heading does, up to three letters lost at the front. Likeness as a whole would
    forgive a few words before a long heading (``TỜ KHAI`` before ``XÁC NHẬN TÌNH TRẠNG HÔN NHÂN``)."""
    size = min(7, len(heading))
    first = text[:size]
    return any(fuzz.ratio(first, heading[lost : lost + size]) >= 55.0 for lost in range(4))


def _beginnings(text: str) -> list[str]:
    """Every beginning of a title that ends between words, and the same after leaving out stray tokens."""
    words = text.split()[:_WORDS]
    first = [0]
    for skip in range(1, min(_NOISE, len(words) - 1) + 1):
        if sum(c.isalpha() for c in words[skip - 1]) > 2:
            break
        first.append(skip)
    return [" ".join(words[s:end]) for s in first for end in range(s + 1, len(words) + 1)]
