"""One booking that somebody asks for on the phone, in the shapes of the scenario file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.native.decode import decode, read_bytes
from tus_dispatch.formats.native.problems import pointer, problem, shorten
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data

SECTIONS = ("bookings", "participants", "places")


def load_booking(path: Path, scenario: Scenario) -> tuple[Scenario, BookingId]:
    """Read a file with one booking and whatever the day does not know yet.

    Parameters
    ----------
    path
        JSON with the sections ``bookings`` (exactly one), ``participants``
        and ``places`` of a scenario file; the last two hold newcomers only.
    scenario
        The day that is asked.

    Returns
    -------
    scenario : Scenario
        The day with the booking, checked as a whole.
    booking : BookingId
        Identity of the newcomer.

    Raises
    ------
    InputError
        When the file cannot be opened, or with everything that is wrong in it.
    """
    source = str(path)
    decoded = decode(read_bytes(path), source)
    found = [*decoded.problems, *_shape_problems(decoded.data)]
    if found:
        raise InputError(source, tuple(found))
    data = scenario_data(scenario)
    known = {name: len(data.get(name, ())) for name in SECTIONS}
    for name in SECTIONS:
        data[name] = [*data.get(name, ()), *decoded.data.get(name, ())]
    try:
        extended = scenario_from_data(data, source)
    except InputError as error:
        told = tuple(_in_file(each, known) for each in error.problems)
        raise InputError(source, told) from error
    return extended, extended.bookings[-1].id


def _shape_problems(data: Any) -> list[Problem]:
    if not isinstance(data, dict):
        return [problem("wrong-type", "", shorten(data), "un objet { … }")]
    wrong = [
        problem("unknown-key", pointer((key,)), key, ", ".join(SECTIONS))
        for key in data
        if key not in SECTIONS
    ]
    for name in SECTIONS:
        value = data.get(name, [])
        if not isinstance(value, list):
            wrong.append(problem("wrong-type", pointer((name,)), shorten(value), "une liste [ … ]"))
    bookings = data.get("bookings", [])
    if isinstance(bookings, list) and len(bookings) != 1:
        wrong.append(
            problem("list-length", "/bookings", shorten(bookings), "une seule réservation")
        )
    return wrong


def _in_file(told: Problem, known: dict[str, int]) -> Problem:
    """Count positions from the start of the file, not of the day."""
    parts = told.where.split("/")
    if len(parts) > 2 and parts[1] in known and parts[2].isdigit():
        parts[2] = str(int(parts[2]) - known[parts[1]])
    return replace(told, where="/".join(parts))
