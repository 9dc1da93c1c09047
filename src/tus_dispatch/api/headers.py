"""What goes before every answer: no framing, no sniffing, no caching, a number to search by."""

import re
import secrets
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
SECURITY: tuple[tuple[str, str], ...] = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
    ("cache-control", "no-store"),
)
_HSTS = ("strict-transport-security", "max-age=63072000; includeSubDomains")


class Envelope:
    """Gives every request a number and every answer its headers.

    Parameters
    ----------
    app
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _wished_id(scope) or secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        own = own_headers(request_id, is_secure=scope.get("scheme") == "https")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _merged(message.get("headers", ()), own)}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _wished_id(scope: Scope) -> str | None:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    wished = (value.decode("latin-1") for name, value in headers if name == b"x-request-id")
    return next((text for text in wished if _REQUEST_ID.fullmatch(text)), None)


def own_headers(request_id: str, *, is_secure: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers every answer has.

    Parameters
    ----------
    request_id
        Number of the request.
    is_secure
        Whether it came by https.

    Returns
    -------
    list of pairs
        Names and values.
    """
    pairs = [*SECURITY, ("x-request-id", request_id), *([_HSTS] if is_secure else [])]
    return [(name.encode(), value.encode()) for name, value in pairs]


def _merged(given: Any, own: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add our headers where the answer has none of that name."""
    headers = list(given)
    there = {name.lower() for name, _ in headers}
    return [*headers, *((name, value) for name, value in own if name not in there)]
