"""Searches stopped half way, to look at what their kernels have made of the tours."""

from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tests.line_instances import Trip, line
from tests.random_routes import random_route
from tests.strategies import random_day
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.planning.encode import encode, encode_plan
from tus_dispatch.solver.anneal import Heat, State, anneal
from tus_dispatch.solver.arrays import (
    EARLIEST_S,
    EXACT,
    LATEST_S,
    SCREENED,
    arrays_of,
    mandatory_pauses,
)
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import evaluate, is_allowed
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.search import EVERYTHING, Settings, _Search
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.solver.tours import Tours, copy_of, marked
from tus_dispatch.verify.instance import verify_solution

MOST_RUINED = 6


def random_problem(
    seed: int, *, most_legs: int = 14, most_shifts: int = 4
) -> tuple[Instance, Solution]:
    """Draw a day of any kind and the plan it was made around, in the solver's words."""
    rng = Random(seed)  # noqa: S311
    scenario, matrix, plan = random_day(
        rng, n_legs=rng.randint(2, most_legs), n_shifts=rng.randint(1, most_shifts)
    )
    encoding = encode(scenario, legs_of(scenario), matrix)
    return encoding.instance, encode_plan(encoding, plan)


def busy(seed: int) -> Instance:
    """Single trips and one loose pair between depots, of vehicles soon full."""
    rng = Random(seed)  # noqa: S311
    trips = []
    for _ in range(18):
        origin, destination = rng.sample(range(61), 2)
        first_s = rng.randint(0, 9000)
        seats = rng.randint(1, 4)
        trips.append(Trip(origin, destination, (first_s, first_s + 1200), seats=seats))
    at = len(trips)
    trips += [Trip(10, 20, (0, 9000), partner=at + 1)]
    trips += [Trip(20, 10, (0, 9000), partner=at, follows=at)]
    # The pair has a vehicle of its own, so that the others can go with anybody.
    allowed = np.zeros((at + 2, 6), dtype=np.bool_)
    allowed[:at, :5] = allowed[at:, 5] = True
    return line(trips, depots=(0, 0, 0, 30, 60, 60), allowed=allowed)


def random_round(seed: int) -> Instance:
    """Draw a tight instance of one vehicle on a map without geometry."""
    return random_route(Random(seed)).instance  # noqa: S311


def annealed(
    instance: Instance,
    *,
    seed: int,
    iterations: int,
    warmth: float | None = None,
    settings: Settings = EVERYTHING,
) -> tuple[Draft, State]:
    """Construct, anneal a number of times and stop in the middle of it."""
    dice = make_dice(seed)
    arrays = arrays_of(instance)
    arrays.switches[EXACT] = settings.exact
    arrays.switches[SCREENED] = settings.screens
    draft = construct(instance, dice, arrays=arrays)
    run = _Search(draft, dice, MaxIterations(iterations), lambda _: None, settings)
    if warmth is None:
        warmth = float(draft.tours.cost.sum()) / max(1, instance.n_requests) + 1.0
    heat = Heat(warmth, MOST_RUINED, settings.pool)
    anneal(draft.arrays, draft.guide, run.state, heat, iterations)
    return draft, run.state


def windows_of(draft: Draft) -> Ints:
    """Return the windows of all doors as the kernels see them now."""
    return draft.arrays.node[: 2 * draft.instance.n_requests, [EARLIEST_S, LATEST_S]]


def draft_of(draft: Draft, tours: Tours, window: Ints) -> Draft:
    """Return a draft of its own with other tours under other windows."""
    other = draft.copy()
    other.tours = copy_of(tours)
    other.arrays.node[: 2 * draft.instance.n_requests, [EARLIEST_S, LATEST_S]] = window
    return other


def expect_sound(draft: Draft) -> Solution:
    """Hold a draft against everything it says of itself, and its solution against the judge."""
    instance, n = draft.instance, draft.instance.n_requests
    prints = draft.tours.print_.tolist()
    for vehicle, order in enumerate(draft.orders):
        requests = order[order < n].tolist()
        pauses = order[order >= 2 * n].tolist()
        dropoffs = order[(order >= n) & (order < 2 * n)] - n
        assert sorted(pauses) == sorted(mandatory_pauses(instance, vehicle))
        assert sorted(requests) == sorted(dropoffs.tolist())
        assert sorted(requests) == np.flatnonzero(draft.vehicle_of == vehicle).tolist()
        cost = evaluate(draft.arrays, vehicle, order)[0] if requests else 0
        assert draft.costs[vehicle] == cost >= 0
        assert not requests or is_allowed(draft.arrays, vehicle, order)
        assert marked(draft.arrays, draft.guide, draft.tours, vehicle) == prints[vehicle]
    linked = np.flatnonzero(instance.partner >= 0)
    served = draft.vehicle_of >= 0
    assert served[linked].tolist() == served[instance.partner[linked]].tolist()
    solution = draft.solution()
    assert verify_solution(instance, solution) == ()
    start_s = {
        node: time
        for route in solution.routes
        for node, time in zip(route.nodes, route.start_s, strict=True)
    }
    for first, follower in instance.loose_pairs:
        if served[first] and served[follower]:
            over_s = start_s[n + first] + int(instance.service_s[n + first])
            assert over_s <= start_s[follower]
    assert draft.cost == solution_cost(instance, solution)
    return solution
