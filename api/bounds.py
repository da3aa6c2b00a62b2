"""How much a request may carry, and how long it may be silent while it is sent.

Plain ASGI inside the guard: what is refused here is answered like everything else.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from errors import SenderError

MOST_PLAIN_BYTES = 1024 * 1024
"""Of a request that is not an upload: it is held in memory."""

_KEY = "sohoa.bounds"
_STREAMED = ("multipart/form-data", "application/offset+octet-stream")


@dataclass(slots=True)
class _Allowance:
    """``streams``: what comes in goes to disk, piece by piece."""

    streams: bool = False


def is_streamed(scope: Scope) -> None:
    """Said by who takes a request's body piece by piece, before the first: it may be as large as an upload."""
    allowance: _Allowance | None = scope.get(_KEY)
    if allowance is not None:
        allowance.streams = True


class Bounds:
    """``max_request_bytes``: of one upload, all its files together. ``silence``: the longest pause, seconds,
    before the next bytes of a request come in."""

    def __init__(self, app: ASGIApp, max_request_bytes: int, silence: float) -> None:
        self.app = app
        self.max_request_bytes = max_request_bytes
        self.silence = silence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting.

        Raises:
            SenderError: ``request_too_large`` (by what it declares, or as soon as it is seen),
                ``upload_stalled``.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = headers.get("content-type", "").startswith(_STREAMED)
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > (
            most := self.max_request_bytes if form else MOST_PLAIN_BYTES
        ):
            raise _too_large(most)
        allowance = scope[_KEY] = _Allowance()
        seen, whole = 0, False

        async def bounded() -> Message:
            nonlocal seen, whole
            if whole:  # what is still to come is that the client has gone, however late
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.silence)
            except TimeoutError:
                raise SenderError("upload_stalled", seconds=round(self.silence)) from None
            seen += len(message.get("body", b""))
            most = self.max_request_bytes if allowance.streams else MOST_PLAIN_BYTES
            if seen > most:
                raise _too_large(most)
            whole = not message.get("more_body", False)
            return message

        await self.app(scope, bounded, send)


def _too_large(most: int) -> SenderError:
    return SenderError("request_too_large", limit=f"{most / 2**20:.0f} MB")
