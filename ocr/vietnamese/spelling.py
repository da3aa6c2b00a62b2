"""What a word of one reading could be: spellings from the letters that the engine saw, each with its cost.

Costs are natural logs. The reading itself is free; another spelling must be a word that the language knows and
pays for each letter that departs from the reading, less where the engine itself saw the other letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ocr.recognising.engine import RawLetter, RawWord
from ocr.vietnamese.lookalikes import lookalikes
from ocr.vietnamese.model import LanguageModel
from ocr.vietnamese.syllables import is_syllable, skeleton

MARK_COST = 5.5
"""For a letter under other marks, at weight 0; its weight takes up to :data:`RELIEF` off."""
LETTER_COST = 9.0
UNSEEN_COST = 8.5
"""For other marks that the engine did not name at all."""
TONE_RELIEF = 1.5
"""Off the cost of putting a tone back on ``â ê ô``: accents on top of a roof are what scans lose first."""
ROOF_RELIEF = 2.5
"""Off the cost of putting a roof back under a tone on a capital: the two are drawn small there, one above the
other, and the engine sees one."""
STROKE_COST = 1.5
"""Added for ``đ`` where the engine saw ``d``, taken off for the reverse: noise adds the stroke, and hardly
ever takes it away."""
CASE_COST = 3.0
RELIEF = 3.5
RANK_COST = 0.35
_DEAREST = 12.0
_KEPT = 8
_LONGEST = 8
_RUN = re.compile(r"[^\W\d_]+")
_ROWS = (
    "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ",
)  # fmt: skip
_ROOFED = {"Á": "Ấ", "À": "Ầ", "Ả": "Ẩ", "É": "Ế", "È": "Ề", "Ẻ": "Ể", "Ó": "Ố", "Ò": "Ồ", "Ỏ": "Ổ"}


def spellings(word: RawWord, model: LanguageModel) -> dict[str, float]:
    """All that ``word`` could be with the cost of each; its own text costs 0. Words with digits and addresses
    are only themselves and what looks alike."""
    text = "".join(x.text for x in word.letters)
    found = {word.text: 0.0} | dict(lookalikes(word.text))
    if not text or len(text) != len(word.letters) or "@" in text or any(c.isdigit() for c in text):
        return found
    for spelt, cost in _by_letters(word, text, model).items():
        found[spelt] = min(cost, found.get(spelt, cost))
    return found


def _by_letters(word: RawWord, text: str, model: LanguageModel) -> dict[str, float]:
    found: dict[str, float] = {text: 0.0}
    for run in _RUN.finditer(text):
        first, last = run.span()
        options = _run_spellings(word.letters[first:last], model)
        grown: dict[str, float] = {}
        for whole, cost in found.items():
            for other, more in options:
                spelt = whole[:first] + other + whole[last:]
                if cost + more < min(grown.get(spelt, 99.0), _DEAREST):
                    grown[spelt] = cost + more
        found = dict(sorted(grown.items(), key=lambda item: item[1])[:_KEPT])
    return found


def _run_spellings(letters: Sequence[RawLetter], model: LanguageModel) -> list[tuple[str, float]]:
    heard = "".join(x.text for x in letters)
    found = {heard: 0.0}
    if len(letters) <= _LONGEST and not (len(heard) < 3 and heard.isupper() and not is_syllable(heard)):
        for cost, changes in _changes([_offers(x) for x in letters]):
            spelt = [x.text for x in letters]
            for place, other in changes:
                spelt[place] = other
            text = "".join(spelt)
            if cost < found.get(text, 99.0) and model.known(text) and is_syllable(text):
                found[text] = cost
    for text, cost in list(found.items()):
        for other in _cases(text):
            if cost + CASE_COST < found.get(other, 99.0):
                found[other] = cost + CASE_COST
    return sorted(found.items(), key=lambda item: item[1])[:_KEPT]


def _changes(
    offers: Sequence[Sequence[tuple[str, float]]],
) -> Iterator[tuple[float, tuple[tuple[int, str], ...]]]:
    """All ways to change one letter or two that cost no more than :data:`_DEAREST`: the cost, then place and
    letter of each change."""
    single = [
        (cost, (i, other)) for i, offer in enumerate(offers) for other, cost in offer if cost <= _DEAREST
    ]
    for cost, change in single:
        yield cost, (change,)
    single.sort(key=lambda s: s[0])
    for n, (cost, change) in enumerate(single):
        for more, another in single[n + 1 :]:
            if cost + more > _DEAREST:
                break
            if another[0] != change[0]:
                yield cost + more, (change, another)


def _cases(text: str) -> tuple[str, ...]:
    """Ways to write a word whose capitals are strewn (``tẾ``)."""
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
        offers[other] = cost + _leaning(letter.text, other)
    for other in _marked_alike(letter.text):
        offers.setdefault(other, UNSEEN_COST + min(_leaning(letter.text, other), 0.0))
    return tuple(offers.items())


@lru_cache(maxsize=4096)
def _leaning(heard: str, other: str) -> float:
    """What the direction of the change adds to its cost."""
    if heard.isupper() and other in _ROOFED.get(heard, ""):
        return -ROOF_RELIEF
    heard, other = heard.lower(), other.lower()
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
    row = next((r for r in _ROWS if r[0] == base), "")
    return tuple(c.upper() if letter.isupper() else c for c in row if c != letter.lower())
