"""The web application: API, pages and, on the embedded default, the workers, in one process."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from api import health, problems
from api.bounds import Bounds
from api.fetching import changes, exporting, links
from api.guard import Guard
from api.national import routes as national
from api.pages import batches as batch_pages
from api.pages import figures as figure_pages
from api.pages import routes as pages
from api.pages import signing as signing_pages
from api.pages import work_list
from api.pages.rendering import STATIC, assets_mark
from api.service import Service
from api.tracing import TracedReads, TracedRefusals
from api.v1 import (
    batches,
    cover_sheets,
    deferred,
    documents,
    dossiers,
    files,
    inspections,
    intakes,
    results,
    scans,
    uploads,
    verifying,
)
from ingest.channels.watching_command import Watching
from isolation import Workshop
from queueing import Digitize, WorkQueue
from settings import Settings
from storage.database import open_database
from storage.objects import open_objects

VERSION = "0.1.0"
API = "/api/v1"
STOP_SECONDS = 20.0
STALE_SECONDS = 24 * 3600.0
DESCRIPTION = """\
Số hoá hồ sơ cho Trung tâm Phục vụ hành chính công: scans go in, searchable, classified documents come out,
attached to their dossier.

**Errors** are `application/problem+json` in two families that never mix. What a sender sent answers 4xx with
`retryable: false`; `detail` says in Vietnamese what to do. What the machine met answers 503 (or 500) with
`retryable: true` and, for 503, `Retry-After`.
"""


def create_app(settings: Settings, *, digitize: Digitize | None = None) -> FastAPI:
    """The application. Nothing is opened before it starts; starting runs the migrations, opens the object
    store, and, when there is no broker, starts the workers, which begin with what was left behind.

    ``digitize`` replaces the pipeline (tests).
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = await to_thread.run_sync(_open, settings, digitize)
        app.state.service = service
        watching = Watching(service.settings, service.database, service.objects)
        figures.watch(service)
        try:
            yield
        finally:
            await to_thread.run_sync(watching.stop)
            await to_thread.run_sync(_close, service)

    app = FastAPI(
        title="Số hoá hồ sơ",
        version=VERSION,
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # its page loads from another host
        redoc_url=None,
        redirect_slashes=False,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        generate_unique_id_function=lambda route: route.name,
    )
    figures = app.state.figures = health.Figures()
    problems.install(app, pages.problem_page)
    for router in (
        *(changes.router, links.router, exporting.router),
        national.router,  # before the documents: its addresses are the narrower ones
        *(scans.router, intakes.router, dossiers.router, documents.router, files.router),
        *(
            cover_sheets.router,
            inspections.router,
            uploads.router,
            batches.router,
            results.router,
            deferred.router,
            verifying.router,
            figure_pages.router,
        ),
    ):
        app.include_router(router, prefix=API)
    app.include_router(health.router)
    for router in (pages.router, work_list.router, batch_pages.router, figure_pages.pages):
        app.include_router(router)
    app.include_router(signing_pages.router)
    app.mount(f"/static/{assets_mark()}", _Static(directory=STATIC), name="static")
    app.add_middleware(TracedReads)
    app.add_middleware(Bounds, max_request_bytes=settings.max_request_bytes, silence=settings.silence_seconds)
    app.add_middleware(Guard, answer=app.state.answer_error, hosts=settings.hosts.split(","))
    app.add_middleware(TracedRefusals)
    app.add_middleware(health.Counting, figures=figures, pattern=_pattern)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _open(settings: Settings, digitize: Digitize | None) -> Service:
    database = open_database(settings.database)
    objects = open_objects(settings.objects_url, settings.data_dir / "objects")
    queue = WorkQueue(settings, database=database, objects=objects, digitize=digitize)
    pictures = Workshop(1, child_bytes=settings.child_bytes, preload="api.picturing")
    service = Service(settings, database, objects, queue, pictures)
    _sweep(service.incoming)
    if queue.embedded:
        queue.start()
    return service


def _close(service: Service) -> None:
    service.queue.stop(STOP_SECONDS)
    service.pictures.close()
    service.database.close()


def _sweep(incoming: Path) -> None:
    """Remove what uploads cut off by a kill left behind long ago; another process may be at work now."""
    incoming.mkdir(parents=True, exist_ok=True)
    for folder in incoming.iterdir():
        if time.time() - folder.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _pattern(scope: Scope) -> str:
    """The pattern of the route that answered; a router's routes do not know their prefix."""
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "/static" if scope["path"].startswith("/static/") else "other"
    return f"{API}{pattern}" if scope["path"].startswith(f"{API}/") else str(pattern)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, made once: with the problem's schema, which every error answer names, and
    without FastAPI's own form of 422, which is never sent."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            license_info=app.license_info,
        )
        schemas = made["components"]["schemas"]
        schemas["Problem"] = problems.Problem.model_json_schema()
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = made
    return app.openapi_schema


class _Static(StaticFiles):
    """Static files may be kept for long: their addresses change with their content."""

    def file_response(self, *args: Any, **kwargs: Any) -> Any:
        """As the base, with leave to cache."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer
