"""Comparing printed words in spite of misread diacritics, capitals and punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Indel


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """Lower case without diacritics, character for character: the answer is as long as ``text``."""
    return "".join(_fold_char(c) for c in text)


def bare(text: str) -> str:
    """Letters and digits of the folded text, nothing else."""
    return "".join(c for c in fold(text) if c.isalnum())


def likeness(one: str, other: str) -> float:
    """How alike two folded strings are: 1 equal, 0 nothing in common (normalised edit likeness)."""
    if one == other:
        return 1.0
    return float(Indel.normalized_similarity(one, other))


def asked_likeness(length: int) -> float:
    """The likeness at which a folded label of ``length`` letters counts as found: short labels must match
    exactly, long ones may hold about one misread letter in six."""
    if length <= 5:
        return 1.0
    if length <= 7:
        return 0.84
    return 0.84 if length <= 12 else 0.82
