"""Search and prove in turn: a day that is proved early needs no more searching."""

from collections.abc import Callable

from tus_dispatch.solver.bound import Bound
from tus_dispatch.solver.certify import Problem, certify, problem_of
from tus_dispatch.solver.engines import Engine
from tus_dispatch.solver.event_prices import Doubles
from tus_dispatch.solver.incumbent import Incumbent, incumbent_from
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import PartOf, Stop

# Shares of the time: a first search and a first proof, then of what is left a
# second search; the rest goes to the second proof. A proof needs a good solution,
# not the best, so the first search is short where there are few requests.
FIRST_SEARCH = 0.15
FIRST_S_PER_REQUEST = 0.01
FIRST_PROOF = 0.1
# For benchmark files the model is exact, and mostly faster than the search.
FIRST_EXACT_PROOF = 0.8
# Steps of a proof cannot be interrupted, so short limits leave no room for one.
SHORTEST_S = 5.0
SHORTEST_PROOF_S = 1.0
SECOND_SEARCH = 0.7
# What the exact model of a benchmark file proves in a second, about; where the first proof
# could not end, searching is worth more, and only the floor is asked for.
ARCS_PER_S = 1050
LONG_SEARCH = 0.88


def search_and_prove(  # noqa: PLR0913
    engine: Engine,
    instance: Instance,
    *,
    seed: int,
    stop: Stop,
    on_incumbent: Callable[[Incumbent], None],
    start: Solution | None = None,
    arc_cost: Doubles | None = None,
) -> tuple[Incumbent, Bound]:
    """Search, and tell how far from the best the result can be.

    Parameters
    ----------
    engine
        Who searches.
    instance, seed, stop, on_incumbent, start
        As for the engine. Without a time limit one search is followed by one
        proof under limits that do not depend on the machine.
    arc_cost
        As in :func:`certify.certify`.

    Returns
    -------
    incumbent : Incumbent
        The best found, by search or proof.
    bound : Bound
        None where the exact model is too large.
    """
    limit_s = stop.seconds_left()
    is_short = limit_s is not None and limit_s < SHORTEST_S
    problem = None if is_short else problem_of(instance, arc_cost)
    if problem is None or stop.seconds_left() is None:
        best = engine(instance, seed=seed, stop=stop, on_incumbent=on_incumbent, start=start)
        if problem is None:
            return best, Bound()
        return _proved(instance, best, None, problem, arc_cost, on_incumbent)
    whole_s = stop.seconds_left() or 0.0
    proof_s = whole_s * (FIRST_PROOF if arc_cost is None else FIRST_EXACT_PROOF)
    if arc_cost is not None and len(problem.graph.tail) > ARCS_PER_S * proof_s:
        nearly_all = PartOf(stop, LONG_SEARCH)
        best = engine(instance, seed=seed, stop=nearly_all, on_incumbent=on_incumbent, start=start)
        return _proved(instance, best, stop.seconds_left(), problem, arc_cost, on_incumbent)
    most_s = FIRST_S_PER_REQUEST * instance.n_requests
    first = PartOf(stop, min(FIRST_SEARCH, most_s / max(whole_s, most_s)))
    best = engine(instance, seed=seed, stop=first, on_incumbent=on_incumbent, start=start)
    best, bound = _proved(instance, best, proof_s, problem, arc_cost, on_incumbent)
    if bound.proved_optimal:
        return best, bound
    second = PartOf(stop, SECOND_SEARCH)
    again = engine(
        instance, seed=seed + 1, stop=second, on_incumbent=on_incumbent, start=best.solution
    )
    best = min(best, again, key=lambda each: each.cost)
    best, later = _proved(instance, best, stop.seconds_left(), problem, arc_cost, on_incumbent)
    return best, later if _floor(later) >= _floor(bound) else bound


def _floor(bound: Bound) -> float:
    return float("-inf") if bound.lower_bound is None else bound.lower_bound


def _proved(
    instance: Instance,
    best: Incumbent,
    seconds: float | None,
    problem: Problem,
    arc_cost: Doubles | None,
    on_incumbent: Callable[[Incumbent], None],
) -> tuple[Incumbent, Bound]:
    """Prove what can be proved; a cheaper solution found on the way is the new best."""
    if seconds is not None and seconds < SHORTEST_PROOF_S:
        return best, Bound()
    certified = certify(
        instance, best.solution, seconds=seconds, arc_cost=arc_cost, problem=problem
    )
    found = incumbent_from(instance, certified.solution, best.iteration)
    if found.cost >= best.cost:
        return best, certified.bound
    on_incumbent(found)
    return found, certified.bound
