"""From the engine's blocks to visual rows: what is printed side by side reads left to right.

Office papers are read row by row: the two-column head of a letter, the two columns at its foot, the cells of
a table. Rows are found from baselines, for those are what the eye follows; the tilt that the lines themselves
show is taken out first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocr.recognising.engine import RawLine, RawWord

_BELOW = frozenset("gjpqyạặậẹệịọộợụựỵ,;()[]/Q|{}_")
"""Letters and signs that reach below the baseline."""
_CELL_GAP = 2.0
"""A gap this many letter heights wide parts two cells."""
_SAME_ROW = 0.45
"""Baselines nearer than this share of the letter height are one row."""
_SAME_TOP, _ABREAST = 0.2, 0.6
"""So are pieces whose tops lie nearer than the first share of it and that share the second of their height: a
rule or a speck under a piece pulls its baseline down."""
_TALL = 1.35
"""A word this many times as tall as its piece's has something under it that is not its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on one row. ``height`` is the typical word height, ``baseline`` its level at
    the page's left edge once the tilt is taken out."""

    words: tuple[RawWord, ...]
    baseline: float
    height: float


def pieces_in_rows(lines: Sequence[RawLine]) -> list[list[Piece]]:
    """Group the words of ``lines`` into rows, top to bottom, each row's pieces left to right."""
    tilt = tilt_of(lines)
    pieces = [_piece_of(part, tilt) for line in lines if line.words for part in _parts_of(line.words)]
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.baseline):
        row = next((r for r in reversed(rows[-3:]) if _fits(piece, r)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_joined(sorted(row, key=lambda p: p.words[0].box[0])) for row in rows]


def baseline_of(words: Sequence[RawWord], tilt: float) -> float:
    """The level that the words stand on, at the page's left edge; pixels from the top."""
    most = _TALL * median(w.box[3] for w in words)
    levels = [
        w.box[1] + w.box[3] - tilt * (w.box[0] + w.box[2] / 2)
        for w in words
        if not _BELOW.intersection(w.text.lower()) and w.box[3] <= most
    ]
    if levels:
        return median(levels)
    return median(w.box[1] + 0.8 * w.box[3] - tilt * (w.box[0] + w.box[2] / 2) for w in words)


def tilt_of(lines: Sequence[RawLine]) -> float:
    """The tilt that the page still has, pixels down per pixel right: the median slope of the longer lines."""
    slopes = []
    for line in lines:
        standing = [w for w in line.words if not _BELOW.intersection(w.text.lower())]
        if len(standing) < 4:
            continue
        first, last = standing[:2], standing[-2:]
        run = _middle(last) - _middle(first)
        if run > 10 * first[0].box[3]:
            slopes.append((_bottom(last) - _bottom(first)) / run)
    return median(slopes) if len(slopes) >= 3 else 0.0


def _middle(words: Sequence[RawWord]) -> float:
    return sum(w.box[0] + w.box[2] / 2 for w in words) / len(words)


def _bottom(words: Sequence[RawWord]) -> float:
    return sum(w.box[1] + w.box[3] for w in words) / len(words)


def _parts_of(words: Sequence[RawWord]) -> list[list[RawWord]]:
    """Cut a line where a wide gap parts two cells."""
    ordered = sorted(words, key=lambda w: w.box[0])
    height = median(w.box[3] for w in ordered)
    parts = [[ordered[0]]]
    for before, word in pairwise(ordered):
        if word.box[0] - (before.box[0] + before.box[2]) > _CELL_GAP * height:
            parts.append([])
        parts[-1].append(word)
    return parts


def _piece_of(words: Sequence[RawWord], tilt: float) -> Piece:
    return Piece(tuple(words), baseline_of(words, tilt), median(w.box[3] for w in words))


def _fits(piece: Piece, row: Sequence[Piece]) -> bool:
    level = sum(p.baseline * len(p.words) for p in row) / sum(len(p.words) for p in row)
    height = min(piece.height, *(p.height for p in row)) if len(row) > 1 else min(piece.height, row[0].height)
    if abs(piece.baseline - level) > _SAME_ROW * height and not any(_abreast(piece, p, height) for p in row):
        return False
    left, right = piece.words[0].box[0], piece.words[-1].box[0] + piece.words[-1].box[2]
    return all(
        min(right, p.words[-1].box[0] + p.words[-1].box[2]) - max(left, p.words[0].box[0]) < 0.5 * height
        for p in row
    )


def _abreast(a: Piece, b: Piece, height: float) -> bool:
    tops, bottoms = (_top(a), _top(b)), (a.baseline, b.baseline)
    return abs(tops[0] - tops[1]) <= _SAME_TOP * height and min(bottoms) - max(tops) >= _ABREAST * (
        max(bottoms) - min(tops)
    )


def _top(piece: Piece) -> float:
    """Where the piece begins, on the scale of its baseline."""
    return piece.baseline - max(w.box[3] for w in piece.words if w.box[3] <= _TALL * piece.height)


def _joined(row: Sequence[Piece]) -> list[Piece]:
    """Join neighbours that the engine parted but no wide gap does."""
    joined = [row[0]]
    for piece in row[1:]:
        last = joined[-1]
        gap = piece.words[0].box[0] - (last.words[-1].box[0] + last.words[-1].box[2])
        if gap > _CELL_GAP * max(last.height, piece.height):
            joined.append(piece)
        else:
            joined[-1] = Piece(last.words + piece.words, last.baseline, max(last.height, piece.height))
    return joined
