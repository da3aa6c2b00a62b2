"""From printed tokens to values made of figures: numbers, codes, dates, amounts. Nothing is corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from classifiers.fields.cleaned import Cleaned, clipped, stripped, text_of, touching
from classifiers.fields.dates import dates_in_figures, dates_in_words, year_alone
from classifiers.fields.folding import fold
from classifiers.fields.layout import Token

YEAR_ALONE = 0.8
"""How well a year alone fits where a date is asked for."""
_HOUSEHOLD = re.compile(r"(?<!\w)\d{2}[A-Z]8\d{6}(?!\w)")
"""The older code of a business household: province, district, 8, serial."""


def date_value(tokens: Sequence[Token]) -> Cleaned | None:
    """The first date, in figures or in words; a lone year stays a year. ISO 8601."""
    text = " ".join(t.text for t in tokens)
    found = next(dates_in_figures(text), None)
    spelled = next(dates_in_words(text), None)
    if found is None:
        found = spelled or year_alone(text)
        if found is None:
            return None
    used = touching(tokens, found.start, found.end)
    quality = 1.0 if not found.guessed else 0.7
    note = "" if found.possible else "impossible_date"
    if len(found.iso) == 4:
        quality = YEAR_ALONE
    if spelled and found is not spelled:
        if spelled.iso == found.iso:
            quality = min(1.0, quality + 0.15)
        elif spelled.possible:
            note = note or "words_disagree"
    return Cleaned(found.iso, used, quality, note)


def digits_of(length: tuple[int, ...]) -> Callable[[Sequence[Token]], Cleaned | None]:
    """Reader of a number of so many digits, printed with or without spaces, dots or boxes."""

    def read(tokens: Sequence[Token]) -> Cleaned | None:
        text = " ".join(t.text for t in tokens)
        best: Cleaned | None = None
        for match in re.finditer(r"(?<![\w/])\d(?:[ .|]?\d)*(?![\w/])", text):
            digits = re.sub(r"\D", "", match[0])
            used = touching(tokens, match.start(), match.end())
            if len(digits) in length:
                return Cleaned(digits, used)
            if best is None and len(digits) >= 6:
                best = Cleaned(digits, used, 0.5, "wrong_length")
        if best is None:
            match_ = re.search(r"(?<![\w/])[0-9OoIl|]{9,14}(?![\w/])", text)
            if match_ and sum(c.isdigit() for c in match_[0]) >= 8:
                digits = match_[0].translate(str.maketrans("OoIl|", "00111"))
                best = Cleaned(digits, touching(tokens, match_.start(), match_.end()), 0.5, "misread_digit")
        return best

    return read


def number(tokens: Sequence[Token]) -> Cleaned | None:
    """A number as printed: ``123/2024``, ``0001234``, ``15/TLKS``. It must hold a digit."""
    kept = stripped(tokens)
    words: list[Token] = []
    for token in kept:
        if (words and not (token.text[0] in "/-" or words[-1].text[-1] in "/-")) or fold(token.text) in (
            "ngay",
        ):
            break
        words.append(token)
    value = re.sub(r"\s*([/-])\s*", r"\1", clipped(" ".join(t.text for t in words)))
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
    return Cleaned(match[0], touching(tokens, match.start(), match.end()), quality)


def amount(tokens: Sequence[Token]) -> Cleaned | None:
    """Money in figures as printed: ``50.000 đồng`` gives ``50.000``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w/.,])\d{1,3}(?:[., ]\d{3})+(?!\d)|(?<![\w/.,])\d+(?!\w)", text)
    if not match:
        return None
    value = match[0].replace(" ", "")
    return Cleaned(value, touching(tokens, match.start(), match.end()), 1.0)


def area(tokens: Sequence[Token]) -> Cleaned | None:
    """The figures of an area as printed, without the unit: ``125,5 m²`` gives ``125,5``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w/.,])(\d+(?:[.,]\d+)*)\s*(?=m[²2^?*'’\"°]?(?!\w)|ha\b|$|[^\w.,/])", text)
    if not match:
        return None
    return Cleaned(match[1], touching(tokens, match.start(1), match.end(1)))


def parcel(tokens: Sequence[Token]) -> Cleaned | None:
    """The number of a parcel or map sheet: ``12``, ``12-1``, ``120a``."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<![\w.,])(?:[A-Z]{1,3}-)?\d+[a-z]?(?:-\d+[a-z]?)*(?![\w])", text)
    if not match:
        return None
    return Cleaned(match[0], touching(tokens, match.start(), match.end()), 1.0 if match.start() < 4 else 0.7)


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
        return Cleaned(exact[0], touching(tokens, exact.start(), exact.end()))
    near = _DOSSIER_LIKE.search(text)
    if near:
        value = re.sub(r"\s", "", near[0]).replace("–", "-")
        quality = 0.95 if DOSSIER.fullmatch(value) else 0.5
        return Cleaned(value, touching(tokens, near.start(), near.end()), quality)
    kept = stripped(tokens)
    value = clipped(text_of(kept[:1]))
    return Cleaned(value, tuple(kept[:1]), 0.4) if kept and any(c.isdigit() for c in value) else None


def business_code(tokens: Sequence[Token]) -> Cleaned | None:
    """A business or tax code: 10 digits, 10-3, or a household's longer one, spaces left out."""
    text = " ".join(t.text for t in tokens)
    match = re.search(r"(?<!\w)(\d(?:[ .|]?\d){9})\s?-\s?(\d{3})(?!\w)", text)
    if match:
        value = re.sub(r"\D", "", match[1]) + "-" + match[2]
        return Cleaned(value, touching(tokens, match.start(), match.end()))
    household = _HOUSEHOLD.search(text)
    if household:
        return Cleaned(household[0], touching(tokens, household.start(), household.end()))
    digits = digits_of((10, 12, 13))(tokens)
    if digits and digits.note != "wrong_length":
        return digits
    other = number(tokens)
    return Cleaned(other.value, other.tokens, 0.6 * other.quality) if other else digits
