"""The day in the Ain (``RL_d01.json``): one depot, parties of one to four, own ride limits.

The file counts minutes of a day of 1440; minute 0 becomes the start of the
service day, 04:00, so that nothing of its horizon is lost. Distances are
metres, and the speed is ``speed * scale`` metres per minute; seconds are
rounded up. The file knows no limit to waiting aboard, so the imported day has
none.
"""

from datetime import date
from typing import Any

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.errors import InputError
from tus_dispatch.formats.foreign.draft import DEFAULT_DATE, matrix_data, window_data
from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.foreign.values import Values
from tus_dispatch.formats.native.document import FORMAT
from tus_dispatch.formats.scenario import scenario_from_data

MINUTE_S = 60
_NAME = "Journée dans l'Ain"
_DEPOT = "depot-0"
_KEYS = (
    "nbVehicles",
    "nbNodes",
    "maxTravelTime",
    "capacity",
    "speed",
    "scale",
    "nbClients",
    "distanceMatrix",
    "depot",
    "clients",
)


def is_ain(data: Any) -> bool:
    """Return whether a JSON document looks like this format."""
    return isinstance(data, dict) and {"distanceMatrix", "clients", "nbVehicles"} <= data.keys()


def read_ain(
    data: Any, source: str, *, service_date: date | None = None, name: str | None = None
) -> Scenario:
    """Turn a file of this family into a scenario.

    Parameters
    ----------
    data
        The JSON document.
    source
        Its name, shown in problems.
    service_date
        The day, or None for ``DEFAULT_DATE``.
    name
        What to call it, or None for a default.

    Returns
    -------
    Scenario
        Every request is a booking with one leg, in the order of the file.

    Raises
    ------
    InputError
        With every value that cannot be used.
    """
    values, origins = Values(data, source), Origins()
    values.allow((), _KEYS)
    day = ServiceDay(service_date or DEFAULT_DATE, "Europe/Paris")
    n_clients = len(values.entries("clients", most=2_000))
    draft = {
        "format": FORMAT,
        "name": name or _NAME,
        "service_date": day.date.isoformat(),
        "territory": {"name": "Ain", "terrain": "hills"},
        "policy": {"max_wait_aboard_s": day.length_s},
        "places": _places(2 * n_clients + 1),
        **_fleet(values, day),
        "participants": [_participant(i, origins) for i in range(n_clients)],
        "bookings": [_booking(values, i, day, origins) for i in range(n_clients)],
        "travel": _travel(values, 2 * n_clients + 1),
        "note": "Importé d'une instance publique ; la minute 0 du fichier est 04:00.",
    }
    for pointer, where in (
        ("/vehicles", "/capacity"),
        ("/shifts", "/depot"),
        ("/travel", "/distanceMatrix"),
    ):
        origins.note(pointer, where)
    values.raise_any()
    try:
        return scenario_from_data(draft, source)
    except InputError as error:
        raise origins.raised(source, error, []) from error


def _place(point: int) -> str:
    return f"point-{point}" if point else _DEPOT


def _places(n: int) -> list[dict[str, Any]]:
    names = ["Garage", *(f"Point {i}" for i in range(1, n))]
    return [{"id": _place(i), "name": name} for i, name in enumerate(names)]


def _fleet(values: Values, day: ServiceDay) -> dict[str, Any]:
    seats = values.whole("capacity", least=1)
    start_s = values.whole("depot", "twStart") * MINUTE_S
    end_s = min(values.whole("depot", "twEnd", least=1) * MINUTE_S, day.length_s)
    max_duty_s = values.whole("maxTravelTime", least=1) * MINUTE_S
    numbers = range(1, min(values.whole("nbVehicles", least=1), 1_000) + 1)
    hours = window_data(day, min(start_s, end_s), end_s)
    return {
        "vehicles": [
            {
                "id": f"vehicule-{k}",
                "name": f"Véhicule {k}",
                "depot": _DEPOT,
                "configurations": [{"seats": seats}],
            }
            for k in numbers
        ],
        "drivers": [{"id": f"agent-{k}", "first_name": f"Agent {k}"} for k in numbers],
        "shifts": [
            {
                "id": f"vacation-{k}",
                "vehicle": f"vehicule-{k}",
                "driver": f"agent-{k}",
                "start": hours,
                "end": hours,
                "start_place": _DEPOT,
                "end_place": _DEPOT,
                "max_duty_s": max_duty_s,
            }
            for k in numbers
        ],
    }


def _participant(index: int, origins: Origins) -> dict[str, Any]:
    origins.note(f"/participants/{index}", f"/clients/{index}")
    return {"id": f"client-{index + 1}", "first_name": f"Client {index + 1}"}


def _booking(values: Values, index: int, day: ServiceDay, origins: Origins) -> dict[str, Any]:
    at = ("clients", index)
    origins.note(f"/bookings/{index}", f"/clients/{index}")
    limit = values.whole(*at, "pickup", "maxTravelTime", least=1)
    if values.whole(*at, "delivery", "maxTravelTime", default=limit) != limit:
        place = (*at, "delivery", "maxTravelTime")
        values.note("contradiction", place, values.find(*place), f"{limit}, comme au départ")
    ends = {}
    for key, end in (("pickup", "pickup_window"), ("delivery", "dropoff_window")):
        start_s = values.whole(*at, key, "start") * MINUTE_S
        end_s = values.whole(*at, key, "end") * MINUTE_S
        if not start_s <= end_s <= day.length_s:
            expected = f"un créneau entre 0 et {day.length_s // MINUTE_S} minutes"
            values.note("wrong-value", (*at, key, "end"), end_s // MINUTE_S, expected)
            start_s = end_s = 0
        ends[end] = window_data(day, start_s, end_s)
        origins.note(f"/bookings/{index}/outward/{end}", f"/clients/{index}/{key}")
    return {
        "id": f"demande-{index + 1}",
        "participant": f"client-{index + 1}",
        "external_ref": str(index + 1),
        "party_size": values.whole(*at, "nbClients", least=1),
        "outward": {
            "origin": _place(values.whole(*at, "pickup", "point")),
            "destination": _place(values.whole(*at, "delivery", "point")),
            **ends,
            "max_ride_s": limit * MINUTE_S,
            "boarding_s": values.whole(*at, "pickup", "loadingTime") * MINUTE_S,
            "alighting_s": values.whole(*at, "delivery", "loadingTime") * MINUTE_S,
        },
    }


def _travel(values: Values, n: int) -> dict[str, Any]:
    metres_a_minute = values.real("speed") * values.real("scale")
    if metres_a_minute <= 0:
        values.note("wrong-value", ("speed",), values.find("speed"), "une vitesse positive")
        metres_a_minute = 1.0
    rows = values.entries("distanceMatrix", most=4_001)
    if len(rows) != n or any(not isinstance(row, list) or len(row) != n for row in rows):
        expected = f"une table de {n} lignes et {n} colonnes"
        values.note("wrong-value", ("distanceMatrix",), rows, expected)
        return {}
    metres: list[list[int | None]] = [list(values.wholes("distanceMatrix", i)) for i in range(n)]
    seconds: list[list[int | None]] = [
        [_seconds(value or 0, metres_a_minute) for value in row] for row in metres
    ]
    return matrix_data([_place(i) for i in range(n)], seconds, metres)


def _seconds(metres: int, metres_a_minute: float) -> int:
    """Return driving seconds, rounded up, without losing one to a rounding error."""
    exact = metres * MINUTE_S / metres_a_minute
    nearest = round(exact)
    return nearest if abs(exact - nearest) < 1e-6 else int(exact) + 1
