"""``/documents/import``, ``/documents/{DocCode}`` and ``/documents/download/{DocCode}``.

A DocCode holds an underscore, an id of this service never does: that tells the addresses apart.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from starlette.convertors import Convertor, register_url_convertor

from api.blobs import BINARY, SANDBOXED, blob, file_answers, unchanged
from api.national import formats
from api.national.bodies import MEDIA_TYPES, NationalDocument, national_document, stored_name
from api.national.registering import Sent, change_document, import_document, read_upload
from api.problems import documented
from api.receiving import Upload, form, receive
from api.service import Service, TheService, Who
from errors import SenderError
from storage import dossiers
from storage.doc_code import PATTERN, read_doc_code
from storage.national import NationalView, get_version
from storage.refusals import ConflictError

router = APIRouter(prefix="/documents", tags=["Mã tài liệu (DocCode)"])

XML = "application/xml"
NO_CACHE = "private, no-cache"


class _DocCodeSegment(Convertor[str]):
    regex = "[^/]*_[^/]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("doc_code", _DocCodeSegment())

DocCodePath = Annotated[
    str,
    Path(
        description="DocCode: agency, kind, number, version.",
        examples=["G06.01_CV_000021_V1"],
        json_schema_extra={"pattern": f"^{PATTERN}$", "maxLength": 30},
    ),
]
IfMatch = Annotated[
    str | None, Header(description="The `ETag` that you saw; 412 if the document is another by now.")
]
_XML_SCHEMA = {"schema": {"type": "string", "description": "`<Document>`, an element a field."}}
_METADATA = {"$ref": "#/components/schemas/Metadata"}
_PARTS: dict[str, Any] = {
    "metadata": {
        "type": "string",
        "description": "JSON or XML, as a field or as a file; in JSON: the schema `Metadata`.",
    },
    "file": {
        "type": "string",
        "format": "binary",
        "description": "PDF, TIFF, JPEG, PNG or WebP, one part with a file name.",
    },
}
IMPORT_FORM = form(
    [],
    {
        **_PARTS,
        "ma_ho_so": {
            "type": "string",
            "maxLength": 60,
            "description": "The dossier; without it, FileCode.FileNotation.",
        },
        "document_id": {
            "type": "string",
            "maxLength": 26,
            "description": "Instead of a file: a digitized document of this service. Its "
            "fields fill in the metadata that are not sent.",
        },
    },
)
CHANGE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _METADATA},
            XML: _XML_SCHEMA,
            "multipart/form-data": {"schema": {"type": "object", "properties": _PARTS}},
        },
    }
}
VERSION_ANSWER: dict[str, Any] = {
    "headers": {
        "ETag": {"description": "Of this answer.", "schema": {"type": "string"}},
    },
}


@router.post(
    "/import",
    status_code=201,
    summary="Import a document under its DocCode",
    response_model=NationalDocument,
    responses={
        **documented(400, 403, 404, 408, 409, 413, 415),
        200: {"model": NationalDocument, "description": "It was imported before."},
    },
    openapi_extra=IMPORT_FORM,
)
async def import_national(request: Request, service: TheService, by: Who) -> JSONResponse:
    """Metadata and file become version V1. The file is accepted like every scan (kept as it is, hashed,
    recorded in its dossier) and digitized. The same again answers with the first record; another document
    under a code that is taken is refused. Instead of a file, `document_id` registers a document that was
    digitized here and is checked: V1 is then its PDF/A."""
    async with _form(request, service) as upload:
        read = await to_thread.run_sync(read_upload, upload, service.settings.max_file_bytes)
        view, created = await to_thread.run_sync(import_document, service, read, by)
    return _answer(service, view, created)


@router.get(
    "/download/{doc_code}",
    summary="The file of a document by its DocCode",
    response_class=Response,
    responses={
        **file_answers("application/pdf"),
        200: {
            "description": "The whole.",
            "content": dict.fromkeys(MEDIA_TYPES.values(), BINARY),
            "headers": VERSION_ANSWER["headers"],
        },
        206: {
            "description": "The range asked for.",
            "content": dict.fromkeys(MEDIA_TYPES.values(), BINARY),
            "headers": VERSION_ANSWER["headers"],
        },
    },
)
@router.head("/download/{doc_code}", include_in_schema=False)
def download_national(request: Request, service: TheService, doc_code: DocCodePath) -> Response:
    """Byte for byte, under the name `CODE_YYYYMMDD_DESC.EXT` (day of digitization, subject), always to be
    saved. Ranges and conditional requests work; the `ETag` is the sha256."""
    view = get_version(service.database, read_doc_code(doc_code))
    intake = dossiers.get_intake(service.database, view.content.intake_id)
    if intake.reason == "malware":
        raise SenderError("malware", **intake.reason_values)
    return blob(
        request,
        service.objects,
        sha256=view.content.sha256,
        media_type=MEDIA_TYPES[view.content.ending],
        name=stored_name(view),
        extra=SANDBOXED,
    )


# Described at the address of a document of this service (api.v1.documents), which is the same template.
@router.get("/{doc_code:doc_code}", include_in_schema=False)
def get_national(request: Request, service: TheService, doc_code: str) -> Response:
    """One version: metadata, file, the other versions; as XML where `Accept` asks for it."""
    view = get_version(service.database, read_doc_code(doc_code))
    body = national_document(view, service.settings.issued_date_form)
    wants_xml = XML in request.headers.get("accept", "")
    etag = etag_of(body, xml=wants_xml)
    if etag in _named(request.headers.get("if-none-match", "")) or _any(request, "if-none-match"):
        return unchanged(etag, NO_CACHE)
    headers = {"ETag": etag, "Cache-Control": NO_CACHE, "Vary": "Accept"}
    if wants_xml:
        told = body.metadata.model_dump(exclude_none=True, warnings=False)
        return Response(formats.as_xml(told), media_type=XML, headers=headers)
    return JSONResponse(dumped(body), headers=headers)


@router.put(
    "/{document_id}",  # there is no other PUT: an id of this service is told to be no DocCode
    status_code=201,
    summary="Make a new version of a document",
    response_model=NationalDocument,
    responses={
        **documented(400, 403, 404, 408, 409, 412, 413, 415),
        200: {"model": NationalDocument, "description": "This version was made before.", **VERSION_ANSWER},
    },
    openapi_extra=CHANGE_BODY,
)
async def put_national(
    request: Request, service: TheService, document_id: DocCodePath, by: Who, if_match: IfMatch = None
) -> JSONResponse:
    """The DocCode names the newest version that the sender saw; the answer is the version after it. Metadata
    (JSON, XML) replace the metadata; a form may bring a new file, or both. No version ever changes: when
    somebody else was faster, nothing is done (409), and the same sent again makes no further version."""
    seen = read_doc_code(document_id)
    if if_match is not None and if_match.strip() != "*":
        known = national_document(get_version(service.database, seen), service.settings.issued_date_form)
        if not {etag_of(known), etag_of(known, xml=True)} & _named(if_match):
            raise ConflictError("version_conflict")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with _form(request, service) as upload:
            read = await to_thread.run_sync(read_upload, upload, service.settings.max_file_bytes)
            view, created = await to_thread.run_sync(change_document, service, seen, read, by)
    elif kind in ("application/json", XML, "text/xml"):
        read = Sent(formats.read_metadata(await request.body()), None)
        view, created = await to_thread.run_sync(change_document, service, seen, read, by)
    else:
        raise SenderError("metadata_kind")
    return _answer(service, view, created)


def _form(request: Request, service: Service) -> AbstractAsyncContextManager[Upload]:
    return receive(
        request,
        service.incoming,
        max_file_bytes=service.settings.max_file_bytes,
        max_files=2,
        max_field_bytes=formats.MOST_BYTES,
    )


def _answer(service: Service, view: NationalView, created: bool) -> JSONResponse:
    body = national_document(view, service.settings.issued_date_form)
    headers = {"ETag": etag_of(body), "Location": body.href}
    return JSONResponse(dumped(body), status_code=201 if created else 200, headers=headers)


def dumped(body: NationalDocument) -> dict[str, Any]:
    """The body as JSON; metadata that were not told are left out."""
    told = body.metadata.model_dump(exclude_none=True, warnings=False)
    return {**body.model_dump(mode="json", exclude={"metadata"}), "metadata": told}


def etag_of(body: NationalDocument, *, xml: bool = False) -> str:
    """Changes with the version and when a newer one is there."""
    mark = hashlib.sha256(f"{body.doc_code} {body.newest}".encode()).hexdigest()[:32]
    return f'"{mark}-xml"' if xml else f'"{mark}"'


def _named(header: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in header.split(",") if one.strip()}


def _any(request: Request, header: str) -> bool:
    return request.headers.get(header, "").strip() == "*"
