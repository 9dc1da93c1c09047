"""What differs between kinds of records: their table, their columns, the days they touch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement

from tus_dispatch.store.days import Days
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import Kept

T = TypeVar("T")
R = TypeVar("R", bound=Kept)

Filter = Callable[[Any], ColumnElement[bool]]


def _no_days(_session: Session, _organisation: str, _value: object) -> Days:
    return Days()


@dataclass(frozen=True, slots=True)
class Kind(Generic[T, R]):
    """One kind of record.

    Attributes
    ----------
    word
        Stands in codes and events: ``place``.
    prefix
        Of its identities.
    table
        Where it is kept.
    fields
        Columns of a value.
    of
        The value of a row and, where there is one, of its person's row.
    person
        Personal columns, which stand in their own table, or None.
    filters
        Conditions a list can be asked for, by name.
    listed
        What every list asks for; a single record is found without.
    subjects
        Names of columns whose identities an event about it names too.
    days
        Days that planning must look at again when it changes.
    unplanned
        Columns that planning does not read.
    """

    word: str
    prefix: str
    table: type[R]
    fields: Callable[[T], dict[str, Any]]
    of: Callable[..., T]
    person: Callable[[T], dict[str, Any]] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    listed: tuple[ColumnElement[bool], ...] = ()
    subjects: tuple[str, ...] = ()
    days: Callable[[Session, str, T], Days] = _no_days
    unplanned: frozenset[str] = frozenset()
