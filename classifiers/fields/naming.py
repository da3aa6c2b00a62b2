"""Doubting a name whose syllable is no name while another reading of the same letters is one."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from classifiers.fields.folding import bare
from ocr.vietnamese.syllables import canonical

_NAMES = Path(__file__).with_name("names.toml")


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = tomllib.loads(unicodedata.normalize("NFC", _NAMES.read_text(encoding="utf-8")))
    surnames = frozenset(canonical(w) for w in data["surnames"].split())
    given = surnames | frozenset(canonical(w) for w in data["given"].split())
    return surnames, given, frozenset(map(bare, surnames)), frozenset(map(bare, given))


def strange_syllables(words: Sequence[str]) -> int:
    """How many words of a name are no syllable of names although their letters under other marks are one.
    The first is held against surnames, the others against all names."""
    surnames, given, surname_letters, given_letters = _known()
    count = 0
    for at, word in enumerate(words):
        plain = canonical(word.strip(".,;:'’\"“”()"))
        known, letters = (surnames, surname_letters) if at == 0 and len(words) > 1 else (given, given_letters)
        count += bool(plain) and plain not in known and bare(plain) in letters
    return count


def is_surname(word: str) -> bool:
    """Whether a word, however its marks were read, is a surname."""
    return bare(word) in _known()[2]
