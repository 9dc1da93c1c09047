"""Legal numbers by date: the value in force on a day, from the tables the package ships."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tus_dispatch.errors import InputError, Problem
from tus_dispatch.rules.codes import CODES

Value = int | str | bool


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A legal value and since when it holds.

    Attributes
    ----------
    since
        First day.
    value
        Number, word or yes and no.
    is_verified
        Whether a text we read settles it; else it is a default.
    """

    since: date
    value: Value
    is_verified: bool


def value_on(table: str, key: str, day: date) -> DatedValue:
    """Return the value in force on a day.

    Parameters
    ----------
    table
        Name of a file in ``rules/fr``, without its ending.
    key
        Name of the value.
    day
        The service date.

    Returns
    -------
    DatedValue
        The latest that began by then.

    Raises
    ------
    InputError
        When the day lies before the first value.
    KeyError
        When the table has no such key.

    Examples
    --------
    >>> value_on("transport", "longest_m", date(2026, 3, 10)).value
    100000
    """
    entries = dated_table(table)[key]
    in_force = [each for each in entries if each.since <= day]
    if not in_force:
        code = CODES["law-date"]
        expected = f"une date à partir du {entries[0].since.isoformat()}"
        where = f"{table}.toml/{key}"
        problem = Problem(code.code, where, day.isoformat(), expected, code.remedy)
        raise InputError("service_date", (problem,))
    return in_force[-1]


def whole_on(table: str, key: str, day: date) -> int:
    """Return a number in force on a day.

    Parameters
    ----------
    table, key, day
        As in :func:`value_on`.

    Returns
    -------
    int
        The number.

    Raises
    ------
    InputError
        When the day lies before the first value.
    TypeError
        When the value is no number.
    """
    value = value_on(table, key, day).value
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{table}.toml/{key} is {value!r}, not a number")
    return value


def yes_on(table: str, key: str, day: date) -> bool:
    """Return a yes or no in force on a day.

    Parameters
    ----------
    table, key, day
        As in :func:`value_on`.

    Returns
    -------
    bool
        The answer.

    Raises
    ------
    InputError
        When the day lies before the first value.
    """
    return value_on(table, key, day).value is True


@cache
def dated_table(table: str) -> dict[str, tuple[DatedValue, ...]]:
    """Read a table once.

    Parameters
    ----------
    table
        Name of a file in ``rules/fr``, without its ending.

    Returns
    -------
    dict
        All values of each key, the oldest first.
    """
    text = (files("tus_dispatch.rules") / "fr" / f"{table}.toml").read_text(encoding="utf-8")
    return {key: _entries(rows) for key, rows in tomllib.loads(text).items()}


def _entries(rows: list[dict[str, object]]) -> tuple[DatedValue, ...]:
    entries = [
        DatedValue(since, value, is_verified=row["verified"] is True)
        for row in rows
        if isinstance(since := row["since"], date)
        and isinstance(value := row["value"], int | str | bool)
    ]
    return tuple(sorted(entries, key=lambda each: each.since))
