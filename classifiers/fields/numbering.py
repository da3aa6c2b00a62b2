"""Number and symbol of a paper: ``Số: 3255/QĐ-UBND``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.fields.folding import bare, fold
from classifiers.fields.found import Found
from classifiers.fields.handwriting import looks_handwritten
from classifiers.fields.head import Head, is_number_line
from classifiers.fields.layout import Run, Sheet, Token

_SYMBOL = re.compile(
    r"^(?P<number>\S{0,9}?)\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<symbol>[A-ZĐƯÂÊÔƠĂ][\wĐ]{0,11}(?:\s?[-–&.]\s?[\wĐ]{1,12}){0,5})"
)


def symbol(sheets: Sequence[Sheet], head: Head | None) -> Found | None:
    """Number and symbol, ``3255/QĐ-UBND``. A number that is missing or not made of figures (written by hand
    and not legible) gives nothing: it is never made up."""
    places: list[Run] = list(head.left) if head else []
    if sheets and (head is None or head.boundary is None):
        places += [r for r in sheets[0].runs if r.top < 0.5 * sheets[0].height]
    for run in places:
        if is_number_line(run):
            opening = run.tokens[0].text
            rest = list(run.tokens[1:])
            if len(bare(opening)) > 2:
                # "Số:/-J72/TB-SYT" and "Số:15/QĐ" come as one word
                cut = re.search(r"[:;/\d]", opening[1:])
                rest.insert(
                    0, replace(run.tokens[0], text=opening[1 + (cut.start() if cut else 1) :].lstrip(":;"))
                )
            found = _symbol_after(sheets[0], run, rest, 1.0)
            if found:
                return found
            if "/" in run.text:
                return None
    for run in head.left if head else ():
        if "/" in run.text and not fold(run.text).startswith("v/v"):
            found = _symbol_after(sheets[0], run, run.tokens, 0.75)
            if found:
                return found
    return None


def _symbol_after(sheet: Sheet, run: Run, tokens: Sequence[Token], evidence: float) -> Found | None:
    while tokens and not bare(tokens[0].text) and "/" not in tokens[0].text:
        tokens = tokens[1:]
    text = " ".join(t.text for t in tokens).replace("Ð", "Đ")
    match = _SYMBOL.match(text.lstrip(" :."))
    if not match:
        return None
    figures = match["number"]
    if not re.fullmatch(r"\d{1,6}[a-zA-Z]?", figures):
        return None
    mark = re.sub(r"\s", "", match["symbol"]).replace("–", "-").rstrip(".-&")
    value = "/".join(p for p in (figures, match["year"], mark) if p)
    used: list[Token] = []
    wanted = len(text) - len(text.lstrip(" :.")) + match.end()
    at = 0
    for token in tokens:
        if at < wanted:
            used.append(token)
        at += len(token.text) + 1
    ceiling = 1.0
    note, source = "", "print"
    if looks_handwritten(sheet, used, digits_only=True):
        ceiling, note, source = 0.5, "handwriting", "handwriting"
    elif used[0].text.isdigit() and len(used) > 1:
        # a gap is left where numbers are filled in by hand
        ceiling = 0.85
    return Found(value, tuple(used), run.page, evidence, ceiling, note, source)
