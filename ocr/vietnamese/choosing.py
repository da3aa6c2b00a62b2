"""Choosing between what the picture allows by what the language expects.

Every word comes with one reading, or with two where it was doubtful (another model, another scale). What either
could be (:mod:`ocr.vietnamese.spelling`) is weighed, paying for each reading that it departs from, and the
likeliest sequence over the line is kept. Nothing is offered that no reading comes near; words with digits and
addresses are only ever one of the readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ocr.recognising.engine import RawWord
from ocr.vietnamese.model import EDGE, NUMBER, LanguageModel, word_class
from ocr.vietnamese.spelling import spellings

LANGUAGE_WEIGHT = 0.9
FOREIGN = 7.0
"""What a text pays to a sure reading that cannot spell it; a doubtful reading asks less."""
_LEAST_FOREIGN = 1.5
_SHARED = 0.7
"""Two readings of one picture are not independent: each counts for this much."""
_BEAM = 12
_SENTENCE_END = frozenset(".;:!?")
_PARTS = re.compile(r"(?<=\w)[/–—-](?=\w)")

_WORTH_DRAWING = 10.0
"""Options that cost this much more than the cheapest are left out where the picture is asked."""

Picture = Callable[[int, Sequence[str]], Mapping[str, float]]
"""For the word at an index and its spellings: what each pays for not fitting the ink; empty for no answer."""
Context = tuple[str, str]
"""The classes of the two words before a run of text."""
START: Context = (EDGE, EDGE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one word, by how much it beats the next best (natural log), and whether the second
    reading, where there was one, says the same (None: there was none)."""

    text: str
    margin: float
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class _Option:
    text: str
    classes: tuple[str, ...]
    cost: float


def context_after(texts: Sequence[str]) -> Context:
    """What a line that goes on from a line of ``texts`` stands after."""
    if not texts or texts[-1][-1:] in _SENTENCE_END:
        return START
    classes = [EDGE, EDGE, *(c for t in texts[-3:] for c in _classes(t))]
    return classes[-2], classes[-1]


def choose(
    words: Sequence[RawWord],
    model: LanguageModel,
    context: Context = START,
    seconds: Mapping[int, RawWord] | None = None,
    picture: Picture | None = None,
) -> list[Choice]:
    """Choose the reading of each word of a line that stands after ``context``; ``seconds`` are second readings
    by the word's index, ``picture`` weighs spellings of a word that was read again against its ink."""
    again = seconds or {}
    options = [_options(word, again.get(i), model) for i, word in enumerate(words)]
    if picture is not None:
        options = [_seen(slot, i, picture) if i in again else slot for i, slot in enumerate(options)]
    return [
        Choice(option.text, lead, again[i].text == option.text if i in again else None)
        for i, (option, lead) in enumerate(_best_path(options, model, context))
    ]


def _options(word: RawWord, second: RawWord | None, model: LanguageModel) -> list[_Option]:
    costs = _spellings(word, model)
    if second is not None:
        others = _spellings(second, model)
        costs = {
            text: _SHARED * (_asked(text, costs, word) + _asked(text, others, second))
            for text in dict.fromkeys([*costs, *others])
        }
    return [_Option(text, _classes(text), cost) for text, cost in costs.items()]


def _seen(slot: list[_Option], index: int, picture: Picture) -> list[_Option]:
    """The options with what the picture makes them pay; those too dear to be chosen are not drawn."""
    least = min(o.cost for o in slot)
    slot = [o for o in slot if o.cost < least + _WORTH_DRAWING]
    if len(slot) == 1:
        return slot
    costs = picture(index, [o.text for o in slot])
    return [replace(o, cost=o.cost + costs.get(o.text, 0.0)) for o in slot]


@lru_cache(maxsize=1024)
def _spellings(word: RawWord, model: LanguageModel) -> Mapping[str, float]:
    """Kept for the page's second choice: finding them is most of the work."""
    return spellings(word, model)


def _asked(text: str, costs: Mapping[str, float], reading: RawWord) -> float:
    return costs.get(text, _LEAST_FOREIGN + (FOREIGN - _LEAST_FOREIGN) * reading.confidence**2)


def _classes(text: str) -> tuple[str, ...]:
    """What the language counts. A number with all that hangs on it (``46/GPXD``) is one: a text knows nothing of
    what codes are made of, and would rather have less of it."""
    if any(c.isdigit() for c in text):
        return (NUMBER,)
    return tuple(c for part in _PARTS.split(text) if (c := word_class(part)))


def _best_path(
    slots: Sequence[Sequence[_Option]], model: LanguageModel, context: Context
) -> list[tuple[_Option, float]]:
    """The best option of each slot, with its lead over the best path that takes another there."""
    beam: list[tuple[float, Context, tuple[_Option, ...]]] = [(0.0, context, ())]
    for slot in slots:
        grown = []
        for score, (earlier, before), path in beam:
            for option in slot:
                gain, context = -option.cost, (earlier, before)
                for kind in option.classes:
                    gain += LANGUAGE_WEIGHT * model.log_probability(kind, context[1], context[0])
                    context = (context[1], kind)
                if option.text[-1:] in _SENTENCE_END:
                    context = START
                grown.append((score + gain, context, (*path, option)))
        grown.sort(key=lambda g: -g[0])
        beam = grown[:_BEAM]
    best = beam[0]
    leads = []
    for i, option in enumerate(best[2]):
        rival = next((s for s, _, path in beam if path[i].text != option.text), None)
        lead = best[0] - rival if rival is not None else 99.0
        leads.append((option, lead))
    return leads
