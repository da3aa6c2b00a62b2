"""The outermost layer of every request: host and origin checks, secure headers, no traceback to anyone.

Plain ASGI, so that streamed bodies pass through untouched.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import unexpected
from errors import SenderError

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""No inline script or style, no other host. ``blob:`` shows a picture before it is sent."""

SECURE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?", re.IGNORECASE)

Answer = Callable[[Request, Exception], Awaitable[Response]]


class Guard:
    """Wraps the whole application.

    ``hosts`` are the names that requests may be addressed to, beside ``localhost`` and this machine's own; a
    page of another site that had its own name point to this machine (DNS rebinding) is so refused. An address
    in figures is always taken: no other site can claim it. ``*`` takes every name, for a service behind a
    gateway that checks it.
    """

    def __init__(self, app: ASGIApp, answer: Answer, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.answer = answer
        self.hosts = {"localhost", socket.gethostname().lower(), *(host.strip().lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, pass on, add headers; answer what went wrong inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURE_HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            self._check(scope)
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if started:  # half an answer is out: cutting the connection is the only honest end
                unexpected(error, Request(scope))
                raise ConnectionAbortedError("the answer broke off, see the log") from None
            reply = await self.answer(Request(scope), error)
            await reply(scope, receive, send_with_headers)

    def _check(self, scope: dict[str, Any] | Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if not self._is_ours(host):
            raise SenderError("unknown_host")
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            # No identifier and no word holds it, and PostgreSQL would answer it with an error of its own.
            raise SenderError("invalid_request", where="URL", why="%00")
        if scope["method"] in SAFE_METHODS:
            return
        site = headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            raise SenderError("other_site")
        origin = headers.get("origin")
        if origin is not None and origin.lower().partition("://")[2] != host:
            raise SenderError("other_site")

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found.group(1)
        if name in self.hosts or "*" in self.hosts:
            return True
        try:
            ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True
