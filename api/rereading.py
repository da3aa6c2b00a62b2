"""What a document's record says, held once more against another type of paper.

The record keeps words and their boxes, not the cells of a row; these are found again by the gaps between words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.fields import find_fields
from classifiers.reviewing import Thresholds, review
from records import (
    IDENTITY,
    FieldValue,
    Line,
    Mark,
    MarkKind,
    PageReading,
    PictureFile,
    Region,
    RegionKind,
    Review,
    TextOrigin,
    TypeFinding,
    Word,
)

LASTING = frozenset({"unsure_boundary", "unreadable_separator", "page_refused", "handwriting"})
"""Reasons that another type does not take away: no later step finds them anew."""
_CELL_GAP = 2.5
"""So many heights of a word apart, two words stand in two cells."""


def reread(
    record: Mapping[str, Any],
    finding: TypeFinding,
    before: Iterable[str],
    *,
    today: date,
    thresholds: Thresholds,
) -> tuple[tuple[FieldValue, ...], Review]:
    """The fields that a paper of this type bears, and what is doubtful then. ``before``: the reasons for a
    look that were known, of which the lasting ones stay."""
    pages = pages_of_record(record)
    fields = find_fields(finding.code, pages, today=today)
    lasting = [reason for reason in before if reason in LASTING]
    return fields, review(finding, fields, pages, lasting, thresholds)


def pages_of_record(record: Mapping[str, Any]) -> tuple[PageReading, ...]:
    """The pages as they were read; their pictures are not among it."""
    return tuple(_page(page) for page in record["pages"])


def _page(page: Mapping[str, Any]) -> PageReading:
    words = [Word(one["text"], _box(one["box"]), one["confidence"]) for one in page["words"]]
    width, height = page["width"], page["height"]
    return PageReading(
        number=page["number"],
        width=width,
        height=height,
        dpi=float(page["dpi"]),
        rotation=page["rotation"],
        skew=page["skew"],
        picture=PictureFile(Path(), "", width, height, 1, 8, IDENTITY),
        lines=tuple(_lines(page["text"], words)),
        origin=TextOrigin(page["origin"]),
        blank=page["blank"],
        marks=tuple(
            Mark(MarkKind(one["kind"]), one["text"], _box(one["box"])) for one in page.get("marks", ())
        ),
        regions=tuple(Region(RegionKind(one["kind"]), _box(one["box"])) for one in page.get("regions", ())),
        warnings=tuple(page.get("warnings", ())),
        failure=page.get("failure"),
    )


def _lines(text: str, words: Sequence[Word]) -> Iterable[Line]:
    """Each line of the text is one row; its words are the next ones in reading order."""
    at = 0
    for row, line in enumerate(text.split("\n")):
        taken: list[Word] = []
        length = 0
        while at < len(words) and length < len(line):
            length += len(words[at].text) + bool(taken)
            taken.append(words[at])
            at += 1
        for cell, part in enumerate(_cells(taken)):
            yield Line(tuple(part), row=row, cell=cell)


def _cells(row: Sequence[Word]) -> list[list[Word]]:
    cells: list[list[Word]] = []
    for word in row:
        last = cells[-1][-1] if cells else None
        gap = word.box[0] - (last.box[0] + last.box[2]) if last else 0
        if last is None or gap > _CELL_GAP * max(word.box[3], last.box[3]) or gap < -word.box[3]:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _box(box: Sequence[int]) -> tuple[int, int, int, int]:
    x, y, w, h = box
    return x, y, w, h
