"""Reading doubtful lines a second time: another model, another scale, all of a page's lines in one run."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ocr.recognising.engine import Layout, RawLine, RawWord, Recogniser
from ocr.recognising.marks import mended
from ocr.recognising.rows import Piece
from records import Box, Pixels

MODEL = "Vietnamese"
"""Tesseract's model of the script; it errs elsewhere than ``vie`` does."""
SCALE = 1.25
_MARGIN = 0.9
"""White around a line, in line heights: the engine wants to see where a line ends."""
_WHITE = 255
_LEAST_COVER = 0.6
"""A second reading with fewer letters than this share of the first saw only part of the word."""


def read_again(
    ink: Pixels, pieces: Sequence[Piece], recogniser: Recogniser, *, dpi: int, seconds: float
) -> list[dict[int, RawWord]]:
    """Read ``pieces`` again in one run; for each, the second readings by the index of its words.

    A word gets a second reading only where exactly one word of the new reading lies over it, or where several
    do and it lies over no other word than theirs (they are then put together).
    """
    sheet, places = _sheet(ink, pieces)
    lines = recogniser.read(sheet, dpi=round(dpi * SCALE), seconds=seconds, layout=Layout.BLOCK, model=MODEL)
    words = [(k, x) for line in lines for k, w in _back(line, places) for x in mended(w, 0)]
    return [_matched(piece.words, [w for k, w in words if k == i]) for i, piece in enumerate(pieces)]


def _sheet(ink: Pixels, pieces: Sequence[Piece]) -> tuple[Pixels, list[tuple[int, int, Box]]]:
    """The lines one below the other, and where each came to lie: top and bottom on the sheet, box in ``ink``."""
    cuts: list[tuple[Pixels, Box]] = []
    for piece in pieces:
        left = min(w.box[0] for w in piece.words)
        right = max(w.box[0] + w.box[2] for w in piece.words)
        top = min(w.box[1] for w in piece.words)
        bottom = max(w.box[1] + w.box[3] for w in piece.words)
        pad = round(0.25 * piece.height) + 2
        box = (max(left - pad, 0), max(top - pad, 0), right + pad, bottom + pad)
        part = ink[box[1] : box[3], box[0] : box[2]]
        part = cv2.resize(part, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
        cuts.append((np.asarray(part, dtype=np.uint8), box))
    margin = round(_MARGIN * SCALE * max(p.height for p in pieces))
    width = max(c.shape[1] for c, _ in cuts) + 2 * margin
    sheet = np.full((sum(c.shape[0] + margin for c, _ in cuts) + margin, width), _WHITE, dtype=np.uint8)
    places, top = [], margin
    for cut, box in cuts:
        sheet[top : top + cut.shape[0], margin : margin + cut.shape[1]] = cut
        places.append((top - margin // 2, margin, box))
        top += cut.shape[0] + margin
    return sheet, places


def _back(line: RawLine, places: Sequence[tuple[int, int, Box]]) -> list[tuple[int, RawWord]]:
    """The words of a line on the sheet with the index of their piece, their boxes in pixels of the ink."""
    middle = float(np.median([w.box[1] + w.box[3] / 2 for w in line.words]))
    index = max((i for i, (top, _, _) in enumerate(places) if top <= middle), default=0)
    top, margin, box = places[index]
    top += margin // 2
    return [
        (
            index,
            RawWord(
                w.text,
                (
                    round((w.box[0] - margin) / SCALE) + box[0],
                    round((w.box[1] - top) / SCALE) + box[1],
                    round(w.box[2] / SCALE),
                    round(w.box[3] / SCALE),
                ),
                w.confidence,
                w.letters,
            ),
        )
        for w in line.words
    ]


def _matched(first: Sequence[RawWord], second: Sequence[RawWord]) -> dict[int, RawWord]:
    """Pair the words of two readings of one line by where they lie."""
    over = [[j for j, b in enumerate(second) if _overlap(a, b) > 0.5] for a in first]
    under = [[i for i, a in enumerate(first) if _overlap(a, b) > 0.5] for b in second]
    pairs = {}
    for i, found in enumerate(over):
        if not found or any(under[j] != [i] for j in found) or not any(c.isalnum() for c in first[i].text):
            continue
        word = second[found[0]] if len(found) == 1 else _together([second[j] for j in found])
        if _LEAST_COVER * len(first[i].text) - 1 <= len(word.text) <= 1.5 * len(first[i].text) + 2:
            pairs[i] = word
    return pairs


def _overlap(a: RawWord, b: RawWord) -> float:
    """Shared width over the narrower one's; 0 where they stand on different lines."""
    if min(a.box[1] + a.box[3], b.box[1] + b.box[3]) - max(a.box[1], b.box[1]) < 0.3 * min(
        a.box[3], b.box[3]
    ):
        return 0.0
    shared = min(a.box[0] + a.box[2], b.box[0] + b.box[2]) - max(a.box[0], b.box[0])
    return shared / max(min(a.box[2], b.box[2]), 1)


def _together(words: Sequence[RawWord]) -> RawWord:
    ordered = sorted(words, key=lambda w: w.box[0])
    left, top = ordered[0].box[0], min(w.box[1] for w in ordered)
    right = ordered[-1].box[0] + ordered[-1].box[2]
    bottom = max(w.box[1] + w.box[3] for w in ordered)
    return RawWord(
        "".join(w.text for w in ordered),
        (left, top, right - left, bottom - top),
        min(w.confidence for w in ordered) * 0.8,
        tuple(x for w in ordered for x in w.letters),
    )
