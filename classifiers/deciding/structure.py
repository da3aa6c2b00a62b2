"""What the form of a paper tells beside its heading: number and symbol, ``V/v``, ``Kính gửi``, motto, forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.catalogue import Paper
from classifiers.deciding.titles import begins_with_form, is_about, is_motto, is_salutation
from classifiers.identity_qr import parse_identity_qr
from classifiers.mrz import clean_row
from classifiers.wording import fold
from records import MarkKind, PageReading, rows_of

_TOP = 0.45
_NUMBER_LINE = re.compile(
    r"^\W{0,4}(?:(?:Luật|Nghị quyết|Pháp lệnh)\s+)?"
    r"[Ss][ốôỐÔóoÓOồổỗộ][áa]?(?![a-zà-ỹ])\s{0,2}[:.;]?\s*(?![a-zà-ỹ]{2})(?P<rest>.{0,60})"
)
_NUMBER_ALONE = re.compile(r"^\W{0,3}[Ss][ốôỐÔóÓồổỗộ]\s?[:;]")
_NOT_SYMBOLS = {"NO", "NAM", "NU", "PASSPORT"}
_DIGITS = re.compile(r"\d{1,5}")
_LETTERS = "A-ZĐÐƯÔƠÂÊ"
_SYMBOL = re.compile(
    rf"[/\\|]\s?(?P<symbol>[{_LETTERS}][{_LETTERS}a-zđ]{{1,7}})"
    rf"(?:\s?[-–—.&/]\s?(?P<body>[{_LETTERS}][{_LETTERS}a-zđ]{{1,11}}))?"
)
_REVERSED = re.compile(r"\d\s*[-–—]\s*(?P<symbol>[A-ZĐ]{2,5})\s*/\s*(?P<body>[A-ZĐƯ]{2,8})")


@dataclass(frozen=True, slots=True)
class Structure:
    """The skeleton of a first page.

    ``number`` are the digits of the paper's own number, ``symbol`` the first part of its symbol and ``body``
    the rest (``15``, ``QD`` and ``UBND`` in ``15/QĐ-UBND``), in folded capitals, empty where not read.
    ``number_line`` says that a line beside or under the motto begins with ``Số:``, even if the rest was not read.
    ``about`` and ``salutation`` are the indices of the lines with ``V/v`` and ``Kính gửi``, -1 without them.
    ``forms`` are the codes whose form number stands at the head, ``zone`` the rows of a machine-readable zone.
    """

    motto: bool
    number_line: bool
    number: str
    symbol: str
    body: str
    about: int
    salutation: int
    forms: tuple[str, ...]
    zone: tuple[str, ...]
    identity_qr: bool


def structure_of(page: PageReading, papers: Mapping[str, Paper]) -> Structure:
    """Read the skeleton of a page; every part may be missing."""
    motto, number_line, about, salutation = False, False, -1, -1
    forms: list[str] = []
    height = page.height or 1
    for index, line in enumerate(page.lines):
        if not line.words:
            continue
        text, top = line.text, line.box[1] / height
        if top < 0.5:
            motto = motto or is_motto(text)
            number_line = number_line or (salutation < 0 and bool(_NUMBER_ALONE.match(text)))
            if about < 0 and is_about(text):
                about = index
        if salutation < 0 and top < 0.6 and is_salutation(text):
            salutation = index
        if top < 0.2 or index < 4:
            forms += [
                code
                for code, paper in papers.items()
                if code not in forms and begins_with_form(text, paper.forms)
            ]
    number, symbol, body = own_number(page)
    return Structure(
        motto=motto,
        number_line=number_line,
        number=number,
        symbol=symbol,
        body=body,
        about=about,
        salutation=salutation,
        forms=tuple(forms),
        zone=_zone_rows(page),
        identity_qr=any(m.kind is MarkKind.QR and parse_identity_qr(m.text) is not None for m in page.marks),
    )


def own_number(page: PageReading) -> tuple[str, str, str]:
    """Digits, symbol and body of the number that the paper itself bears at its head (see :class:`Structure`).

    A number written by hand falls apart into cells of one row; so rows are read, not lines.
    """
    for row in rows_of(page.lines):
        if not row[0].words or row[0].box[1] > _TOP * page.height:
            continue
        found = number_in(" ".join(line.text for line in row))
        if found[1]:
            return found
    return ("", "", "")


def number_in(text: str) -> tuple[str, str, str]:
    """Digits, symbol and body in a number line: ``Số: 15/QĐ-UBND`` gives ``("15", "QD", "UBND")``; three empty
    texts where the line does not begin with a number."""
    found = _NUMBER_LINE.match(text)
    if not found:
        return ("", "", "")
    rest = found["rest"]
    digits = _DIGITS.match(rest)
    number = digits.group().lstrip("0") if digits else ""
    match = _REVERSED.search(rest) or _SYMBOL.search(rest)
    if not match or fold(match["symbol"]) in _NOT_SYMBOLS:
        return (number, "", "")
    return (number, fold(match["symbol"]), fold(match["body"] or ""))


def _zone_rows(page: PageReading) -> tuple[str, ...]:
    """Rows that look like those of a machine-readable zone."""
    marked = tuple(mark.text for mark in page.marks if mark.kind is MarkKind.MRZ)
    printed = (clean_row(line.text) for line in page.lines if line.words and "<" in line.text)
    return marked + tuple(row for row in printed if len(row) >= 24 and row.count("<") >= 2)
