"""Lists of things that are kept: the same five routes for each kind, told apart by data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, Generic, TypeVar, cast

from fastapi import Depends, Path
from pydantic import BaseModel

from tus_dispatch.api.answers import kept_data
from tus_dispatch.api.body import small_body
from tus_dispatch.api.errors import ApiError, failure, told_of
from tus_dispatch.api.etags import etag
from tus_dispatch.api.making import Made
from tus_dispatch.api.query import PageQuery
from tus_dispatch.api.registers import code_of
from tus_dispatch.api.v1.schemas.base import Answer
from tus_dispatch.desk.access import unwritable, visible
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.errors import NotFoundError, StaleVersionError
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.resource import Resource
from tus_dispatch.store.session import Session

T = TypeVar("T")
# Only described: what cannot be an id is simply not there.
_ID_SCHEMA = {"minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]{1,64}$"}
Identity = Annotated[
    str,
    Path(examples=["plc_2f5n7h3k6q4t8v2w5x7z9b3d4f"], json_schema_extra=dict(_ID_SCHEMA)),
]
Body = Annotated[dict[str, Any], Depends(small_body)]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a new value names, which must be within reach.

    Attributes
    ----------
    field
        JSON pointer into the body.
    kind
        What it must be.
    id
        What is named.
    """

    field: str
    kind: "KeptKind[Any]"
    id: str


def _no_references(_value: Any) -> Iterable[Reference]:
    return ()


def _everything(_actor: Actor) -> Mapping[str, object]:
    return {}


def _reached(_session: Session, _actor: Actor, _record: Record[Any]) -> bool:
    return True


def _nobody(_record: Record[Any]) -> tuple[str, ...]:
    return ()


def _unchanged(_actor: Actor, value: Any) -> Any:
    return value


def _as_given(_before: Any, after: Any) -> Any:
    return after


def with_unseen(before: T, after: T, body: type[BaseModel]) -> T:
    """Keep of a value what its body does not show, so that a change cannot lose it.

    Parameters
    ----------
    before, after
        Values of one dataclass, as kept and as wished.
    body
        Whose fields have the names of those of the value.

    Returns
    -------
    object
        As wished, with everything else as it was.
    """
    unseen = {each.name for each in fields(cast("Any", before))} - set(body.model_fields)
    kept = {name: getattr(before, name) for name in unseen}
    return cast("T", replace(cast("Any", after), **kept))


def _nothing_more(_value: Any) -> dict[str, Any]:
    return {}


def _always(_session: Session, _actor: Actor, _value: Any, _identity: str | None) -> None:
    """Let everything in."""


@dataclass(frozen=True, slots=True)
class KeptKind(Generic[T]):
    """What is particular about one kind of kept thing.

    Attributes
    ----------
    path, word
        ``/v1/places`` and ``place``, the word of the table of fields.
    resource
        Where it is kept.
    body, answer
        Shapes of request and answer.
    data
        The fields of a value.
    query
        Parameters of its list; those besides limit and cursor are filters.
    references
        What a value names.
    narrowing
        Filters that keep a caller to the own part of the list.
    is_within
        Whether a record is within a caller's reach.
    shown
        Whose personal data a record shows.
    owned
        A value as this caller may keep it.
    is_personal
        Whether its fields are kept nowhere but in its own row.
    told
        Fields of its answer that nobody writes.
    carried
        A wished value with what its body does not show, from the kept one.
    expect_room
        Refuses what the rest of the association has no room for; given the
        identity of what is changed, or None.
    """

    path: str
    word: str
    resource: Resource[T]
    body: type[Any]
    answer: type[Answer]
    data: Callable[[T], dict[str, Any]]
    query: type[PageQuery] = PageQuery
    references: Callable[[T], Iterable[Reference]] = _no_references
    narrowing: Callable[[Actor], Mapping[str, object]] = _everything
    is_within: Callable[[Session, Actor, Record[T]], bool] = _reached
    shown: Callable[[Record[T]], tuple[str, ...]] = _nobody
    owned: Callable[[Actor, T], T] = _unchanged
    is_personal: bool = False
    told: Callable[[T], dict[str, Any]] = _nothing_more
    carried: Callable[[T, T], T] = _as_given
    expect_room: Callable[[Session, Actor, T, str | None], None] = _always


def view(kind: KeptKind[T], actor: Actor, record: Record[T]) -> dict[str, Any]:
    """Write a record as a caller may see it.

    Parameters
    ----------
    kind
        What it is.
    actor
        Who is asking.
    record
        As kept.

    Returns
    -------
    dict
        Fields of its answer.
    """
    data = kept_data(record) | kind.data(record.value) | kind.told(record.value)
    return visible(kind.word, actor.role, data)


def within(kind: KeptKind[T], session: Session, actor: Actor, identity: str) -> Record[T]:
    """Return a record that a caller may reach.

    Parameters
    ----------
    kind, session, actor
        What, where and for whom.
    identity
        Which one.

    Returns
    -------
    Record
        As kept.

    Raises
    ------
    NotFoundError
        The same for what is not there and for what is somebody else's.
    """
    record = kind.resource.get(session, actor.organisation, identity)
    if not kind.is_within(session, actor, record):
        raise not_found(kind.resource.kind.word, identity)
    return record


def expect_references(kind: KeptKind[T], session: Session, actor: Actor, value: T) -> None:
    """Refuse a value that names what is not within reach.

    Parameters
    ----------
    kind, session, actor
        What, where and for whom.
    value
        About to be kept.

    Raises
    ------
    ApiError
        404 naming the field.
    """
    expect_reachable(session, actor, kind.references(value))


def expect_reachable(session: Session, actor: Actor, references: Iterable[Reference]) -> None:
    """Refuse to name what is not within reach.

    Parameters
    ----------
    session, actor
        Where and for whom.
    references
        What a body names.

    Raises
    ------
    ApiError
        404 naming the field.
    """
    for each in references:
        try:
            within(each.kind, session, actor, each.id)
        except NotFoundError as error:
            told = told_of(error.problem, code_of(error.problem.code))
            raise ApiError(404, (replace(told, field=each.field),)) from error


def expect_writable(kind: KeptKind[T], actor: Actor, body: Mapping[str, Any]) -> None:
    """Refuse a body with fields the caller may not write.

    Parameters
    ----------
    kind, actor
        What, and for whom.
    body
        Plain data.

    Raises
    ------
    ApiError
        422 naming the first such field.
    """
    wrong = unwritable(kind.word, actor.role, body)
    if wrong:
        detail = f"Le champ « {wrong[0]} » n’est pas ouvert à votre rôle."
        raise failure("field-not-yours", detail, f"/{wrong[0]}")


def made_of(kind: KeptKind[T], actor: Actor, record: Record[T]) -> Made:
    """Describe a record that was just made.

    Parameters
    ----------
    kind, actor
        What, and for whom.
    record
        As kept.

    Returns
    -------
    Made
        With its address.
    """
    path = f"{kind.path}/{record.id}"
    return Made(record.id, path, view(kind, actor, record), record.version)


@contextmanager
def stale_as_view(kind: KeptKind[T], actor: Actor) -> Iterator[None]:
    """Answer 412 with the current state as this caller may see it.

    Parameters
    ----------
    kind, actor
        What, and for whom.

    Yields
    ------
    None
        While something is changed.

    Raises
    ------
    ApiError
        412 with ``current`` and its ETag.
    """
    try:
        yield
    except StaleVersionError as error:
        told = told_of(error.problem, code_of(error.problem.code))
        current = cast("Record[T]", error.current)
        headers = {"ETag": etag(current.version)}
        more = {"current": view(kind, actor, current)}
        raise ApiError(412, (told,), headers, more) from error
