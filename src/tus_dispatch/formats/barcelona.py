"""Days in Barcelona (``bcn-3-16.json``): several depots, each vehicle with its own two ends.

The file counts seconds from 0, which becomes 08:00. It gives driving seconds
and the same numbers once more per vehicle as costs, but no distances: metres
are ten times the seconds (36 km/h, what its points suggest), so minimising
distance minimises the cost of the file. It knows no limit to waiting aboard,
so the imported day has none.
"""

from dataclasses import dataclass
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

FIRST_SECOND_S = 4 * 3600
METRES_A_SECOND = 10
_NAME = "Journée à Barcelone"
_KEYS = ("global_params", "requests", "vehicles", "nodes", "matrix_t", "matrix_c", "metadata")


@dataclass(frozen=True, slots=True)
class _Node:
    """A point of the file, in seconds of the service day."""

    at: tuple[str | int, ...]
    service_s: int
    demand: int
    earliest_s: int
    latest_s: int


def is_barcelona(data: Any) -> bool:
    """Return whether a JSON document looks like this format."""
    return isinstance(data, dict) and {"global_params", "matrix_t", "nodes"} <= data.keys()


def read_barcelona(
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
        The day, or None for the default of all imports.
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
    day = ServiceDay(service_date or DEFAULT_DATE, "Europe/Madrid")
    nodes = _nodes(values, day)
    draft = {
        "format": FORMAT,
        "name": name or _NAME,
        "service_date": day.date.isoformat(),
        "territory": {"name": _NAME.split(" ", 2)[-1], "time_zone": day.time_zone},
        "policy": {"max_wait_aboard_s": day.length_s},
        "places": [_place(values, node) for node in nodes],
        **_fleet(values, nodes, day, origins),
        **_demand(values, nodes, day, origins),
        "travel": _travel(values, list(nodes)),
        "note": "Importé d'une instance publique ; la seconde 0 du fichier est 08:00, "
        "les mètres valent dix fois les secondes.",
    }
    values.raise_any()
    try:
        return scenario_from_data(draft, source)
    except InputError as error:
        raise origins.raised(source, error, []) from error


def _nodes(values: Values, day: ServiceDay) -> dict[int, _Node]:
    nodes: dict[int, _Node] = {}
    horizon_s = day.length_s - FIRST_SECOND_S
    for i in range(len(values.entries("nodes", most=4_000))):
        at: tuple[str | int, ...] = ("nodes", i)
        start_s, end_s = values.whole(*at, "tw_start"), values.whole(*at, "tw_end")
        if not start_s <= end_s <= horizon_s:
            values.note(
                "wrong-value", (*at, "tw_end"), end_s, f"de tw_start à {horizon_s} secondes"
            )
            start_s = end_s = 0
        number = values.whole(*at, "id", least=1)
        if number in nodes:
            values.note("wrong-reference", (*at, "id"), number, "un numéro qui ne sert qu'une fois")
        nodes[number] = _Node(
            at=at,
            service_s=values.whole(*at, "service_time"),
            demand=values.whole(*at, "demand", least=-100),
            earliest_s=FIRST_SECOND_S + start_s,
            latest_s=FIRST_SECOND_S + end_s,
        )
    return nodes


def _find_node(values: Values, nodes: dict[int, _Node], *at: str | int) -> tuple[int, _Node]:
    number = values.whole(*at, least=1)
    if number not in nodes:
        values.note("wrong-reference", at, number, "le numéro d'un point (nodes)")
        return 1, _Node(at, 0, 0, 0, 0)
    return number, nodes[number]


def _id(number: int) -> str:
    return f"point-{number}"


def _place(values: Values, number: int) -> dict[str, Any]:
    place: dict[str, Any] = {"id": _id(number), "name": f"Point {number}"}
    if values.find("metadata", "coordinates", str(number)) is not None:
        at = ("metadata", "coordinates", str(number))
        place |= {"lat": values.real(*at, 0), "lon": values.real(*at, 1)}
    return place


def _fleet(
    values: Values, nodes: dict[int, _Node], day: ServiceDay, origins: Origins
) -> dict[str, Any]:
    fleet: dict[str, list[dict[str, Any]]] = {"vehicles": [], "drivers": [], "shifts": []}
    for i in range(len(values.entries("vehicles", most=1_000))):
        at = ("vehicles", i)
        number = values.whole(*at, "id", least=1)
        first, start = _find_node(values, nodes, *at, "start_node")
        last, end = _find_node(values, nodes, *at, "end_node")
        # A round cannot end before it starts, so this narrows nothing.
        end_from_s = min(max(start.earliest_s, end.earliest_s), end.latest_s)
        fleet["vehicles"].append(
            {
                "id": f"vehicule-{number}",
                "name": f"Véhicule {number}",
                "depot": _id(first),
                "configurations": [{"seats": values.whole(*at, "capacity", least=1)}],
            }
        )
        fleet["drivers"].append({"id": f"agent-{number}", "first_name": f"Agent {number}"})
        fleet["shifts"].append(
            {
                "id": f"vacation-{number}",
                "vehicle": f"vehicule-{number}",
                "driver": f"agent-{number}",
                "start": window_data(day, start.earliest_s, start.latest_s),
                "end": window_data(day, end_from_s, end.latest_s),
                "start_place": _id(first),
                "end_place": _id(last),
                "max_duty_s": values.whole(*at, "max_time", least=1),
            }
        )
        for key in fleet:
            origins.note(f"/{key}/{i}", f"/vehicles/{i}")
    return fleet


def _demand(
    values: Values, nodes: dict[int, _Node], day: ServiceDay, origins: Origins
) -> dict[str, Any]:
    pickups = values.entries("requests", "pickup_ids", most=2_000)
    dropoffs = values.entries("requests", "delivery_ids", most=2_000)
    if len(pickups) != len(dropoffs):
        expected = f"{len(pickups)} numéros, un par prise en charge"
        values.note("contradiction", ("requests", "delivery_ids"), dropoffs, expected)
    max_ride_s = values.whole("global_params", "L_ride", least=1)
    participants, bookings = [], []
    for i in range(min(len(pickups), len(dropoffs))):
        origin, pickup = _find_node(values, nodes, "requests", "pickup_ids", i)
        destination, dropoff = _find_node(values, nodes, "requests", "delivery_ids", i)
        if pickup.demand < 1 or dropoff.demand != -pickup.demand:
            expected = f"l'opposé de la demande du point {origin}"
            values.note("contradiction", (*dropoff.at, "demand"), dropoff.demand, expected)
        participants.append({"id": f"client-{origin}", "first_name": f"Client {origin}"})
        bookings.append(
            {
                "id": f"demande-{origin}",
                "participant": f"client-{origin}",
                "external_ref": str(origin),
                "party_size": max(1, pickup.demand),
                "outward": {
                    "origin": _id(origin),
                    "destination": _id(destination),
                    "pickup_window": window_data(day, pickup.earliest_s, pickup.latest_s),
                    "dropoff_window": window_data(day, dropoff.earliest_s, dropoff.latest_s),
                    "max_ride_s": max_ride_s,
                    "boarding_s": pickup.service_s,
                    "alighting_s": dropoff.service_s,
                },
            }
        )
        for key in ("participants", "bookings"):
            origins.note(f"/{key}/{i}", f"/requests/pickup_ids/{i}")
    return {"participants": participants, "bookings": bookings}


def _travel(values: Values, numbers: list[int]) -> dict[str, Any]:
    index = {number: i for i, number in enumerate(numbers)}
    n = len(numbers)
    seconds: list[list[int | None]] = [[0 if i == j else None for j in range(n)] for i in range(n)]
    for i in range(len(values.entries("matrix_t", most=100_000))):
        a, b = (values.whole("matrix_t", i, key, least=1) for key in ("from", "to"))
        if a not in index or b not in index:
            values.note("wrong-reference", ("matrix_t", i), f"{a} → {b}", "deux points du fichier")
        elif a != b:
            seconds[index[a]][index[b]] = values.whole("matrix_t", i, "value")
    _expect_costs(values, index, seconds)
    metres: list[list[int | None]] = [
        [None if value is None else value * METRES_A_SECOND for value in row] for row in seconds
    ]
    return matrix_data([_id(number) for number in numbers], seconds, metres)


def _expect_costs(values: Values, index: dict[int, int], seconds: list[list[int | None]]) -> None:
    """Note costs of their own: in the published files they repeat the seconds."""
    for i, entry in enumerate(values.entries("matrix_c", most=600_000)):
        ends = (entry.get("from"), entry.get("to")) if isinstance(entry, dict) else (None, None)
        a, b = (index.get(end) if isinstance(end, int) else None for end in ends)
        if a is None or b is None:
            values.note("wrong-reference", ("matrix_c", i), entry, "deux points du fichier")
            return
        if a != b and seconds[a][b] != entry.get("value"):
            at = ("matrix_c", i, "value")
            values.note("cannot-say", at, entry.get("value"), "le même nombre que dans matrix_t")
            return
