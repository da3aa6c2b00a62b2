"""Dates in figures and in words, as Vietnamese papers print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from classifiers.fields.folding import fold
from classifiers.fields.numerals import read_number

_D = r"([0-9oOlI|]{1,2})"
_WORDED = re.compile(
    rf"(?:ngay[\s:.,]*|(?<![\w/.-])){_D}[\s.,]*thang[\s:.,]*{_D}[\s.,]*nam[\s:.,]*([0-9oOlI|]{{4}})\b"
)
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/])")
_BARRED = re.compile(r"(?<![\w/.-])(\d{2})[/Iil|!](\d{2})[/Iil|!](\d{4})(?![\d/])")
"""Slashes misread as letters."""
_SPELLED = re.compile(
    r"(?:ngay\s+)?((?:[a-z]+\s+){1,3}?)thang\s+((?:[a-z]+\s+){1,2}?)nam\s+([a-z]+(?:\s+[a-z]+)*)"
)
_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?!\d)")
_LOOKALIKE = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1", "i": "1"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: ``iso`` is ``YYYY-MM-DD``, or what was printed where no such day exists.
    ``start`` and ``end`` bound it in the text. ``guessed`` says that a letter had to be taken for a digit."""

    iso: str
    start: int
    end: int
    possible: bool = True
    guessed: bool = False
    spelled: bool = False


def _make(text: str, match: re.Match[str], day: str, month: str, year: str) -> Dated:
    figures = [s.translate(_LOOKALIKE) for s in (day, month, year)]
    guessed = figures != [day, month, year]
    try:
        when = date(int(figures[2]), int(figures[1]), int(figures[0]))
    except ValueError:
        return Dated(text[match.start() : match.end()], match.start(), match.end(), False, guessed)
    return Dated(when.isoformat(), match.start(), match.end(), True, guessed)


def dates_in_figures(text: str) -> Iterator[Dated]:
    """Dates such as ``05/9/2025``, ``05-09-2025`` and ``ngày 05 tháng 9 năm 2025``, in order."""
    folded = fold(text)
    found = [_make(text, m, m[1], m[2], m[3]) for m in _WORDED.finditer(folded)]
    found += [_make(text, m, m[1], m[3], m[4]) for m in _SLASHED.finditer(folded)]
    if not found:
        found = [replace(_make(text, m, m[1], m[2], m[3]), guessed=True) for m in _BARRED.finditer(text)]
    yield from sorted(found, key=lambda d: d.start)


def dates_in_words(text: str) -> Iterator[Dated]:
    """Dates written out: ``ngày năm tháng chín năm hai nghìn không trăm hai mươi lăm``."""
    folded = re.sub(r"[^a-z0-9]", " ", fold(text))
    for match in _SPELLED.finditer(folded):
        day = _spelled_day(match[1].split())
        month = _spelled_month(match[2].split())
        words = match[3].split()
        for count in range(len(words), 1, -1):
            year = read_number(words[:count])
            if year is not None and 1800 <= year <= 2200 and day and month:
                end = match.start(3) + len(" ".join(words[:count]))
                try:
                    iso = date(year, month, day).isoformat()
                except ValueError:
                    yield Dated(text[match.start() : end], match.start(), end, False, spelled=True)
                else:
                    yield Dated(iso, match.start(), end, spelled=True)
                break


def _spelled_day(words: list[str]) -> int | None:
    if words and words[0] in ("mong", "mung"):
        words = words[1:]
    while words and words[0] == "ngay":
        words = words[1:]
    value = read_number(words) if words else None
    return value if value and 1 <= value <= 31 else None


def _spelled_month(words: list[str]) -> int | None:
    if words == ["gieng"]:
        return 1
    if words == ["chap"]:
        return 12
    value = read_number(words) if words else None
    return value if value and 1 <= value <= 12 else None


def year_alone(text: str) -> Dated | None:
    """The first year in figures: ``sinh năm 1960``."""
    match = _YEAR.search(text)
    return Dated(match[1], match.start(), match.end()) if match else None
