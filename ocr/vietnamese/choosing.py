"""Choosing between what the picture allows by what the language expects.

The engine names, for every letter, what else it could see there. Of the words that can be spelt from those
letters, only ones that the language knows are weighed, each paying for every letter that departs from the
first reading; the likeliest sequence over a run of text is kept. Nothing is offered that the engine did not see
or that differs from what it saw in more than the marks over and under a letter, and words with digits, codes,
addresses and abbreviations are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from ocr.recognising.engine import RawLetter, RawWord
from ocr.vietnamese.model import EDGE, NUMBER, LanguageModel, word_class
from ocr.vietnamese.syllables import is_syllable, skeleton

MARK_COST = 5.5
"""Natural log that a letter with other marks pays at weight 0; its weight takes up to :data:`RELIEF` off."""
LETTER_COST = 9.0
UNSEEN_COST = 8.5
"""For other marks that the engine did not name at all."""
TONE_RELIEF = 1.5
"""Off the cost of putting a tone back on ``â ê ô``: accents on top of a roof are what scans lose first."""
STROKE_COST = 1.5
"""Added for ``đ`` where the engine saw ``d``, taken off for the reverse: noise adds the stroke, hardly anything
takes it away."""
CASE_COST = 3.0
RELIEF = 3.5
RANK_COST = 0.35
LANGUAGE_WEIGHT = 0.8
_CHANGES = 2
_KEPT = 8
_BEAM = 16
_SENTENCE_END = frozenset(".;:!?")
_OPEN_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one word, and by how much it beats the next best (natural log)."""

    text: str
    margin: float


@dataclass(frozen=True, slots=True)
class _Spelling:
    text: str
    kind: str
    cost: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """A run of letters within a word: the word's index, first and last letter, and its spellings."""

    word: int
    first: int
    last: int
    spellings: tuple[_Spelling, ...]
    ends: bool


def choose(words: Sequence[RawWord], model: LanguageModel) -> list[Choice]:
    """Choose the reading of each word of a run of text (a line, or lines that go on one into the next)."""
    slots = [slot for i, word in enumerate(words) for slot in _slots(i, word, model)]
    chosen = _best_path(slots, model)
    texts = [[x.text for x in w.letters] or [w.text] for w in words]
    margins = [0.0 if not w.letters else 99.0 for w in words]
    for slot, (spelling, margin) in zip(slots, chosen, strict=True):
        if slot.last >= 0:
            texts[slot.word][slot.first : slot.last] = [spelling.text] + [""] * (slot.last - slot.first - 1)
            margins[slot.word] = min(margins[slot.word], margin)
    return [Choice("".join(t), m) for t, m in zip(texts, margins, strict=True)]


def _slots(index: int, word: RawWord, model: LanguageModel) -> list[_Slot]:
    text = "".join(x.text for x in word.letters)
    ends = word.text[-1:] in _SENTENCE_END
    if not word.letters or "@" in text or len(text) != len(word.letters):
        return [_fixed(index, word.text, ends)]
    if any(c.isdigit() for c in text):
        return [_fixed(index, NUMBER, ends)]
    runs = [m.span() for m in _OPEN_WORD.finditer(text)]
    return [
        _Slot(
            index,
            first,
            last,
            _spellings(word.letters[first:last], model),
            ends and (first, last) == runs[-1],
        )
        for first, last in runs
    ]


def _fixed(index: int, text: str, ends: bool) -> _Slot:
    return _Slot(index, 0, -1, (_Spelling(text, text if text == NUMBER else word_class(text), 0.0),), ends)


def _spellings(letters: Sequence[RawLetter], model: LanguageModel) -> tuple[_Spelling, ...]:
    """The first reading and the known words near it, cheapest first."""
    heard = "".join(x.text for x in letters)
    found = {heard: 0.0}
    if len(letters) <= 8 and not (heard.isupper() and not is_syllable(heard) and len(heard) < 3):
        offers = [_offers(x) for x in letters]
        for changes in range(1, _CHANGES + 1):
            for places in combinations([i for i, o in enumerate(offers) if o], changes):
                for picks in product(*(offers[i] for i in places)):
                    spelt = [x.text for x in letters]
                    for place, (other, _) in zip(places, picks, strict=True):
                        spelt[place] = other
                    text = "".join(spelt)
                    cost = sum(c for _, c in picks)
                    if cost < found.get(text, 99.0) and model.known(text) and is_syllable(text):
                        found[text] = cost
    for text, cost in list(found.items()):
        for other in _cases(text):
            if cost + CASE_COST < found.get(other, 99.0):
                found[other] = cost + CASE_COST
    cheapest = sorted(found.items(), key=lambda item: item[1])[:_KEPT]
    return tuple(_Spelling(text, word_class(text), cost) for text, cost in cheapest)


def _cases(text: str) -> tuple[str, ...]:
    """Ways to write a word whose capitals are strewn (``tẾ``, ``XÃ`` read for ``Xã`` stays as it is)."""
    if text.islower() or text.isupper() or text == text[:1].upper() + text[1:].lower():
        return ()
    return (text.lower(), text[:1].upper() + text[1:].lower(), text.upper())


def _offers(letter: RawLetter) -> tuple[tuple[str, float], ...]:
    """What else the letter could be, each with its cost."""
    offers: dict[str, float] = {}
    for rank, (other, weight) in enumerate(letter.others[:6]):
        if len(other) != 1 or not other.isalpha() or other.isupper() != letter.text.isupper():
            continue
        same = skeleton(other) == skeleton(letter.text)
        cost = (MARK_COST if same else LETTER_COST) - RELIEF * weight + RANK_COST * rank
        offers[other] = cost + _leaning(letter.text.lower(), other.lower())
    for other in _marked_alike(letter.text):
        offers.setdefault(other, UNSEEN_COST)
    return tuple(offers.items())


@lru_cache(maxsize=4096)
def _leaning(heard: str, other: str) -> float:
    """What the direction of the change adds to its cost."""
    if heard in "âêô" and unicodedata.normalize("NFD", other).startswith(unicodedata.normalize("NFD", heard)):
        return -TONE_RELIEF
    if heard == "d" and other == "đ":
        return STROKE_COST
    if heard == "đ" and other == "d":
        return -STROKE_COST
    return 0.0


@lru_cache(maxsize=512)
def _marked_alike(letter: str) -> tuple[str, ...]:
    """The letter under all other marks."""
    base = skeleton(letter)
    rows = (
        "aàáảãạăằắẳẵặâầấẩẫậ",
        "eèéẻẽẹêềếểễệ",
        "iìíỉĩị",
        "oòóỏõọôồốổỗộơờớởỡợ",
        "uùúủũụưừứửữự",
        "yỳýỷỹỵ",
        "dđ",
    )
    row = next((r for r in rows if r[0] == base), "")
    return tuple(c.upper() if letter.isupper() else c for c in row if c != letter.lower())


def _best_path(slots: Sequence[_Slot], model: LanguageModel) -> list[tuple[_Spelling, float]]:
    """The best spelling of each slot, with its lead over the best path that spells it otherwise."""
    beam: list[tuple[float, tuple[str, str], tuple[_Spelling, ...]]] = [(0.0, (EDGE, EDGE), ())]
    for slot in slots:
        grown = []
        for score, (earlier, before), path in beam:
            for spelling in slot.spellings:
                gain = LANGUAGE_WEIGHT * model.log_probability(spelling.kind, before, earlier) - spelling.cost
                context = (EDGE, EDGE) if slot.ends else (before, spelling.kind)
                grown.append((score + gain, context, (*path, spelling)))
        grown.sort(key=lambda g: -g[0])
        beam = grown[:_BEAM]
    best = beam[0]
    leads = []
    for i, spelling in enumerate(best[2]):
        rival = next((s for s, _, path in beam if path[i].text != spelling.text), None)
        leads.append((spelling, best[0] - rival if rival is not None else 99.0))
    return leads
