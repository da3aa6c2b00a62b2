"""Work that is done again and again in a thread of its own."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod

import structlog

from errors import SohoaError

_log = structlog.get_logger(__name__)


class Rounds(ABC):
    """Rounds in a thread of its own. Any number of processes may do them at once."""

    def __init__(self, name: str, label: str, every: float) -> None:
        """``name`` of the thread; ``label``: what the log calls a round that failed; ``every`` in seconds."""
        self._label = label
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._rounds, name=name, daemon=True)

    def start(self) -> None:
        """The first round begins at once."""
        self._thread.start()

    def stop(self) -> None:
        """No further round; waits for the one in hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    @abstractmethod
    def round(self) -> object:
        """One round. What it raises is logged, and the next one comes all the same."""

    def _rounds(self) -> None:
        while not self._stop.is_set():
            try:
                self.round()
            except SohoaError as error:
                _log.warning(f"{self._label}_missed", reason=error.code)
            except Exception as error:
                _log.error(f"{self._label}_broke", error=type(error).__name__)
            self._stop.wait(self._every)
