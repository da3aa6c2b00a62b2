"""The one place where an event is written and where an intake moves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from storage import models
from storage.identifiers import new_identifier
from storage.refusals import UnknownRecordError
from storage.states import IntakeState, IntakeStep, after_intake_step
from storage.trace.sealing import tell_of_event


def record(
    session: Session,
    what: str,
    *,
    by: str,
    at: datetime,
    ma_ho_so: str,
    intake_id: str | None = None,
    document_id: str | None = None,
    **details: object,
) -> None:
    """Add an event to the transaction. ``details`` hold no personal data: events are never erased."""
    event = models.Event(
        id=new_identifier(),
        at=at,
        what=what,
        by=by,
        ma_ho_so=ma_ho_so,
        intake_id=intake_id,
        document_id=document_id,
        details=details,
    )
    session.add(event)
    tell_of_event(session, event)


def locked_intake(session: Session, intake_id: str) -> models.Intake:
    """The intake's row, held until the transaction ends.

    Raises:
        UnknownRecordError: no such intake.
    """
    row = session.get(models.Intake, intake_id, with_for_update=True)
    if row is None:
        raise UnknownRecordError("intake", intake_id)
    return row


def move(
    session: Session, row: models.Intake, step: IntakeStep, *, by: str, at: datetime, **details: object
) -> None:
    """Take an intake one step on, with its event. Whatever the step, a hold on it ends here; claiming sets
    its own anew.

    Raises:
        ConflictError: ``wrong_state``.
    """
    row.state = after_intake_step(IntakeState(row.state), step)
    row.claim = row.claimed_by = row.lease_until = row.deadline = None
    record(session, f"intake_{step}", by=by, at=at, ma_ho_so=row.ma_ho_so, intake_id=row.id, **details)  # type: ignore[arg-type]
