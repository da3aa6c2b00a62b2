"""Scans are sent to a dossier."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from api.problems import answer, documented, problem_of
from api.receiving import Parked, receive
from api.service import MAX_SENDER_LETTERS, Service, TheService, Who, clean_name
from api.v1 import bodies
from errors import SenderError, SohoaError
from storage import dossiers
from storage.accepting import Arrival, accept_file
from storage.dossier_code import check_dossier_code
from storage.states import Channel

router = APIRouter(prefix="/dossiers", tags=["Gửi hồ sơ"])

DossierCode = Annotated[
    str,
    Path(
        description="Mã hồ sơ. The six figures are the day of reception, year first.",
        examples=["H49.12-251124-0007"],
        max_length=60,
        json_schema_extra={
            "pattern": r"^([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|[A-Y][0-9]{2}(\.[0-9]{2,3}){0,4})"
            r"-[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])-[0-9]{4,24}$"
        },
    ),
]
PLACES = ("noi_ho_tro", "noi_tiep_nhan", "co_quan_giai_quyet")
MOST_PLACE_LETTERS = 200
MOST_FILES = 100
SENT_CHANNELS = (Channel.COUNTER, Channel.POST)

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "items": {"type": "string", "format": "binary"},
                            "description": "PDF, TIFF, JPEG, PNG or WebP, one part with a file name each.",
                        },
                        "channel": {"type": "string", "enum": list(SENT_CHANNELS), "default": "counter"},
                        **{
                            place: {"type": "string", "maxLength": MOST_PLACE_LETTERS, "description": what}
                            for place, what in zip(
                                PLACES,
                                (
                                    "The place that helped to file.",
                                    "The place that received.",
                                    "The agency that decides; by default the one that the code names.",
                                ),
                                strict=True,
                            )
                        },
                        "sender": {
                            "type": "string",
                            "maxLength": MAX_SENDER_LETTERS,
                            "description": "Who is answerable; goes before the `X-Sender` header.",
                        },
                    },
                },
                "encoding": {
                    "files": {"contentType": "application/pdf, image/tiff, image/jpeg, image/png, image/webp"}
                },
            }
        },
    }
}


@router.post(
    "/{ma_ho_so}/scans",
    status_code=202,
    summary="Send scans to a dossier",
    response_model=bodies.Sent,
    responses={
        **documented(400, 403, 408, 409, 413, 415),
        200: {"model": bodies.Sent, "description": "The dossier holds every file sent already."},
    },
    openapi_extra=FORM,
)
async def send_scans(
    request: Request,
    service: TheService,
    ma_ho_so: DossierCode,
    by: Who,
) -> JSONResponse:
    """Accepted means: stored, hashed, synced and recorded. The same bytes to the same dossier answer with the
    first record (`duplicate`). A file that turns out to be unreadable is kept as a failed intake until
    somebody decides. A file that is refused here (too large) has its `problem` and no `id`; when none of the
    files was accepted, the whole answer is that problem, with `files` beside it."""
    check_dossier_code(ma_ho_so, service.database.clock().date())
    async with receive(
        request,
        service.incoming,
        max_file_bytes=service.settings.max_file_bytes,
        max_files=MOST_FILES,
    ) as upload:
        if not upload.files:
            raise SenderError("no_files")
        channel = _channel(upload.fields.get("channel", ""))
        places = {place: _place(upload.fields, place) for place in PLACES}
        by = _sender(upload.fields) or by
        await to_thread.run_sync(lambda: dossiers.open_dossier(service.database, ma_ho_so, by=by, **places))
        sent = [
            await to_thread.run_sync(_accept, service, ma_ho_so, parked, channel, by)
            for parked in upload.files
        ]
    entries = [entry for entry, _ in sent]
    refused = [error for _, error in sent if error is not None]
    body = bodies.Sent(ma_ho_so=ma_ho_so, files=entries).model_dump(mode="json")
    if len(refused) == len(sent):
        return answer(refused[0], files=body["files"])
    again = all(entry.duplicate for entry in entries)
    return JSONResponse(body, status_code=200 if again else 202)


def _accept(
    service: Service, ma_ho_so: str, parked: Parked, channel: Channel, by: str
) -> tuple[bodies.SentFile, SohoaError | None]:
    """Keep one parked file, or say why not; the others go on."""
    try:
        if parked.too_large:
            limit = service.settings.max_file_bytes
            raise SenderError("file_too_large", limit=f"{limit / 1e6:.0f} MB")
        arrival = Arrival(ma_ho_so=ma_ho_so, name=parked.name, sender=by, channel=channel)
        view, created = accept_file(
            service.database, service.objects, arrival, parked.path, sha256=parked.sha256, size=parked.size
        )
        if created:
            service.queue.send(view)
    except SohoaError as error:
        return bodies.SentFile(
            name=parked.name,
            id=None,
            sha256=parked.sha256 or None,
            size=parked.size,
            state=None,
            created=False,
            duplicate=False,
            href=None,
            problem=problem_of(error),
        ), error
    return bodies.SentFile(
        name=view.name,
        id=view.id,
        sha256=view.sha256,
        size=view.size,
        state=view.state,
        created=created,
        duplicate=not created,
        href=f"/api/v1/intakes/{view.id}",
        problem=problem_of(bodies.intake_error(view)) if view.reason else None,
    ), None


def _channel(given: str) -> Channel:
    if not given:
        return Channel.COUNTER
    if given not in SENT_CHANNELS:
        raise SenderError("invalid_request", where="channel", why="counter, post")
    return Channel(given)


def _sender(fields: dict[str, str]) -> str:
    if len(fields.get("sender", "")) > MAX_SENDER_LETTERS:
        raise SenderError("invalid_request", where="sender", why=f"1-{MAX_SENDER_LETTERS}")
    return clean_name(fields.get("sender", ""))


def _place(fields: dict[str, str], place: str) -> str | None:
    value = " ".join(fields.get(place, "").split())
    if len(value) > MOST_PLACE_LETTERS or not value.isprintable():
        raise SenderError("invalid_request", where=place, why=f"1-{MOST_PLACE_LETTERS}")
    return value or None
