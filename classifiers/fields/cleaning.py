"""From printed tokens to the value of a field, one function a kind of value.

Nothing is corrected: letters stay as they were read. Only what is not part of the value is left off: leaders,
brackets with remarks, closing punctuation, forms of address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from classifiers.fields.dates import dates_in_figures, dates_in_words, year_alone
from classifiers.fields.folding import bare, fold
from classifiers.fields.layout import Token
from classifiers.fields.naming import is_surname


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value and the tokens it was read from. ``quality`` (0 to 1) tells how well the print fits the kind;
    ``note`` is a reason code or empty."""

    value: str
    tokens: tuple[Token, ...]
    quality: float = 1.0
    note: str = ""


_CLOSING = " \t;,.:…·_-–—|*=~/\\'\"“”‘’«»"
_OPENING = " \t;,.:…·_-–—|*=~\\'\"“”‘’«»)]"
_ADDRESS = {"ong", "ba", "anh", "chi", "ongba", "dongchi"}
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


def _strip(tokens: Sequence[Token]) -> list[Token]:
    """Without tokens of mere punctuation at both ends."""
    kept = list(tokens)
    while kept and not bare(kept[0].text):
        kept.pop(0)
    while kept and not bare(kept[-1].text) and kept[-1].text not in (")",):
        kept.pop()
    return kept


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens).lstrip(_OPENING).rstrip(_CLOSING)


def _clipped(text: str) -> str:
    return re.sub(r"\s+([,;.])", r"\1", text.lstrip(_OPENING).rstrip(_CLOSING))


def place(tokens: Sequence[Token]) -> Cleaned | None:
    """Free text over one or more lines: places, names of bodies, subjects."""
    kept = _strip(tokens)
    value = _clipped(_text(kept))
    if not _LETTERS.search(value):
        return None
    odd = sum(1 for c in value if not (c.isalnum() or c in " ,.-–/()'\"“”:;&+%²"))
    return Cleaned(value, tuple(kept), 1.0 if not odd else 0.8)


_SLASHES = frozenset("ï¡¿ìî!")
"""Single characters as which a slash between two languages is misread."""


def short(tokens: Sequence[Token]) -> Cleaned | None:
    """A word or a few: ethnicity, nationality. Ends at a comma, a semicolon or a bracket."""
    kept = _strip(tokens)
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
    value = _clipped(_text(kept))
    if not _LETTERS.search(value):
        return None
    return Cleaned(value, tuple(kept), 1.0 if len(kept) <= 4 else 0.75)


def _is_name_word(text: str) -> bool:
    word = text.strip(_CLOSING + "()")
    return bool(word) and word[0].isupper() and all(c.isalpha() or c in "-'’." for c in word)


def name(tokens: Sequence[Token]) -> Cleaned | None:
    """A person's name: the first run of capitalised words, forms of address left off."""
    kept = _strip(tokens)
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
    value = _clipped(_text(words))
    if not value or not 2 <= len(value) <= 60:
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
    kept = _strip(tokens)
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
    value = _clipped(_text(words))
    if not _LETTERS.search(value):
        return None
    return Cleaned(value, tuple(words), 1.0 if value[0].isupper() else 0.7)


def date_value(tokens: Sequence[Token]) -> Cleaned | None:
    """The first date, in figures or in words; a lone year stays a year. ISO 8601."""
    text = " ".join(t.text for t in tokens)
    found = next(dates_in_figures(text), None)
    spelled = next(dates_in_words(text), None)
    if found is None:
        found = spelled or year_alone(text)
        if found is None:
            return None
    used = _touching(tokens, found.start, found.end)
    quality = 1.0 if not found.guessed else 0.7
    note = "" if found.possible else "impossible_date"
    if len(found.iso) == 4:
        quality = 0.8
    if spelled and found is not spelled:
        if spelled.iso == found.iso:
            quality = min(1.0, quality + 0.15)
        elif spelled.possible:
            note = note or "words_disagree"
    return Cleaned(found.iso, used, quality, note)


def _touching(tokens: Sequence[Token], start: int, end: int) -> tuple[Token, ...]:
    used: list[Token] = []
    at = 0
    for token in tokens:
        if at < end and at + len(token.text) > start:
            used.append(token)
        at += len(token.text) + 1
    return tuple(used)


def _digits(length: tuple[int, ...]) -> Callable[[Sequence[Token]], Cleaned | None]:
    """Reader of a number of so many digits, printed with or without spaces, dots or boxes."""

    def read(tokens: Sequence[Token]) -> Cleaned | None:
        text = " ".join(t.text for t in tokens)
        best: Cleaned | None = None
        for match in re.finditer(r"(?<![\w/])\d(?:[ .|]?\d)*(?![\w/])", text):
            digits = re.sub(r"\D", "", match[0])
            used = _touching(tokens, match.start(), match.end())
            if len(digits) in length:
                return Cleaned(digits, used)
            if best is None and len(digits) >= 6:
                best = Cleaned(digits, used, 0.5, "wrong_length")
        if best is None:
            match_ = re.search(r"(?<![\w/])[0-9OoIl|]{9,14}(?![\w/])", text)
            if match_ and sum(c.isdigit() for c in match_[0]) >= 8:
                digits = match_[0].translate(str.maketrans("OoIl|", "00111"))
                best = Cleaned(digits, _touching(tokens, match_.start(), match_.end()), 0.5, "misread_digit")
        return best

    return read


def number(tokens: Sequence[Token]) -> Cleaned | None:
    """A number as printed: ``123/2024``, ``0001234``, ``15/TLKS``. It must hold a digit."""
    kept = _strip(tokens)
    words: list[Token] = []
    for token in kept:
        if (words and not (token.text[0] in "/-" or words[-1].text[-1] in "/-")) or fold(token.text) in (
            "ngay",
        ):
            break
        words.append(token)
    value = re.sub(r"\s*([/-])\s*", r"\1", _clipped(" ".join(t.text for t in words)))
    if not any(c.isdigit() for c in value) or len(value) > 40:
        return None
    return Cleaned(value, tuple(words), 1.0 if re.fullmatch(r"[\w./-]+", value) else 0.6)


_SERIAL = re.compile(r"(?<!\w)[A-ZĐ]{1,2}\s?\d{6}(?:\d{2})?(?!\w)")


def serial(tokens: Sequence[Token]) -> Cleaned | None:
    """The serial of a land certificate: two letters and six or eight figures."""
    text = " ".join(t.text for t in tokens)
    match = _SERIAL.search(text)
    if not match:
        return None
    quality = 1.0 if len(tokens) <= 3 else 0.85
    return Cleaned(match[0], _touching(tokens, match.start(), match.end()), quality)


def sex(tokens: Sequence[Token]) -> Cleaned | None:
    """``Nam`` or ``Nữ`` as printed, also out of ``Nam/Male``."""
    for token in tokens:
        word = token.text.split("/")[0].strip(_CLOSING + "()")
        if bare(word) in ("nam", "nu", "gioitinhkhac"):
            return Cleaned(word, (token,), 1.0 if fold(word) in ("nam", "nu") else 0.9)
    return None


def amount(tokens: Sequence[Token]) -> Cleaned | None:
    """Money in figures as printed: ``50.000 đồng`` gives ``50.000``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w/.,])\d{1,3}(?:[., ]\d{3})+(?!\d)|(?<![\w/.,])\d+(?!\w)", text)
    if not match:
        return None
    value = match[0].replace(" ", "")
    return Cleaned(value, _touching(tokens, match.start(), match.end()), 1.0)


def area(tokens: Sequence[Token]) -> Cleaned | None:
    """The figures of an area as printed, without the unit: ``125,5 m²`` gives ``125,5``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w/.,])(\d+(?:[.,]\d+)*)\s*(?=m[²2^?*'’\"°]?(?!\w)|ha\b|$|[^\w.,/])", text)
    if not match:
        return None
    return Cleaned(match[1], _touching(tokens, match.start(1), match.end(1)))


def parcel(tokens: Sequence[Token]) -> Cleaned | None:
    """The number of a parcel or map sheet: ``12``, ``12-1``, ``120a``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w.,])(?:[A-Z]{1,3}-)?\d+[a-z]?(?:-\d+[a-z]?)*(?![\w])", text)
    if not match:
        return None
    return Cleaned(match[0], _touching(tokens, match.start(), match.end()), 1.0 if match.start() < 4 else 0.7)


DOSSIER = re.compile(
    r"(?<!\w)(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-\d{6}-\d{4,}(?!\w)"
)
_DOSSIER_LIKE = re.compile(
    r"(?<!\w)[A-Z0-9]{2,4}(?:\.[A-Z0-9]{2,4}){0,4}\s?[-–]\s?[0-9OIl]{6}\s?[-–]\s?[0-9OIl]{4,}"
)


def dossier_code(tokens: Sequence[Token]) -> Cleaned | None:
    """The code of a dossier, ``H49.12-251124-0007``."""
    text = " ".join(t.text for t in tokens)
    exact = DOSSIER.search(text)
    if exact:
        return Cleaned(exact[0], _touching(tokens, exact.start(), exact.end()))
    near = _DOSSIER_LIKE.search(text)
    if near:
        value = re.sub(r"\s", "", near[0]).replace("–", "-")
        quality = 0.95 if DOSSIER.fullmatch(value) else 0.5
        return Cleaned(value, _touching(tokens, near.start(), near.end()), quality)
    kept = _strip(tokens)
    value = _clipped(_text(kept[:1]))
    return Cleaned(value, tuple(kept[:1]), 0.4) if kept and any(c.isdigit() for c in value) else None


def business_code(tokens: Sequence[Token]) -> Cleaned | None:
    """A business or tax code: 10 digits, 10-3, or a household's longer one, spaces left out."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<!\w)(\d(?:[ .|]?\d){9})\s?-\s?(\d{3})(?!\w)", text)
    if match:
        value = re.sub(r"\D", "", match[1]) + "-" + match[2]
        return Cleaned(value, _touching(tokens, match.start(), match.end()))
    digits = _digits((10, 12, 13))(tokens)
    if digits and digits.note != "wrong_length":
        return digits
    other = number(tokens)
    return Cleaned(other.value, other.tokens, 0.6 * other.quality) if other else digits


CLEANERS: Mapping[str, Callable[[Sequence[Token]], Cleaned | None]] = {
    "amount": amount,
    "area": area,
    "body": place,
    "business_code": business_code,
    "card_number": _digits((9, 12)),
    "date": date_value,
    "dossier_code": dossier_code,
    "lines": place,
    "name": name,
    "number": number,
    "parcel": parcel,
    "party": party,
    "personal_number": _digits((12, 9)),
    "place": place,
    "post": place,
    "serial": serial,
    "sex": sex,
    "short": short,
}
