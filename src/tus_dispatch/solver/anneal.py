"""Many ruins and recreations in one call: simulated annealing over feasible tours.

References
----------
.. [1] Schrimpf, G. et al. (2000). Record breaking optimization results using
   the ruin and recreate principle. *Journal of Computational Physics*, 159(2),
   139-171.
.. [2] Christiaens, J. and Vanden Berghe, G. (2020). Slack induction by string
   removals for vehicle routing problems. *Transportation Science*, 54(2),
   417-433.
"""

from math import log
from typing import NamedTuple

from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, Arrays
from tus_dispatch.solver.dice import chance
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel, kernel, part_of_kernel
from tus_dispatch.solver.loose import join
from tus_dispatch.solver.pool import Pool, keep_route
from tus_dispatch.solver.recreate import (
    BY_ABSENCE,
    BY_CHANCE,
    BY_REGRET,
    FARTHEST_FIRST,
    NEAREST_FIRST,
    Bar,
    Fashion,
    insert_waiting,
)
from tus_dispatch.solver.ruin import Marks, choose_ruined, is_missed, leaves_out
from tus_dispatch.solver.seek import Places, price_of
from tus_dispatch.solver.tours import Tours, copy_tour, mark, price_of_all, take_out

WAYS = (BY_REGRET, BY_REGRET, BY_CHANCE, BY_CHANCE, FARTHEST_FIRST, NEAREST_FIRST)
NOISE = 0.3
BLINK = 0.03
# How often those long left out go first, and how often room is sought for optional ones.
ABSENT_FIRST = 0.5
OPTIONAL_TRIED = 0.2
# No chance has a logarithm below minus that.
UNLIKELY = 30.0


class State(NamedTuple):
    """Everything an annealing changes.

    Attributes
    ----------
    trial, now, best
        Tours under work, those they were made from, and the cheapest seen.
        Outside the kernel ``trial`` and ``now`` are the same.
    window
        Windows under which ``now`` and ``best`` stand, shape ``(2, 2n, 2)``;
        they move with overlapping pairs only.
    places, pool, dice
        What is known of orders, the routes seen, chance.
    best_cost
        Price of ``best`` with its penalties, shape ``(1,)``.
    waiting, mark
        Scratch.
    """

    trial: Tours
    now: Tours
    best: Tours
    window: Ints
    places: Places
    pool: Pool
    dice: Ints
    best_cost: Ints
    waiting: Ints
    mark: Marks


class Heat(NamedTuple):
    """How an annealing goes on.

    Attributes
    ----------
    warmth
        Temperature of all its iterations, in the unit of prices.
    most_ruined
        Largest number of requests taken out at once, partners apart.
    keeps_routes
        Whether accepted routes go to the pool.
    """

    warmth: float
    most_ruined: int
    keeps_routes: bool


@kernel
def anneal(a: Arrays, g: Guide, s: State, heat: Heat, iterations: int) -> None:
    """Ruin and recreate a number of times.

    Parameters
    ----------
    a, g
        The problem; windows of overlapping pairs are changed in place.
    s
        Changed in place; all its tours are feasible before and after.
    heat
        Temperature and size.
    iterations
        How often.

    Notes
    -----
    A trial is accepted by the rule of Metropolis; while required requests are
    left out, also when its absentees were absent less often than the present
    ones.
    """
    waiting = s.waiting
    cost = cost_of(g, s.now)
    for _ in range(iterations):
        wants_all = leaves_out(s.trial) and chance(s.dice) < OPTIONAL_TRIED
        n_gone = choose_ruined(a, g, s.trial, heat.most_ruined, wants_all, s.dice, s.mark, waiting)
        count = _add_absent(g, s.trial, wants_all, waiting, n_gone)
        is_sound = _ruin(a, g, s, waiting[:n_gone])
        if is_sound:
            fashion = _any_fashion(s.dice)
            if _misses_somebody(g, waiting[n_gone:count]) and chance(s.dice) < ABSENT_FIRST:
                fashion = Fashion(BY_ABSENCE, fashion.noise, fashion.blink)
            absences = _absences(g, s.places, waiting[n_gone:count])
            bar = Bar(n_gone, absences, cost + int(UNLIKELY * heat.warmth))
            is_sound = insert_waiting(
                a, g, s.trial, s.places, waiting[:count], fashion, bar, s.dice
            )
        trial_cost = cost_of(g, s.trial)
        if is_sound and _accepts(g, s, trial_cost - cost, waiting[:count], heat.warmth):
            cost = trial_cost
            _take(a, g, s, waiting[:count], heat.keeps_routes)
            if cost < s.best_cost[0]:
                s.best_cost[0] = cost
                _note_best(a, g, s)
        else:
            _go_back(a, g, s, waiting[:count])


@kernel
def cost_of(g: Guide, t: Tours) -> int:
    """Return the price of all tours and of the requests left out."""
    cost = price_of_all(t)
    for request in range(len(t.vehicle_of)):
        if t.vehicle_of[request] < 0:
            cost += g.penalty[request]
    return cost


@inner_kernel
def _add_absent(g: Guide, t: Tours, wants_all: bool, waiting: Ints, count: int) -> int:
    """Append whoever is left out and wanted to those who are to be taken out."""
    for request in range(len(t.vehicle_of)):
        if is_missed(g, t, wants_all, request):
            waiting[count] = request
            count += 1
    return count


@inner_kernel
def _misses_somebody(g: Guide, absent: Ints) -> bool:
    """Tell whether anybody left out is required."""
    for request in absent:
        if g.is_required[request]:
            return True
    return False


@inner_kernel
def _absences(g: Guide, p: Places, absent: Ints) -> int:
    """Return how often the required ones left out were left out in total."""
    absences = 0
    for request in absent:
        if g.is_required[request]:
            absences += p.absent[request]
    return absences


@inner_kernel
def _any_fashion(dice: Ints) -> Fashion:
    """Draw a way to insert."""
    way = WAYS[int(len(WAYS) * chance(dice))]
    return Fashion(way, NOISE * int(3 * chance(dice)), BLINK * int(2 * chance(dice)))


@part_of_kernel
def _ruin(a: Arrays, g: Guide, s: State, gone: Ints) -> bool:
    """Take requests out; False when what remains is infeasible, see the note.

    Notes
    -----
    That needs travel times without the triangle inequality.
    """
    t, is_sound = s.trial, True
    is_touched = s.mark.vehicle
    for vehicle in range(len(t.length)):
        is_touched[vehicle] = False
    for request in gone:
        is_touched[t.vehicle_of[request]] = True
        t.vehicle_of[request] = -1
    for request in gone:
        if g.first_of[request] >= 0:
            join(a, g, request)
    for vehicle in range(len(t.length)):
        if is_touched[vehicle]:
            take_out(a, t, vehicle)
            mark(a, g, t, vehicle)
            t.cost[vehicle] = price_of(a, t, s.places, vehicle)
            is_sound = is_sound and t.cost[vehicle] >= 0
    return is_sound


@inner_kernel
def _accepts(g: Guide, s: State, added: int, waiting: Ints, warmth: float) -> bool:
    """Tell whether to go on from the trial."""
    trial_absences, absences = 0, 0
    for request in waiting:
        if g.is_required[request]:
            if s.trial.vehicle_of[request] < 0:
                s.places.absent[request] += 1
                trial_absences += s.places.absent[request]
            if s.now.vehicle_of[request] < 0:
                absences += s.places.absent[request]
    if trial_absences < absences:
        return True
    return added <= -warmth * log(chance(s.dice))


@part_of_kernel
def _take(a: Arrays, g: Guide, s: State, waiting: Ints, keeps_routes: bool) -> None:
    """Go on from the trial."""
    for request in waiting:
        s.now.vehicle_of[request] = s.trial.vehicle_of[request]
        if g.first_of[request] >= 0:
            _copy_window(a, s.window[0], request)
    for vehicle in range(len(s.now.length)):
        if s.trial.print_[vehicle] != s.now.print_[vehicle]:
            copy_tour(s.trial, s.now, vehicle)
            if keeps_routes and s.now.cost[vehicle] > 0:
                keep_route(a, g, s.now, s.pool, vehicle)


@inner_kernel
def _copy_window(a: Arrays, window: Ints, request: int) -> None:
    """Note the present windows of a request."""
    for node in (request, request + len(a.request)):
        window[node, 0] = a.node[node, EARLIEST_S]
        window[node, 1] = a.node[node, LATEST_S]


@inner_kernel
def _go_back(a: Arrays, g: Guide, s: State, waiting: Ints) -> None:
    """Make the trial what it was made from."""
    for request in waiting:
        s.trial.vehicle_of[request] = s.now.vehicle_of[request]
        if g.first_of[request] >= 0:
            for node in (request, request + len(a.request)):
                a.node[node, EARLIEST_S] = s.window[0, node, 0]
                a.node[node, LATEST_S] = s.window[0, node, 1]
    for vehicle in range(len(s.now.length)):
        if s.trial.print_[vehicle] != s.now.print_[vehicle]:
            copy_tour(s.now, s.trial, vehicle)


@inner_kernel
def _note_best(a: Arrays, g: Guide, s: State) -> None:
    """Note the present tours as the best."""
    for vehicle in range(len(s.now.length)):
        if s.now.print_[vehicle] != s.best.print_[vehicle]:
            copy_tour(s.now, s.best, vehicle)
    for request in range(len(a.request)):
        s.best.vehicle_of[request] = s.now.vehicle_of[request]
        if g.first_of[request] >= 0:
            _copy_window(a, s.window[1], request)
