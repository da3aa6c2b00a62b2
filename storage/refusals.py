"""What the database refuses, told apart so that callers can answer each in its own way."""

from __future__ import annotations

from errors import MachineError, SenderError


class UnknownRecordError(SenderError):
    """``unknown_dossier``, ``unknown_intake`` or ``unknown_document`` (HTTP 404)."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"unknown_{kind}", id=key)
        self.kind, self.key = kind, key

    def __reduce__(self) -> tuple[object, ...]:
        return (UnknownRecordError, (self.kind, self.key))


class ConflictError(SenderError):
    """What is asked does not fit what is recorded: another state, another version (HTTP 409)."""


class ClaimLostError(MachineError):
    """The work was taken from this worker (its lease ran out): its result must not be recorded."""

    def __init__(self, intake_id: str) -> None:
        super().__init__("claim_lost", intake=intake_id)

    def __reduce__(self) -> tuple[object, ...]:
        return (ClaimLostError, (self.values["intake"],))
