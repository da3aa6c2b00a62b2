"""A small language model over syllables: how likely is a word after the two before it.

Interpolated absolute discounting over counts of one, two and three words (Ney, Essen, Kneser 1994). Words are
looked up in lower case with the tone in its newer place; numbers are one word, and so is everything unknown.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.vietnamese.syllables import canonical

WEIGHTS: Final = Path(__file__).with_name("syllables.npz")
UNKNOWN: Final = "<?>"
NUMBER: Final = "<0>"
EDGE: Final = "<|>"
_DISCOUNT: Final = 0.75
_UNKNOWN_COST: Final = 4.0
"""Natural log by which one unknown word is less likely than the class of them: it has many members."""
_TRIM: Final = ".,;:!?()[]“”\"'‘’…*/-–—+"


@lru_cache(maxsize=65_536)
def word_class(word: str) -> str:
    """The form under which a printed word is counted: bare of punctuation, canonical, digits as one class."""
    bare = word.strip(_TRIM)
    if not bare:
        return ""
    if any(c.isdigit() for c in bare):
        return NUMBER
    return canonical(bare)


class LanguageModel:
    """Log probabilities (natural) of words in their context."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights) as kept:
            words = bytes(kept["words"]).decode().split("\n")
            self._ids = {word: i for i, word in enumerate(words)}
            self._ones = _widened(kept["ones"])
            self._pairs = np.cumsum(kept["pairs"].astype(np.int64))
            self._pair_counts = _widened(kept["pair_counts"])
            self._triples = np.cumsum(kept["triples"].astype(np.int64))
            self._triple_counts = _widened(kept["triple_counts"])
        self._size = len(words)
        self._total = float(self._ones.sum())
        heads = self._pairs // self._size
        self._after_one = np.bincount(heads, self._pair_counts, self._size)
        self._kinds_one = np.bincount(heads, None, self._size).astype(float)
        tails = np.searchsorted(self._pairs, self._triples // self._size)
        self._mass_two = np.bincount(tails, self._triple_counts - _DISCOUNT, len(self._pairs))
        self._memory: dict[tuple[int, int, int], float] = {}

    def known(self, word: str) -> bool:
        """Whether the word was seen in the training text."""
        return word_class(word) in self._ids

    def log_probability(self, word: str, before: str = EDGE, earlier: str = EDGE) -> float:
        """Log of the probability of ``word`` after ``earlier before``, all given as classes
        (:func:`word_class`), :data:`EDGE` at the line's edge."""
        if word not in self._ids:
            return self._of(UNKNOWN, before, earlier) - _UNKNOWN_COST
        return self._of(word, before, earlier)

    def _of(self, word: str, before: str, earlier: str) -> float:
        unknown = self._ids[UNKNOWN]
        key = (self._ids.get(earlier, unknown), self._ids.get(before, unknown), self._ids[word])
        known = self._memory.get(key)
        if known is None:
            known = self._memory[key] = log(self._chance(*key))
        return known

    def _chance(self, earlier: int, before: int, word: int) -> float:
        chance = (self._ones[word] + 0.5) / (self._total + 0.5 * self._size)
        if self._after_one[before]:
            seen = _count(self._pairs, self._pair_counts, before * self._size + word)[1]
            left = _DISCOUNT * self._kinds_one[before] / self._after_one[before]
            chance = max(seen - _DISCOUNT, 0.0) / self._after_one[before] + left * chance
        where, pair = _count(self._pairs, self._pair_counts, earlier * self._size + before)
        if pair > 1 and self._mass_two[where] > 0:
            key = (earlier * self._size + before) * self._size + word
            seen = _count(self._triples, self._triple_counts, key)[1]
            left = 1 - self._mass_two[where] / pair
            chance = max(seen - _DISCOUNT, 0.0) / pair + max(left, 0.05) * chance
        return float(chance)


@cache
def language_model() -> LanguageModel:
    """The model that comes with the product."""
    return LanguageModel()


def narrowed(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Counts as bytes on a log scale (10 % steps), so that they pack small."""
    return np.asarray(np.round(np.log(counts) / np.log(1.1)), dtype=np.uint8)


def _widened(steps: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(np.round(1.1 ** steps.astype(np.float64)), dtype=np.float64)


def _count(keys: NDArray[np.int64], counts: NDArray[np.float64], key: int) -> tuple[int, float]:
    at = int(np.searchsorted(keys, key))
    return (at, float(counts[at])) if at < len(keys) and keys[at] == key else (0, 0.0)
