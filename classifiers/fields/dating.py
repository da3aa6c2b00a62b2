"""The date a paper bears: beside the place in its head, at its foot, or in its opening words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.fields.dates import dates_in_figures
from classifiers.fields.folding import fold
from classifiers.fields.found import Found
from classifiers.fields.handwriting import looks_handwritten
from classifiers.fields.head import Head, is_number_line
from classifiers.fields.layout import Run, Sheet

_PLACE_AND_DAY = re.compile(
    r"(?:(?:lam )?tai:?\s*)?(?:[^\d:;()]{2,40}?[,.]\s*|\W*)ngay\b.{0,14}\bthang\b(?!,? nam sinh)"
)

_AFTER_MONTH = 4
"""``09 năm 2025`` and a word that was made of a speck: no more follows ``tháng`` in a line that is a date alone."""

_MADE_ON = re.compile(r"\b(?:hom nay|duoc lap|lap|ky ket|duoc ky|cung nhau)\b[^.;]{0,40}?\bngay\b")

_RIGHT_CELL_DAY = re.compile(r"[^\d:;()]{0,40}?\bngay\b.{0,14}\bthang\b(?!,? nam sinh)")


def head_date(sheets: Sequence[Sheet], head: Head | None) -> Found | None:
    """The date beside the place: ``Quảng Ninh, ngày 05 tháng 9 năm 2025``; at the foot when not at the head."""
    if not sheets:
        return None
    top = sheets[0]
    boundary = head.boundary if head is not None else None
    for run in _rows(top):
        if run.middle > 0.5 * top.height:
            break
        right = run.tokens
        if boundary is not None and run.left < boundary:
            right = tuple(t for t in run.tokens if t.box[0] + t.box[2] / 2 > boundary)
        place = _PLACE_AND_DAY if boundary is None else _RIGHT_CELL_DAY
        if right and place.match(fold(" ".join(t.text for t in right))):
            # a day that was left open or is not legible is not looked for elsewhere
            return _dated(top, Run(right, run.page))
    ceiling = 0.6 if dated_head(head) else 1.0
    for sheet in reversed(sheets):
        for run in reversed(_rows(sheet)):
            opening = _PLACE_AND_DAY.match(run.folded)
            # in a line that goes on after the year it is the day of something else
            if opening and len(run.tokens) - _words_of(run.folded[: opening.end()]) <= _AFTER_MONTH:
                found = _dated(sheet, run)
                if found:
                    return replace(found, ceiling=min(found.ceiling, ceiling))
    return None


def dated_head(head: Head | None) -> bool:
    """Whether the head has two columns and a number: then the day stands in it too."""
    return head is not None and head.boundary is not None and any(is_number_line(r) for r in head.left)


def _words_of(text: str) -> int:
    return len(text.split())


def made_on(sheets: Sequence[Sheet]) -> Found | None:
    """The day in the opening words of a paper between parties: ``Hôm nay, ngày …``, ``được lập ngày …``."""
    for sheet in sheets[:1]:
        for run in sheet.runs:
            opening = _MADE_ON.search(run.folded)
            for when in dates_in_figures(run.text) if opening else ():
                if opening and when.start >= opening.start():
                    return Found(when.iso, run.tokens_between(when.start, when.end), sheet.number, 0.95)
    return None


def _rows(sheet: Sheet) -> list[Run]:
    """The runs, then whole visual rows as one run, so that a date parted by a gap is found too."""
    rows: list[Run] = []
    for run in sheet.runs:
        rows.append(run)
        beside = sheet.beside(run)
        if beside and beside[0] is not run and beside[-1] is run:
            right = [r for r in beside if r.left > 0.3 * sheet.width]
            if len(right) > 1:
                rows.append(Run(tuple(t for r in right for t in r.tokens), sheet.number))
    return sorted(rows, key=lambda r: (round(r.middle), len(r.tokens)))


def _dated(sheet: Sheet, run: Run) -> Found | None:
    for when in dates_in_figures(run.text):
        if not re.match(r"\s*ngay", fold(run.text[when.start :])):
            continue
        tokens = run.tokens_between(when.start, when.end)
        ceiling, note, source = 1.0, "", "print"
        if looks_handwritten(
            sheet, [t for t in tokens if any(c.isdigit() for c in t.text)], digits_only=True
        ):
            ceiling, note, source = 0.5, "handwriting", "handwriting"
        if when.guessed:
            ceiling = min(ceiling, 0.6)
        if not when.possible:
            note = note or "impossible_date"
        return Found(when.iso, tokens, sheet.number, 1.0, ceiling, note, source)
    return None
