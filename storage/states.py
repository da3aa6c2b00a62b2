"""The states of an intake and of a document, and the only steps between them."""

from __future__ import annotations

from enum import StrEnum

from storage.refusals import ConflictError


class Channel(StrEnum):
    """The way a file came in."""

    COUNTER = "counter"
    POST = "post"
    BATCH = "batch"
    FOLDER = "folder"


class Lane(StrEnum):
    """Which queue work waits in. Someone is standing at the counter; nobody waits for a batch."""

    COUNTER = "counter"
    BATCH = "batch"


LANE_OF: dict[Channel, Lane] = {
    Channel.COUNTER: Lane.COUNTER,
    Channel.POST: Lane.BATCH,
    Channel.BATCH: Lane.BATCH,
    Channel.FOLDER: Lane.BATCH,
}


class IntakeState(StrEnum):
    """``received``: stored and waiting. ``working``: one worker holds it. ``attached``: its documents are in
    the dossier. ``failed``: a person must decide. ``closed``: one decided that nothing
    more comes of it."""

    RECEIVED = "received"
    WORKING = "working"
    ATTACHED = "attached"
    FAILED = "failed"
    CLOSED = "closed"


class IntakeStep(StrEnum):
    """What can happen to an intake. ``refuse``: the sender's fault. ``try_again`` and ``give_up``: the
    machine's fault, with attempts left or none. ``hand_back``: a worker stops in good order."""

    CLAIM = "claim"
    ATTACH = "attach"
    REFUSE = "refuse"
    TRY_AGAIN = "try_again"
    GIVE_UP = "give_up"
    HAND_BACK = "hand_back"
    RETRY = "retry"
    CLOSE = "close"


INTAKE_STEPS: dict[tuple[IntakeState, IntakeStep], IntakeState] = {
    (IntakeState.RECEIVED, IntakeStep.CLAIM): IntakeState.WORKING,
    (IntakeState.WORKING, IntakeStep.ATTACH): IntakeState.ATTACHED,
    (IntakeState.WORKING, IntakeStep.REFUSE): IntakeState.FAILED,
    (IntakeState.WORKING, IntakeStep.TRY_AGAIN): IntakeState.RECEIVED,
    (IntakeState.WORKING, IntakeStep.GIVE_UP): IntakeState.FAILED,
    (IntakeState.WORKING, IntakeStep.HAND_BACK): IntakeState.RECEIVED,
    (IntakeState.FAILED, IntakeStep.RETRY): IntakeState.RECEIVED,
    (IntakeState.FAILED, IntakeStep.CLOSE): IntakeState.CLOSED,
}


class DocumentState(StrEnum):
    """``ready``: nothing doubtful was found. ``to_check``: a person should look. ``confirmed``: one did."""

    READY = "ready"
    TO_CHECK = "to_check"
    CONFIRMED = "confirmed"


class DocumentStep(StrEnum):
    """What can happen to a document once it is in its dossier."""

    CORRECT = "correct"
    CONFIRM = "confirm"


DOCUMENT_STEPS: dict[tuple[DocumentState, DocumentStep], DocumentState] = {
    (DocumentState.READY, DocumentStep.CORRECT): DocumentState.TO_CHECK,
    (DocumentState.TO_CHECK, DocumentStep.CORRECT): DocumentState.TO_CHECK,
    (DocumentState.CONFIRMED, DocumentStep.CORRECT): DocumentState.TO_CHECK,
    (DocumentState.READY, DocumentStep.CONFIRM): DocumentState.CONFIRMED,
    (DocumentState.TO_CHECK, DocumentStep.CONFIRM): DocumentState.CONFIRMED,
}


def after_intake_step(state: IntakeState, step: IntakeStep) -> IntakeState:
    """The state that follows.

    Raises:
        ConflictError: ``wrong_state``, the step is not open from here.
    """
    following = INTAKE_STEPS.get((state, step))
    if following is None:
        raise ConflictError("wrong_state", state=state, step=step)
    return following


def after_document_step(state: DocumentState, step: DocumentStep) -> DocumentState:
    """The state that follows.

    Raises:
        ConflictError: ``already_confirmed``.
    """
    following = DOCUMENT_STEPS.get((state, step))
    if following is None:
        raise ConflictError("already_confirmed")
    return following
