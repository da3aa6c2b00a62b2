"""How sure a field is: from the words' confidences, the place they were found in, and what checks say."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.fields.echoes import AGREE, DISAGREE
from classifiers.fields.layout import Token
from classifiers.fields.likelihood import Strangeness, strangeness
from classifiers.fields.naming import strange_syllables
from classifiers.fields.phrases import holds_post, misread_phrase

_PROSE = frozenset({"lines", "body", "place", "post"})


def of_words(tokens: Sequence[Token]) -> float:
    """How sure the words of a value are together: between the weakest word and their mean."""
    if not tokens:
        return 0.0
    weakest = min(t.confidence for t in tokens)
    letters = sum(len(t.text) for t in tokens)
    mean = sum(t.confidence * len(t.text) for t in tokens) / letters
    return 0.65 * weakest + 0.35 * mean


def language_of(kind: str, value: str, tokens: Sequence[Token]) -> float:
    """A factor below 1 where the words of a value are unlikely as they were read: they are doubted, never
    changed."""
    if kind == "name":
        return float(0.72 ** strange_syllables(value.split()))
    if kind in _PROSE:
        phrase = 0.7 if kind != "lines" and misread_phrase(value.split()) else 1.0
        if kind == "post" and not holds_post(value.split()):
            phrase = min(phrase, 0.75)
        factors = (_factor(strange) for strange in strangeness(tokens))
        return phrase * min(factors, default=1.0)
    return 1.0


def echoed(confidence: float, echo: int) -> float:
    """A confidence after the other places of the document have been heard (see :mod:`classifiers.fields.echoes`)."""
    if echo == DISAGREE:
        return min(confidence, 0.65)
    return (
        confidence + 0.3 * (0.98 - confidence) if echo == AGREE and 0.75 <= confidence < 0.98 else confidence
    )


def _factor(strange: Strangeness) -> float:
    """Measured on 2 600 words of made pages: of those beyond the first bounds more than half were misread, of
    those beyond the second one in three, of the others one in a thousand."""
    if strange.any > 8 or strange.tone > 4.5:
        return 0.75
    return 0.9 if strange.any > 6 or strange.tone > 3 else 1.0
