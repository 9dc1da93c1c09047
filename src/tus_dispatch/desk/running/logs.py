"""The log says what the server does, and nothing about people: no names, addresses or queries."""

import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from tus_dispatch.desk.clock import monotonic_s

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_Scope = MutableMapping[str, Any]
_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

REQUESTS = logging.getLogger("tus_dispatch.requests")


class DiscreetFormatter(logging.Formatter):
    """One line per message in UTC; of an exception its kind and place, never its words.

    The words of an exception may quote what somebody typed, or a row of the
    database.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        """Return the instant in UTC, to the second.

        Parameters
        ----------
        record
            What is logged.
        datefmt
            Not used.

        Returns
        -------
        str
            As RFC 3339 writes it.
        """
        return datetime.fromtimestamp(int(record.created), tz=UTC).isoformat()

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """Return where an exception came from and of what kind it is.

        Parameters
        ----------
        ei
            As ``sys.exc_info`` returns it.

        Returns
        -------
        str
            One line per exception of the chain, with the innermost place.
        """
        lines, error = [], ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            place = (
                f" in {frames[-1].name} ({frames[-1].filename}:{frames[-1].lineno})"
                if frames
                else ""
            )
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}{place}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def set_up_logging(level: str) -> None:
    """Send every log message to standard error, put discreetly.

    Parameters
    ----------
    level
        Least serious level shown, for instance ``info``.

    Notes
    -----
    The access log of the server is off: it would show addresses of people's
    machines and whole queries. :class:`RequestLog` stands in for it.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    # At INFO these write statements with their values, or every step they take.
    for name in ("sqlalchemy", "alembic", "huey", "httpx", "multipart", "python_multipart"):
        logging.getLogger(name).setLevel(logging.WARNING)


class RequestLog:
    """Logs each request by its route, so that no identity or query is written.

    Parameters
    ----------
    app
        What answers.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer, then write one line.

        Parameters
        ----------
        scope, receive, send
            Of the ASGI protocol.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s, status = monotonic_s(), 0

        async def noted(message: _Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            taken_ms = 1000 * (monotonic_s() - began_s)
            route = getattr(scope.get("route"), "path", "-")
            REQUESTS.info("%s %s %d %.0f ms", scope["method"], route, status, taken_ms)
