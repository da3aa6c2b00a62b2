"""The two-column head of a paper (decree 30/2020, appendix I): where its cells stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.fields.folding import bare, likeness
from classifiers.fields.layout import Run, Sheet, Token

MOTTO = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc")

_NUMBERED = re.compile(r"^\W{0,2}[s5$][o06](?:\s?[:;/]|\s*[.,]?\s*(?:\d|/|$)|\s[^\s]{0,5}/)")


@dataclass(frozen=True)
class Head:
    """Where the head stands: ``motto`` the tokens of the national motto; ``boundary`` the x that parts the
    left cell from the right one (None when the motto stands alone in the middle); ``left`` the printed lines
    of the left cell, top to bottom."""

    sheet: Sheet
    motto: tuple[Token, ...]
    boundary: int | None
    left: tuple[Run, ...]


def find_head(sheet: Sheet) -> Head | None:
    """The head of a page, by its motto; None when there is none in the upper half."""
    motto = _motto(sheet, MOTTO[0], 0.72)
    second = _motto(sheet, MOTTO[1], 0.72)
    lead = motto or second
    if lead is None:
        return None
    lefts = [min(t.box[0] for t in m) for m in (motto, second) if m]
    right = max(t.right for t in lead)
    boundary: int | None = min(lefts) - 2
    middle = (min(lefts) + right) / 2
    if motto is None:
        # the first line is wider than the second by about this much on either side
        boundary = min(lefts) - round(0.35 * (right - min(lefts)))
    if abs(middle - sheet.width / 2) < 0.07 * sheet.width and min(lefts) > 0.2 * sheet.width:
        boundary = None
    top = min(t.box[1] for t in lead) - 3.5 * sheet.line_height
    left = tuple(_left_cell(sheet, boundary, top)) if boundary is not None else ()
    return Head(sheet, lead, boundary, left)


def _motto(sheet: Sheet, wanted: str, asked: float) -> tuple[Token, ...] | None:
    best: tuple[float, tuple[Token, ...]] | None = None
    for run in sheet.runs:
        if run.top > sheet.height * 0.5 or len(run.bare) < 0.6 * len(wanted):
            continue
        words = [bare(t.text) for t in run.tokens]
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                text = "".join(words[start:end])
                if abs(len(text) - len(wanted)) > 6:
                    continue
                alike = likeness(text, wanted)
                if alike >= asked and (best is None or alike > best[0]):
                    best = (alike, run.tokens[start:end])
    return best[1] if best else None


def _left_cell(sheet: Sheet, boundary: int, top: float) -> list[Run]:
    """The parts of the lines that stand left of ``boundary``, down to a third of the page below the motto."""
    found: list[Run] = []
    for run in sheet.runs:
        if run.middle < top or run.top > top + 0.4 * sheet.height:
            continue
        inside = tuple(t for t in run.tokens if t.box[0] + t.box[2] / 2 < boundary)
        outside = run.tokens[len(inside) :]
        if inside and outside:
            across = Run(outside, run.page)
            if not _is_right_cell(across):
                if len(run.tokens) >= 7 and run.middle > top + 5 * sheet.line_height:
                    break
                continue
        if inside:
            found.append(Run(inside, run.page, run.leader and not outside))
    return found


def _is_right_cell(run: Run) -> bool:
    return ("ngay" in run.folded and "nam" in run.folded) or any(likeness(run.bare, m) > 0.6 for m in MOTTO)


def is_capitals(text: str, share: float = 0.8) -> bool:
    """True when most letters are capitals, at least two of them."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= share * len(letters)


def is_number_line(run: Run) -> bool:
    """True for a line that begins with ``Số``, alone or before a number. ``SỞ Y TẾ`` folds to the same
    letters: a colon, a figure, a slash or nothing must follow."""
    return bool(_NUMBERED.match(run.folded))


def centre(run: Run) -> float:
    """x of the middle of a run."""
    return (run.left + run.right) / 2
