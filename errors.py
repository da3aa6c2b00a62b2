"""Every error that this product raises on purpose descends from :class:`SohoaError`.

Two families that never mix: :class:`SenderError`, what a sender sent (never retried, says what to do), and
:class:`MachineError`, what the machine met (may be retried). The sentences stand in :mod:`reasons`.
"""

from __future__ import annotations

from reasons import REASONS, Reason


class SohoaError(Exception):
    """Base: a reason code from :data:`reasons.REASONS` and the values its sentence needs.

    ``exit_status`` is what the command line ends with when only this happened.
    """

    exit_status = 1

    def __init__(self, code: str, **values: object) -> None:
        self.reason: Reason = REASONS[code]
        self.values = values
        super().__init__(self.english)

    @property
    def code(self) -> str:
        """The reason code."""
        return self.reason.code

    @property
    def english(self) -> str:
        """One plain sentence for logs and the command line."""
        return self.reason.in_english(**self.values)

    @property
    def vietnamese(self) -> str:
        """One plain sentence for clerks."""
        return self.reason.in_vietnamese(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code and values, so that an error survives the way out of a child process."""
        return (_rebuild, (type(self), self.code, self.values))


def _rebuild(kind: type[SohoaError], code: str, values: dict[str, object]) -> SohoaError:
    return kind(code, **values)


class SenderError(SohoaError):
    """The input is at fault: sending the same bytes again gives the same answer."""


class MachineError(SohoaError):
    """This machine is at fault: the same input may pass later or elsewhere."""


class UsageError(SohoaError):
    """The command was called wrongly."""

    exit_status = 2
