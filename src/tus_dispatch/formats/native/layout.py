"""JSON laid out for people: what fits on a line stays on one, so that a diff shows one thing."""

import json
from typing import Any


def lay_out(data: Any, width: int = 100) -> str:
    """Write plain data as JSON text.

    Parameters
    ----------
    data
        Dictionaries, lists and scalars; keys keep their order.
    width
        Longest line of something that could be broken into several.

    Returns
    -------
    str
        UTF-8 characters as they are, two spaces per level, a final newline.
        A list of numbers or texts stays on one line whatever its length.

    Examples
    --------
    >>> print(lay_out({"id": "v1", "seats": [8, 6]}), end="")
    {"id": "v1", "seats": [8, 6]}
    """
    return _lines(data, width, 0, 0) + "\n"


def _lines(value: Any, width: int, level: int, taken: int) -> str:
    """Write a value after ``taken`` characters of its first line."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or len(line) + taken + 2 * level <= width:
        return line
    inner, outer = "  " * (level + 1), "  " * level
    if isinstance(value, list):
        if not any(isinstance(each, dict | list) for each in value):
            return line
        rows = [_lines(each, width, level + 1, 0) for each in value]
        return "[\n" + ",\n".join(inner + row for row in rows) + f"\n{outer}]"
    keys = {key: json.dumps(key, ensure_ascii=False) + ": " for key in value}
    rows = [
        keys[key] + _lines(each, width, level + 1, len(keys[key])) for key, each in value.items()
    ]
    return "{\n" + ",\n".join(inner + row for row in rows) + f"\n{outer}}}"
