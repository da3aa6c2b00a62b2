"""What a document prints twice: a name over its bearer's signature, a commune in the head and beside the date.

Two readings of the same letters under different marks cannot both be right; two that agree make each other sure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from classifiers.fields.folding import bare
from classifiers.fields.layout import Sheet, Token
from ocr.vietnamese.syllables import canonical

_EDGES = ".,;:()'\"“”’*-–/"
_LONGEST = 6
DISAGREE, UNKNOWN, AGREE = -1, 0, 1
_NAMES = frozenset({"name", "party"})
_PLACES = frozenset({"body", "place"})


def spelled(words: Sequence[str]) -> tuple[str, ...]:
    """Words in one tone style, without case and punctuation."""
    return tuple(canonical(w.strip(_EDGES)) for w in words)


class Echoes:
    """All short runs of capitalised words of a document, by their letters without marks."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets

    @cached_property
    def _seen(self) -> dict[tuple[str, ...], Counter[tuple[str, ...]]]:
        seen: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
        for sheet in self._sheets:
            for run in sheet.runs:
                words = [t.text.strip(_EDGES) for t in run.tokens]
                for start in range(len(words)):
                    for end in range(start + 2, min(len(words), start + _LONGEST) + 1):
                        if not words[end - 1][:1].isupper() or not words[start][:1].isupper():
                            break
                        part = words[start:end]
                        key = tuple(bare(w) for w in part)
                        seen.setdefault(key, Counter())[spelled(part)] += 1
        return seen

    def of(self, kind: str, tokens: Sequence[Token]) -> int:
        """Whether other places of the document agree with the words of a value: :data:`AGREE`,
        :data:`DISAGREE`, or :data:`UNKNOWN` where it is printed once or is no name or place."""
        words = [t.text.strip(_EDGES) for t in tokens]
        words = [w for w in words if w]
        if kind in _NAMES and 2 <= len(words) <= _LONGEST:
            return self._one(words)
        if kind in _PLACES:
            found = [self._one(pair) for pair in pairwise(words) if all(w[:1].isupper() for w in pair)]
            return DISAGREE if DISAGREE in found else UNKNOWN
        return UNKNOWN

    def _one(self, words: Sequence[str]) -> int:
        variants = self._seen.get(tuple(bare(w) for w in words))
        own = spelled(words)
        if not variants or own not in variants:
            return UNKNOWN
        others = sum(variants.values()) - variants[own]
        if others:
            return UNKNOWN if variants[own] > 2 * others else DISAGREE
        return AGREE if variants[own] > 1 else UNKNOWN
