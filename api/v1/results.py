"""Electronic results: added to their dossier, listed, looked at, signed, refused."""

from __future__ import annotations

import pathlib
import tempfile
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.blobs import BINARY, blob, file_answers, matches, unchanged
from api.problems import documented
from api.receiving import form, receive_one
from api.service import Service, TheService, Who, clean_name
from api.v1 import result_bodies as bodies
from api.v1.documents import NO_CACHE, DocumentId
from api.v1.files import PICTURE_SECONDS, PageNumber
from api.v1.scans import DossierCode
from errors import SenderError
from results.adding import FORMS, add_document, add_file, wanted_signatures
from results.keyring import KeyRing
from results.signing_desk import Chosen, SigningDesk
from storage import dossiers
from storage.identifiers import PATTERN as IDENTIFIER
from storage.objects import key_of
from storage.result_states import ResultState
from storage.result_views import ResultView

router = APIRouter(tags=["Ký số kết quả"])

ResultId = Annotated[str, Path(description="The result.", pattern=IDENTIFIER)]
TEXTS = ("title", "officer", "agency")
MOST_LETTERS = 200

FORM = form(
    ["file"],
    {
        "file": {"type": "string", "format": "binary", "description": "The PDF."},
        "title": {"type": "string", "maxLength": MOST_LETTERS},
        "officer": {"type": "string", "maxLength": MOST_LETTERS},
        "agency": {"type": "string", "maxLength": MOST_LETTERS},
        "officer_form": {"type": "string", "enum": list(FORMS)},
        "agency_form": {"type": "string", "enum": list(FORMS)},
    },
)


def desk_of(service: Service) -> SigningDesk:
    """The desk where this service's results are signed."""
    return SigningDesk(service.settings, service.database, service.objects, service.pictures)


@router.post(
    "/dossiers/{ma_ho_so}/results",
    status_code=201,
    summary="Add a born-digital result",
    response_model=bodies.Result,
    responses={
        **documented(400, 403, 404, 413, 415),
        200: {"model": bodies.Result, "description": "The dossier has this result already."},
    },
    openapi_extra=FORM,
)
async def add_result(request: Request, service: TheService, ma_ho_so: DossierCode, by: Who) -> JSONResponse:
    """A PDF is put before the officer, then the agency, whose names must be those in their certificates. The
    bytes are kept as they are; signing adds to them. The same bytes again answer with the first record."""
    limit = service.settings.max_file_bytes
    async with receive_one(request, service.incoming, max_file_bytes=limit) as (parked, fields):
        told = {name: _text(fields.get(name, ""), name) for name in TEXTS}
        signatures = wanted_signatures(
            told["officer"],
            told["agency"],
            scanned=False,
            officer_form=fields.get("officer_form", ""),
            agency_form=fields.get("agency_form", ""),
        )
        view, created = await to_thread.run_sync(
            lambda: add_file(
                service.database,
                service.objects,
                service.pictures,
                parked.path,
                ma_ho_so=ma_ho_so,
                name=parked.name,
                title=told["title"],
                sha256=parked.sha256,
                size=parked.size,
                signatures=signatures,
                by=by,
            )
        )
    return JSONResponse(bodies.result(view).model_dump(mode="json"), 201 if created else 200)


def _text(value: str, where: str) -> str:
    if len(value) > MOST_LETTERS:
        raise SenderError("invalid_request", where=where, why=f"0-{MOST_LETTERS}")
    return clean_name(value)


@router.post(
    "/documents/{document_id}/result",
    status_code=201,
    summary="Make a digitized paper a result",
    responses=documented(403, 404),
)
def add_document_result(
    service: TheService, document_id: DocumentId, new: bodies.NewDocumentResult, by: Who
) -> bodies.Result:
    """Its two-layer PDF is put before its signers, with the visible form of digitized papers."""
    document = dossiers.get_document(service.database, document_id).document
    signatures = wanted_signatures(clean_name(new.officer), clean_name(new.agency), scanned=True)
    view, _ = add_document(service.database, document, signatures, title=clean_name(new.title), by=by)
    return bodies.result(view)


@router.get("/results", summary="List results", responses=documented())
def list_results(
    service: TheService,
    ma_ho_so: Annotated[str | None, Query(max_length=60)] = None,
    state: ResultState | None = None,
    signer: Annotated[
        str | None, Query(max_length=200, description="Those that wait for this signer now.")
    ] = None,
    newest_first: bool = True,
    after: Annotated[str | None, Query(max_length=26, description="`next` of the part before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> bodies.Results:
    """By the time they were added."""
    found = dossiers.list_results(
        service.database,
        ma_ho_so=ma_ho_so,
        state=state,
        signer=signer,
        newest_first=newest_first,
        after=after,
        limit=limit,
    )
    return bodies.Results(items=[bodies.result(one) for one in found.items], next=found.next)


@router.get("/results/{result_id}", summary="A result", responses=documented(404))
def get_result(service: TheService, result_id: ResultId) -> bodies.Result:
    """State, signatures and what was found of the certificates."""
    return bodies.result(dossiers.get_result(service.database, result_id))


@router.get(
    "/results/{result_id}/pdf",
    summary="The PDF of a result",
    response_class=Response,
    responses=file_answers("application/pdf"),
)
@router.head("/results/{result_id}/pdf", include_in_schema=False)
def get_result_pdf(request: Request, service: TheService, result_id: ResultId) -> Response:
    """As it stands now: with the signatures that are there. It is always saved, never shown as a page."""
    view = dossiers.get_result(service.database, result_id)
    return blob(
        request,
        service.objects,
        sha256=view.sha256,
        media_type="application/pdf",
        name=f"{view.ma_ho_so} {view.title}.pdf",
        extra={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )


@router.get(
    "/results/{result_id}/pages/{page}/image",
    summary="A page of a result as a picture",
    response_class=Response,
    responses={
        200: {"content": {"image/jpeg": BINARY}},
        304: {"description": "It is still what `If-None-Match` names."},
        **documented(404),
    },
)
def get_result_image(
    request: Request,
    service: TheService,
    result_id: ResultId,
    page: PageNumber,
    max_side: Annotated[int, Query(ge=32, le=5000, description="Longest side in pixels.")] = 1600,
) -> Response:
    """Drawn from the PDF as it stands, signatures included."""
    view = dossiers.get_result(service.database, result_id)
    if page > view.pages:
        raise SenderError("unknown_page", page=page)
    etag = f'"{view.sha256[:32]}-{page}-{max_side}"'
    if matches(request, etag):
        return unchanged(etag, NO_CACHE)
    picture = _draw(service, view, page, max_side)
    return Response(picture, media_type="image/jpeg", headers={"ETag": etag, "Cache-Control": NO_CACHE})


def _draw(service: Service, view: ResultView, page: int, max_side: int) -> bytes:
    service.incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=service.incoming, prefix="picture-") as scratch:
        pdf = service.objects.local_copy(key_of(view.sha256), pathlib.Path(scratch))
        picture: bytes = service.pictures.run(
            "api.picturing:draw_page", pdf, page, max_side, "jpeg", seconds=PICTURE_SECONDS
        )
        return picture


@router.get("/signing-keys", summary="The keys that can sign here", responses=documented())
def signing_keys(service: TheService) -> bodies.SigningKeys:
    """By the names of the settings; nothing of a key or its PIN is told."""
    ring = KeyRing(service.settings.signing_keys)
    return bodies.SigningKeys(
        items=[bodies.SigningKey(name=one.name, needs_pin=one.attended) for one in ring.entries]
    )


@router.post("/results/sign", summary="Sign results", responses=documented(403))
def sign_results(service: TheService, asked: bodies.SignRequest, by: Who) -> bodies.SignOutcomes:
    """One or many in one go. Each is signed by itself, at the version that was seen: one that was changed,
    signed or refused in the meantime is told as such, and a retry signs nothing twice. A wrong PIN refuses
    the whole request."""
    chosen = [Chosen(one.id, one.version) for one in asked.results]
    made = desk_of(service).sign(chosen, asked.key, asked.pin.get_secret_value(), by=by)
    return bodies.outcomes(made)


@router.post(
    "/results/{result_id}/refuse", summary="Refuse to sign", responses=documented(403, 404, 409, 412)
)
def refuse_result(service: TheService, result_id: ResultId, said: bodies.Refusal, by: Who) -> bodies.Result:
    """The result goes back with the reason; a corrected file is another result."""
    why = " ".join(said.reason.split())
    if not why.isprintable() or len(why) < 3:
        raise SenderError("invalid_request", where="reason", why="a sentence")
    view = dossiers.refuse_result(service.database, result_id, why, by=by, expected_version=said.version)
    return bodies.result(view)
