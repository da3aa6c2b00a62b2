"""Doubting a word that the language hardly expects where the same letters under other marks fit far better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.fields.layout import Token
from ocr.vietnamese.model import EDGE, LanguageModel, language_model, word_class
from ocr.vietnamese.syllables import parts_of, siblings

_EASILY_MISREAD = {"'", "?", "~"}
_PUNCTUATION = ".,;:()\"“”'’"


@dataclass(frozen=True, slots=True)
class Strangeness:
    """By how much (natural log) the likeliest other reading of a word beats it in its place: ``any`` among
    all with the same letters, ``tone`` among those that differ only in a tone mark that is easily misread
    (sắc, hỏi, ngã). 0 where none does."""

    any: float = 0.0
    tone: float = 0.0


def strangeness(tokens: Sequence[Token]) -> tuple[Strangeness, ...]:
    """How strange each token is among the others; what is no plain word is not strange."""
    model = language_model()
    classes = [word_class(t.text) for t in tokens]
    return tuple(
        _beaten_by(model, classes, at) if t.text.strip(_PUNCTUATION).isalpha() else Strangeness()
        for at, t in enumerate(tokens)
    )


def _beaten_by(model: LanguageModel, classes: Sequence[str], at: int) -> Strangeness:
    before = classes[at - 1] if at else EDGE
    earlier = classes[at - 2] if at > 1 else EDGE

    def score(word: str) -> float:
        own = model.log_probability(word, before, earlier)
        return own + (model.log_probability(classes[at + 1], word, before) if at + 1 < len(classes) else 0.0)

    word = classes[at]
    others = {word_class(s) for s in siblings(word)} - {word}
    if not others:
        return Strangeness()
    own = score(word)
    beaten = {other: score(other) - own for other in others}
    tone = [by for other, by in beaten.items() if _differ_in_tone(word, other)]
    return Strangeness(max(0.0, *beaten.values()), max(0.0, *tone) if tone else 0.0)


def _differ_in_tone(one: str, other: str) -> bool:
    first, second = parts_of(one), parts_of(other)
    if first is None or second is None or first[:2] != second[:2]:
        return False
    return {first[2], second[2]} <= _EASILY_MISREAD
