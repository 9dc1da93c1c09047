"""Days for the import tests: every key of the format, and small files of other programs."""

from pathlib import Path
from typing import Any

from tests.data_folder import find_data_folder
from tests.makers import five_legs
from tests.scenario_files import clock_day, full_day, matrix_day
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.scenario import scenario_from_data

# What spreadsheets, separators and readers of lists stumble over.
NASTY_TEXTS = (
    "=1+1",
    "+33",
    "-2",
    "@a",
    "'",
    "'t Hooft",
    " au bord ",
    'dit « "oui" »',
    "a;b,c",
    "1|2\\",
    "07:30",
    "0123",
)


def nasty_day() -> dict[str, Any]:
    """Make a day whose texts and ids look like something else."""
    data = full_day()
    for place, text in zip(data["places"], NASTY_TEXTS, strict=False):
        place["name"] = text
    data["note"] = "\n".join(NASTY_TEXTS)
    data["participants"][0]["note"] = "ligne 1\n=ligne 2\n\tligne 3 "
    data["vehicles"][0]["features"] = ["ramp", "=a|b", " bord", "\\", "x\\|y "]
    data["participants"] += [{"id": f"p|{i}"} for i in range(3)]
    data["participants"][1]["never_with"] = ["p|0", "p1", "p|2"]
    # A break and a personal limit in which everything is as usual.
    data["shifts"][1]["break"] = {}
    data["participants"][1]["ride_limit"] = {}
    return data


def known_days() -> dict[str, Scenario]:
    """Return days that together hold every key of the format."""
    files = {
        "full": full_day(),
        "matrix": matrix_day(),
        "clock change": clock_day(),
        "nasty": nasty_day(),
        "roads": full_day() | {"travel": {"source": "roads", "file": "a.roads"}},
        "osrm": full_day() | {"travel": {"source": "osrm", "url": "http://127.0.0.1:5000"}},
        "empty": {
            "format": "tus-scenario/1",
            "name": "Vide",
            "territory": {"name": "Nulle part"},
            "service_date": "2026-03-26",
        },
    }
    days = {name: scenario_from_data(data, name) for name, data in files.items()}
    return days | {"five legs": five_legs()}


def instance_files(folder: str, pattern: str) -> list[Path]:
    """Return the public instance files of a family, none where the data folder is absent."""
    data = find_data_folder()
    return [] if data is None else sorted((data / "instances" / folder).glob(pattern))


def ain_day() -> dict[str, Any]:
    """Make a file like the Ain day: a depot and two requests on a line, 1330 m per minute."""
    # Depot 0, pickups 1 and 2, dropoffs 3 and 4.
    positions = (0, 1330, 2660, 13300, 13301)
    return {
        "nbVehicles": 2,
        "nbNodes": 4,
        "maxTravelTime": 480,
        "capacity": 8,
        "speed": 1.33,
        "scale": 1000,
        "nbClients": 2,
        "distanceMatrix": [[abs(a - b) for b in positions] for a in positions],
        "depot": {
            "id": 0,
            "loadingTime": 0,
            "nbClients": 0,
            "twStart": 0,
            "twEnd": 1440,
            "maxTravelTime": 480,
        },
        "clients": [
            _ain_client(1, 3, people=3, limit=124),
            _ain_client(2, 4, people=1, limit=61),
        ],
    }


def _ain_client(pickup: int, dropoff: int, *, people: int, limit: int) -> dict[str, Any]:
    shared = {"loadingTime": people, "maxTravelTime": limit}
    return {
        "nbClients": people,
        "pickup": {"point": pickup, "start": 480, "end": 720, **shared},
        "delivery": {"point": dropoff, "start": 490, "end": 780, **shared},
    }


def barcelona_day() -> dict[str, Any]:
    """Make a file like the Barcelona days: two vehicles with four ends, two requests."""
    demands = {1: 1, 2: 1, 3: -1, 4: -1, 5: 0, 6: 0, 7: 0, 8: 0}
    pairs = [(a, b) for a in demands for b in demands if a != b]
    return {
        "global_params": {"L_ride": 3200},
        "requests": {"n_requests": 2, "pickup_ids": [1, 2], "delivery_ids": [3, 4]},
        "vehicles": [
            {"id": 1, "start_node": 5, "end_node": 7, "capacity": 4, "max_time": 28800},
            {"id": 2, "start_node": 6, "end_node": 8, "capacity": 6, "max_time": 25200},
        ],
        "nodes": [
            {
                "id": number,
                "service_time": 120 if demand else 0,
                "demand": demand,
                "tw_start": 1800 if number == 6 else 0,
                "tw_end": 3600 if number in (5, 6) else 28800,
            }
            for number, demand in demands.items()
        ],
        "matrix_t": [{"from": a, "to": b, "value": 60 * a + b} for a, b in pairs],
        "matrix_c": [{"k": 1, "from": a, "to": b, "value": 60 * a + b} for a, b in pairs],
        "metadata": {
            "city": "Barcelona, Spain",
            "coordinates": {str(i): [41.38 + i / 1000, 2.13] for i in demands},
        },
    }
