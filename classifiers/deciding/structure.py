"""What the form of a paper tells beside its heading: number and symbol, ``V/v``, ``Kính gửi``, motto, forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.catalogue import Paper
from classifiers.deciding.titles import begins_with_form, is_about, is_motto, is_salutation
from classifiers.wording import fold
from records import MarkKind, PageReading

_TOP = 0.45
_NUMBER_LINE = re.compile(r"\bS[ốôỐÔóoÓOồổỗộ]\s{0,2}[:.;]?\s*(?P<rest>[^\n]{0,60})")
_SYMBOL = re.compile(
    r"[/\\|]\s*(?P<symbol>[A-ZĐƯÔƠÂÊa-zđ]{1,8})(?:\s*[-–—.&/]\s*(?P<body>[A-ZĐƯÔƠÂÊa-zđ]{1,12}))?"
)
_REVERSED = re.compile(r"\d\s*[-–—]\s*(?P<symbol>[A-ZĐ]{2,5})\s*/\s*(?P<body>[A-ZĐƯ]{2,8})")
_SECTION = re.compile(r"^\W{0,2}(?:[IVX]{1,4}\s*[.)]|Điều\s+\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structure:
    """The skeleton of a first page.

    ``symbol`` is the first part of the symbol in the paper's own number (``QĐ`` in ``15/QĐ-UBND``), in folded
    capitals, empty without one. ``about`` and ``salutation`` are the indices of the lines with ``V/v`` and
    ``Kính gửi``, -1 without them.
    """

    motto: bool
    symbol: str
    body: str
    about: int
    salutation: int
    forms: tuple[str, ...]
    mrz: str
    identity_qr: bool


def structure_of(page: PageReading, papers: Mapping[str, Paper]) -> Structure:
    """Read the skeleton of a page; every part may be missing."""
    motto, about, salutation = False, -1, -1
    symbol = body = ""
    forms: list[str] = []
    height = page.height or 1
    for index, line in enumerate(page.lines):
        if not line.words:
            continue
        text, top = line.text, line.box[1] / height
        if top < 0.5:
            motto = motto or is_motto(text)
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
        if not symbol and top < _TOP:
            symbol, body = symbol_in(text)
    return Structure(
        motto=motto,
        symbol=symbol,
        body=body,
        about=about,
        salutation=salutation,
        forms=tuple(forms),
        mrz=_mrz_of(page),
        identity_qr=any(m.kind is MarkKind.QR and m.text.count("|") >= 5 for m in page.marks),
    )


def symbol_in(text: str) -> tuple[str, str]:
    """The symbol and the body in a number line: ``Số: 15/QĐ-UBND`` gives ``("QD", "UBND")``, in folded capitals;
    two empty texts where the line bears no number."""
    found = _NUMBER_LINE.search(text)
    if not found or found.start() > 24:
        return ("", "")
    rest = found["rest"]
    turned = _REVERSED.search(rest)
    if turned:
        return (fold(turned["symbol"]), fold(turned["body"]))
    match = _SYMBOL.search(rest)
    if not match:
        return ("", "")
    return (fold(match["symbol"]), fold(match["body"] or ""))


def _mrz_of(page: PageReading) -> str:
    for mark in page.marks:
        if mark.kind is MarkKind.MRZ:
            return mark.text
    for line in page.lines:
        text = line.text.replace(" ", "")
        if text.count("<") >= 3 and len(text) >= 24:
            return text
    return ""


def section_numbers(page: PageReading) -> int:
    """How many lines begin like a section or an article (``Điều 1``, ``II.``)."""
    return sum(bool(_SECTION.match(line.text)) for line in page.lines if line.words)
