"""A key makes a repeat harmless: the same request has the same answer, and happens once."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from tus_dispatch.api.errors import failure
from tus_dispatch.domain.organisation import Actor

_KEY = re.compile(r"[\x21-\x7e]{8,128}")
KEY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A new random key for every new thing; the same one when trying again.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,128}$"},
    "example": "5f1c3a52-58a6-4c0c-9c1e-6f0b6a8f7d21",
}


@dataclass(frozen=True, slots=True)
class Once:
    """One request that may come again.

    Attributes
    ----------
    account
        Whose keys these are.
    key
        As the caller made it.
    fingerprint
        Of method, path and body, sealed so that nobody can guess the body
        from it.
    """

    account: str
    key: str
    fingerprint: str


def once_of(request: Request, actor: Actor, body: Mapping[str, Any], secret: bytes) -> Once:
    """Read the key of a request.

    Parameters
    ----------
    request
        With its ``Idempotency-Key`` header.
    actor
        Who is asking.
    body
        Plain data.
    secret
        Key of the installation.

    Returns
    -------
    Once
        Key and fingerprint.

    Raises
    ------
    ApiError
        400 where the header is missing or unusable.
    """
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        detail = "La demande crée quelque chose et n’a pas de clé utilisable."
        expected = "de 8 à 128 caractères imprimables sans espace"
        raise failure("idempotency-key-missing", detail, "header:Idempotency-Key", expected)
    text = json.dumps(body, sort_keys=True, ensure_ascii=True)
    what = f"{request.method}\0{request.url.path}\0{text}"
    fingerprint = hmac.digest(secret, what.encode(), "sha256").hex()
    account = actor.account or f"{actor.driver}/{actor.service_date}"
    return Once(account, hashlib.sha256(key.encode()).hexdigest(), fingerprint)


class InFlight:
    """Keys that are being worked on in this process."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, once: Once) -> Iterator[None]:
        """Keep others with the same key out.

        Parameters
        ----------
        once
            The request.

        Yields
        ------
        None
            While the key is held.

        Raises
        ------
        ApiError
            409 while somebody else holds it.
        """
        name = (once.account, once.key)
        with self._lock:
            if name in self._keys:
                detail = "Une demande avec la même clé est en cours."
                headers = {"Retry-After": "1"}
                raise failure("still-running", detail, "header:Idempotency-Key", headers=headers)
            self._keys.add(name)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(name)
