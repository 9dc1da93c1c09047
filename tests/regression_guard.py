"""A dozen made-up instances, searched for a number of iterations and held to their last costs."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.data_folder import REPOSITORY
from tests.literature_families import dial_a_ride, pairs
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.li_lim import read_li_lim
from tus_dispatch.generate.day import generate
from tus_dispatch.planning.encode import encode
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.stop import MaxIterations

BASELINE = REPOSITORY / "benchmarks" / "baselines" / "regression.json"
SEED = 0
WORST_RISE = 0.01
MEAN_RISE = 0.003


class Case(NamedTuple):
    """One instance by name, made when it is asked for."""

    name: str
    make: Callable[[], Instance]


def _ride_case(family: str, n_requests: int, n_vehicles: int, seed: int) -> Case:
    def make() -> Instance:
        text = dial_a_ride(family, n_requests=n_requests, n_vehicles=n_vehicles, seed=seed)
        return read_cordeau(text, "made up").instance

    return Case(f"{family}{n_vehicles}-{n_requests}-{seed}", make)


def _pair_case(n_pairs: int, seed: int) -> Case:
    def make() -> Instance:
        text = pairs(n_pairs=n_pairs, n_vehicles=n_pairs, seed=seed)
        return read_li_lim(text, "made up").instance

    return Case(f"pairs-{n_pairs}-{seed}", make)


def _day_case(family: str, n_legs: int, n_shifts: int, seed: int) -> Case:
    def make() -> Instance:
        day = generate(family, seed=seed, n_legs=n_legs, n_shifts=n_shifts)
        return encode(day, legs_of(day), travel_matrix(day, Path())).instance

    return Case(f"{family}-{n_legs}-{seed}", make)


CASES: tuple[Case, ...] = (
    _ride_case("a", 24, 3, 1),
    _ride_case("a", 48, 6, 2),
    _ride_case("b", 24, 3, 1),
    _ride_case("b", 48, 6, 2),
    _ride_case("Ra", 24, 3, 1),
    _ride_case("Ra", 48, 5, 2),
    _ride_case("Rb", 36, 4, 1),
    _pair_case(24, 1),
    _pair_case(40, 2),
    _day_case("cher_multidepot", 24, 4, 1),
    _day_case("somme_vallees", 40, 6, 2),
    _day_case("ambert_montagne", 30, 5, 3),
)


def search(instance: Instance, iterations: int) -> Incumbent:
    """Search in this process with the default engine."""
    return ENGINES[DEFAULT_ENGINE](
        instance, seed=SEED, stop=MaxIterations(iterations), on_incumbent=lambda _: None
    )


def load_baseline() -> dict[str, Any]:
    """Read the committed costs, and the iterations they were found with."""
    baseline: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return baseline


def complaints(costs: Mapping[str, int], baseline: Mapping[str, int]) -> Iterator[str]:
    """Name every cost that has risen too far, and a mean that has.

    Parameters
    ----------
    costs, baseline
        Now and then, by case; the same names.

    Yields
    ------
    str
        One sentence each.
    """
    if set(costs) != set(baseline):
        yield f"other cases than in {BASELINE.name}: run `python -m benchmarks.regression`"
        return
    rises = {name: costs[name] / baseline[name] - 1 for name in baseline}
    for name, rise in rises.items():
        if rise > WORST_RISE:
            yield f"{name} costs {rise:.2%} more than its baseline"
    mean = sum(rises.values()) / len(rises)
    if mean > MEAN_RISE:
        yield f"the mean rose by {mean:.2%}"
