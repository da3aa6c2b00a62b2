"""What people decide: correct, confirm, try again, close."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from records import FieldValue, Review
from storage import models
from storage.database import Database
from storage.dossiers.events import locked_intake, move, record
from storage.dossiers.refilling import refill
from storage.dossiers.viewing import document_view, intake_view
from storage.refusals import ConflictError, UnknownRecordError
from storage.states import DocumentState, DocumentStep, IntakeState, IntakeStep, after_document_step
from storage.views import DocumentView, IntakeView


def correct_field(
    database: Database,
    document_id: str,
    name: str,
    value: str,
    *,
    by: str,
    expected_version: int,
    valid: bool = True,
    problems: tuple[str, ...] = (),
) -> DocumentView:
    """Put a person's value beside what was read; a field that was not read is added. ``valid`` and
    ``problems`` are what the validators said of the new value.

    Raises:
        UnknownRecordError: no such document.
        ConflictError: ``version_conflict``, the document is no longer at ``expected_version``.
    """
    with database.write() as session:
        now = database.clock()
        row = _step(session, document_id, DocumentStep.CORRECT, expected_version)
        field = session.get(models.Field, (document_id, name))
        before = field.value if field else None
        if field is None:
            order = session.query(models.Field).filter_by(document_id=document_id).count() + 1
            field = models.Field(document_id=document_id, name=name, order=order, source="person")
            session.add(field)
        field.value, field.valid, field.problems = value, valid, list(problems)
        field.corrected_by, field.corrected_at = by, now
        session.add(
            models.Correction(
                document_id=document_id,
                version=row.version,
                name=name,
                before=before,
                after=value,
                by=by,
                at=now,
            )
        )
        _record(session, row, "field_corrected", by, database, field=name)
        return _viewed(session, row)


def correct_type(
    database: Database,
    document_id: str,
    code: str,
    label: str,
    *,
    by: str,
    expected_version: int,
    found: tuple[Sequence[FieldValue], Review] | None = None,
) -> DocumentView:
    """Say which type the paper is; ``type_read`` keeps what the classifier said. ``found``: the fields of a
    paper of that type and what is doubtful then; without it the fields stay as they are.

    Raises:
        UnknownRecordError: no such document.
        ConflictError: ``version_conflict``.
    """
    with database.write() as session:
        row = _step(session, document_id, DocumentStep.CORRECT, expected_version)
        before = row.type_code
        row.type_code, row.type_label, row.type_confidence = code, label, 1.0
        if found is not None:
            refill(session, row, *found)
        _record(session, row, "type_corrected", by, database, before=before, after=code)
        return _viewed(session, row)


def confirm_document(database: Database, document_id: str, *, by: str, expected_version: int) -> DocumentView:
    """A person has compared the document with the paper and answers for it.

    Raises:
        UnknownRecordError: no such document.
        ConflictError: ``version_conflict``; ``already_confirmed``.
    """
    with database.write() as session:
        row = _step(session, document_id, DocumentStep.CONFIRM, expected_version)
        row.confirmed_by, row.confirmed_at = by, database.clock()
        _record(session, row, "document_confirmed", by, database)
        return _viewed(session, row)


def retry_intake(database: Database, intake_id: str, *, by: str) -> IntakeView:
    """Let a failed intake wait again, with all its attempts.

    Raises:
        UnknownRecordError: no such intake.
        ConflictError: ``not_failed``.
    """
    with database.write() as session:
        row = _failed_intake(session, intake_id)
        move(session, row, IntakeStep.RETRY, by=by, at=database.clock())
        row.reason, row.reason_values, row.attempts, row.pages_done = None, {}, 0, 0
        row.sent_at = row.not_before = row.finished_at = None
        session.flush()
        return intake_view(row)


def close_intake(database: Database, intake_id: str, *, by: str, why: str = "") -> IntakeView:
    """Decide that nothing more comes of a failed intake. The original and the record stay.

    Raises:
        UnknownRecordError: no such intake.
        ConflictError: ``not_failed``.
    """
    with database.write() as session:
        row = _failed_intake(session, intake_id)
        move(session, row, IntakeStep.CLOSE, by=by, at=database.clock(), why=why)
        session.flush()
        return intake_view(row)


def _failed_intake(session: Session, intake_id: str) -> models.Intake:
    row = locked_intake(session, intake_id)
    if row.state != IntakeState.FAILED:
        raise ConflictError("not_failed")
    return row


def _step(session: Session, document_id: str, step: DocumentStep, expected_version: int) -> models.Document:
    row = session.get(models.Document, document_id, with_for_update=True)
    if row is None:
        raise UnknownRecordError("document", document_id)
    if row.version != expected_version:
        raise ConflictError("version_conflict", expected=expected_version, now=row.version)
    row.state = after_document_step(DocumentState(row.state), step)
    row.confirmed_by = row.confirmed_at = None
    row.version += 1
    return row


def _record(
    session: Session, row: models.Document, what: str, by: str, database: Database, **details: object
) -> None:
    record(
        session,
        what,
        by=by,
        at=database.clock(),
        ma_ho_so=row.ma_ho_so,
        intake_id=row.intake_id,
        document_id=row.id,
        version=row.version,
        **details,
    )


def _viewed(session: Session, row: models.Document) -> DocumentView:
    session.flush()
    return document_view(row, session.get_one(models.Intake, row.intake_id).name)
