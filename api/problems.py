"""Errors as ``application/problem+json`` (RFC 9457), in two families that never mix.

What a sender sent answers 4xx, says what to do next and is never retried. What the machine met answers 503
with ``Retry-After`` (or 500 with an id to look up) and may be retried. The sentences stand in :mod:`reasons`.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from errors import MachineError, SenderError, SohoaError
from storage.disk import is_full

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 30

STATUS_OF: dict[str, int] = {
    "upload_cut": 400,
    "checksum_unknown": 400,
    "other_site": 403,
    "malware": 403,
    "bad_link": 403,
    "no_such_address": 404,
    "unknown_dossier": 404,
    "unknown_intake": 404,
    "unknown_document": 404,
    "unknown_page": 404,
    "unknown_upload": 404,
    "unknown_batch": 404,
    "unknown_field": 404,
    "unknown_result": 404,
    "unknown_session": 404,
    "unknown_doc_code": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "upload_stalled": 408,
    "already_confirmed": 409,
    "offset_differs": 409,
    "upload_expired": 410,
    "tus_version": 412,
    "upload_too_long": 413,
    "offset_type_missing": 415,
    "upload_busy": 423,
    "checksum_differs": 460,
    "not_failed": 409,
    "not_waiting": 409,
    "being_signed": 409,
    "session_used": 409,
    "session_expired": 410,
    "link_expired": 410,
    "dossier_differs": 409,
    "wrong_state": 409,
    "doc_code_taken": 409,
    "newer_version": 409,
    "unchecked_document": 409,
    "version_conflict": 412,
    "file_too_large": 413,
    "too_many_files": 413,
    "request_too_large": 413,
    "not_multipart": 415,
    "unsupported_kind": 415,
    "metadata_kind": 415,
    "bad_range": 416,
    "unknown_host": 421,
    "version_missing": 428,
}
"""The HTTP status of a sender's error; every other sender's error answers 422."""


class Problem(BaseModel):
    """One error, for people and programs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:sohoa:problem:password",
                    "title": "Dữ liệu gửi lên chưa dùng được",
                    "status": 422,
                    "detail": "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
                    "code": "password",
                    "english": "the PDF needs a password to open",
                    "retryable": False,
                }
            ]
        }
    )

    type: str = Field(description="A name for the kind of problem: `urn:sohoa:problem:` and the code.")
    title: str = Field(description="The family of the problem, in Vietnamese.")
    status: int = Field(description="The HTTP status, once more.")
    detail: str = Field(description="What happened and what to do, in Vietnamese, for the clerk.")
    code: str = Field(description="The reason code, for programs.")
    english: str = Field(description="The same sentence in English, for logs.")
    retryable: bool = Field(
        description="False: sending the same again gives the same answer. True: the machine was at fault."
    )


class ProblemAnswer(JSONResponse):
    """A problem on the wire."""

    media_type = MEDIA_TYPE


def status_of(error: SohoaError) -> int:
    """The HTTP status that an error answers with."""
    if isinstance(error, SenderError):
        return STATUS_OF.get(error.code, 422)
    return 500 if error.code == "internal" else 503


def problem_of(error: SohoaError) -> Problem:
    """The problem that tells of an error."""
    senders = isinstance(error, SenderError)
    return Problem(
        type=f"urn:sohoa:problem:{error.code}",
        title="Dữ liệu gửi lên chưa dùng được" if senders else "Hệ thống gặp sự cố",
        status=status_of(error),
        detail=error.vietnamese,
        code=error.code,
        english=error.english,
        retryable=not senders,
    )


def answer(error: SohoaError, **more: object) -> ProblemAnswer:
    """The answer for an error; ``more`` are further members of the problem."""
    problem = problem_of(error)
    headers: dict[str, str] = {"Cache-Control": "no-store"}
    if problem.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return ProblemAnswer({**problem.model_dump(), **more}, status_code=problem.status, headers=headers)


def unexpected(error: BaseException, request: Request) -> MachineError:
    """Log an error nobody foresaw under a fresh id, and make the error that tells the id and nothing else.

    The error's own message is not logged: it may hold values of the database, and so of a person.
    """
    number = secrets.token_hex(6)
    log.error(
        "internal error",
        id=number,
        method=request.method,
        route=getattr(request.scope.get("route"), "path", None),
        kind=type(error).__name__,
        at=[f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)[-8:]],
    )
    return MachineError("internal", id=number)


def as_sohoa_error(error: Exception, request: Request) -> SohoaError:
    """Every exception as one of this product's errors."""
    if isinstance(error, SohoaError):
        return error
    if isinstance(error, RequestValidationError):
        first: Mapping[str, Any] = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return SenderError("invalid_request", where=where, why=first["msg"])
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return SenderError("no_such_address")
        if error.status_code == 405:
            return SenderError("method_not_allowed", method=request.method)
        if error.status_code < 500:
            return SenderError("invalid_request", where="HTTP", why=str(error.detail))
    if isinstance(error, OSError) and is_full(error):
        return MachineError("disk_full")
    return unexpected(error, request)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: the statuses given plus those that any route may answer with."""
    said = {
        400: "The upload ended early or is malformed.",
        403: "The request comes from another site, or the file holds malware and is not handed out.",
        404: "There is no such thing.",
        408: "Nothing came for too long while the request was being sent.",
        409: "The thing is not in a state that allows this.",
        410: "It has expired.",
        412: "Somebody changed it in the meantime: read it again.",
        413: "Too large or too many.",
        415: "Not a kind of content that is taken.",
        416: "The byte range does not fit.",
        421: "The host name is not one of this service.",
        422: "A value does not fit; `detail` says which and what to do.",
        423: "Another request is writing it.",
        428: "The `If-Match` header is missing.",
        460: "The bytes are not those of the checksum (tus).",
        500: "An error nobody foresaw; `detail` holds an id to look up in the log.",
        503: "The machine cannot do this now; the same request may pass later (`Retry-After`).",
    }
    every = sorted({*statuses, 421, 422, 500, 503})
    return {
        status: {
            "description": said[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **(
                {"headers": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}}
                if status == 503
                else {}
            ),
        }
        for status in every
    }


def install(app: FastAPI, page: Any) -> None:
    """Answer every exception: as a problem, or as ``page(request, problem)`` where a page was asked for."""

    async def handle(request: Request, error: Exception) -> Any:
        known = as_sohoa_error(error, request)
        if _wants_page(request):
            return page(request, problem_of(known))
        reply = answer(known)
        if isinstance(error, HTTPException) and error.status_code == 405 and error.headers:
            allowed = {one.strip() for one in error.headers.get("Allow", "").split(",")}
            if "HEAD" in allowed:  # a route of its own, always beside the one for GET
                allowed.add("GET")
            reply.headers["Allow"] = ", ".join(sorted(allowed))
        return reply

    for kind in (SohoaError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)
    app.state.answer_error = handle


def _wants_page(request: Request) -> bool:
    plain = request.url.path.startswith(("/api/", "/static/", "/metrics", "/health", "/ready"))
    return not plain and "text/html" in request.headers.get("accept", "")
