"""Doubting a word that the language hardly expects where the same letters under other marks fit far better."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.fields.layout import Token
from ocr.vietnamese.model import EDGE, LanguageModel, language_model, word_class
from ocr.vietnamese.syllables import siblings

_PUNCTUATION = ".,;:()\"“”'’"


def strangeness(tokens: Sequence[Token]) -> tuple[float, ...]:
    """For each token by how much (natural log) the likeliest sibling beats it in its place among the others:
    above about 9 a misreading is likelier than a rare word. 0 for what is no plain word."""
    model = language_model()
    classes = [word_class(t.text) for t in tokens]
    return tuple(
        _beaten_by(model, classes, at) if t.text.strip(_PUNCTUATION).isalpha() else 0.0
        for at, t in enumerate(tokens)
    )


def _beaten_by(model: LanguageModel, classes: Sequence[str], at: int) -> float:
    before = classes[at - 1] if at else EDGE
    earlier = classes[at - 2] if at > 1 else EDGE

    def score(word: str) -> float:
        own = model.log_probability(word, before, earlier)
        return own + (model.log_probability(classes[at + 1], word, before) if at + 1 < len(classes) else 0.0)

    others = {word_class(s) for s in siblings(classes[at])} - {classes[at]}
    return max(0.0, max(map(score, others), default=0.0) - score(classes[at])) if others else 0.0
