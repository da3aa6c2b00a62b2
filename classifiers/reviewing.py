"""Whether a person should look at a document, why, and at which of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifiers.catalogue import OTHER
from classifiers.fields.specs import fields_of
from classifiers.fields.unread import unread_fields
from records import FieldValue, PageReading, Review, TypeFinding, Verdict

_MANUAL = frozenset({"secret", "page_failed", "blank_document", "unreadable_separator"})
"""Reasons for which the whole document goes to a person, not only named fields."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below ``type_confidence`` the type, below ``field_confidence`` a field, below ``page_confidence`` the
    text of a page counts as doubtful (0 to 1). ``low_dpi``: a scan below it is told to be of low resolution.
    ``manual_fields``: with so many doubtful fields the whole document goes to a person."""

    type_confidence: float = 0.8
    field_confidence: float = 0.75
    page_confidence: float = 0.75
    low_dpi: float = 140.0
    manual_fields: int = 6


def review(
    type: TypeFinding,  # noqa: A002 - the record's own word
    fields: Sequence[FieldValue],
    pages: Sequence[PageReading],
    reasons: Iterable[str] = (),
    thresholds: Thresholds = Thresholds(),
) -> Review:
    """The verdict on one document.

    Args:
        type: what kind of paper it is taken for.
        fields: what was read of it.
        pages: its pages.
        reasons: reason codes that earlier steps raised (boundaries, secrecy).
        thresholds: from where on something is doubtful.

    Returns:
        ``auto`` with no reasons, ``check`` with the doubtful fields named (a required field that is missing
        is one of them, and one whose label is printed without a value), or ``manual`` when the document as a
        whole needs a person.
    """
    found = list(dict.fromkeys(reasons))
    doubtful: list[str] = []

    def add(reason: str) -> None:
        if reason not in found:
            found.append(reason)

    if pages and all(p.blank for p in pages):
        add("blank_document")
    if any(p.failure for p in pages):
        add("page_failed")
    if any(0 < p.dpi < thresholds.low_dpi for p in pages if p.lines):
        add("low_resolution")
    if any(p.confidence < thresholds.page_confidence for p in pages if p.lines):
        add("low_confidence")
    if type.code == OTHER:
        add("unknown_type")
    elif type.confidence < thresholds.type_confidence:
        add("unsure_type")
    present = {f.name for f in fields}
    unread = unread_fields(type.code, pages, present)
    for spec in fields_of(type.code):
        if spec.name not in present and (spec.required or spec.name in unread):
            add("missing_field")
            doubtful.append(spec.name)
    for field in fields:
        why = _doubt(field, thresholds)
        if why:
            doubtful.append(field.name)
            add(why)
    manual = bool(_MANUAL & set(found)) or type.code == OTHER or len(doubtful) >= thresholds.manual_fields
    verdict = Verdict.AUTO if not found else Verdict.MANUAL if manual else Verdict.CHECK
    return Review(tuple(found), tuple(dict.fromkeys(doubtful)), verdict)


def _doubt(field: FieldValue, thresholds: Thresholds) -> str | None:
    if "mark_disagrees" in field.problems:
        return "mark_disagrees"
    if field.source == "handwriting" or "handwriting" in field.problems:
        return "handwriting"
    if not field.valid:
        return "invalid_field"
    if field.confidence < thresholds.field_confidence:
        return "doubtful_field"
    return None
