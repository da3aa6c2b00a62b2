"""Errors of a reading against a transcription, line by line, whatever the order of the lines.

Each printed line (each cell of it) is sought in the text of the page where it fits best; what is left over
once every line and every stamp has found its place is counted as invented.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_TAKEN = "\0"
_STAMP_TOLERANCE = 0.4


@dataclass(frozen=True, slots=True)
class Score:
    """``letters`` in the truth, ``wrong`` edits within matched lines, ``invented`` letters left over.
    ``worst`` lists ``(edits, truth, read)`` of the lines that are not perfect."""

    letters: int
    wrong: int
    invented: int
    worst: tuple[tuple[int, str, str], ...] = ()

    @property
    def rate(self) -> float:
        """Character error rate, 0 to 1 and beyond."""
        return (self.wrong + self.invented) / max(self.letters, 1)


def score(lines: Sequence[str], stamps: Sequence[str], text: str) -> Score:
    """Score ``text`` (rows parted by newlines) against ``lines`` (cells parted by tabs). What was printed by
    rubber stamps (``stamps``) may be read or not."""
    page = " ".join(unicodedata.normalize("NFC", text).split())
    cells = [unicodedata.normalize("NFC", c) for line in lines for c in line.split("\t")]
    wrong, worst = 0, []
    for cell in sorted(cells, key=len, reverse=True):
        edits, start, end = _best_place(cell, page)
        if edits >= len(cell):
            edits, start, end = len(cell), 0, 0
        wrong += edits
        if edits:
            worst.append((edits, cell, page[start:end]))
        page = page[:start] + _TAKEN * (end > start) + page[end:]
    for stamp in sorted(stamps, key=len, reverse=True):
        edits, start, end = _best_place(stamp, page)
        if edits <= _STAMP_TOLERANCE * len(stamp):
            page = page[:start] + _TAKEN + page[end:]
    left = page.replace(_TAKEN, " ").split()
    worst += [(len(w), "", w) for w in left]
    return Score(sum(map(len, cells)), wrong, sum(map(len, left)), tuple(sorted(worst, reverse=True)))


def _best_place(needle: str, page: str) -> tuple[int, int, int]:
    """The place of ``page`` with the fewest edits to ``needle``: edits, start, end."""
    size = len(page)
    ramp = np.arange(size + 1, dtype=np.int64)
    big = np.int64(size + 2)
    letters = np.array([ord(c) for c in page], dtype=np.int64)
    best = size - ramp  # cost 0, later starts first
    for char in needle:
        swap = best[:-1] + big * (letters != ord(char))
        swap = swap + big * 4 * (letters == 0)
        drop = best + big
        fresh = drop.copy()
        fresh[1:] = np.minimum(drop[1:], swap)
        best = np.minimum.accumulate(fresh - ramp * big) + ramp * big
    end = int(np.argmin(best // big))
    return int(best[end] // big), size - int(best[end] % big), end
