"""One careful way to ask a server for JSON: bounded in time, size, tries and trust."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from tus_dispatch.errors import InputError
from tus_dispatch.network.codes import refusal

_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_LARGEST_BYTES = 64 << 20
_LONGEST_PAUSE_S = 30.0
_ADDRESS = "http://machine:port ou https://…"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to ask again.

    Attributes
    ----------
    timeout_s
        For connecting and between two pieces of an answer.
    total_s
        For one whole answer, so that a dripping server cannot hold us.
    tries
        Requests in all before giving up.
    pause_s
        Before the second try; doubled each time, unless the server says how
        long to wait.
    """

    timeout_s: float = 10.0
    total_s: float = 60.0
    tries: int = 4
    pause_s: float = 0.5


class JsonClient:
    """Asks one server and believes nothing but JSON objects; use it in a ``with`` block.

    Parameters
    ----------
    base
        Address of the server.
    patience
        Limits.
    sleep
        Waits between tries; tests pass their own.
    """

    def __init__(self, base: str, patience: Patience, sleep: Callable[[float], None]) -> None:
        self.base = checked_address(base)
        self._patience = patience
        self._sleep = sleep
        # Without the environment: no proxy and no password of the machine
        # slips between the address the operator gave and the request.
        self._client = httpx.Client(
            timeout=patience.timeout_s, follow_redirects=False, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str) -> dict[str, Any]:
        """Ask for a path.

        Parameters
        ----------
        path
            With its query, starting with a slash.

        Returns
        -------
        answer : dict
            The JSON object, also that of a refusal such as HTTP 400.

        Raises
        ------
        InputError
            When the server is silent, keeps failing, redirects, or sends
            something else than a JSON object.
        """
        pause_s = self._patience.pause_s
        for left in range(self._patience.tries - 1, -1, -1):
            try:
                status, headers, body = self._request(path)
            except httpx.InvalidURL as error:
                raise refusal(self.base, "router-address", error, _ADDRESS) from error
            except httpx.RequestError as error:
                told = str(error) or type(error).__name__
                failure = refusal(self.base, "router-silent", told, "une réponse")
            else:
                if status not in _TRY_AGAIN:
                    return self._object(status, body)
                failure = refusal(self.base, "router-refused", f"HTTP {status}", "HTTP 200")
                pause_s = _retry_after_s(headers, pause_s)
            if left:
                self._sleep(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        raise failure

    def nonsense(self, value: object, expected: str) -> InputError:
        """Make the error for an answer that cannot be used.

        Parameters
        ----------
        value
            What came.
        expected
            French phrase naming what should have come.

        Returns
        -------
        error : InputError
            To be raised by the caller.
        """
        return refusal(self.base, "router-nonsense", value, expected)

    def _request(self, path: str) -> tuple[int, httpx.Headers, bytes]:
        deadline = time.perf_counter() + self._patience.total_s
        body = bytearray()
        with self._client.stream("GET", self.base + path) as response:
            for block in response.iter_bytes():
                body += block
                if time.perf_counter() > deadline:
                    raise httpx.ReadTimeout("the answer takes too long")
                if len(body) > _LARGEST_BYTES:
                    raise self.nonsense("plus de 64 Mo", "une réponse courte")
            return response.status_code, response.headers, bytes(body)

    def _object(self, status: int, body: bytes) -> dict[str, Any]:
        if 300 <= status < 400:
            raise self.nonsense(f"HTTP {status}, une redirection", "une réponse directe")
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise self.nonsense(body[:80].decode("utf-8", "replace"), "du JSON") from error
        if not isinstance(answer, dict):
            raise self.nonsense(answer, "un objet JSON")
        return answer


def checked_address(base: str) -> str:
    """Refuse addresses that are no plain web address.

    Parameters
    ----------
    base
        As the operator typed it.

    Returns
    -------
    address : str
        Without a trailing slash.

    Raises
    ------
    InputError
        When scheme, host or user name are not as they should be.
    """
    try:
        parts = urlsplit(base)
        sound = parts.port != 0
    except ValueError as error:
        raise refusal(base, "router-address", error, _ADDRESS) from error
    if not (sound and parts.scheme in {"http", "https"} and parts.hostname):
        raise refusal(base, "router-address", base, _ADDRESS)
    if parts.username is not None or parts.query or parts.fragment:
        raise refusal(f"{parts.scheme}://{parts.hostname}", "router-address", "…@ ou ?", _ADDRESS)
    return base.rstrip("/")


def _retry_after_s(headers: httpx.Headers, otherwise: float) -> float:
    """Read how long to wait; a date counts as nothing, for it needs a clock."""
    value = headers.get("retry-after", "")
    return min(float(value), _LONGEST_PAUSE_S) if value.isdecimal() else otherwise
