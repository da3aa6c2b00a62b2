"""Doubting a value that is none of a closed list, and a word that cannot be one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from classifiers.fields.folding import bare, likeness
from ocr.vietnamese.syllables import canonical, is_syllable

_KNOWN = Path(__file__).with_name("known.toml")
_EDGES = ".,;:()'\"“”’*-–"
_DOTTED = re.compile(r"[^\W\d_]\.[^\W\d_A-ZĐ]")
"""``đị.a``: a full stop within a word."""
_STOPPED = re.compile(r"^[^\W\d_]{4,}\.$|^[^\W\d_A-ZĐ]{2,3}\.$")
_PROVINCE = re.compile(r"\b[Tt]ỉnh\s+([^,;.]+?)(?:,\s*Việt Nam)?\s*[.;]?$")
_WHOLE_WORDS = frozenset({"name", "party", "place", "body", "post"})
_ODD = 0.72


def _plain(text: str) -> str:
    return " ".join(canonical(w) for w in unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    data = tomllib.loads(_KNOWN.read_text(encoding="utf-8"))
    return {
        name: frozenset(_plain(v) for v in text.replace("\n", "|").split("|") if v.strip())
        for name, text in data.items()
    }


def closed_list(name: str, kind: str, value: str) -> float:
    """A factor below 1 for an ethnicity or nationality that is none, and for a place in a province that is
    none."""
    if name == "dan_toc":
        return 1.0 if _plain(value) in _known()["dan_toc"] else _ODD
    if name == "quoc_tich":
        own = _plain(value) == "việt nam"
        return 1.0 if own or likeness(bare(value), "vietnam") < 0.6 else 0.65
    if name == "gioi_tinh":
        return 1.0 if _plain(value) in ("nam", "nữ", "giới tính khác") else 0.65
    if kind == "place":
        province = _PROVINCE.search(value)
        if province and _plain(province[1]) not in _known()["tinh"]:
            return _ODD
    return 1.0


def odd_words(kind: str, words: Sequence[str]) -> float:
    """A factor below 1 where a word cannot be one: a full stop inside it or behind it in the midst of a value, or
    letters that are no syllable. All-capital abbreviations and foreign firms are left alone."""
    if any(_DOTTED.search(w) for w in words):
        return _ODD
    if kind in _WHOLE_WORDS and any(_STOPPED.match(w) for w in words[:-1]):
        return _ODD
    plain = [w.strip(_EDGES) for w in words]
    if kind == "name" and any(w.isalpha() and len(w) > 1 and not is_syllable(w) for w in plain):
        return _ODD
    small = (w for w in plain if w.isalpha() and len(w) > 1 and any(c.islower() for c in w))
    asked = kind in _WHOLE_WORDS or kind == "lines"
    return (
        _ODD if asked and any(not is_syllable(w) and (kind != "lines" or w.islower()) for w in small) else 1.0
    )
