"""Files that came in: how far they are, live or asked for, and trying again."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

import anyio
from anyio import to_thread
from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.blobs import file_answers, original
from api.problems import documented
from api.service import Service, TheService, Who
from api.v1 import bodies
from storage import dossiers
from storage.identifiers import PATTERN as IDENTIFIER
from storage.states import IntakeState
from storage.views import DocumentView, IntakeView

router = APIRouter(prefix="/intakes", tags=["Tệp đã nhận"])

IntakeId = Annotated[str, Path(description="The intake.", pattern=IDENTIFIER)]
LOOK_SECONDS = 0.25
LONGEST_STREAM_SECONDS = 300.0
ENDED = {IntakeState.ATTACHED, IntakeState.FAILED, IntakeState.CLOSED}


def intake_body(
    service: Service, view: IntakeView, documents: Sequence[DocumentView] | None = None
) -> bodies.Intake:
    """An intake with its documents and loose pages. ``documents``: all of them, if they are known already."""
    if view.state is not IntakeState.ATTACHED:
        return bodies.intake(view)
    if documents is None:
        documents = dossiers.list_documents(
            service.database, intake_id=view.id, newest_first=False, limit=500
        ).items
    placed = sum(len(one.source_pages) for one in documents)
    loose = () if placed == view.pages_total else dossiers.loose_pages(service.database, view.id)
    return bodies.intake(view, documents, loose)


def known_intake(service: TheService, intake_id: IntakeId) -> IntakeView:
    """The intake asked for; answers 404 before a stream begins."""
    return dossiers.get_intake(service.database, intake_id)


KnownIntake = Annotated[IntakeView, Depends(known_intake)]


@router.get("", summary="List files by state", responses=documented())
def list_intakes(
    service: TheService,
    ma_ho_so: Annotated[str | None, Query(max_length=60)] = None,
    state: IntakeState | None = None,
    newest_first: bool = True,
    after: Annotated[str | None, Query(max_length=26, description="`next` of the part before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> bodies.Intakes:
    """Files that came in, by time."""
    found = dossiers.list_intakes(
        service.database, ma_ho_so=ma_ho_so, state=state, newest_first=newest_first, after=after, limit=limit
    )
    return bodies.Intakes(items=[intake_body(service, view) for view in found.items], next=found.next)


@router.get("/{intake_id}", summary="How far a file is", responses=documented(404))
def get_intake(service: TheService, view: KnownIntake) -> bodies.Intake:
    """Ask as often as you like (every second is plenty). `problem` says why a file failed."""
    return intake_body(service, view)


@router.get(
    "/{intake_id}/events",
    summary="Follow a file (server-sent events)",
    response_class=EventSourceResponse,
    responses=documented(404),
)
async def follow_intake(
    service: TheService,
    view: KnownIntake,
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """`progress` events whenever a page is read or the state changes, then one `done`; the data of each is
    the intake as `GET` answers it. A comment every 15 s keeps the line open. Reconnecting with
    `Last-Event-ID` does not repeat what was seen."""
    seen = last_event_id
    until = time.monotonic() + LONGEST_STREAM_SECONDS
    while True:
        mark = f"{view.attempts}-{view.state}-{view.pages_done}-{view.pages_total}"
        ended = view.state in ENDED
        if mark != seen or ended:
            body = await to_thread.run_sync(intake_body, service, view)
            yield ServerSentEvent(
                data=body,
                event="done" if ended else "progress",
                id=mark,
                retry=1000 if seen is None else None,
            )
            seen = mark
        if ended or time.monotonic() > until:
            return
        await anyio.sleep(LOOK_SECONDS)
        view = await to_thread.run_sync(dossiers.get_intake, service.database, view.id)


@router.get(
    "/{intake_id}/original",
    summary="The file that was sent",
    response_class=Response,
    responses=file_answers("application/octet-stream"),
)
def get_original(request: Request, service: TheService, view: KnownIntake) -> Response:
    """Byte for byte, whatever became of it, always to be saved: what a sender sent is never shown as a
    page."""
    return original(request, service.objects, view)


@router.post(
    "/{intake_id}/retry",
    status_code=202,
    summary="Try a failed file again",
    responses=documented(403, 404, 409),
)
def retry_intake(service: TheService, intake_id: IntakeId, by: Who) -> bodies.Intake:
    """The kept original is read once more, with all its attempts."""
    view = dossiers.retry_intake(service.database, intake_id, by=by)
    service.queue.send(view)
    return intake_body(service, view)


@router.post("/{intake_id}/close", summary="Give a failed file up", responses=documented(403, 404, 409))
def close_intake(service: TheService, intake_id: IntakeId, by: Who) -> bodies.Intake:
    """A person decides that nothing more comes of it. The original and the record stay."""
    return intake_body(service, dossiers.close_intake(service.database, intake_id, by=by))
