"""From printed tokens to the value of a field, one function a kind of value.

Nothing is corrected: letters stay as they were read. Only what is not part of the value is left off: leaders,
brackets with remarks, closing punctuation, forms of address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from classifiers.fields.cleaned import CLOSING, LETTERS, Cleaned, clipped, stripped, text_of
from classifiers.fields.figures import (
    amount,
    area,
    business_code,
    date_value,
    digits_of,
    dossier_code,
    number,
    parcel,
    serial,
)
from classifiers.fields.folding import bare, fold
from classifiers.fields.layout import Token
from classifiers.fields.naming import is_surname

_ADDRESS = {"ong", "ba", "anh", "chi", "ongba", "dongchi"}


def place(tokens: Sequence[Token]) -> Cleaned | None:
    """Free text over one or more lines: places, names of bodies, subjects."""
    kept = stripped(tokens)
    value = clipped(text_of(kept))
    if not LETTERS.search(value):
        return None
    odd = sum(1 for c in value if not (c.isalnum() or c in " ,.-–/()'\"“”:;&+%²"))
    return Cleaned(value, tuple(kept), 1.0 if not odd else 0.8)


_SLASHES = frozenset("ï¡¿ìî!")
"""Single characters as which a slash between two languages is misread."""


def short(tokens: Sequence[Token]) -> Cleaned | None:
    """A word or a few: ethnicity, nationality. Ends at a comma, a semicolon or a bracket."""
    kept = stripped(tokens)
    for at, token in enumerate(kept):
        if at and (token.text[0] in "([/\\|" or token.text in _SLASHES):
            kept = kept[:at]
            break
        if "/" in token.text[1:]:
            # "Nam/Male", "VIỆT NAM/VIETNAMESE"
            kept = [*kept[:at], replace(token, text=token.text.split("/")[0])]
            break
        if token.text[-1] in ",;":
            kept = kept[: at + 1]
            break
    value = clipped(text_of(kept))
    if not LETTERS.search(value):
        return None
    return Cleaned(value, tuple(kept), 1.0 if len(kept) <= 4 else 0.75)


_NOBODY = {"khong", "khongco", "chuaco", "khongro"}
"""What is written where there is nobody to name."""


def _is_name_word(text: str) -> bool:
    word = text.strip(CLOSING + "()")
    return bool(word) and word[0].isupper() and all(c.isalpha() or c in "-'’." for c in word)


def name(tokens: Sequence[Token]) -> Cleaned | None:
    """A person's name: the first run of capitalised words, forms of address left off."""
    kept = stripped(tokens)
    while len(kept) > 1 and (_addresses(kept) or kept[0].text[0] in "(["):
        if kept[0].text[0] in "([":
            while len(kept) > 1 and not kept[0].text.endswith((")", "]", "):", ").")):
                kept.pop(0)
        kept.pop(0)
        while kept and not bare(kept[0].text):
            kept.pop(0)
    words: list[Token] = []
    for token in kept:
        if not _is_name_word(token.text):
            break
        words.append(token)
        if token.text[-1] in ",;.:" and len(bare(token.text)) > 1:
            break
    value = clipped(text_of(words))
    if not value or not 2 <= len(value) <= 60 or bare(value) in _NOBODY:
        return None
    left_over = len(kept) - len(words)
    count = len(words)
    quality = 1.0 if 2 <= count <= 6 else 0.6
    if left_over and words[-1].text[-1] not in ",;.":
        quality *= 0.85
    if not (value.isupper() or all(_titled(w) for w in value.split())):
        quality *= 0.7
    return Cleaned(value, tuple(words), quality)


def _titled(word: str) -> bool:
    return all(p[:1].isupper() and (len(p) == 1 or p[1:].islower()) for p in re.split(r"[-'’.]", word) if p)


def _addresses(tokens: Sequence[Token]) -> bool:
    """Whether the first word is a form of address: ``Ông`` is also a surname, then no surname follows."""
    if bare(tokens[0].text) not in _ADDRESS:
        return False
    firm = not tokens[0].text[-1].isalpha() or "/" in tokens[0].text
    return firm or len(tokens) > 4 or not tokens[1].text[0].isupper() or is_surname(tokens[1].text)


def party(tokens: Sequence[Token]) -> Cleaned | None:
    """A person or a body: a name with its forms of address left off, or the name of an organisation."""
    kept = stripped(tokens)
    while len(kept) > 1 and (_addresses(kept) or kept[0].text[0] == "("):
        kept.pop(0)
        while kept and not bare(kept[0].text):
            kept.pop(0)
    words: list[Token] = []
    for at, token in enumerate(kept):
        if at and (token.text[0] in "([;" or fold(token.text) in ("sinh", "cccd", "cmnd", "dia")):
            break
        words.append(token)
        if token.text[-1] in ";," and len(token.text) > 1:
            break
    value = clipped(text_of(words))
    if not LETTERS.search(value):
        return None
    return Cleaned(value, tuple(words), 1.0 if value[0].isupper() else 0.7)


def sex(tokens: Sequence[Token]) -> Cleaned | None:
    """``Nam`` or ``Nữ`` as printed, also out of ``Nam/Male``."""
    for token in tokens:
        word = token.text.split("/")[0].strip(CLOSING + "()")
        if bare(word) in ("nam", "nu", "gioitinhkhac"):
            return Cleaned(word, (token,), 1.0 if fold(word) in ("nam", "nu") else 0.9)
    return None


CLEANERS: Mapping[str, Callable[[Sequence[Token]], Cleaned | None]] = {
    "amount": amount,
    "area": area,
    "body": place,
    "business_code": business_code,
    "card_number": digits_of((9, 12)),
    "date": date_value,
    "dossier_code": dossier_code,
    "lines": place,
    "name": name,
    "number": number,
    "parcel": parcel,
    "party": party,
    "personal_number": digits_of((12, 9)),
    "place": place,
    "post": place,
    "serial": serial,
    "sex": sex,
    "short": short,
}
