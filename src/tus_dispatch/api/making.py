"""Making something once: the work and the answer to repeat are committed together."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.etags import etag
from tus_dispatch.api.idempotency import Once, once_of
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.store import idempotency
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.session import Session


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made.

    Attributes
    ----------
    id
        Its identity.
    path
        Where it is.
    data
        What is answered.
    version
        For the ETag, or None where it has none.
    status
        201, or 202 for a job.
    """

    id: str
    path: str
    data: Mapping[str, Any]
    version: int | None = None
    status: int = 201

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        tag = {} if self.version is None else {"ETag": etag(self.version)}
        return {"Location": self.path, **tag}

    def response(self) -> JSONResponse:
        """Return the answer."""
        return JSONResponse(dict(self.data), self.status, self.headers())


Work = Callable[[Session, Actor], Made]
Again = Callable[[Session, Actor, str], Made]
Keep = Callable[[Session, Made], None]


def make_once(
    request: Request, body: Mapping[str, Any], work: Work, again: Again | None = None
) -> Response:
    """Make something, or answer as the first time.

    Parameters
    ----------
    request
        With its key.
    body
        Plain data, as it came.
    work
        Makes it inside the transaction.
    again
        Writes the answer anew for a repeat. Given where the answer holds
        what must be kept nowhere else: personal data, or a secret.

    Returns
    -------
    Response
        Only after everything is committed.

    Raises
    ------
    ApiError
        400 without a key, 409 while the same request is running.
    IdempotencyMismatchError
        When the key came before with another request.
    """
    services, actor = services_of(request), actor_of(request)
    once = once_of(request, actor, body, services.secrets.signing_key)
    with services.in_flight.hold(once), services.database.write() as session:
        kept = find_kept(session, actor, once)
        if kept is not None:
            return repeated(session, actor, kept, again)
        made = work(session, actor)
        keep(session, actor, once, made, is_secret=again is not None)
    return made.response()


def make_decided(
    request: Request, body: Mapping[str, Any], work: Callable[[Keep], None]
) -> Response:
    """Make something that is decided before it is written, or answer as the first time.

    Parameters
    ----------
    request
        With its key.
    body
        Plain data, as it came.
    work
        Decides and writes; hands what was made to the function it is given,
        inside the transaction that keeps it.

    Returns
    -------
    Response
        Only after everything is committed.

    Raises
    ------
    ApiError
        400 without a key, 409 while the same request is running.
    IdempotencyMismatchError
        When the key came before with another request.
    """
    services, actor = services_of(request), actor_of(request)
    once = once_of(request, actor, body, services.secrets.signing_key)
    made: list[Made] = []

    def keep_answer(session: Session, done: Made) -> None:
        made.append(done)
        keep(session, actor, once, done, is_secret=False)

    with services.in_flight.hold(once):
        with services.database.read() as session:
            kept = find_kept(session, actor, once)
            if kept is not None:
                return repeated(session, actor, kept, None)
        work(keep_answer)
    return made[-1].response()


def find_kept(session: Session, actor: Actor, once: Once) -> Kept | None:
    """Return the answer that was given to a key.

    Parameters
    ----------
    session
        Of a read or a write.
    actor, once
        Whose key, and the request.

    Returns
    -------
    Kept or None
        None for a new key.

    Raises
    ------
    IdempotencyMismatchError
        When it was another request.
    """
    kept = idempotency.find(session, actor.organisation, once.account, once.key)
    if kept is not None:
        idempotency.expect_same(kept, "…", once.fingerprint)
    return kept


def keep(session: Session, actor: Actor, once: Once, made: Made, *, is_secret: bool) -> None:
    """Keep an answer for whoever did not hear it.

    Parameters
    ----------
    session
        Of the write that did the work.
    actor, once
        Whose key, and the request.
    made
        What was made.
    is_secret
        Whether only the identity is kept.
    """
    data = {"id": made.id} if is_secret else made.data
    idempotency.keep(
        session,
        actor.organisation,
        once.account,
        once.key,
        Kept(once.fingerprint, made.status, made.headers(), json.dumps(data).encode()),
    )


def repeated(session: Session, actor: Actor, kept: Kept, again: Again | None) -> Response:
    """Answer as the first time.

    Parameters
    ----------
    session
        Of a read or a write.
    actor
        Who is asking.
    kept
        Answer that was given.
    again
        As for ``make_once``.

    Returns
    -------
    Response
        The same status and content.
    """
    if again is not None:
        return again(session, actor, str(json.loads(kept.body)["id"])).response()
    return Response(kept.body, kept.status, kept.headers, media_type="application/json")
