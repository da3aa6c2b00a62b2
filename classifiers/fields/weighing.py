"""How sure a field is: from the words' confidences, the place they were found in, and what checks say."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.fields.layout import Token


def of_words(tokens: Sequence[Token]) -> float:
    """How sure the words of a value are together: between the weakest word and their mean."""
    if not tokens:
        return 0.0
    weakest = min(t.confidence for t in tokens)
    letters = sum(len(t.text) for t in tokens)
    mean = sum(t.confidence * len(t.text) for t in tokens) / letters
    return 0.65 * weakest + 0.35 * mean
