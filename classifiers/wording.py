"""Comparing printed wording that may have been misread: folding, similarity, capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


_CONFUSED = str.maketrans({"l": "I", "|": "I", "1": "I", "!": "I", "L": "I", "0": "O", "5": "S", "8": "B"})


def alike_shapes(text: str) -> str:
    """Letters that print alike made one (``GlẤY`` and ``GIẤY``); both sides of a comparison must go through."""
    return text.translate(_CONFUSED)


@lru_cache(maxsize=65536)
def _bare(letter: str) -> str:
    if letter in "đĐðÐ":
        return "D"
    base = unicodedata.normalize("NFD", letter)
    return "".join(c for c in base if not unicodedata.combining(c)).upper()


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Capitals without diacritics, single spaces: ``Giấy mời`` becomes ``GIAY MOI``."""
    return _SPACES.sub(" ", "".join(map(_bare, text))).strip()


@lru_cache(maxsize=16384)
def solid(text: str) -> str:
    """Only letters and digits, capitals, diacritics kept, one tone style: lost spaces do not count.

    Tone marks on ``oa``, ``oe``, ``uy`` are written two ways (``HÒA``, ``HOÀ``); both become one.
    """
    return _NOT_WORD.sub("", one_tone_style(text.upper())).replace("_", "")


@lru_cache(maxsize=16384)
def solid_folded(text: str) -> str:
    """Only letters and digits, capitals, without diacritics."""
    return _NOT_WORD.sub("", fold(text)).replace("_", "")


_PAIRS = {
    old + second: first + new
    for first, second, olds, news in (
        ("O", "A", "ÒÓỎÕỌ", "ÀÁẢÃẠ"),
        ("O", "E", "ÒÓỎÕỌ", "ÈÉẺẼẸ"),
        ("U", "Y", "ÙÚỦŨỤ", "ỲÝỶỸỴ"),
    )
    for old, new in zip(olds, news, strict=True)
}
_PAIR = re.compile("|".join(_PAIRS))


def one_tone_style(capitals: str) -> str:
    """``HÒA`` and ``HOÀ`` both as ``HOÀ``; works on capitals."""
    return _PAIR.sub(lambda m: _PAIRS[m.group()], capitals)


def likeness(text: str, pattern: str) -> float:
    """How alike two texts are, 0 to 1, spaces and punctuation apart: the mean of the likeness with and without
    diacritics, so that a lost tone mark costs less than a lost letter."""
    exact = fuzz.ratio(solid(text), solid(pattern))
    folded = fuzz.ratio(solid_folded(text), solid_folded(pattern))
    return float(exact + folded) / 200.0


def starts_like(text: str, pattern: str, least: float = 0.8) -> bool:
    """Whether the text begins with something like the pattern (diacritics and spaces apart)."""
    want = solid_folded(pattern)
    have = solid_folded(text)[: len(want) + 1]
    return bool(have and max(fuzz.ratio(have[: len(want)], want), fuzz.ratio(have, want)) >= least * 100.0)


def holds_like(text: str, pattern: str, least: float = 0.85) -> bool:
    """Whether something like the pattern stands anywhere in the text."""
    want, have = solid_folded(pattern), solid_folded(text)
    if len(have) < len(want):
        return bool(fuzz.ratio(have, want) >= least * 100.0)
    return bool(fuzz.partial_ratio(want, have) >= least * 100.0)


def capitals_share(text: str) -> float:
    """Share of capitals among the letters; 0 where there are none."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0
