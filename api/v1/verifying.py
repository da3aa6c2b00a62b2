"""Verify signatures: of a PDF that is sent, of a document, of a result."""

from __future__ import annotations

import pathlib
import tempfile

from anyio import to_thread
from fastapi import APIRouter, Request

from api.problems import documented
from api.receiving import form, receive_one
from api.service import Service, TheService
from api.v1 import result_bodies as bodies
from api.v1.documents import DocumentId
from api.v1.results import ResultId
from signing.trust import load_roots
from storage import dossiers
from storage.objects import key_of

router = APIRouter(tags=["Kiểm tra chữ ký số"])

VERIFY_SECONDS = 60.0
FORM = form(["file"], {"file": {"type": "string", "format": "binary", "description": "The PDF."}})


@router.post(
    "/verify",
    summary="Verify a PDF",
    response_model=bodies.Verification,
    responses=documented(400, 403, 413, 415),
    openapi_extra=FORM,
)
async def verify_sent(request: Request, service: TheService) -> bodies.Verification:
    """The file is judged and forgotten: nothing of it is kept."""
    limit = service.settings.max_file_bytes
    async with receive_one(request, service.incoming, max_file_bytes=limit) as (parked, _):
        return await to_thread.run_sync(verify_path, service, parked.path)


@router.get(
    "/documents/{document_id}/verification", summary="Verify a document's PDF", responses=documented(404)
)
def verify_document(service: TheService, document_id: DocumentId) -> bodies.Verification:
    """Of the PDF as it is kept; the sender's own signed file where there is one."""
    view = dossiers.get_document(service.database, document_id).document
    return verify_stored(service, view.pdf_sha256)


@router.get("/results/{result_id}/verification", summary="Verify a result's PDF", responses=documented(404))
def verify_result(service: TheService, result_id: ResultId) -> bodies.Verification:
    """Of the PDF as it stands now."""
    return verify_stored(service, dossiers.get_result(service.database, result_id).sha256)


def verify_stored(service: Service, sha256: str) -> bodies.Verification:
    """Judge a stored PDF."""
    service.incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=service.incoming, prefix="verify-") as scratch:
        return verify_path(service, service.objects.local_copy(key_of(sha256), pathlib.Path(scratch)))


def verify_path(service: Service, path: pathlib.Path) -> bodies.Verification:
    """Judge a PDF in a child process: it may be anything."""
    roots = tuple(root.dump() for root in load_roots(service.settings.trust_dir))
    now = service.database.clock().isoformat()
    found = service.pictures.run("results.looking:verified", path, roots, now, seconds=VERIFY_SECONDS)
    return bodies.Verification(**found)
