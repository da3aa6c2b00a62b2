"""From what a finder hands back to the field's record: checks, and how sure the value is."""

from __future__ import annotations

import unicodedata

from classifiers.fields.checking import Checked, agrees_with_words, problems_of
from classifiers.fields.dates import dates_in_words
from classifiers.fields.echoes import Echoes
from classifiers.fields.found import Found
from classifiers.fields.known import closed_list, odd_words
from classifiers.fields.layout import box_of
from classifiers.fields.specs import FieldSpec
from classifiers.fields.weighing import echoed, language_of, of_figures, of_words
from records import FieldValue

_SHORT_NAME = 0.76
"""Few people's names have two words; where the second place of a name agrees it is surer again."""
_NO_FAULT = {"handwriting"}
"""Notes that say how a value was read, not that it is wrong."""


def value_of(spec: FieldSpec, found: Found, about: Checked, echoes: Echoes) -> FieldValue:
    """The field's record from what was found: checked, weighed, held against the rest of the document."""
    problems = [found.note] if found.note else []
    for check in spec.checks:
        problems += [p for p in problems_of(spec.name, check, about) if p not in problems]
    words = of_figures(spec.kind, found.tokens, of_words(found.tokens, spec.kind))
    confidence = found.evidence * words * language_of(spec.kind, found.value, found.tokens)
    confidence *= closed_list(spec.name, spec.kind, found.value) * odd_words(spec.kind, found.value.split())
    if "words_disagree" not in problems and _words_agree(spec, found, about):
        confidence = 1 - 0.3 * (1 - confidence)
    confidence = min(found.ceiling, confidence)
    if spec.kind == "name" and len(found.value.split()) == 2:
        confidence = min(confidence, _SHORT_NAME)
    if found.source == "print":
        confidence = echoed(confidence, echoes.of(spec.kind, found.tokens))
    return FieldValue(
        spec.name,
        unicodedata.normalize("NFC", found.value),
        round(max(0.0, min(1.0, confidence)), 3),
        found.page,
        box_of(found.tokens),
        valid=not (set(problems) - _NO_FAULT),
        problems=tuple(problems),
        source=found.source,
    )


def _words_agree(spec: FieldSpec, found: Found, about: Checked) -> bool:
    if spec.kind == "date" and found.spelled:
        return any(d.iso == found.value for d in dates_in_words(found.spelled))
    return agrees_with_words(spec.name, spec.kind, about)
