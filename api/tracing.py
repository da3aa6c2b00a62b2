"""What is read and what is refused goes into the trace; changes are told of by the storage itself."""

from __future__ import annotations

import re

import structlog
from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guard import SAFE_METHODS
from api.service import Service, who
from errors import SohoaError
from storage.trace.sealing import append

log = structlog.get_logger()

READS = {
    *("get_document", "get_text", "get_page", "get_page_image", "get_pdf", "get_record"),
    *("get_document_original", "get_original", "get_national", "download_national", "open_link"),
    *("get_result_pdf", "get_result_image", "document_page"),
}
"""The routes that give out what stands in a paper, by name."""

_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_CODE = re.compile(r"[0-9A-Z.]{3,35}-\d{6}-\d{4,24}")
_DOC_CODE = re.compile(r"[0-9A-Z.]{3,35}_\w{1,6}_\d{6}_V\d{1,4}")


class TracedReads:
    """Adds the entry before the first byte goes out: what cannot be told of is not given out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; tell of a read that succeeds (not of 304: nothing went out)."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return

        withheld = False

        async def send_traced(message: Message) -> None:
            nonlocal withheld
            if message["type"] == "http.response.start" and message["status"] in (200, 206):
                name = getattr(scope.get("route"), "name", None)
                if name in READS:
                    try:
                        await to_thread.run_sync(_tell, scope, "read", {"name": name})
                    except SohoaError as error:
                        withheld = True
                        reply = await scope["app"].state.answer_error(Request(scope), error)
                        await reply(scope, receive, send)
            if not withheld:
                await send(message)

        await self.app(scope, receive, send_traced)


class TracedRefusals:
    """Outermost, so that it also sees what the guard refuses. A refusal stands whether or not it can be told
    of."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; tell of a change that was refused, and of whatever was forbidden."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self.app(scope, receive, send_watched)
        forbidden = status in (401, 403)
        if forbidden or (400 <= status < 500 and scope["method"] not in SAFE_METHODS):
            route = getattr(scope.get("route"), "name", "")
            told = {"status": status, "method": scope["method"], "route": route}
            try:
                await to_thread.run_sync(_tell, scope, "refused", told)
            except SohoaError as error:
                log.error("a refusal is not in the trace", code=error.code)


def _tell(scope: Scope, what: str, details: dict[str, object]) -> None:
    service: Service = scope["app"].state.service
    named = {name: str(value) for name, value in scope.get("path_params", {}).items()}
    doc_code = _fitting(_DOC_CODE, named.get("doc_code") or named.get("document_id"))
    if "target" in named:  # of a link
        held = {"result": "result_id", "doc-code": "doc_code"}.get(named["kind"], "document_id")
        named[held] = named["target"]
        doc_code = _fitting(_DOC_CODE, named.get("doc_code"))
    if "result_id" in named:
        details = {**details, "result": _fitting(_ID, named["result_id"])}
    append(
        service.database,
        what,
        by=who(Request(scope)),
        ma_ho_so=_fitting(_CODE, named.get("ma_ho_so")),
        intake_id=_fitting(_ID, named.get("intake_id")),
        document_id=_fitting(_ID, named.get("document_id")),
        **{**details, "doc_code": doc_code},
    )


def _fitting(form: re.Pattern[str], value: str | None) -> str | None:
    """An identifier as it came in the address; whatever else came there is not written down."""
    return value if value is not None and form.fullmatch(value) else None
