"""Words and letters from what Tesseract says of them, whichever way it was asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ocr.recognising.engine import RawLetter, RawWord
from records import Box

_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "⁄": "/", "‐": "-", "‑": "-"})
"""Letters that look as the Vietnamese ones do and are never meant in their place (eth, fraction slash)."""


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """NFC without white space, look-alikes replaced."""
    return unicodedata.normalize("NFC", "".join(text.split())).translate(_LOOKALIKES)


def letter_of(text: str, box: Box, choices: Iterable[tuple[str, float]]) -> RawLetter | None:
    """The letter, None if there is nothing to see. ``choices``: what else it could be, 0 to 100."""
    text = cleaned(text)
    if not text:
        return None
    others: dict[str, float] = {}
    for choice, weight in choices:
        other = cleaned(choice)
        if other and other != text:
            others[other] = max(others.get(other, 0.0), min(weight / 100, 1.0))
    return RawLetter(text, box, tuple(others.items()))


def word_of(text: str, box: Box, confidence: float, letters: tuple[RawLetter, ...]) -> RawWord | None:
    """The word, None if there is nothing to see. ``text`` counts only where there are no letters;
    ``confidence``: 0 to 100, its fraction is dropped."""
    text = "".join(x.text for x in letters) or cleaned(text)
    if not text:
        return None
    return RawWord(text, box, min(max(int(confidence) / 100, 0.0), 1.0), letters)
