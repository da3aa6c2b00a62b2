"""The fields of a document are found anew, because its type or its pages are others now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import FieldValue, Review, Verdict
from storage import models


def refill(session: Session, row: models.Document, fields: Sequence[FieldValue], doubts: Review) -> None:
    """Put the fields that were found now in place of those that were found before; the values that persons
    gave stay, beside what is read now. What was read at first stays in the document's record."""
    known = {
        field.name: field for field in session.scalars(select(models.Field).filter_by(document_id=row.id))
    }
    found = {field.name for field in fields}
    for name, field in known.items():
        if name not in found and field.corrected_by is None:
            session.delete(field)
    for order, value in enumerate(fields, start=1):
        kept = known.get(value.name)
        if kept is None:
            kept = models.Field(document_id=row.id, name=value.name, value=value.value, valid=value.valid)
            session.add(kept)
        kept.order, kept.read_value, kept.confidence = order, value.value, value.confidence
        kept.page, kept.box = value.page, list(value.box)
        if kept.corrected_by is None:
            kept.value, kept.valid, kept.problems = value.value, value.valid, list(value.problems)
            kept.source = value.source
    left = [field for name, field in known.items() if name not in found and field.corrected_by is not None]
    for order, field in enumerate(left, start=len(fields) + 1):
        field.order = order
    row.reasons, row.doubtful_fields = list(doubts.reasons), list(doubts.fields)
    row.verdict = doubts.verdict if doubts.needed else Verdict.CHECK
