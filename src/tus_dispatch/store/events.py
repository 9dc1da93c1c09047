"""What happened, link by link: added with the change itself, sealed, never altered."""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select

from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.watch import EventRow, EventSubjectRow

_EVENT = columns(EventRow)
_EVENT_SUBJECT = columns(EventSubjectRow)

EVENTS = "event"
VIEWS = "view"
_SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Event:
    """One link.

    Attributes
    ----------
    seq
        Counts from 1 within an association and stream.
    at
        UTC epoch seconds.
    kind
        What happened: ``booking.added``.
    actor
        Account, ``driver:`` and identity, or ``service``.
    subjects
        Identities of what it is about.
    data
        Details, never personal.
    hash
        Seals this link and all before it.
    """

    seq: int
    at: int
    kind: str
    actor: str
    subjects: tuple[str, ...]
    data: dict[str, Any]
    hash: str


def record(
    session: Session,
    organisation: OrganisationId,
    kind: str,
    actor: Actor | None,
    subjects: Sequence[str],
    data: Mapping[str, object] | None = None,
) -> Event:
    """Add an event in the transaction of the change it tells.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    kind
        What happened.
    actor
        Whose hand; None for the service itself.
    subjects
        Identities of what it is about.
    data
        Details: numbers, names of columns, identities. Never what is personal.

    Returns
    -------
    Event
        As kept.
    """
    return _add(session, organisation, EVENTS, kind, (name_of(actor), subjects, data or {}))


def record_view(
    session: Session, organisation: OrganisationId, actor: Actor, subject: str, what: str = "record"
) -> Event:
    """Note who looked at whom.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    actor
        Who looked.
    subject
        Identity of the person looked at.
    what
        What was seen: ``record``, ``export``, ``sheet``.

    Returns
    -------
    Event
        As kept.
    """
    return _add(
        session,
        organisation,
        VIEWS,
        "person.viewed",
        (name_of(actor), (subject,), {"what": what, "role": actor.role.value}),
    )


def page(
    session: Session,
    organisation: OrganisationId,
    *,
    stream: str = EVENTS,
    after: int = 0,
    limit: int = 100,
    subject: str | None = None,
) -> tuple[Event, ...]:
    """Read links in their order.

    Parameters
    ----------
    session
        Of a read.
    organisation
        Whose.
    stream
        ``event`` or ``view``.
    after
        Number of the last link already read.
    limit
        At most so many.
    subject
        Only what is about this, or None.

    Returns
    -------
    tuple of Event
        Oldest first; fewer than ``limit`` at the end.
    """
    query = (
        select(EventRow)
        .where(
            _EVENT.organisation_id == organisation,
            _EVENT.stream == stream,
            _EVENT.seq > after,
        )
        .order_by(_EVENT.seq)
        .limit(limit)
    )
    if subject is not None:
        about = select(_EVENT_SUBJECT.seq).where(
            _EVENT_SUBJECT.organisation_id == organisation,
            _EVENT_SUBJECT.stream == stream,
            _EVENT_SUBJECT.subject_id == subject,
        )
        query = query.where(_EVENT.seq.in_(about))
    return tuple(map(_event_of, session.scalars(query)))


def head(session: Session, organisation: OrganisationId, stream: str = EVENTS) -> tuple[int, str]:
    """Return number and seal of the last link, to be kept outside the machine.

    Parameters
    ----------
    session
        Of a read.
    organisation
        Whose.
    stream
        ``event`` or ``view``.

    Returns
    -------
    tuple of int and str
        ``(0, "")`` before the first.
    """
    row = _last(session, organisation, stream)
    return (0, "") if row is None else (row.seq, row.hash)


def broken_links(
    session: Session,
    organisation: OrganisationId,
    stream: str = EVENTS,
    *,
    known_head: tuple[int, str] | None = None,
) -> tuple[int, ...]:
    """Find links that were altered, removed, added or moved after the fact.

    Parameters
    ----------
    session
        Of a read.
    organisation
        Whose.
    stream
        ``event`` or ``view``; old views go by retention, so theirs may start
        later than at 1.
    known_head
        A head noted earlier; shows that the end was cut off.

    Returns
    -------
    tuple of int
        Numbers of links that do not fit; empty when all is well.
    """
    broken: list[int] = []
    rows = session.scalars(
        select(EventRow)
        .where(_EVENT.organisation_id == organisation, _EVENT.stream == stream)
        .order_by(_EVENT.seq)
    )
    expected: tuple[int, str] | None = (1, "") if stream == EVENTS else None
    seen: dict[int, str] = {}
    for row in rows:
        seq, previous = expected or (row.seq, row.previous)
        if (row.seq, row.previous) != (seq, previous) or row.hash != _seal(session, row):
            broken.append(row.seq)
        expected = (row.seq + 1, row.hash)
        seen[row.seq] = row.hash
    if known_head is not None and known_head[0] and seen.get(known_head[0]) != known_head[1]:
        broken.append(known_head[0])
    return tuple(broken)


def name_of(actor: Actor | None) -> str:
    """Return the pseudonymous name of a hand.

    Parameters
    ----------
    actor
        Who acts, or None for the service.

    Returns
    -------
    str
        Account, driver behind a link, or ``service``.
    """
    if actor is None:
        return _SERVICE
    if actor.account is not None:
        return actor.account
    return _SERVICE if actor.driver is None else f"driver:{actor.driver}"


def _add(
    session: Session,
    organisation: OrganisationId,
    stream: str,
    kind: str,
    told: tuple[str, Iterable[str], Mapping[str, object]],
) -> Event:
    actor, subjects, data = told
    last = _last(session, organisation, stream)
    row = EventRow(
        organisation_id=organisation,
        stream=stream,
        seq=1 if last is None else last.seq + 1,
        at=session.clock.now_at(),
        kind=kind,
        actor=actor,
        subjects_json=_text(list(dict.fromkeys(subjects))),
        data_json=_text(dict(data)),
        previous="" if last is None else last.hash,
        hash="",
    )
    row.hash = _seal(session, row)
    session.execute(insert(EventRow), row.model_dump())
    about = [
        {"organisation_id": organisation, "stream": stream, "seq": row.seq, "subject_id": subject}
        for subject in dict.fromkeys(subjects)
    ]
    if about:
        session.execute(insert(EventSubjectRow), about)
    return _event_of(row)


def _last(session: Session, organisation: str, stream: str) -> EventRow | None:
    return session.scalars(
        select(EventRow)
        .where(_EVENT.organisation_id == organisation, _EVENT.stream == stream)
        .order_by(_EVENT.seq.desc())
        .limit(1)
    ).first()


def _seal(session: Session, row: EventRow) -> str:
    sealed = row.model_dump(exclude={"hash"})
    return hmac.new(session.event_key, _text(sealed).encode(), sha256).hexdigest()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _event_of(row: EventRow) -> Event:
    return Event(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        subjects=tuple(json.loads(row.subjects_json)),
        data=json.loads(row.data_json),
        hash=row.hash,
    )
