"""Objects of the store as HTTP answers: conditional, by range, under a safe name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from api.names import disposition
from api.problems import documented
from errors import SenderError
from storage.objects import ObjectStore, key_of
from storage.views import IntakeView

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

SANDBOXED = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""For bytes as a sender sent them: should a reader show them all the same, nothing in them may act."""
BINARY = {"schema": {"type": "string", "format": "binary"}}
SHA_ETAG = {"ETag": {"description": "The sha256, quoted.", "schema": {"type": "string"}}}


def file_answers(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What a route that serves an object may answer."""
    content = {media_type: {"schema": {"type": "object"}} if media_type == "application/json" else BINARY}
    return {
        200: {"content": content, "headers": SHA_ETAG, "description": "The whole."},
        206: {"content": {media_type: BINARY}, "headers": SHA_ETAG, "description": "The range asked for."},
        304: {"description": "It is still what `If-None-Match` names."},
        **documented(403, 404, 416),
    }


def matches(request: Request, etag: str) -> bool:
    """Whether ``If-None-Match`` names this ``etag`` (quoted), so that 304 is the answer."""
    asked = request.headers.get("if-none-match", "")
    return asked.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in asked.split(","))


def unchanged(etag: str, cache: str) -> Response:
    """304."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": cache})


def wanted_range(request: Request, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for, or None for the whole. Only one range is served; several, another unit
    or a stale ``If-Range`` get the whole, as RFC 9110 allows.

    Raises:
        SenderError: ``bad_range``, nothing of it lies in the object.
    """
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    if request.headers.get("if-range", etag) != etag:
        return None
    first, last = asked.groups()
    if first:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
        if last and int(last) < int(first):
            return None
    else:
        start, end = max(0, size - int(last)), size - 1
    if start >= size or end < start:
        raise SenderError("bad_range")
    return start, end


def blob(
    request: Request,
    objects: ObjectStore,
    *,
    sha256: str,
    media_type: str,
    name: str,
    inline: bool = False,
    extra: Mapping[str, str] | None = None,
) -> Response:
    """An object under a name. Its sha256 is the ``ETag``: the same address may later hold other bytes, so
    a cache must ask again, and is then answered 304.

    Raises:
        SenderError: ``bad_range``.
        MachineError: the store cannot be had.
    """
    etag, cache = f'"{sha256}"', "private, no-cache"
    if matches(request, etag):
        return unchanged(etag, cache)
    key = key_of(sha256)
    size = objects.stat(key).size
    part = wanted_range(request, size, etag)
    start, end = part or (0, size - 1)
    length = end - start + 1
    headers = {
        "ETag": etag,
        "Cache-Control": cache,
        "Accept-Ranges": "bytes",
        "Content-Length": str(length),
        "Content-Disposition": disposition(name, "inline" if inline else "attachment"),
        **(extra or {}),
    }
    if part:
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    body: Iterator[bytes] = iter(())
    if request.method != "HEAD" and length:
        body = objects.stream(key, start=start, length=length)
    return StreamingResponse(body, status_code=206 if part else 200, headers=headers, media_type=media_type)


def original(request: Request, objects: ObjectStore, sent: IntakeView) -> Response:
    """What a sender sent, to be saved and never shown: it may be a page with a script in it.

    Raises:
        SenderError: ``malware``: what the scanner found stays in the store, and nobody saves it by mistake.
    """
    if sent.reason == "malware":
        raise SenderError("malware", **sent.reason_values)
    return blob(
        request,
        objects,
        sha256=sent.sha256,
        media_type="application/octet-stream",
        name=sent.name,
        extra=SANDBOXED,
    )
