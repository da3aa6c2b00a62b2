"""The queue: a broker that carries, workers that take. The database is the truth: losing a message loses
nothing, and a message that comes twice does nothing twice."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import threading
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import dramatiq
import dramatiq.cli
import structlog
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Middleware, MiddlewareError

from errors import MachineError, SohoaError
from isolation import Workshop
from queueing.brokers import BROKER_ERRORS, choose_broker, messages_waiting
from queueing.figures import WorkFigures
from queueing.intake_work import Digitize, IntakeWork, Progress
from queueing.process_names import is_dead, process_name
from queueing.sweeping import EVERY, Sweeper
from records import DigitizedFile, SourceFile
from settings import Settings
from storage import dossiers
from storage.database import Database, open_database
from storage.objects import ObjectStore, open_objects
from storage.states import Lane
from storage.views import IntakeView

if TYPE_CHECKING:
    from results.upkeep import Upkeep

_log = structlog.get_logger(__name__)
_PRIORITY = {Lane.COUNTER: 0, Lane.BATCH: 10}
"""Lower goes first, both between the messages of a worker and between the pages of a workshop."""
_NICE = 10  # whoever asks for a page goes before whoever waits for a file to be read
_READY_SECONDS = 60.0
_FILES_AHEAD = 1  # beyond the jobs, so that no child waits while a file is opened or stored


class WorkQueue:
    """The two lanes, their actors, and, once a worker is started, what the work needs.

    A process that only sends (the API beside workers of their own) makes one and calls :meth:`send`. The
    embedded default also calls :meth:`start` and :meth:`stop`. ``dramatiq worker`` starts it by the broker's
    hooks.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database | None = None,
        objects: ObjectStore | None = None,
        digitize: Digitize | None = None,
        sweep_every: float = EVERY,
    ) -> None:
        """Nothing is connected yet. What is not given is opened when it is first needed; ``digitize`` is the
        pipeline unless given; ``sweep_every`` in seconds.

        Raises:
            UsageError: ``bad_setting``, the broker's address.
        """
        self._settings = settings
        self._database = database
        self._objects = objects
        self._digitize = digitize
        self._sweep_every = sweep_every
        self._stopping = threading.Event()
        self.figures = WorkFigures()
        self._work: IntakeWork | None = None
        self._workshop: Workshop | None = None
        self._sweeper: Sweeper | None = None
        self._upkeep: Upkeep | None = None
        self._worker: dramatiq.Worker | None = None
        self.broker = choose_broker(settings.broker_url, [_Hooks(self)])
        self._actors = {
            lane: dramatiq.actor(
                broker=self.broker,
                actor_name=f"digitize_{lane}",
                queue_name=lane.value,
                priority=_PRIORITY[lane],
            )(partial(self._take, lane))
            for lane in Lane
        }

    @property
    def embedded(self) -> bool:
        """Whether the workers live in this process."""
        return isinstance(self.broker, StubBroker)

    @property
    def database(self) -> Database:
        """The records."""
        if self._database is None:
            self._database = open_database(self._settings.database)
        return self._database

    def send(self, intake: IntakeView) -> bool:
        """Give a received intake to the broker. False when that failed: the intake is safe all the same, a
        sweeper finds it."""
        try:
            self._enqueue(intake)
            dossiers.mark_sent(self.database, intake.id)
        except SohoaError as error:
            _log.warning("not_sent", intake=intake.id, reason=error.code)
            return False
        return True

    def start(self) -> None:
        """Start workers in this process, and begin with what an earlier process left behind.

        Raises:
            MachineError: ``database_unreachable``, ``objects_unreachable``.
        """
        slots = self._slots()
        worker = dramatiq.Worker(self.broker, worker_threads=len(Lane) * slots, worker_timeout=200)
        try:
            worker.start()
        except NotReadyError as error:
            raise error.reason from error
        self._worker = worker

    def stop(self, seconds: float) -> None:
        """End the workers of :meth:`start` in good order: each finishes the page in hand and hands back the
        rest. After ``seconds`` they are left to themselves; then the next start takes their work back."""
        if self._worker is not None:
            self._worker.stop(timeout=round(seconds * 1000))
            self.broker.close()
            self._worker = None

    # -- what the hooks and actors call

    def opened(self, worker: dramatiq.Worker) -> None:
        """Get ready to work. Each message that a worker holds is worked on, none is hoarded: a lane may hold
        as many as it has slots, and there is a thread for each."""
        slots = self._slots()
        worker.queue_prefetch = slots
        worker.worker_threads = max(worker.worker_threads, len(Lane) * slots)
        name = process_name()
        scratch = self._settings.data_dir.resolve() / "scratch"
        _clear(scratch)
        (scratch / name).mkdir(parents=True, exist_ok=True)
        self._stopping.clear()
        objects = self._objects or open_objects(
            self._settings.objects_url, self._settings.data_dir / "objects"
        )
        self._work = IntakeWork(
            database=self.database,
            objects=objects,
            digitize=self._digitize or self._pipeline(self._jobs()),
            worker=name,
            scratch=scratch / name,
            allowed=timedelta(seconds=self._settings.limits.file_seconds),
            stopping=self._stopping,
            figures=self.figures,
        )
        if self._settings.metrics_port and not self.embedded:
            self._serve_figures(self._settings.metrics_port)
        self._sweeper = Sweeper(
            self.database, send=self._enqueue, waiting=self._waiting, every=self._sweep_every
        )
        if self.embedded:
            self._sweeper.round(broker_is_new=True)
        self._sweeper.start()
        if self._settings.tsa_url:
            from results.upkeep import Upkeep  # heavy, and of no use without time-stamps

            self._upkeep = Upkeep(self._settings, self.database, objects)
            self._upkeep.start()
        _log.info("worker_ready", worker=name, jobs=self._jobs(), slots=slots)

    def stopping(self) -> None:
        """No new work, and what is in hand ends soon."""
        self._stopping.set()
        if self._sweeper is not None:
            self._sweeper.stop()
        if self._upkeep is not None:
            self._upkeep.stop()

    def closed(self) -> None:
        """Let go of everything that :meth:`opened` made."""
        if self._workshop is not None:
            self._workshop.close()
            self._workshop = None
        if self._work is not None:
            shutil.rmtree(self._work.scratch, ignore_errors=True)
            self._work = None

    def _take(self, lane: Lane, intake_id: str) -> None:
        """A message came; ``intake_id`` is the intake that it was sent for, which may not be the one whose
        turn it is."""
        if self._work is None:
            raise RuntimeError("a message came before the worker was ready")
        try:
            self._work.take(lane)
        except SohoaError as error:
            # The database cannot be had: there is nowhere to write it down. The sweeper sends again whatever
            # still waits.
            _log.warning("not_taken", lane=lane, sent_for=intake_id, reason=error.code)

    def _enqueue(self, intake: IntakeView) -> None:
        try:
            self._actors[intake.lane].send(intake.id)
        except BROKER_ERRORS as error:
            raise MachineError("broker_unreachable", why=type(error).__name__) from error

    def _waiting(self, lane: Lane) -> int:
        try:
            return messages_waiting(self.broker, lane.value)
        except BROKER_ERRORS as error:
            raise MachineError("broker_unreachable", why=type(error).__name__) from error

    def _serve_figures(self, port: int) -> None:
        processes = _processes()
        if self.figures.serve(port, processes) is None:
            raise MachineError("metrics_port_taken", port=port, last=port + processes - 1)

    def _pipeline(self, jobs: int) -> Digitize:
        workshop = self._workshop = Workshop(
            jobs,
            child_bytes=self._settings.child_bytes,
            preload="pipeline",
            on_done=self.figures.task_took,
            nice=_NICE,
        )
        import pipeline  # after the children were started: they load the same modules at the same time

        settings = self._settings

        def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
            plan = pipeline.Plan(
                settings.limits, settings.thresholds, date.today(), _PRIORITY[lane], settings.clamd_url
            )
            return pipeline.digitize_file(
                source, workshop=workshop, plan=plan, scratch=scratch, on_page=on_page
            )

        return digitize

    def _slots(self) -> int:
        return self._jobs() + _FILES_AHEAD

    def _jobs(self) -> int:
        return max(1, self._settings.jobs // _processes())


class NotReadyError(MiddlewareError):
    """Database or object store cannot be had, so there can be no worker."""

    def __init__(self, reason: SohoaError) -> None:
        super().__init__(reason.english)
        self.reason = reason


class _Hooks(Middleware):
    """The broker's word of when a worker starts and stops, in this process or under ``dramatiq``."""

    def __init__(self, queue: WorkQueue) -> None:
        self._queue = queue

    def before_worker_boot(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        # Under the command, database and storage may still be starting beside us. Dramatiq would swallow
        # any other exception and take messages that nobody can work on.
        end = time.monotonic() + (_READY_SECONDS if _under_dramatiq() else 0)
        while True:
            try:
                return self._queue.opened(worker)
            except SohoaError as error:
                if isinstance(error, MachineError) and time.monotonic() < end:
                    _log.warning("not_ready", reason=error.code)
                    time.sleep(1)
                elif _under_dramatiq():
                    sys.exit(f"sohoa: {error.english}")
                else:
                    raise NotReadyError(error) from error
            except Exception as error:
                reason = MachineError("workers_not_started", why=f"{type(error).__name__}: {error}")
                if _under_dramatiq():
                    sys.exit(f"sohoa: {reason.english}")
                raise NotReadyError(reason) from error

    def before_worker_shutdown(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        self._queue.stopping()

    def after_worker_shutdown(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        self._queue.closed()


def _under_dramatiq() -> bool:
    command = Path(sys.argv[0])  # or "python -m dramatiq"
    return multiprocessing.parent_process() is not None and "dramatiq" in (command.name, command.parent.name)


def _processes() -> int:
    """How many processes share this machine's jobs: as many as the ``dramatiq`` command started."""
    if not _under_dramatiq():
        return 1
    command = dramatiq.cli.make_argument_parser()  # type: ignore[no-untyped-call]
    return int(command.parse_known_args(sys.argv[1:])[0].processes)


def _clear(scratch: Path) -> None:
    """Remove what processes that were killed left behind."""
    scratch.mkdir(parents=True, exist_ok=True)
    for folder in scratch.iterdir():
        if is_dead(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
