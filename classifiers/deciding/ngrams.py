"""A small model of wording: hashed character n-grams against one row of weights a paper, in plain numpy.

Trained by ``python -m classifiers.train``; loaded from arrays (``allow_pickle=False``). It only breaks ties: what
the law prints at the head of a paper is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.wording import fold

MODEL = Path(__file__).with_name("wording.npz")
SLOTS = 1 << 15
LONGEST_TEXT = 3000
"""Characters of a document that are looked at."""

_LENGTHS = (3, 4, 5)
_ALPHABET = 29
_TABLE = np.full(128, 28, dtype=np.uint64)
_TABLE[ord(" ")] = 0
_TABLE[ord("A") : ord("Z") + 1] = np.arange(1, 27, dtype=np.uint64)
_TABLE[ord("0") : ord("9") + 1] = 27
_MIX = np.uint64(0x9E3779B97F4A7C15)


def slots_of(text: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The slots that a text's n-grams fall into and their weights (damped counts); digits are all alike."""
    codes = np.frombuffer(fold(text[:LONGEST_TEXT]).encode("ascii", "replace"), dtype=np.uint8)
    letters = _TABLE[np.minimum(codes, 127)]
    grams = []
    for length in _LENGTHS:
        count = len(letters) - length + 1
        if count < 1:
            continue
        gram = np.full(count, length, dtype=np.uint64)
        for offset in range(length):
            gram = gram * np.uint64(_ALPHABET) + letters[offset : offset + count]
        grams.append((gram * _MIX) >> np.uint64(64 - 15))
    if not grams:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    slots, counts = np.unique(np.concatenate(grams).astype(np.int64), return_counts=True)
    return slots, np.log1p(counts.astype(np.float64))


@dataclass(frozen=True, slots=True)
class WordingModel:
    """``rarity`` weighs the slots, ``weights`` are bytes to be multiplied by ``scales``, a row for each of
    ``codes``; ``bias`` is added."""

    codes: tuple[str, ...]
    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    bias: NDArray[np.float32]

    def likelihoods(self, text: str) -> Mapping[str, float]:
        """The share of likelihood of each paper for a text, summing to 1; empty for a text of no n-grams."""
        slots, counts = slots_of(text)
        if not len(slots):
            return {}
        values = counts * self.rarity[slots]
        values /= max(1e-9, float(np.linalg.norm(values)))
        scores = (self.weights[:, slots].astype(np.float32) @ values) * self.scales + self.bias
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return dict(zip(self.codes, likely.tolist(), strict=True))


def save_model(model: WordingModel, path: Path) -> None:
    """Write a model as compressed arrays."""
    np.savez_compressed(
        path,
        codes=np.array(model.codes),
        rarity=model.rarity.astype(np.float16),
        weights=model.weights,
        scales=model.scales,
        bias=model.bias,
    )


@lru_cache(maxsize=2)
def load_model(path: Path = MODEL) -> WordingModel:
    """Read a model.

    Raises:
        ValueError: the arrays do not fit together, or the file holds anything but arrays.
        OSError: no such file.
    """
    with np.load(path, allow_pickle=False) as data:
        model = WordingModel(
            codes=tuple(str(c) for c in data["codes"]),
            rarity=data["rarity"].astype(np.float32),
            weights=data["weights"],
            scales=data["scales"],
            bias=data["bias"],
        )
    count = len(model.codes)
    if (
        model.weights.shape != (count, SLOTS)
        or model.rarity.shape != (SLOTS,)
        or model.bias.shape != (count,)
    ):
        raise ValueError(f"{path.name}: the arrays do not fit together")
    return model
