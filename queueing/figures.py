"""What a process that works has done since it started, for Prometheus. No personal data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from records import DigitizedFile
from storage.views import IntakeView

_STEP_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 60)
_FILE_SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600, 24 * 3600)


class WorkFigures:
    """Counters of one process; the sum over all processes is Prometheus's to make."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._pages = Counter("sohoa_pages_read", "Pages read.", ["lane"], registry=self.registry)
        self._steps = Histogram(
            "sohoa_step_seconds",
            "Seconds that a step took: read_page by page, the others by document or file.",
            ["step"],
            buckets=_STEP_SECONDS,
            registry=self.registry,
        )
        self._broken = Counter(
            "sohoa_attempts_broken",
            "Attempts that ended without documents; state received: it is tried again.",
            ["reason", "state"],
            registry=self.registry,
        )
        self._documents = Counter(
            "sohoa_documents_made", "Documents by verdict of the review.", ["verdict"], registry=self.registry
        )
        self._files = Histogram(
            "sohoa_file_seconds",
            "Seconds from the receipt of a file to its documents in the dossier.",
            ["lane"],
            buckets=_FILE_SECONDS,
            registry=self.registry,
        )

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step of this process that ends well."""
        began = time.monotonic()
        yield
        self.step_took(name, time.monotonic() - began)

    def step_took(self, name: str, seconds: float) -> None:
        """A step is done. ``name`` is one of the code's, never from outside."""
        self._steps.labels(name).observe(seconds)

    def task_took(self, function: str, seconds: float) -> None:
        """A task of a workshop ran: ``pipeline:read_page_in_child`` is the step ``read_page``."""
        self.step_took(function.rpartition(":")[2].removesuffix("_in_child"), seconds)

    def attached(self, intake: IntakeView, digitized: DigitizedFile, seconds: float) -> None:
        """An intake's documents are in their dossier, ``seconds`` after it was received."""
        self._pages.labels(intake.lane).inc(digitized.page_count)
        self._files.labels(intake.lane).observe(seconds)
        for document, _ in digitized.documents:
            self._documents.labels(document.review.verdict).inc()

    def broke_off(self, reason: str, state: str) -> None:
        """An attempt ended without documents, and the intake is now in this state."""
        self._broken.labels(reason, state).inc()

    def serve(self, first_port: int, ports: int) -> int | None:
        """Answer Prometheus on the first free port of ``ports`` many, from a thread of its own; the port, or
        None when none is free."""
        for port in range(first_port, first_port + ports):
            try:
                start_http_server(port, registry=self.registry)
            except OSError:
                continue
            return port
        return None
