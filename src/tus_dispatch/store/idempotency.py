"""Answers that are given again to whoever did not hear them."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.store.codes import conflict, key_reused
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import IdempotencyRow

_IDEMPOTENCY = columns(IdempotencyRow)

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to a request.

    Attributes
    ----------
    fingerprint
        Hash of the request, its path and method included.
    status
        HTTP status.
    headers
        Headers to repeat, such as ``ETag`` and ``Location``.
    body
        Bytes of the answer.
    """

    fingerprint: str
    status: int
    headers: dict[str, str]
    body: bytes


def find(session: Session, organisation: OrganisationId, account: str, key: str) -> Kept | None:
    """Return the answer that was given to a key, or None.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, account
        Whose request.
    key
        As sent.

    Returns
    -------
    Kept or None
        To be answered again, if :func:`expect_same` agrees.
    """
    row = session.scalars(
        select(IdempotencyRow).where(
            _IDEMPOTENCY.organisation_id == organisation,
            _IDEMPOTENCY.account == account,
            _IDEMPOTENCY.key == key,
        )
    ).first()
    if row is None:
        return None
    return Kept(row.fingerprint, row.status, json.loads(row.headers_json), row.body)


def expect_same(kept: Kept, key: str, fingerprint: str) -> None:
    """Refuse a key that comes with another request than the first time.

    Parameters
    ----------
    kept
        What was kept with the key.
    key
        As sent.
    fingerprint
        Of the request that came now.

    Raises
    ------
    IdempotencyMismatchError
        When it is another request, or the answer was erased with a person.
    """
    if kept.fingerprint != fingerprint:
        raise key_reused(key)


def keep(
    session: Session, organisation: OrganisationId, account: str, key: str, answer: Kept
) -> None:
    """Keep an answer in the transaction of the work it tells of.

    Parameters
    ----------
    session
        Of the write that did the work.
    organisation, account
        Whose request.
    key
        As sent.
    answer
        What will be sent.

    Raises
    ------
    ConflictError
        When the key was used meanwhile; the work is undone with it.
    """
    row = {
        "organisation_id": organisation,
        "account": account,
        "key": key,
        "fingerprint": answer.fingerprint,
        "status": answer.status,
        "headers_json": json.dumps(answer.headers, sort_keys=True),
        "body": answer.body,
        "kept_at": session.clock.now_at(),
    }
    try:
        session.execute(insert(IdempotencyRow), row)
    except IntegrityError as error:
        raise conflict("already-there", "Idempotency-Key", key, "une clé neuve") from error


def forget(session: Session, organisation: OrganisationId, before_at: int) -> int:
    """Remove answers kept before an instant; returns how many."""
    result: Any = session.execute(
        delete(IdempotencyRow)
        .where(_IDEMPOTENCY.organisation_id == organisation, _IDEMPOTENCY.kept_at < before_at)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)
