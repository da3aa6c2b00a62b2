"""Whether the service lives, whether it can work, and its figures for Prometheus."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import documented
from api.service import Service, TheService
from api.v1.bodies import Health
from errors import MachineError
from storage import dossiers

router = APIRouter(tags=["Máy chủ"])


@router.get("/health", summary="Alive", responses=documented())
def health() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", summary="Able to work", responses=documented())
def ready(service: TheService) -> Health:
    """Database and object store can be had; 503 says which cannot."""
    dossiers.lanes(service.database)
    service.objects.check()
    return Health(status="ok")


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **documented()},
)
def metrics(request: Request) -> Response:
    """Requests by route and status, what waits in each lane, documents by state; on the embedded default also
    pages, seconds by step, failures by reason (workers of their own: SOHOA_METRICS_PORT). No personal data."""
    registry: CollectorRegistry = request.app.state.figures.registry
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class Figures:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sohoa_requests",
            "Answers by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "sohoa_request_seconds",
            "Seconds to the beginning of the answer.",
            ["route"],
            registry=self.registry,
        )

    def watch(self, service: Service) -> None:
        """Add what the database knows, asked anew at each scrape, and what workers in this process did."""
        self.registry.register(_Standing(service))
        if service.queue.embedded:
            self.registry.register(service.queue.figures.registry)


class _Standing(Collector):
    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Names are known without asking the database."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Whether the parts can be had, the room on the disk, lanes and documents."""
        parts = GaugeMetricFamily("sohoa_part_up", "Whether a part can be had.", labels=["part"])
        standing: list[GaugeMetricFamily] = []
        try:
            standing = list(self._records())
        except MachineError:
            parts.add_metric(["database"], 0)
        else:
            parts.add_metric(["database"], 1)
        try:
            self._service.objects.check()
        except MachineError:
            parts.add_metric(["objects"], 0)
        else:
            parts.add_metric(["objects"], 1)
        free = GaugeMetricFamily("sohoa_disk_free_bytes", "Bytes free on the disk of the data folder.")
        free.add_metric([], shutil.disk_usage(self._service.settings.data_dir).free)
        return [parts, free, *standing]

    def _records(self) -> Iterable[GaugeMetricFamily]:
        intakes = GaugeMetricFamily("sohoa_intakes", "Files by lane and state.", labels=["lane", "state"])
        oldest = GaugeMetricFamily(
            "sohoa_oldest_waiting_seconds", "Age of the longest-waiting file.", labels=["lane"]
        )
        now = self._service.database.clock()
        for lane in dossiers.lanes(self._service.database):
            for state in ("received", "working", "failed"):
                intakes.add_metric([lane.lane, state], getattr(lane, state))
            oldest.add_metric([lane.lane], (now - lane.oldest).total_seconds() if lane.oldest else 0.0)
        documents = GaugeMetricFamily("sohoa_documents", "Documents by state.", labels=["state"])
        for state, count in dossiers.count_documents(self._service.database).items():
            documents.add_metric([state], count)
        return [intakes, oldest, documents]


class Counting:
    """Counts every answer by its route's pattern, so that no id or code becomes a label."""

    def __init__(self, app: ASGIApp, figures: Figures, pattern: Callable[[Scope], str]) -> None:
        self.app = app
        self.figures = figures
        self.pattern = pattern

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and count."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.monotonic()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = self.pattern(scope)
                self.figures.requests.labels(scope["method"], route, message["status"]).inc()
                self.figures.seconds.labels(route).observe(time.monotonic() - began)
            await send(message)

        await self.app(scope, receive, counted)
