"""Files of a lane are taken in turns: each centre, or sender where no centre is known, one file a turn.

Start-time fair queueing (Goyal, Vin and Cheng, 1996) with files of one length: a file's turn is one after its
share's last waiting one, but not before the turn that is being served. So a flood of thousands from one share puts
one file, not thousands, before the next file of any other; and a share that was silent saves nothing up.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from storage import models
from storage.states import IntakeState, Lane


def next_turn(session: Session, lane: Lane, share: str) -> int:
    """The turn of a file that comes in now. Two that come in at once may get the same: no harm."""
    waiting = select(models.Intake.turn).filter_by(state=IntakeState.RECEIVED, lane=lane)
    # What must wait before it is tried again is an old turn, not the one that is being served.
    served = session.scalar(
        waiting.where(models.Intake.not_before.is_(None)).order_by(models.Intake.turn).limit(1)
    )
    last = session.scalar(
        select(func.max(models.Intake.turn)).filter_by(state=IntakeState.RECEIVED, lane=lane, share=share)
    )
    return max(served or 0, -1 if last is None else last + 1)


def whose_turn(session: Session, lane: Lane, now: datetime) -> models.Intake | None:
    """The row, held, of the waiting file whose turn it is; None when none may be tried now. What another
    transaction holds is passed over."""
    return session.scalars(_waiting(lane, now).limit(1).with_for_update(skip_locked=True)).first()


def anyone_waits(session: Session, lane: Lane, now: datetime) -> bool:
    """Whether a file may be tried now, held by another transaction or not."""
    return session.scalars(_waiting(lane, now).limit(1)).first() is not None


def _waiting(lane: Lane, now: datetime) -> Select[models.Intake]:
    return (
        select(models.Intake)
        .filter_by(state=IntakeState.RECEIVED, lane=lane)
        .where(or_(models.Intake.not_before.is_(None), models.Intake.not_before <= now))
        .order_by(models.Intake.turn, models.Intake.id)
    )
