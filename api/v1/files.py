"""What a document is made of: its PDF, its pages as pictures and words, its text, the file that was sent."""

from __future__ import annotations

import pathlib
import tempfile
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api.blobs import BINARY, SANDBOXED, blob, file_answers, matches, original, unchanged
from api.problems import documented
from api.service import Service, TheService
from api.v1 import bodies
from api.v1.documents import NO_CACHE, DocumentId, read_record
from errors import SenderError
from storage import dossiers
from storage.objects import key_of
from storage.views import DocumentDetail, DocumentView

router = APIRouter(prefix="/documents", tags=["Giấy tờ"])

PageNumber = Annotated[int, Path(description="Page within the document, from 1.", ge=1, le=100_000)]
PICTURE_SECONDS = 30.0


@router.get(
    "/{document_id}/pdf",
    summary="The PDF of a document",
    response_class=Response,
    responses=file_answers("application/pdf"),
)
@router.head("/{document_id}/pdf", include_in_schema=False)
def get_pdf(
    request: Request,
    service: TheService,
    document_id: DocumentId,
    inline: Annotated[bool, Query(description="Show it in the browser instead of saving it.")] = False,
) -> Response:
    """Two-layer PDF/A-2b, or the sender's own signed file. Ranges and conditional requests work; the `ETag`
    is its sha256."""
    view = dossiers.get_document(service.database, document_id).document
    return blob(
        request,
        service.objects,
        sha256=view.pdf_sha256,
        media_type="application/pdf",
        name=download_name(view) + ".pdf",
        # A sender's own signed PDF may hold anything: it is never shown in this site's name.
        inline=inline and not view.pdf_kept,
        extra=SANDBOXED if view.pdf_kept else None,
    )


@router.get(
    "/{document_id}/record",
    summary="The JSON record of a document",
    response_class=Response,
    responses=file_answers("application/json"),
)
def get_record(request: Request, service: TheService, document_id: DocumentId) -> Response:
    """As it was read (`docs/document.schema.json`), to save."""
    view = dossiers.get_document(service.database, document_id).document
    return blob(
        request,
        service.objects,
        sha256=view.record_sha256,
        media_type="application/json",
        name=download_name(view) + ".json",
    )


@router.get(
    "/{document_id}/original",
    summary="The file that was sent",
    response_class=Response,
    responses=file_answers("application/octet-stream"),
)
def get_document_original(request: Request, service: TheService, document_id: DocumentId) -> Response:
    """Byte for byte, under its name, always to be saved: what a sender sent is never shown as a page."""
    view = dossiers.get_document(service.database, document_id).document
    return original(request, service.objects, dossiers.get_intake(service.database, view.intake_id))


@router.get(
    "/{document_id}/text",
    summary="The text of a document",
    response_class=PlainTextResponse,
    responses=documented(404),
)
def get_text(service: TheService, document_id: DocumentId) -> PlainTextResponse:
    """UTF-8, NFC, one line a line, pages parted by a form feed."""
    return PlainTextResponse(dossiers.get_document(service.database, document_id).text)


@router.get("/{document_id}/pages/{page}", summary="A page's words", responses=documented(404))
def get_page(service: TheService, document_id: DocumentId, page: PageNumber) -> bodies.PageDetail:
    """Words with their boxes in pixels of the upright page."""
    detail = dossiers.get_document(service.database, document_id)
    known = page_of(detail, page)
    read = read_record(service, detail.document)["pages"][page - 1]
    failure = read.get("failure")
    return bodies.PageDetail(
        number=page,
        source_number=known,
        width=read["width"],
        height=read["height"],
        dpi=read["dpi"],
        rotation=read["rotation"],
        skew=read["skew"],
        blank=read["blank"],
        confidence=read["confidence"],
        failure=bodies.reason(failure, page=page) if failure else None,
        text=read["text"],
        words=[bodies.PageWord(**word) for word in read["words"]],
    )


@router.get(
    "/{document_id}/pages/{page}/image",
    summary="A page as a picture",
    response_class=Response,
    responses={
        200: {"content": {"image/jpeg": BINARY, "image/png": BINARY}},
        304: {"description": "It is still what `If-None-Match` names."},
        **documented(404),
    },
)
def get_page_image(
    request: Request,
    service: TheService,
    document_id: DocumentId,
    page: PageNumber,
    max_side: Annotated[int, Query(ge=32, le=5000, description="Longest side in pixels.")] = 1600,
    kind: Annotated[
        Literal["jpeg", "png"], Query(alias="format", description="The kind of picture.")
    ] = "jpeg",
) -> Response:
    """The page, upright, drawn from the PDF; boxes of the record scale with it."""
    detail = dossiers.get_document(service.database, document_id)
    page_of(detail, page)
    etag = f'"{detail.document.pdf_sha256[:32]}-{page}-{max_side}-{kind}"'
    if matches(request, etag):
        return unchanged(etag, NO_CACHE)
    picture = draw(service, detail.document, page, max_side, kind)
    headers = {"ETag": etag, "Cache-Control": NO_CACHE}
    return Response(picture, media_type=f"image/{kind}", headers=headers)


def draw(service: Service, view: DocumentView, page: int, max_side: int, kind: str) -> bytes:
    """Draw a page in a child process: a kept PDF is the sender's and is not trusted."""
    service.incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=service.incoming, prefix="picture-") as scratch:
        pdf = service.objects.local_copy(key_of(view.pdf_sha256), pathlib.Path(scratch))
        picture: bytes = service.pictures.run(
            "api.picturing:draw_page", pdf, page, max_side, kind, seconds=PICTURE_SECONDS
        )
        return picture


def page_of(detail: DocumentDetail, page: int) -> int:
    """The page's number in the file that was sent.

    Raises:
        SenderError: ``unknown_page``.
    """
    if page > len(detail.document.source_pages):
        raise SenderError("unknown_page", page=page)
    return detail.document.source_pages[page - 1]


def download_name(view: DocumentView) -> str:
    """Dossier, kind of paper and the sent file's stem, without its ending."""
    stem = view.source_name.rpartition(".")[0] or view.source_name
    return f"{view.ma_ho_so} {view.type_label} {stem}-{view.position}"
