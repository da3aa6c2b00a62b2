"""An intake is worked on: claimed, followed, attached or failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from errors import MachineError, SenderError
from records import DigitizedFile
from storage import models
from storage.columns import storable
from storage.database import Database
from storage.dossiers.attaching import add_documents
from storage.dossiers.events import locked_intake, move
from storage.dossiers.turns import anyone_waits, whose_turn
from storage.dossiers.viewing import intake_view
from storage.identifiers import new_identifier
from storage.refusals import ClaimLostError, UnknownRecordError
from storage.states import IntakeState, IntakeStep, Lane
from storage.views import Claim, IntakeView

LEASE = timedelta(seconds=30)
"""How long a worker may be silent before its work is taken from it."""
MAX_ATTEMPTS = 3
"""How often the machine tries before a person must decide."""
PAUSES = (timedelta(seconds=5), timedelta(seconds=30))
"""How long to wait after the first, the second … broken attempt."""

OUTAGES = frozenset({"objects_unreachable", "database_unreachable", "scanner_unreachable"})
"""Faults of a part that all files need. They do not count as attempts: when the store is down for an hour, the
files wait, and not every one of them for a person afterwards."""
OUTAGE_PAUSE = timedelta(seconds=10)
_CLAIM_TRIES = 10
_CLAIM_PAUSE = 0.03  # seconds


def claim_intake(database: Database, intake_id: str, *, worker: str, allowed: timedelta) -> Claim | None:
    """Take an intake to work on it, for at most ``allowed``. The attempt is counted and committed before
    any work, so that an intake which kills its worker does not come back for ever. None when there is
    nothing to do: another worker has it, it is done, or it must wait.

    Raises:
        UnknownRecordError: no such intake.
    """
    with database.write() as session:
        now = database.clock()
        row = locked_intake(session, intake_id)
        if row.state != IntakeState.RECEIVED or (row.not_before and row.not_before > now):
            return None
        return _claimed(session, row, worker, now, allowed)


def claim_next(database: Database, lane: Lane, *, worker: str, allowed: timedelta) -> Claim | None:
    """As :func:`claim_intake`, for the intake of the lane whose turn it is (:mod:`storage.dossiers.turns`)."""
    for _ in range(_CLAIM_TRIES):
        with database.write() as session:
            now = database.clock()
            row = whose_turn(session, lane, now)
            if row is not None:
                return _claimed(session, row, worker, now, allowed)
            if not anyone_waits(session, lane, now):
                return None
        time.sleep(_CLAIM_PAUSE)  # another transaction holds what waits: it is just being sent, or claimed
    return None


def _claimed(session: Session, row: models.Intake, worker: str, now: datetime, allowed: timedelta) -> Claim:
    move(session, row, IntakeStep.CLAIM, by=worker, at=now, attempt=row.attempts + 1)
    row.attempts += 1
    row.claim = new_identifier()
    row.claimed_by = worker
    row.deadline = now + allowed
    row.lease_until = min(now + LEASE, row.deadline)
    row.pages_done = 0
    session.flush()
    return Claim(
        token=row.claim,
        worker=worker,
        attempt=row.attempts,
        lease_until=row.lease_until,
        deadline=row.deadline,
        intake=intake_view(row),
    )


def renew_claim(database: Database, claim: Claim) -> None:
    """Say that the worker is alive. The lease never outlasts the deadline.

    Raises:
        ClaimLostError: the work was taken away.
    """
    with database.write() as session:
        row = _held(session, claim)
        row.lease_until = min(database.clock() + LEASE, claim.deadline)


def report_progress(database: Database, claim: Claim, *, pages_done: int, pages_total: int) -> None:
    """Say how many pages are read.

    Raises:
        ClaimLostError: the work was taken away.
    """
    with database.write() as session:
        row = _held(session, claim)
        row.pages_done, row.pages_total = pages_done, pages_total
        row.lease_until = min(database.clock() + LEASE, claim.deadline)


def attach_documents(
    database: Database, claim: Claim, digitized: DigitizedFile, records: Sequence[str]
) -> tuple[str, ...]:
    """Put all documents of a file into its dossier, or none, and return their ids. The PDFs are stored
    already; ``records`` are the sha256 of the documents' JSON records, stored already, in the same order.

    Raises:
        ClaimLostError: the work was taken away; nothing is recorded.
        ValueError: ``digitized`` is of another file, or ``records`` do not fit.
    """
    if digitized.source.sha256 != claim.intake.sha256:
        raise ValueError("the result is of another file")
    with database.write() as session:
        now = database.clock()
        row = _held(session, claim)
        move(
            session,
            row,
            IntakeStep.ATTACH,
            by=claim.worker,
            at=now,
            documents=len(digitized.documents),
            pages=digitized.page_count,
        )
        row.media_type = digitized.media_type
        row.pages_done = row.pages_total = digitized.page_count
        row.warnings = list(digitized.warnings)
        row.reason, row.reason_values = None, {}
        row.not_before, row.finished_at = None, now
        return add_documents(session, row, digitized, records, by=claim.worker, at=now)


def fail_intake(
    database: Database, claim: Claim, error: SenderError | MachineError, *, max_attempts: int = MAX_ATTEMPTS
) -> IntakeView:
    """Record why the work broke off. A sender's fault fails the intake at once; a machine's fault sends it
    back to wait for another attempt until there were ``max_attempts``; one of :data:`OUTAGES` however often.

    Raises:
        ClaimLostError: the work was taken away.
    """
    with database.write() as session:
        row = _held(session, claim)
        if isinstance(error, SenderError):
            row.reason, row.reason_values = error.code, _plain(error.values)
            now = row.finished_at = database.clock()
            move(session, row, IntakeStep.REFUSE, by=claim.worker, at=now, reason=error.code)
        else:
            _break_off(session, database, row, error, claim.worker, max_attempts)
        session.flush()
        return intake_view(row)


def hand_back(database: Database, claim: Claim) -> None:
    """Stop in good order: the intake waits again at once and the attempt does not count.

    Raises:
        ClaimLostError: the work was taken away.
    """
    with database.write() as session:
        row = _held(session, claim)
        row.attempts -= 1
        row.sent_at = None
        move(session, row, IntakeStep.HAND_BACK, by=claim.worker, at=database.clock())


def sweep_stale(
    database: Database,
    *,
    is_dead: Callable[[str], bool] = lambda worker: False,
    by: str = "sweeper",
    max_attempts: int = MAX_ATTEMPTS,
) -> tuple[IntakeView, ...]:
    """Take the work from workers that fell silent or that ``is_dead`` knows of; what was taken."""
    with database.write() as session:
        now = database.clock()
        held = select(models.Intake).filter_by(state=IntakeState.WORKING)
        taken = []
        for row in session.scalars(held.order_by(models.Intake.id).with_for_update(skip_locked=True)):
            silent = row.lease_until is None or row.lease_until < now
            if silent or is_dead(row.claimed_by or ""):
                late = row.deadline is not None and row.deadline < now
                error = MachineError("intake_overdue" if late else "interrupted")
                _break_off(session, database, row, error, by, max_attempts)
                taken.append(row)
        session.flush()
        return tuple(intake_view(row) for row in taken)


def take_pending(
    database: Database, *, unsent_for: timedelta, lane: Lane | None = None, limit: int = 500
) -> tuple[IntakeView, ...]:
    """What waits, may be tried now and was not given to the broker within ``unsent_for``, oldest first, the
    counter before the rest. It is marked as sent; should sending fail, it is found again later."""
    with database.write() as session:
        now = database.clock()
        waiting = (
            select(models.Intake)
            .filter_by(state=IntakeState.RECEIVED)
            .where(or_(models.Intake.not_before.is_(None), models.Intake.not_before <= now))
            .where(or_(models.Intake.sent_at.is_(None), models.Intake.sent_at <= now - unsent_for))
            .order_by(models.Intake.lane.desc(), models.Intake.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        if lane is not None:
            waiting = waiting.filter_by(lane=lane)
        rows = session.scalars(waiting).all()
        for row in rows:
            row.sent_at = now
        session.flush()
        return tuple(intake_view(row) for row in rows)


def mark_sent(database: Database, intake_id: str) -> None:
    """Note that the broker took the intake.

    Raises:
        UnknownRecordError: no such intake.
    """
    with database.write() as session:
        locked_intake(session, intake_id).sent_at = database.clock()


def _held(session: Session, claim: Claim) -> models.Intake:
    try:
        row = locked_intake(session, claim.intake.id)
    except UnknownRecordError as error:
        raise ClaimLostError(claim.intake.id) from error
    if row.claim != claim.token:
        raise ClaimLostError(claim.intake.id)
    return row


def _break_off(
    session: Session, database: Database, row: models.Intake, error: MachineError, by: str, max_attempts: int
) -> None:
    now = database.clock()
    row.reason, row.reason_values = error.code, _plain(error.values)
    if error.code in OUTAGES:
        row.attempts -= 1
        row.not_before = now + OUTAGE_PAUSE
        row.sent_at = None
        step = IntakeStep.TRY_AGAIN
    elif row.attempts < max_attempts:
        row.not_before = now + PAUSES[min(row.attempts, len(PAUSES)) - 1]
        row.sent_at = None
        step = IntakeStep.TRY_AGAIN
    else:
        row.finished_at = now
        step = IntakeStep.GIVE_UP
    move(session, row, step, by=by, at=now, reason=error.code, attempt=row.attempts)


def _plain(values: dict[str, object]) -> dict[str, str | int | float]:
    return {name: v if isinstance(v, int | float) else storable(str(v)) for name, v in values.items()}
