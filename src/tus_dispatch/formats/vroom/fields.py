"""Names of the VROOM dialect: what is understood, what is known but cannot be said."""

from collections.abc import Mapping
from difflib import get_close_matches

from tus_dispatch.formats.foreign.values import Path, Values

EXTENSION = "tus"
FORMAT = "tus-vroom/1"
# VROOM has no state for "no road", and refuses numbers near its own limits. This
# one is far beyond any service day.
NO_ROAD = 10_000_000
# What other programs write for the same.
LARGEST_NUMBER = 2**31 - 1

# What a leg may say itself although the person gives a default.
OWN_KEYS = ("boarding_s", "alighting_s")

PROBLEM = frozenset({"vehicles", "shipments", "jobs", "matrices", EXTENSION})
VEHICLE = frozenset(
    {
        "id",
        "profile",
        "description",
        "start",
        "start_index",
        "end",
        "end_index",
        "capacity",
        "costs",
        "skills",
        "type",
        "time_window",
        "breaks",
        "speed_factor",
        "max_distance",
        "steps",
        EXTENSION,
    }
)
BREAK = frozenset({"id", "time_windows", "service", "description", "max_load"})
SHIPMENT = frozenset(
    {
        "pickup",
        "delivery",
        "amount",
        "skills",
        "priority",
        "max_ride_time",
        "max_transit_time",
        "max_detour",
        "max_detour_ratio",
        "linked_to",
        "exclude",
        "hard",
        EXTENSION,
    }
)
STEP = frozenset(
    {
        "id",
        "description",
        "location",
        "location_index",
        "setup",
        "service",
        "time_windows",
        "soft_time_windows",
        EXTENSION,
    }
)
ROUTE_STEP = frozenset(
    {"type", "id", "service_at", "description", "service_after", "service_before"}
)

# Known to VROOM or to us, but without a counterpart in a scenario.
UNSAYABLE: Mapping[str, str] = {
    "jobs": "des « shipments » avec pickup et delivery : un trajet a deux adresses",
    "max_tasks": "aucune limite du nombre de tâches",
    "max_travel_time": "max_distance, ou une time_window plus courte",
    "setup_per_type": "une seule durée « service »",
    "service_per_type": "une seule durée « service »",
    "group": "« linked_to » pour un aller et un retour",
    "flexible_slots": "un seul créneau dans time_windows",
    "distance_matrix": "matrices.car.distances",
    "duration_matrix": "matrices.car.durations",
    "matrix": "matrices.car.durations",
}


def expect_keys(values: Values, at: Path, known: frozenset[str]) -> bool:
    """Note every key of an object that is not understood.

    Parameters
    ----------
    values
        The document.
    at
        Where the object is.
    known
        Keys that are understood.

    Returns
    -------
    bool
        False when there is no object at all.
    """
    value = values.find(*at)
    if not isinstance(value, dict):
        values.note("wrong-value", at, value, "un objet { … }")
        return False
    for key, inner in value.items():
        if key in known and key not in UNSAYABLE:
            continue
        if key in UNSAYABLE:
            if inner not in (None, [], {}):
                values.note("cannot-say", (*at, key), inner, UNSAYABLE[key])
            continue
        near = get_close_matches(key[:60], sorted(known), n=1)
        expected = f"« {near[0]} »" if near else "une des clés " + ", ".join(sorted(known))
        values.note("unknown-key", (*at, key), key, expected)
    return True
