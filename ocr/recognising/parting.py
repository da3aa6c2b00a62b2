"""Words that the engine ran together (``QUẢNGNINH``, ``KT.TRƯỞNG``) parted where the picture shows a gap and the
language knows what is on either side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from ocr.recognising.engine import RawLetter, RawWord
from ocr.recognising.marks import word_of
from ocr.vietnamese.model import LanguageModel
from ocr.vietnamese.syllables import is_syllable
from records import Pixels

_DARK = 140
_LEAST_GAP = 0.16
"""Of the word's height: no gap between letters is that wide in print of usual spacing."""
_OF_SPACE = 0.6
"""Of the line's usual space."""
_OF_LETTERS = 1.8
"""Of the usual gap between the word's letters."""
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,3}\.")
_NUMBER = re.compile(r"\d{1,4}[.,;:]?")


def parted(words: Sequence[RawWord], ink: Pixels, model: LanguageModel) -> list[RawWord]:
    """The words of a line, those that were run together taken apart."""
    spaces = [b.box[0] - a.box[0] - a.box[2] for a, b in pairwise(words)]
    space = median(spaces) if len(spaces) > 1 else 0.0
    return [part for word in words for part in _parts_of(word, space, ink, model)]


def _parts_of(word: RawWord, space: float, ink: Pixels, model: LanguageModel) -> list[RawWord]:
    letters = word.letters
    whole = word.text.isalpha() and model.known(word.text)
    if len(letters) < 3 or whole or not any(c.isalpha() for c in word.text):
        return [word]
    gaps = [_gap(a, b, word, ink) for a, b in pairwise(letters)]
    least = max(_LEAST_GAP * word.box[3], _OF_SPACE * space, _OF_LETTERS * median(gaps))
    cuts = [i for i, gap in enumerate(gaps, 1) if gap >= least]
    parts = [letters[a:b] for a, b in pairwise([0, *cuts, len(letters)])]
    if len(parts) < 2 or not all(_stands_alone("".join(x.text for x in p), model) for p in parts):
        return [word]
    return [word_of(p, word.confidence) for p in parts]


def _gap(left: RawLetter, right: RawLetter, word: RawWord, ink: Pixels) -> int:
    """Columns without ink between the middles of two letters."""
    first, last = left.box[0] + left.box[2] // 2, right.box[0] + right.box[2] // 2
    rows = ink[max(word.box[1], 0) : word.box[1] + word.box[3], max(first, 0) : last + 1]
    if not rows.size:
        return 0
    dark = np.flatnonzero(np.concatenate([[True], (rows < _DARK).any(axis=0), [True]]))
    return int(np.diff(dark).max()) - 1


def _stands_alone(text: str, model: LanguageModel) -> bool:
    bare = text.strip(".,;:()")
    if _ABBREVIATION.fullmatch(text) or _NUMBER.fullmatch(text):
        return True
    return is_syllable(bare) and model.known(bare)
