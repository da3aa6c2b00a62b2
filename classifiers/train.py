"""Train the wording model: ``python -m classifiers.train``.

Learns from the sample texts of the data files and, where the bench lies beside, from invented papers of even seeds
(odd seeds are the bench's own). The same repository gives the same model.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from classifiers.catalogue import Paper, catalogue
from classifiers.deciding.ngrams import LONGEST_TEXT, MODEL, SLOTS, WordingModel, save_model, slots_of
from classifiers.wording import fold, starts_like

SEED = 20261124
_COPIES = 8
"""Spoilt copies made of each text."""
_MADE_EACH = 40
_STRENGTH = 30.0

_LOOKALIKES = {
    "I": "L",
    "L": "I",
    "O": "C",
    "C": "O",
    "E": "F",
    "H": "N",
    "N": "M",
    "U": "V",
    "T": "I",
    "A": "Â",
}


def sample_text(sample: str) -> str:
    """A sample without its marks of layout (see ``docs/new-document-type.md``)."""
    lines = (re.sub(r"^[\^>]\s*", "", line.strip()) for line in sample.strip().split("\n"))
    return "\n".join(re.sub(r"\s*\|\|\s*", " ", line).strip() for line in lines)


def texts_of(paper: Paper, made: int) -> Iterator[str]:
    """All clean texts of a paper: its samples and invented papers."""
    for sample in paper.samples:
        yield sample_text(sample)
    yield from _made_texts(paper.code, made)


def _made_texts(code: str, count: int) -> Iterator[str]:
    try:
        from bench.making import CODES, layouts_of, make_paper
        from bench.making.sheet import OverfullError
    except ImportError:
        return
    if code not in CODES:
        return
    layouts = layouts_of(code)
    for number in range(count):
        try:
            document = make_paper(code, 2 * number + 100, number % layouts, draw=False)
        except OverfullError:
            continue  # some invented names are too long for their line; the next seed gives another paper
        yield "\n".join(page.text for page in document.pages)


def spoil(text: str, paper: Paper, rng: random.Random) -> str:
    """A copy as a bad scan gives it: the heading hidden, lines lost, the beginning cut, letters misread."""
    lines = [line for line in text.split("\n") if line.strip()]
    if rng.random() < 0.55:
        lines = [n for n in lines if not any(starts_like(n, h, 0.9) for h in paper.headings)] or lines
    if rng.random() < 0.4:
        lines = [n for n in lines if rng.random() > 0.15] or lines
    if rng.random() < 0.3 and len(lines) > 6:
        lines = lines[rng.randrange(1, len(lines) // 2) :]
    rate = rng.choice([0.0, 0.01, 0.03, 0.08])
    letters = []
    for letter in fold("\n".join(lines)):
        roll = rng.random()
        if roll < rate * 0.3:
            continue
        letters.append(_LOOKALIKES.get(letter, letter) if roll < rate else letter)
    return "".join(letters)[:LONGEST_TEXT]


def train(papers: dict[str, Paper], made: int = _MADE_EACH) -> WordingModel:
    """Fit the model; deterministic for the same papers."""
    rng = random.Random(SEED)  # noqa: S311 - for spoiling texts, not for secrets
    codes = tuple(papers)
    rows: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    labels: list[int] = []
    for label, paper in enumerate(papers.values()):
        for text in texts_of(paper, made):
            for copy in (text, *(spoil(text, paper, rng) for _ in range(_COPIES))):
                slots = slots_of(copy)
                if len(slots[0]):
                    rows.append(slots)
                    labels.append(label)
    matrix, rarity = _matrix(rows)
    fitted = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=200)
    fitted.fit(matrix, labels)
    coefficients = np.zeros((len(codes), SLOTS), dtype=np.float64)
    bias = np.full(len(codes), -20.0, dtype=np.float32)
    coefficients[fitted.classes_] = fitted.coef_
    bias[fitted.classes_] = fitted.intercept_
    scales = np.maximum(np.abs(coefficients).max(axis=1), 1e-9) / 127.0
    return WordingModel(
        codes=codes,
        rarity=rarity.astype(np.float32),
        weights=np.round(coefficients / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        bias=bias,
    )


def _matrix(
    rows: list[tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> tuple[csr_matrix, NDArray[np.float64]]:
    """The training texts as a matrix of unit rows, and how rare each slot is."""
    seen = np.zeros(SLOTS)
    for slots, _ in rows:
        seen[slots] += 1
    rarity = np.log((1 + len(rows)) / (1 + seen)) + 1.0
    rarity[seen == 0] = 0.0
    rarity = rarity.astype(np.float16).astype(np.float64)
    values = []
    for slots, counts in rows:
        value = counts * rarity[slots]
        values.append(value / max(1e-9, float(np.linalg.norm(value))))
    starts = np.concatenate([[0], np.cumsum([len(s) for s, _ in rows])])
    indices = np.concatenate([s for s, _ in rows])
    return csr_matrix((np.concatenate(values), indices, starts), shape=(len(rows), SLOTS)), rarity


def main() -> None:
    """Train on everything and write the model."""
    parser = argparse.ArgumentParser(description="Train the wording model of the classifier.")
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--made", type=int, default=_MADE_EACH, help="invented papers a code")
    arguments = parser.parse_args()
    model = train(dict(catalogue()), arguments.made)
    save_model(model, arguments.output)
    print(f"{arguments.output}: {len(model.codes)} papers, {arguments.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
