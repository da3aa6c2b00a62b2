"""From rows to views."""

from __future__ import annotations

from collections.abc import Sequence

from records import Verdict
from storage import models
from storage.states import Channel, DocumentState, IntakeState, Lane
from storage.views import DocumentView, DossierView, EventView, FieldView, IntakeView, PageView


def dossier_view(row: models.Dossier) -> DossierView:
    """A dossier's row as the rest sees it."""
    return DossierView(
        ma_ho_so=row.ma_ho_so,
        noi_ho_tro=row.noi_ho_tro,
        noi_tiep_nhan=row.noi_tiep_nhan,
        co_quan_giai_quyet=row.co_quan_giai_quyet,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
    )


def intake_view(row: models.Intake) -> IntakeView:
    """An intake's row as the rest sees it."""
    return IntakeView(
        id=row.id,
        ma_ho_so=row.ma_ho_so,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        channel=Channel(row.channel),
        lane=Lane(row.lane),
        sender=row.sender,
        received_at=row.received_at,
        state=IntakeState(row.state),
        reason=row.reason,
        reason_values=dict(row.reason_values),
        attempts=row.attempts,
        pages_done=row.pages_done,
        pages_total=row.pages_total,
        warnings=tuple(row.warnings),
        claimed_by=row.claimed_by,
        deadline=row.deadline,
        not_before=row.not_before,
        finished_at=row.finished_at,
    )


def document_view(row: models.Document, source_name: str) -> DocumentView:
    """A document's row as the rest sees it."""
    return DocumentView(
        id=row.id,
        intake_id=row.intake_id,
        ma_ho_so=row.ma_ho_so,
        position=row.position,
        source_name=source_name,
        source_pages=tuple(row.source_pages),
        type_code=row.type_code,
        type_label=row.type_label,
        type_confidence=row.type_confidence,
        type_read=row.type_read,
        state=DocumentState(row.state),
        verdict=Verdict(row.verdict),
        reasons=tuple(row.reasons),
        doubtful_fields=tuple(row.doubtful_fields),
        confidence=row.confidence,
        pdf_sha256=row.pdf_sha256,
        pdf_size=row.pdf_size,
        pdf_kept=row.pdf_kept,
        record_sha256=row.record_sha256,
        version=row.version,
        attached_at=row.attached_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
    )


def field_view(row: models.Field) -> FieldView:
    """A field's row as the rest sees it."""
    box = row.box
    return FieldView(
        name=row.name,
        value=row.value,
        read_value=row.read_value,
        confidence=row.confidence,
        page=row.page,
        box=(box[0], box[1], box[2], box[3]) if box else None,
        valid=row.valid,
        problems=tuple(row.problems),
        source=row.source,
        corrected_by=row.corrected_by,
        corrected_at=row.corrected_at,
    )


def page_views(rows: Sequence[models.Page], texts: Sequence[str]) -> tuple[PageView, ...]:
    """Pages as the rest sees them. ``texts`` are those of the document's pages by position."""
    return tuple(
        PageView(
            number=row.number,
            role=row.role,
            position=row.position,
            width=row.width,
            height=row.height,
            dpi=row.dpi,
            rotation=row.rotation,
            skew=row.skew,
            blank=row.blank,
            confidence=row.confidence,
            origin=row.origin,
            failure=row.failure,
            refusal=row.refusal,
            refusal_values=dict(row.refusal_values),
            warnings=tuple(row.warnings),
            text=texts[row.position - 1] if row.position and row.position <= len(texts) else "",
        )
        for row in rows
    )


def event_view(row: models.Event) -> EventView:
    """An event's row as the rest sees it."""
    return EventView(
        id=row.id,
        at=row.at,
        what=row.what,
        by=row.by,
        ma_ho_so=row.ma_ho_so,
        intake_id=row.intake_id,
        document_id=row.document_id,
        details=dict(row.details),
    )
