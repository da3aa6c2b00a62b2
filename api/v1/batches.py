"""Batches: a manifest and its files, and a receipt that tells what of it is there."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from api.problems import documented, problem_of
from api.receiving import Parked, Upload, receive
from api.service import Service, TheService, Who
from api.v1.batch_bodies import Receipt, Unexpected, receipt
from errors import SenderError, SohoaError
from ingest.channels.manifests import MOST_BYTES, parse_manifest
from storage import batches
from storage.accepting import Arrival, accept_file
from storage.batches import BatchView
from storage.identifiers import PATTERN as IDENTIFIER
from storage.states import Channel

router = APIRouter(prefix="/batches", tags=["Gửi theo lô"])

BatchId = Annotated[str, Path(description="The batch.", pattern=IDENTIFIER)]
MOST_FILES = 1000
MANIFESTS = ("manifest.csv", "manifest.json")
_PARTS: dict[str, Any] = {
    "files": {
        "type": "array",
        "items": {"type": "string", "format": "binary"},
        "description": "Any number of the files, in any order; told apart by their bytes, not their names.",
    }
}


def _form(parts: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": parts}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@router.post(
    "",
    status_code=201,
    summary="Send a batch",
    response_model=Receipt,
    responses={
        **documented(400, 403, 413, 415),
        200: {"model": Receipt, "description": "The manifest is known already."},
    },
    openapi_extra=_form(
        {
            "manifest": {
                "type": "string",
                "format": "binary",
                "description": "Its file name is `manifest.csv` or `manifest.json`.",
            },
            **_PARTS,
        }
    ),
)
async def send_batch(request: Request, service: TheService, by: Who) -> JSONResponse:
    """The manifest (`docs/post.md`) and as many of its files as fit in one request; the rest follows by
    `POST …/files`, by resumable upload or by any other channel. The answer is the receipt. The same manifest
    is the same batch, the same bytes are the same file: sending again changes nothing."""
    limit = service.settings.max_file_bytes
    async with receive(request, service.incoming, max_file_bytes=limit, max_files=MOST_FILES + 1) as upload:
        told = [one for one in upload.files if one.name.lower() in MANIFESTS]
        if len(told) != 1 or told[0].too_large or told[0].size > MOST_BYTES:
            raise SenderError("no_manifest")
        view, created = await to_thread.run_sync(_register, service, told[0], by)
        rest = [one for one in upload.files if one is not told[0]]
        unexpected = await to_thread.run_sync(_take, service, view, rest, by)
    body = await to_thread.run_sync(_receipt, service, view.id, unexpected)
    return JSONResponse(body.model_dump(mode="json"), status_code=201 if created else 200)


@router.post(
    "/{batch_id}/files",
    summary="Send more files of a batch",
    responses=documented(400, 403, 404, 413, 415),
    openapi_extra=_form(_PARTS),
)
async def send_files(request: Request, service: TheService, batch_id: BatchId, by: Who) -> Receipt:
    """Files that the manifest names by their sha256 are taken; others are told under `unexpected` and not
    kept."""
    view = await to_thread.run_sync(batches.get_batch, service.database, batch_id)
    upload: Upload
    async with receive(
        request, service.incoming, max_file_bytes=service.settings.max_file_bytes, max_files=MOST_FILES
    ) as upload:
        if not upload.files:
            raise SenderError("no_files")
        unexpected = await to_thread.run_sync(_take, service, view, upload.files, by)
    return await to_thread.run_sync(_receipt, service, batch_id, unexpected)


@router.get("/{batch_id}", summary="The receipt of a batch", responses=documented(404))
def get_batch(service: TheService, batch_id: BatchId) -> Receipt:
    """As it stands now: a file that arrived by another channel since counts too."""
    return _receipt(service, batch_id, [])


def _receipt(service: Service, batch_id: str, unexpected: list[Unexpected]) -> Receipt:
    return receipt(batches.get_batch(service.database, batch_id), unexpected)


def _register(service: Service, parked: Parked, by: str) -> tuple[BatchView, bool]:
    data = parked.path.read_bytes()
    manifest = parse_manifest(data, service.database.clock().date())
    return batches.register_batch(
        service.database,
        manifest.lines,
        manifest=data.decode("utf-8-sig"),
        manifest_sha256=hashlib.sha256(data).hexdigest(),
        sent_from=manifest.sent_from,
        sent_to=manifest.sent_to,
        sender=by,
    )


def _take(service: Service, view: BatchView, parked: list[Parked], by: str) -> list[Unexpected]:
    """Accept what the manifest names, in every dossier for which it names it; what is not taken, and why."""
    refused = []
    for one in parked:
        try:
            _accept(service, view, one, by)
        except SohoaError as error:
            refused.append(Unexpected(name=one.name, sha256=one.sha256 or None, problem=problem_of(error)))
    return refused


def _accept(service: Service, view: BatchView, parked: Parked, by: str) -> None:
    if parked.too_large:
        raise SenderError("file_too_large", limit=f"{service.settings.max_file_bytes / 1e6:.0f} MB")
    named = [item for item in view.items if item.announced.sha256 == parked.sha256]
    if not named:
        known = any(item.announced.file == parked.name for item in view.items)
        raise SenderError("differs_from_manifest" if known else "not_in_manifest", name=parked.name)
    for item in named:
        arrival = Arrival(item.announced.ma_ho_so, parked.name, by, Channel.BATCH)
        intake, created = accept_file(
            service.database, service.objects, arrival, parked.path, sha256=parked.sha256, size=parked.size
        )
        if created:
            service.queue.send(intake)
