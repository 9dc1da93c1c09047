"""Nested values as JSON text in a column: the same text for the same value, and back."""

from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes values of one type as text, and reads them back exactly.

    Parameters
    ----------
    type_
        A domain class, or a tuple of them.
    """

    def __init__(self, type_: Any) -> None:
        self._type = type_

    def dump(self, value: T) -> str:
        """Write a value."""
        return _adapter(self._type).dump_json(value).decode("utf-8")

    def load(self, text: str) -> T:
        """Read a value back; raises ValidationError on what was never written by dump."""
        value: T = _adapter(self._type).validate_json(text)
        return value

    def dump_maybe(self, value: T | None) -> str | None:
        """Write a value, or None as None."""
        return None if value is None else self.dump(value)

    def load_maybe(self, text: str | None) -> T | None:
        """Read a value back, or None."""
        return None if text is None else self.load(text)


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    # Made when first needed: building one takes longer than using it.
    return TypeAdapter(type_)


WORDS: Codec[tuple[str, ...]] = Codec(tuple[str, ...])
INTEGERS: Codec[tuple[int, ...]] = Codec(tuple[int, ...])
