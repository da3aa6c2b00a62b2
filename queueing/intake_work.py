"""One intake taken the whole way: claimed, digitized, its results stored, its documents attached."""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import structlog

from errors import MachineError, SenderError, SohoaError
from outputs import document_record
from queueing.figures import WorkFigures
from records import DigitizedFile, MediaType, SourceFile
from storage import dossiers
from storage.database import Database
from storage.objects import ObjectStore, key_of
from storage.refusals import ClaimLostError
from storage.states import Lane
from storage.views import Claim

T = TypeVar("T")
Progress = Callable[[int, int], None]
Digitize = Callable[[SourceFile, Lane, Path, Progress], DigitizedFile]
"""Source, lane, an empty scratch folder, and what to call with (pages done, pages in all)."""

_log = structlog.get_logger(__name__)
_BEATS = 3  # signs of life within a lease
_LEAST_PAUSE = 0.25  # seconds between two reports of progress: each is a synced commit
_STORING = timedelta(seconds=120)  # beyond the digitizing itself
_DATABASE_TRIES = 5


class StoppingError(Exception):
    """This worker is told to stop: what it holds is handed back."""


@dataclass(frozen=True, slots=True)
class IntakeWork:
    """What a worker needs. ``allowed``: how long the digitizing of one file may take. ``stopping`` ends the
    work in hand after the page in hand."""

    database: Database
    objects: ObjectStore
    digitize: Digitize
    worker: str
    scratch: Path
    allowed: timedelta
    stopping: threading.Event
    figures: WorkFigures

    def take(self, lane: Lane) -> None:
        """Work on the intake of the lane whose turn it is, if any waits. A message is leave to take one, not
        an order to take a certain one: so a flood from one centre does not go before what others sent later.
        """
        if self.stopping.is_set():
            return
        claim = dossiers.claim_next(self.database, lane, worker=self.worker, allowed=self.allowed + _STORING)
        if claim is None:
            _log.debug("nothing_to_do", lane=lane, worker=self.worker)
            return
        log = _log.bind(intake=claim.intake.id, worker=self.worker)
        started = time.monotonic()
        try:
            with _Pulse(self.database, claim, self.stopping) as pulse:
                self._take(claim, pulse.page_done)
            log.info("attached", attempt=claim.attempt, seconds=round(time.monotonic() - started, 3))
        except ClaimLostError:
            log.warning("claim_lost", attempt=claim.attempt)
        except StoppingError:
            _persistently(lambda: dossiers.hand_back(self.database, claim))
            log.info("handed_back", attempt=claim.attempt)
        except (SenderError, MachineError) as error:
            self._fail(claim, error, log)
        except Exception as error:
            # Not the message: it may quote the document.
            log.error("internal", error=type(error).__name__, place=_place_of(error))
            self._fail(claim, MachineError("internal", id=claim.intake.id), log)

    def _take(self, claim: Claim, on_page: Progress) -> None:
        with tempfile.TemporaryDirectory(dir=self.scratch, prefix="intake-") as folder:
            scratch = Path(folder)
            (scratch / "original").mkdir()
            (scratch / "work").mkdir()
            with self.figures.step("fetch"):
                original = self.objects.local_copy(key_of(claim.intake.sha256), scratch / "original")
            source = SourceFile(original, claim.intake.name, claim.intake.sha256, claim.intake.size)
            digitized = self.digitize(source, claim.intake.lane, scratch / "work", on_page)
            with self.figures.step("store"):
                records = [self._store(digitized, n, scratch) for n in range(len(digitized.documents))]
        with self.figures.step("attach"):
            _persistently(lambda: dossiers.attach_documents(self.database, claim, digitized, records))
        waited = (self.database.clock() - claim.intake.received_at).total_seconds()
        self.figures.attached(claim.intake, digitized, waited)

    def _store(self, digitized: DigitizedFile, number: int, scratch: Path) -> str:
        """Store a document's PDF and JSON record; the record's sha256."""
        document, composed = digitized.documents[number]
        self.objects.put_file(composed.path, composed.sha256, MediaType.PDF)
        record = json.dumps(document_record(document), ensure_ascii=False, separators=(",", ":")).encode()
        path = scratch / f"record-{number}.json"
        path.write_bytes(record)
        sha256 = hashlib.sha256(record).hexdigest()
        self.objects.put_file(path, sha256, "application/json")
        return sha256

    def _fail(
        self, claim: Claim, error: SenderError | MachineError, log: structlog.stdlib.BoundLogger
    ) -> None:
        try:
            view = _persistently(lambda: dossiers.fail_intake(self.database, claim, error))
        except ClaimLostError:
            log.warning("claim_lost", attempt=claim.attempt)
        else:
            self.figures.broke_off(error.code, view.state)
            log.warning("broke_off", reason=error.code, attempt=claim.attempt, state=view.state)


class _Pulse:
    """Signs of life and progress, reported from a thread of their own so that a slow database does not hold
    up the pages."""

    def __init__(self, database: Database, claim: Claim, stopping: threading.Event) -> None:
        self._database = database
        self._claim = claim
        self._stopping = stopping
        self._wake = threading.Event()
        self._ended = False
        self._lost = False
        self._progress: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{claim.intake.id}", daemon=True)

    def page_done(self, done: int, total: int) -> None:
        """Another page is finished.

        Raises:
            ClaimLostError: the work was taken away.
            StoppingError: there is more to do, and the worker stops.
        """
        if self._lost:
            raise ClaimLostError(self._claim.intake.id)
        if self._stopping.is_set() and done < total:
            raise StoppingError
        self._progress = (done, total)
        self._wake.set()

    def __enter__(self) -> _Pulse:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._wake.set()
        self._thread.join()

    def _beat(self) -> None:
        while True:
            self._wake.wait(dossiers.LEASE.total_seconds() / _BEATS)
            self._wake.clear()
            if self._ended:
                return
            progress, self._progress = self._progress, None
            try:
                if progress:
                    done, total = progress
                    dossiers.report_progress(self._database, self._claim, pages_done=done, pages_total=total)
                else:
                    dossiers.renew_claim(self._database, self._claim)
            except ClaimLostError:
                self._lost = True
                return
            except SohoaError as error:
                _log.warning("pulse_missed", intake=self._claim.intake.id, reason=error.code)
            time.sleep(_LEAST_PAUSE)


def _persistently(ask: Callable[[], T]) -> T:
    """Ask the database again for a while when it cannot be had: the pages are read, and reading them again
    costs more. After that the lease runs out and the intake comes back."""
    for tried in range(_DATABASE_TRIES):
        try:
            return ask()
        except MachineError as error:
            if error.code != "database_unreachable" or tried == _DATABASE_TRIES - 1:
                raise
            time.sleep(2**tried)
    raise AssertionError("not reached")


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
