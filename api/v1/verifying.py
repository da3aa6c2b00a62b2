"""Verify signatures: of a PDF that is sent, of a document, of a result."""

from __future__ import annotations

import pathlib
import tempfile
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Request

from api.problems import documented
from api.receiving import receive
from api.service import Service, TheService
from api.v1 import result_bodies as bodies
from api.v1.documents import DocumentId
from errors import SenderError
from signing.trust import load_roots
from storage import dossiers
from storage.objects import key_of

router = APIRouter(tags=["Kiểm tra chữ ký số"])

ResultId = Annotated[str, Path(description="The result.", pattern="^[0-9A-HJKMNP-TV-Z]{26}$")]
VERIFY_SECONDS = 60.0
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary", "description": "The PDF."}},
                }
            }
        },
    }
}


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
    async with receive(request, service.incoming, max_file_bytes=limit, max_files=1) as upload:
        if not upload.files:
            raise SenderError("no_files")
        if upload.files[0].too_large:
            raise SenderError("file_too_large", limit=f"{limit / 1e6:.0f} MB")
        return await to_thread.run_sync(verify_path, service, upload.files[0].path)


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
