"""The rows of a digitized file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from errors import SenderError
from records import Composed, CoverSheet, DigitizedFile, Document, FieldValue, PageReading
from storage import models
from storage.dossiers.events import record
from storage.dossiers.receiving import ensure_dossier
from storage.identifiers import new_identifier
from storage.states import DocumentState


def add_documents(
    session: Session,
    intake: models.Intake,
    digitized: DigitizedFile,
    records: Sequence[str],
    *,
    by: str,
    at: datetime,
) -> tuple[str, ...]:
    """Add documents, pages and fields to the transaction; the documents' ids in order. A document behind a
    cover sheet that names a dossier goes to that dossier, every other to the intake's.

    Raises:
        ValueError: not one JSON record for each document.
    """
    ids = []
    covers = digitized.covers or (None,) * len(digitized.documents)
    for position, ((document, composed), record_sha256, cover) in enumerate(
        zip(digitized.documents, records, covers, strict=True), start=1
    ):
        row = _document_row(intake, position, document, composed, record_sha256, at)
        row.ma_ho_so = _dossier_of(session, intake, cover, by, at)
        session.add(row)
        session.flush()
        ids.append(row.id)
        session.add_all(_page_row(intake.id, row.id, n, page) for n, page in enumerate(document.pages, 1))
        session.add_all(_field_row(row.id, n, value) for n, value in enumerate(document.fields, 1))
        record(
            session,
            "document_attached",
            by=by,
            at=at,
            ma_ho_so=row.ma_ho_so,
            intake_id=intake.id,
            document_id=row.id,
            type=document.type.code,
            verdict=document.review.verdict,
            pdf_sha256=composed.sha256,
        )
    session.add_all(
        models.Page(intake_id=intake.id, number=number, role="separator") for number in digitized.separators
    )
    session.add_all(
        models.Page(
            intake_id=intake.id,
            number=page.number,
            role="refused",
            refusal=page.reason,
            refusal_values=dict(page.values),
        )
        for page in digitized.refused
    )
    session.flush()
    return tuple(ids)


def _dossier_of(
    session: Session, intake: models.Intake, cover: CoverSheet | None, by: str, at: datetime
) -> str:
    """The code of the dossier that a document belongs to; the dossier is opened if need be. A sheet whose
    code cannot be (its day lies ahead) is not followed."""
    if cover is None or not cover.ma_ho_so or cover.ma_ho_so == intake.ma_ho_so:
        return intake.ma_ho_so
    try:
        return ensure_dossier(session, cover.ma_ho_so, {}, by, at)[0].ma_ho_so
    except SenderError:
        return intake.ma_ho_so


def _document_row(
    intake: models.Intake,
    position: int,
    document: Document,
    composed: Composed,
    record_sha256: str,
    at: datetime,
) -> models.Document:
    letters = [(page.confidence, max(1, sum(len(w.text) for w in page.words))) for page in document.pages]
    return models.Document(
        id=new_identifier(),
        intake_id=intake.id,
        ma_ho_so=intake.ma_ho_so,
        position=position,
        source_pages=[page.number for page in document.pages],
        type_code=document.type.code,
        type_label=document.type.label,
        type_confidence=document.type.confidence,
        type_read=document.type.code,
        state=DocumentState.TO_CHECK if document.review.needed else DocumentState.READY,
        verdict=document.review.verdict,
        reasons=list(document.review.reasons),
        doubtful_fields=list(document.review.fields),
        confidence=sum(c * n for c, n in letters) / sum(n for _, n in letters) if letters else 0.0,
        pdf_sha256=composed.sha256,
        pdf_size=composed.size,
        pdf_kept=composed.kept,
        record_sha256=record_sha256,
        text=document.text,
        version=1,
        attached_at=at,
    )


def _page_row(intake_id: str, document_id: str, position: int, page: PageReading) -> models.Page:
    return models.Page(
        intake_id=intake_id,
        number=page.number,
        role="document",
        document_id=document_id,
        position=position,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        blank=page.blank,
        confidence=page.confidence,
        origin=page.origin,
        failure=page.failure,
        warnings=list(page.warnings),
    )


def _field_row(document_id: str, order: int, value: FieldValue) -> models.Field:
    return models.Field(
        document_id=document_id,
        name=value.name,
        order=order,
        read_value=value.value,
        value=value.value,
        confidence=value.confidence,
        page=value.page,
        box=list(value.box),
        valid=value.valid,
        problems=list(value.problems),
        source=value.source,
    )
