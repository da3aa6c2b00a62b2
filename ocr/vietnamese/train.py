"""Make the language model's weights from a folder of plain texts: ``python -m ocr.vietnamese.train FOLDER``.

``names.txt`` beside this file adds names of places and persons that legal texts lack. Only counts are kept,
and of three words in a row only those seen more than once; the texts are not.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ocr.vietnamese.model import EDGE, NUMBER, UNKNOWN, WEIGHTS, narrowed, word_class
from ocr.vietnamese.syllables import is_syllable

_FEWEST_WORD = 2
_FEWEST_FOREIGN = 4
_FEWEST_TRIPLE = 2
_NAMES = Path(__file__).with_name("names.txt")
_NAME_COUNT = 12
"""How often each name counts: enough to be known, too little to drown the texts."""
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")


def sentences(folder: Path) -> Iterator[list[str]]:
    """The sentences of all ``*.txt``, and the names, as lists of classes."""
    for path in sorted(folder.glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="replace"))
        for sentence in _SENTENCE_END.split(text):
            if words := _classes(sentence):
                yield words
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and (words := _classes(line)):
            yield from [words] * _NAME_COUNT


def _classes(sentence: str) -> list[str]:
    return [c for w in re.split(r"\s+|(?<=\w)[/–—-](?=\w)", sentence) if w and (c := word_class(w))]


def train(folder: Path, out: Path = WEIGHTS) -> dict[str, int]:
    """Count, prune and pack; returns how many of each were kept."""
    ones: Counter[str] = Counter()
    for words in sentences(folder):
        ones.update(words)
    kept = [
        word
        for word, count in ones.items()
        if word != NUMBER and count >= (_FEWEST_WORD if is_syllable(word) else _FEWEST_FOREIGN)
    ]
    vocabulary = [EDGE, UNKNOWN, NUMBER, *sorted(kept)]
    ids = {word: i for i, word in enumerate(vocabulary)}
    size = len(vocabulary)
    single = np.ones(size, dtype=np.int64)
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    for words in sentences(folder):
        numbers = [0, 0, *(ids.get(w, 1) for w in words), 0]
        for i in range(2, len(numbers)):
            a, b, c = numbers[i - 2 : i + 1]
            single[c] += 1
            pairs[b * size + c] += 1
            triples[(a * size + b) * size + c] += 1
    pair_keys = np.array(sorted(pairs), dtype=np.int64)
    triple_keys = np.array(sorted(k for k, n in triples.items() if n >= _FEWEST_TRIPLE), dtype=np.int64)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        ones=narrowed(single),
        pairs=np.diff(pair_keys, prepend=0).astype(np.uint32),
        pair_counts=narrowed(np.array([pairs[int(k)] for k in pair_keys], dtype=np.int64)),
        triples=np.diff(triple_keys, prepend=0),
        triple_counts=narrowed(np.array([triples[int(k)] for k in triple_keys], dtype=np.int64)),
    )
    return {"words": size, "pairs": len(pair_keys), "triples": len(triple_keys), "bytes": out.stat().st_size}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, count in train(parser.parse_args().folder).items():
        print(f"{name}: {count}")
