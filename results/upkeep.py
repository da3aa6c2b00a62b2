"""Rounds that keep signed results fresh, in every worker: what a silent time-stamping authority kept from
being reached is raised later, and archive time-stamps are renewed before they lapse."""

from __future__ import annotations

import structlog

from errors import MachineError, SohoaError
from results.signing_desk import RAISE_AFTER, SigningDesk
from rounds import Rounds
from settings import Settings
from signing.raising import raise_level
from signing.sealing import Level
from signing.trust import load_roots
from storage import dossiers
from storage.database import Database
from storage.objects import ObjectStore
from storage.result_views import ResultView

_log = structlog.get_logger(__name__)
EVERY = 60.0
"""Seconds between two rounds."""


class Upkeep(Rounds):
    """Any number of processes may do this at once."""

    def __init__(
        self, settings: Settings, database: Database, objects: ObjectStore, *, every: float = EVERY
    ) -> None:
        super().__init__("signature-upkeep", "upkeep", every)
        self._desk = SigningDesk(settings, database, objects)

    def round(self) -> int:
        """One round; how many results were raised or renewed.

        Raises:
            MachineError: the database cannot be had.
        """
        done = 0
        for due in dossiers.take_due(self._desk.database, again_after=RAISE_AFTER):
            if self._stop.is_set():
                break
            try:
                self._raise(due)
                done += 1
            except SohoaError as failed:  # it is due again later
                _log.warning("not_raised", result=due.id, reason=failed.code)
        return done

    def _raise(self, due: ResultView) -> None:
        settings = self._desk.settings
        stamper = self._desk.time_stamper()
        if stamper is None:
            raise MachineError("timestamp_failed")
        level = Level(due.wanted_level or Level.B_LTA)
        pdf = self._desk.read(due.sha256)
        raised = raise_level(
            pdf,
            level,
            load_roots(settings.trust_dir),
            time_stamper=stamper,
            answer_seconds=settings.signing_answer_seconds,
        )
        if not raised.startswith(pdf):
            raise MachineError("signing_failed", why="the file was changed, not added to")
        dossiers.record_raised(
            self._desk.database,
            due,
            after_sha256=self._desk.store(raised),
            size=len(raised),
            level=level.value,
            due_at=self._desk.renewal(raised, level),
            by="upkeep",
        )
        _log.info("raised", result=due.id, level=level.value)
