"""The search does not get worse unnoticed: costs are held to a committed baseline."""

from typing import TYPE_CHECKING

import pytest

from tests.literature_families import FAMILIES, dial_a_ride, pairs
from tests.regression_guard import CASES, complaints, load_baseline, search
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.li_lim import read_li_lim
from tus_dispatch.solver.engines import DEFAULT_ENGINE
from tus_dispatch.solver.instance import Instance
from tus_dispatch.verify.instance import verify_solution

if TYPE_CHECKING:
    from tus_dispatch.solver.incumbent import Incumbent


def test_no_cost_has_risen_above_its_baseline() -> None:
    baseline = load_baseline()
    found: dict[str, Incumbent] = {}
    violations = {}

    for case in CASES:
        instance = case.make()
        found[case.name] = search(instance, baseline["iterations"])
        violations[case.name] = verify_solution(instance, found[case.name].solution)

    costs = {name: incumbent.cost for name, incumbent in found.items()}
    assert baseline["engine"] == DEFAULT_ENGINE
    assert set(violations.values()) == {()}
    assert list(complaints(costs, baseline["costs"])) == []


def test_the_guard_names_what_has_risen() -> None:
    baseline = {"one": 1000, "two": 1000, "three": 1000, "four": 1000}

    # 11 of 1000 is more than a hundredth; shared by four it is less than three thousandths.
    assert list(complaints(baseline | {"two": 1011}, baseline)) == [
        "two costs 1.10% more than its baseline"
    ]
    # 8 and 8 of 4000 are four thousandths together, and neither is a hundredth.
    assert list(complaints(baseline | {"two": 1008, "four": 1008}, baseline)) == [
        "the mean rose by 0.40%"
    ]
    assert list(complaints(dict.fromkeys(baseline, 900), baseline)) == []
    assert len(list(complaints({"one": 1000}, baseline))) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_a_made_up_ride_file_is_read_and_each_request_fits_alone(family: str) -> None:
    text = dial_a_ride(family, n_requests=12, n_vehicles=12, seed=5)

    instance = read_cordeau(text, "made up").instance

    assert dial_a_ride(family, n_requests=12, n_vehicles=12, seed=5) == text
    assert (instance.n_requests, instance.n_vehicles) == (12, 12)
    # As many vehicles as requests: whoever fits alone is served.
    assert served(instance) == 12


def test_a_made_up_file_of_pairs_is_read_and_each_pair_fits_alone() -> None:
    instance = read_li_lim(pairs(n_pairs=12, n_vehicles=12, seed=5), "made up").instance

    assert served(instance) == 12


def served(instance: Instance) -> int:
    """Requests served after a short search."""
    return search(instance, 20).n_served
