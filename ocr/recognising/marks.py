"""Small marks of print mended by what they measure: dashes, dirt at a word's ends, signs read in pieces.

Text passes through here word by word before anything is chosen; a word that keeps no letter is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from ocr.recognising.engine import RawLetter, RawWord
from records import Pixels

_DASHES = frozenset("-–—―_~=¬‐‑−")
_LOW_LETTERS = frozenset("acemnorsuvxzăâơưô")
_EDGE_DIRT = "|_~^`´ˆ¦\\{}<>«»‹›„¬°¸˛"
_EN_DASH = 0.86
"""A dash this many x-heights wide is a long one: a hyphen of Times is 0.6 wide, an en dash 1.1."""
_EM_DASH = 1.75
_SURE_DASH = 0.6
_DARK = 150


def low_height(words: Iterable[RawWord]) -> float:
    """The usual height of letters without stem, in pixels; 0 when there are none."""
    heights = [x.box[3] for w in words for x in w.letters if x.text in _LOW_LETTERS]
    return float(median(heights)) if heights else 0.0


def mended(word: RawWord, low: float) -> list[RawWord]:
    """The word with its small marks mended, or nothing if it is no print. ``low`` is :func:`low_height` of the
    page."""
    letters = list(word.letters)
    if not letters:
        return [word]
    if low and all(x.text in _DASHES for x in letters):
        return _dash(word, low)
    kept = _signs_joined(_bare(letters))
    if len(kept) == len(letters):
        return [word]
    return [word_of(kept, word.confidence)] if kept else []


def tightened(word: RawWord, ink: Pixels) -> RawWord:
    """A word of dashes with the box of the longest stroke within its own: the engine often gives such a word
    the height of its line, and the ends of its neighbours."""
    x, y, w, h = word.box
    if not all(c in _DASHES for c in word.text) or h < 0.5 * w:
        return word
    part = ink[max(y, 0) : y + h, max(x, 0) : x + w]
    if not part.size:
        return word
    count, _, boxes, _ = cv2.connectedComponentsWithStats(np.asarray(part < _DARK, dtype=np.uint8))
    strokes = [b for b in boxes[1:count] if b[2] > 1.5 * b[3]]
    if not strokes:
        return word
    left, top, wide, high, _ = (int(v) for v in max(strokes, key=lambda b: b[2]))
    box = (max(x, 0) + left, max(y, 0) + top, wide, high)
    return RawWord(word.text, box, word.confidence, tuple(RawLetter(c, box) for c in word.text))


def joined(words: Sequence[RawWord]) -> list[RawWord]:
    """Join words that a hyphen or stroke holds together where the gap is no space."""
    gaps = [b.box[0] - a.box[0] - a.box[2] for a, b in pairwise(words)]
    if len(gaps) < 3:
        return list(words)
    space = median(gaps)
    out = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        before = out[-1]
        tied = (before.text[-1] in "-/@" and len(before.text) > 1) or (
            word.text[0] in "/@" and len(word.text) > 1
        )
        if tied and gap < 0.5 * space and before.letters and word.letters:
            out[-1] = word_of(before.letters + word.letters, min(before.confidence, word.confidence))
        else:
            out.append(word)
    return out


def _dash(word: RawWord, low: float) -> list[RawWord]:
    """A dash by its measure; what is too long, too thick or too short for one is a rule or dirt."""
    long, thick = word.box[2] / low, word.box[3] / low
    if long < 0.3 or long > 3.0 or thick > 0.7:
        sure = word.text in ("-", "–") and word.confidence > _SURE_DASH and long < 3.0
        return [replace(word, text="-", letters=(RawLetter("-", word.box),))] if sure else []
    text = "-" if long < _EN_DASH else "–" if long < _EM_DASH else "—"
    letter = RawLetter(text, word.box)
    return [replace(word, text=text, letters=(letter,), confidence=max(word.confidence, 0.8))]


def _bare(letters: list[RawLetter]) -> list[RawLetter]:
    """Without dirt at either end."""
    while letters and letters[0].text in _EDGE_DIRT:
        letters = letters[1:]
    while letters and letters[-1].text in _EDGE_DIRT:
        letters = letters[:-1]
    return letters


def _signs_joined(letters: list[RawLetter]) -> list[RawLetter]:
    """``(@)`` is how the engine reads ``@``."""
    out: list[RawLetter] = []
    for i, letter in enumerate(letters):
        if letter.text == "(" and i + 1 < len(letters) and letters[i + 1].text == "@" and out:
            continue
        if letter.text == ")" and out and out[-1].text == "@":
            continue
        out.append(letter)
    return out


def word_of(letters: Sequence[RawLetter], confidence: float) -> RawWord:
    """The word that ``letters`` (at least one) make up."""
    left, top = min(x.box[0] for x in letters), min(x.box[1] for x in letters)
    right = max(x.box[0] + x.box[2] for x in letters)
    bottom = max(x.box[1] + x.box[3] for x in letters)
    text = "".join(x.text for x in letters)
    return RawWord(text, (left, top, right - left, bottom - top), confidence, tuple(letters))
