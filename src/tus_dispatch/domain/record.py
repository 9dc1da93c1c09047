"""What is kept has an identity, a version and a value; lists of it come in pages."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A value as it is kept, at one of its versions.

    Attributes
    ----------
    id
        Random and unguessable; never used again.
    version
        Counts from 1 and grows with every change; an editor names the one
        that was read.
    value
        What it is.
    created_at, changed_at
        UTC epoch seconds.
    """

    id: str
    version: int
    value: T
    created_at: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list.

    Attributes
    ----------
    records
        In the order of the list.
    next_cursor
        Where the list goes on, or None at its end.
    """

    records: tuple[Record[T], ...]
    next_cursor: str | None = None
