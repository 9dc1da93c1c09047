"""Values of a foreign JSON file, taken one by one; what is wrong is noted and replaced."""

from collections.abc import Iterable
from typing import Any

from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.native.problems import pointer, shorten

Path = tuple[str | int, ...]
LARGEST_WHOLE = 2**53


class Values:
    """Reads a document that has been decoded already.

    A wrong value is noted with its JSON pointer, and a harmless one returned in
    its place, so that one run finds every mistake.

    Parameters
    ----------
    data
        The document.
    source
        Its name.
    """

    def __init__(self, data: Any, source: str) -> None:
        self.data = data
        self.source = source
        self.problems: list[Problem] = []

    def note(self, slug: str, path: Path, value: object, expected: str) -> None:
        """Note a mistake at a place of the document."""
        where = pointer(path) or self.source
        self.problems.append(problem(slug, where, shorten(value), expected))

    def raise_any(self) -> None:
        """Raise everything noted so far, if there is anything."""
        if self.problems:
            raise InputError(self.source, tuple(self.problems))

    def find(self, *path: str | int) -> Any:
        """Return a value, or None where there is none."""
        value = self.data
        for key in path:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
                value = value[key]
            else:
                return None
        return value

    def whole(self, *path: str | int, least: int = 0, default: int | None = None) -> int:
        """Return a whole number; a number such as 3.0 is one."""
        value = self.find(*path)
        if value is None and default is not None:
            return default
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.note("wrong-value", path, value, "un nombre entier")
            return least
        if not least <= value <= LARGEST_WHOLE:
            self.note("wrong-value", path, value, f"un nombre entier d'au moins {least}")
            return least
        return value

    def real(self, *path: str | int) -> float:
        """Return a number."""
        value = self.find(*path)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.note("wrong-value", path, value, "un nombre")
            return 0.0
        return float(value)

    def entries(self, *path: str | int, most: int = 20_000) -> list[Any]:
        """Return a list, empty where there is none."""
        value = self.find(*path)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            self.note("wrong-value", path, value, f"une liste d'au plus {most} éléments")
            return []
        return value

    def wholes(self, *path: str | int, least: int = 0) -> list[int]:
        """Return a list of whole numbers."""
        return [self.whole(*path, i, least=least) for i in range(len(self.entries(*path)))]

    def allow(self, path: Path, keys: Iterable[str]) -> None:
        """Note every key of an object that is not among those allowed."""
        value = self.find(*path)
        if not isinstance(value, dict):
            self.note("wrong-value", path, value, "un objet { … }")
            return
        known = frozenset(keys)
        for key in value:
            if key not in known:
                self.note("cannot-say", (*path, key), value[key], "rien de ce nom")
