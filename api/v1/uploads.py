"""Resumable uploads by the tus protocol 1.0.0, with creation, checksum, termination and expiration."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Coroutine
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from api.bounds import is_streamed
from api.names import safe_name
from api.problems import answer, as_sohoa_error, documented
from api.service import Service, TheService, Who, clean_name
from api.v1.scans import SENT_CHANNELS
from errors import SenderError
from ingest.channels.resuming import Upload, Uploads, sha256_of
from storage.accepting import Arrival, accept_file
from storage.dossier_code import check_dossier_code
from storage.states import Channel

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination,expiration"
ALGORITHMS = ("sha1", "sha256", "sha512", "md5")
OFFSET_TYPE = "application/offset+octet-stream"
WRITE_BYTES = 1024 * 1024
MOST_METADATA = 8192
_EXPOSED = {
    name: {"schema": {"type": "string"}, "description": what}
    for name, what in {
        "Tus-Resumable": "`1.0.0`.",
        "Upload-Offset": "How many bytes have arrived.",
        "Upload-Expires": "From then on it is gone.",
        "X-Intake": "Once accepted: the address of the intake.",
    }.items()
}


class _TusRoute(APIRoute):
    """Every answer names the version, errors too; a request of another version is refused."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def with_version(request: Request) -> Response:
            try:
                asked = request.headers.get("tus-resumable")
                if request.method != "OPTIONS" and asked != VERSION:
                    raise SenderError("tus_version", asked=(asked or "")[:20])
                reply = await handle(request)
            except Exception as error:
                reply = answer(as_sohoa_error(error, request))
                if reply.status_code == 412:
                    reply.headers["Tus-Version"] = VERSION
            reply.headers["Tus-Resumable"] = VERSION
            return reply

        return with_version


router = APIRouter(prefix="/uploads", tags=["Gửi nối lại được (tus)"], route_class=_TusRoute)

UploadId = Annotated[str, InPath(description="The upload.", max_length=40)]


def uploads_of(service: Service) -> Uploads:
    """Those of this service."""
    return Uploads(service.settings.data_dir / "uploads", service.settings.upload_hours)


@router.options("", status_code=204, summary="What of tus is spoken here", responses=documented())
def capabilities(service: TheService) -> Response:
    """Version, extensions, largest file and checksum algorithms."""
    return Response(
        status_code=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(service.settings.max_file_bytes),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


@router.post(
    "",
    status_code=201,
    summary="Begin a resumable upload",
    responses={
        201: {
            "headers": {"Location": {"schema": {"type": "string"}, "description": "The upload."}, **_EXPOSED}
        },
        **documented(403, 412, 413),
    },
)
async def begin(request: Request, service: TheService, by: Who) -> Response:
    """`Upload-Length` and `Upload-Metadata` with `ma_ho_so` and `filename`; `sha256` of the whole (64 figures)
    is checked at the end, `channel` and `sender` are as in sending scans."""
    length = _figures(request, "Upload-Length")
    if length > service.settings.max_file_bytes:
        limit = service.settings.max_file_bytes
        raise SenderError("file_too_large", limit=f"{limit / 1e6:.0f} MB")
    metadata = request.headers.get("upload-metadata", "")
    said = _metadata(metadata)
    code = said.get("ma_ho_so", "").strip().upper()
    check_dossier_code(code, service.database.clock().date())
    channel = said.get("channel", Channel.POST)
    if channel not in SENT_CHANNELS:
        raise SenderError("invalid_request", where="channel", why="counter, post")
    sha256 = said.get("sha256", "").lower()
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise SenderError("invalid_request", where="sha256", why="64 hexadecimal figures")
    wanted = Upload(
        id="",
        length=length,
        ma_ho_so=code,
        name=safe_name(said.get("filename", "")),
        channel=channel,
        sender=clean_name(said.get("sender", "")) or by,
        metadata=metadata,
        expires="",
        sha256=sha256,
    )
    upload = await to_thread.run_sync(uploads_of(service).begin, wanted, service.database.clock())
    headers = {"Location": f"/api/v1/uploads/{upload.id}", **_expires(upload)}
    if length == 0:
        headers |= await to_thread.run_sync(_finish, service, upload)
    return Response(status_code=201, headers=headers)


@router.head(
    "/{upload_id}",
    summary="How far an upload is",
    responses={200: {"headers": _EXPOSED}, **documented(404, 410, 412)},
)
def how_far(service: TheService, upload_id: UploadId) -> Response:
    """`Upload-Offset` is where to go on."""
    upload, offset = uploads_of(service).get(upload_id, service.database.clock())
    headers = {
        "Upload-Offset": str(offset),
        "Upload-Length": str(upload.length),
        "Cache-Control": "no-store",
        **_expires(upload),
    }
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return Response(headers=headers)


@router.patch(
    "/{upload_id}",
    status_code=204,
    summary="Go on with an upload",
    responses={204: {"headers": _EXPOSED}, **documented(400, 403, 404, 409, 410, 412, 413, 415, 423, 460)},
    openapi_extra={
        "requestBody": {"content": {OFFSET_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def go_on(request: Request, service: TheService, upload_id: UploadId) -> Response:
    """Bytes from `Upload-Offset` on. What arrives before the line breaks is kept, unless `Upload-Checksum`
    was given: then all of the request is kept or none (460). With the last byte the file is accepted as a
    sent scan is; `X-Intake` says under which intake. Should that fail for the machine's sake (503), an empty
    `PATCH` at the end tries again."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != OFFSET_TYPE:
        raise SenderError("offset_type_missing")
    at = _figures(request, "Upload-Offset")
    expected = _checksum(request)
    kept = uploads_of(service)
    upload, _ = kept.get(upload_id, service.database.clock())
    with kept.held(upload) as path:
        upload, offset = kept.get(upload_id, service.database.clock())
        if at != offset:
            raise SenderError("offset_differs", offset=offset, given=at)
        if not upload.intake:
            offset = await _take(request, path, upload, offset, expected)
            if offset == upload.length:
                headers = await to_thread.run_sync(_finish, service, upload)
                return Response(status_code=204, headers={"Upload-Offset": str(offset), **headers})
    return Response(status_code=204, headers={"Upload-Offset": str(offset), **_expires(upload)})


@router.delete(
    "/{upload_id}",
    status_code=204,
    summary="Give an upload up",
    responses=documented(403, 404, 410, 412, 423),
)
def give_up(service: TheService, upload_id: UploadId) -> Response:
    """What arrived is removed. An intake that it became already stays."""
    kept = uploads_of(service)
    upload, _ = kept.get(upload_id, service.database.clock())
    with kept.held(upload):
        kept.remove(upload)
    return Response(status_code=204)


@router.post("/{upload_id}", status_code=204, include_in_schema=False)
async def overridden(request: Request, service: TheService, upload_id: UploadId) -> Response:
    """For lines that let only GET and POST through: ``X-HTTP-Method-Override`` names the true method."""
    match request.headers.get("x-http-method-override", "").upper():
        case "PATCH":
            return await go_on(request, service, upload_id)
        case "DELETE":
            return await to_thread.run_sync(give_up, service, upload_id)
        case "HEAD":
            return await to_thread.run_sync(how_far, service, upload_id)
    raise SenderError("method_not_allowed", method="POST")


async def _take(
    request: Request, path: Path, upload: Upload, offset: int, expected: tuple[str, bytes] | None
) -> int:
    """Write what arrives behind ``offset``, synced; the new offset."""
    digest = hashlib.new(expected[0], usedforsecurity=False) if expected else None
    begun, whole = offset, False
    is_streamed(request.scope)
    with path.open("r+b") as out:
        out.seek(offset)
        try:
            async for piece in request.stream():
                if offset + len(piece) > upload.length:
                    raise SenderError("upload_too_long", length=upload.length)
                if digest:
                    digest.update(piece)
                await to_thread.run_sync(out.write, piece)
                offset += len(piece)
            whole = digest is None or digest.digest() == (expected or ("", b""))[1]
            if not whole:
                raise SenderError("checksum_differs")
        except ClientDisconnect:
            raise SenderError("upload_cut") from None
        finally:
            if digest and not whole:
                offset = begun
            await to_thread.run_sync(_settle, out, offset)
    return offset


def _settle(out: BinaryIO, offset: int) -> None:
    out.flush()
    out.truncate(offset)
    os.fsync(out.fileno())


def _finish(service: Service, upload: Upload) -> dict[str, str]:
    """The whole file is there: accept it, and say under which intake."""
    kept = uploads_of(service)
    path = service.settings.data_dir / "uploads" / upload.id / "data"
    sha256 = sha256_of(path)
    if upload.sha256 and upload.sha256 != sha256:
        kept.remove(upload)
        raise SenderError("checksum_differs")
    arrival = Arrival(upload.ma_ho_so, upload.name, upload.sender, Channel(upload.channel))
    intake, created = accept_file(
        service.database, service.objects, arrival, path, sha256=sha256, size=upload.length
    )
    if created:
        service.queue.send(intake)
    return _expires(kept.accepted(upload, intake.id))


def _expires(upload: Upload) -> dict[str, str]:
    if upload.intake:
        return {"X-Intake": f"/api/v1/intakes/{upload.intake}"}
    return {"Upload-Expires": format_datetime(upload.expires_at, usegmt=True)}


def _figures(request: Request, name: str) -> int:
    said = request.headers.get(name, "")
    if not said.isascii() or not said.isdigit() or len(said) > 18:
        raise SenderError("invalid_request", where=name, why="a whole number from 0")
    return int(said)


def _metadata(header: str) -> dict[str, str]:
    """Keys and base64 values: ``filename YS5wZGY=,ma_ho_so …``."""
    said: dict[str, str] = {}
    if len(header) > MOST_METADATA:
        raise SenderError("invalid_request", where="Upload-Metadata", why="too long")
    for pair in filter(None, (one.strip() for one in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            said[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise SenderError("invalid_request", where="Upload-Metadata", why=f"{key[:40]}: base64") from None
    return said


def _checksum(request: Request) -> tuple[str, bytes] | None:
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    algorithm, _, value = header.strip().partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise SenderError("checksum_unknown", known=", ".join(ALGORITHMS)) from None
    if algorithm not in ALGORITHMS or not digest:
        raise SenderError("checksum_unknown", known=", ".join(ALGORITHMS))
    return algorithm, digest
