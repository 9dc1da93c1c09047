"""Days that several tests look at, made once."""

from functools import cache

from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.generate.day import generate, generate_with_reference
from tus_dispatch.generate.families import FAMILIES

Day = tuple[Scenario, Plan, TravelMatrix]

KEYS = tuple(FAMILIES)
SEEDS = (1, 2, 3)
# 7.5 legs a shift: an ordinary day, people do not have to live closer than usual.
N_LEGS, N_SHIFTS = 45, 6


@cache
def ordinary_day(family: str, seed: int) -> Day:
    """Return a day of 45 legs and 6 shifts with its reference plan."""
    return generate_with_reference(family, seed=seed, n_legs=N_LEGS, n_shifts=N_SHIFTS)


def all_days() -> list[Day]:
    """Return three days of each family."""
    return [ordinary_day(family, seed) for family in KEYS for seed in SEEDS]


@cache
def usual_days() -> tuple[Scenario, ...]:
    """Return large days of the families with the usual mix and distances, drawn freely."""
    keys = ("cher_multidepot", "alencon_19h", "landes_epci", "essonne_132communes")
    return tuple(
        generate(key, seed=seed, n_legs=150, n_shifts=20, solvable=False)
        for key in keys
        for seed in (1, 2)
    )


def point_of(scenario: Scenario, place: str) -> LatLon:
    """Return the point of a place that has one."""
    point = next(each.point for each in scenario.places if each.id == place)
    assert point is not None
    return point
