"""Doubting a set phrase that was read with other marks than it is ever printed with."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from classifiers.fields.folding import bare
from ocr.vietnamese.syllables import canonical

_PHRASES = Path(__file__).with_name("phrases.toml")
_LONGEST = 5


@lru_cache(maxsize=1)
def _known() -> Mapping[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The spellings of each phrase by its folded words."""
    data = tomllib.loads(unicodedata.normalize("NFC", _PHRASES.read_text(encoding="utf-8")))
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for group in data.values():
        for phrase in group.replace("\n", "|").split("|"):
            words = phrase.split()
            if words:
                spelled = tuple(canonical(w) for w in words)
                found.setdefault(tuple(bare(w) for w in words), set()).add(spelled)
    return {key: frozenset(value) for key, value in found.items()}


def misread_phrase(words: Sequence[str]) -> bool:
    """Whether some words next to each other are those of a set phrase but bear other marks.

    Single words count only when long: ``tinh`` and ``xa`` are also parts of names.
    """
    known = _known()
    plain = [w.strip(".,;:'’\"“”()-–") for w in words]
    folded = [bare(w) for w in plain]
    spelled = [canonical(w) for w in plain]
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            key = tuple(folded[at : at + length])
            if key not in known or (length == 1 and len(key[0]) < 5):
                continue
            if tuple(spelled[at : at + length]) not in known[key]:
                return True
            at += length - 1
            break
        at += 1
    return False


def holds_post(words: Sequence[str]) -> bool:
    """Whether a known post stands among the words as it is printed, marks and all."""
    spelled = " ".join(canonical(w.strip(".,;:'’\"“”()-–")) for w in words)
    return any(f" {post} " in f" {spelled} " for post in _posts())


@lru_cache(maxsize=1)
def _posts() -> tuple[str, ...]:
    data = tomllib.loads(unicodedata.normalize("NFC", _PHRASES.read_text(encoding="utf-8")))
    posts = data["posts"].replace("\n", "|").split("|")
    return tuple(" ".join(canonical(w) for w in post.split()) for post in posts if post.strip())
