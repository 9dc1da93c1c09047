"""Mistakes are told in the order in which a person meets them in the file."""

from collections.abc import Iterable
from typing import Any

from tus_dispatch.errors import Problem


def in_file_order(problems: Iterable[Problem], raw: Any) -> tuple[Problem, ...]:
    """Sort problems by the place they point to.

    Parameters
    ----------
    problems
        In the order they were found.
    raw
        The document they point into.

    Returns
    -------
    tuple of Problem
        What stands nowhere in the document, such as a missing key, comes
        after everything else of its object.
    """
    ranks: dict[int, dict[str, int]] = {}
    return tuple(sorted(problems, key=lambda each: _position(each.where, raw, ranks)))


def _position(where: str, value: Any, ranks: dict[int, dict[str, int]]) -> tuple[int, ...]:
    position = []
    for part in where.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            if id(value) not in ranks:
                ranks[id(value)] = {name: i for i, name in enumerate(value)}
            position.append(ranks[id(value)].get(key, len(value)))
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            position.append(int(key))
            value = value[int(key)]
        else:
            break
    return tuple(position)
