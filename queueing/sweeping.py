"""Find what was lost: work whose worker died, and intakes that the broker does not know of (any more)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog

from queueing.process_names import is_dead
from rounds import Rounds
from storage import dossiers
from storage.database import Database
from storage.states import Lane
from storage.views import IntakeView

_log = structlog.get_logger(__name__)
EVERY = 5.0
"""Seconds between two rounds. Also: where a lane's queue is empty and an intake that was sent this long ago
still waits, the broker lost it."""
_TOO_LONG = timedelta(minutes=10)
"""An intake sent this long ago still waits behind others: sent once more, to be safe; twice hurts nobody."""


class Sweeper(Rounds):
    """Any number of processes may sweep at once."""

    def __init__(
        self,
        database: Database,
        *,
        send: Callable[[IntakeView], None],
        waiting: Callable[[Lane], int],
        every: float = EVERY,
    ) -> None:
        """``send`` gives an intake to the broker, ``waiting`` tells how many messages of a lane no worker has
        fetched yet; both may raise ``MachineError``."""
        super().__init__("sweeper", "round", every)
        self._database = database
        self._send = send
        self._waiting = waiting

    def round(self, *, broker_is_new: bool = False) -> None:
        """One round. ``broker_is_new``: whatever was sent before is gone with the former process.

        Raises:
            MachineError: the database or the broker cannot be had.
        """
        for taken in dossiers.sweep_stale(self._database, is_dead=is_dead):
            _log.warning("taken_back", intake=taken.id, state=taken.state, attempts=taken.attempts)
        for lane in Lane:
            unsent_for = timedelta(0) if broker_is_new else self._patience(lane)
            for intake in dossiers.take_pending(self._database, unsent_for=unsent_for, lane=lane):
                self._send(intake)

    def _patience(self, lane: Lane) -> timedelta:
        return _TOO_LONG if self._waiting(lane) else timedelta(seconds=self._every)
