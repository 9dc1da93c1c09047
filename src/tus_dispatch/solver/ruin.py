"""Which requests to take out: neighbours in place and time, stretches of routes, or anybody.

References
----------
.. [1] Shaw, P. (1998). Using constraint programming and local search methods
   to solve vehicle routing problems. *CP98*, LNCS 1520, 417-431.
.. [2] Christiaens, J. and Vanden Berghe, G. (2020). Slack induction by string
   removals for vehicle routing problems. *Transportation Science*, 54(2),
   417-433.
"""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import Arrays
from tus_dispatch.solver.dice import chance, throw
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.instance import Bools, Ints
from tus_dispatch.solver.jit import inner_kernel
from tus_dispatch.solver.tours import Tours

SKEW = 4.0
HALF = 0.5
RELATED, STRINGS, ANYBODY = range(3)
SHARES = (45, 90, 100)


class Marks(NamedTuple):
    """Scratch: one mark per request and one per vehicle."""

    request: Bools
    vehicle: Bools


@inner_kernel
def choose_ruined(
    a: Arrays, g: Guide, t: Tours, most: int, wants_all: bool, dice: Ints, mark: Marks,
    chosen: Ints,
) -> int:  # fmt: skip
    """Choose served requests to take out, linked ones together.

    Parameters
    ----------
    a, g, t
        The problem and its tours, not changed.
    most
        Largest number to choose, partners apart; at least 1.
    wants_all
        Whether to look for room for optional requests left out as well.
    dice
        Source of the choice.
    mark
        Scratch.
    chosen
        Out, shape ``(n,)``.

    Returns
    -------
    int
        How many were chosen; 0 when nobody is served.
    """
    n = len(a.request)
    wanted = 1 + int(most * chance(dice) ** 2.0)
    is_chosen = mark.request
    for request in range(n):
        is_chosen[request] = False
    n_chosen = int(np.int64(0))
    seed = _seed(g, t, wants_all, dice)
    if seed < 0:
        return 0
    partner = g.partner[seed]
    if t.vehicle_of[seed] >= 0 or partner < 0:
        count = _choose_near(a, g, t, seed, wanted, dice, mark, chosen, n_chosen)
    else:
        # Both must fit in, and they ride at different times: half around each.
        half = (wanted + 1) // 2
        count = _choose_near(a, g, t, seed, half, dice, mark, chosen, n_chosen)
        count = _choose_near(a, g, t, partner, wanted - half, dice, mark, chosen, count)
    for at in range(count):
        partner = g.partner[chosen[at]]
        if partner >= 0 and t.vehicle_of[partner] >= 0 and not is_chosen[partner]:
            is_chosen[partner] = True
            chosen[count] = partner
            count += 1
    return count


@inner_kernel
def _choose_near(
    a: Arrays, g: Guide, t: Tours, seed: int, wanted: int, dice: Ints, mark: Marks, chosen: Ints,
    count: int,
) -> int:  # fmt: skip
    """Choose some more, most often near a request; return how many are chosen now."""
    most = min(len(chosen), count + wanted)
    luck = SHARES[-1] * chance(dice)
    if luck < SHARES[RELATED]:
        return _related(g, t, seed, most, dice, mark.request, chosen, count)
    if luck < SHARES[STRINGS]:
        return _strings(a, g, t, seed, most, dice, mark, chosen, count)
    return _anybody(t, most, dice, mark.request, chosen, count)


@inner_kernel
def leaves_out(t: Tours) -> bool:
    """Tell whether anybody is left out."""
    for request in range(len(t.vehicle_of)):
        if t.vehicle_of[request] < 0:
            return True
    return False


@inner_kernel
def is_missed(g: Guide, t: Tours, wants_all: bool, request: int) -> bool:
    """Tell whether a request is left out and worth a try: required, or all are wanted."""
    if t.vehicle_of[request] >= 0:
        return False
    partner = g.partner[request]
    is_required: bool = g.is_required[request] or (partner >= 0 and g.is_required[partner])
    return wants_all or is_required


@inner_kernel
def _seed(g: Guide, t: Tours, wants_all: bool, dice: Ints) -> int:
    """Return a request missed, or else anybody; -1 when nobody is served."""
    n = len(t.vehicle_of)
    # A plain 0 would have a type of its own, and the throw a second version.
    n_absent, n_missed = int(np.int64(0)), int(np.int64(0))
    for request in range(n):
        n_absent += t.vehicle_of[request] < 0
        n_missed += is_missed(g, t, wants_all, request)
    if n_absent == n:
        return -1
    if n_missed == 0 or chance(dice) < HALF:
        return throw(dice, n)
    turn = throw(dice, n_missed)
    for request in range(n):
        if is_missed(g, t, wants_all, request):
            if turn == 0:
                return request
            turn -= 1
    return -1


@inner_kernel
def _related(
    g: Guide, t: Tours, seed: int, most: int, dice: Ints, is_chosen: Bools, chosen: Ints,
    count: int,
) -> int:  # fmt: skip
    """Choose neighbours of a request, the nearest most often."""
    if t.vehicle_of[seed] >= 0 and not is_chosen[seed]:
        chosen[count] = seed
        is_chosen[seed] = True
        count += 1
    q = g.near.shape[1]
    for _ in range(4 * (most - count)):
        if count >= most or q == 0:
            break
        request = g.near[seed, int(q * chance(dice) ** SKEW)]
        if t.vehicle_of[request] >= 0 and not is_chosen[request]:
            chosen[count] = request
            is_chosen[request] = True
            count += 1
    return count


@inner_kernel
def _strings(
    a: Arrays, g: Guide, t: Tours, seed: int, most: int, dice: Ints, mark: Marks, chosen: Ints,
    count: int,
) -> int:  # fmt: skip
    """Choose stretches of routes near a request, of about equal length."""
    wanted = most - count
    if wanted <= 0:
        return count
    n_routes = 1 + throw(dice, min(3, wanted))
    length = (wanted + n_routes - 1) // n_routes
    is_ruined = mark.vehicle
    for vehicle in range(len(t.length)):
        is_ruined[vehicle] = False
    for turn in range(-1, g.near.shape[1]):
        request = seed if turn < 0 else g.near[seed, turn]
        vehicle = t.vehicle_of[request]
        if vehicle < 0 or is_ruined[vehicle]:
            continue
        is_ruined[vehicle] = True
        # Rounding up the length of each, all together could be more than wanted.
        few = min(length, most - count)
        count = _stretch(a, t, vehicle, request, few, dice, mark.request, chosen, count)
        n_routes -= 1
        if n_routes == 0 or count >= most:
            break
    return count


@inner_kernel
def _stretch(
    a: Arrays, t: Tours, vehicle: int, request: int, length: int, dice: Ints, is_chosen: Bools,
    chosen: Ints, count: int,
) -> int:  # fmt: skip
    """Choose a request and those picked up just before and after it."""
    n = len(a.request)
    n_pickups, own = 0, 0
    for at in range(t.length[vehicle]):
        node = t.order[vehicle, at]
        if node == request:
            own = n_pickups
        n_pickups += node < n
    first = max(0, own - throw(dice, length))
    last = min(n_pickups, first + length)
    turn = 0
    for at in range(t.length[vehicle]):
        node = t.order[vehicle, at]
        if node < n:
            if first <= turn < last and not is_chosen[node]:
                is_chosen[node] = True
                chosen[count] = node
                count += 1
            turn += 1
    return count


@inner_kernel
def _anybody(t: Tours, most: int, dice: Ints, is_chosen: Bools, chosen: Ints, count: int) -> int:
    """Choose any served requests."""
    n = len(t.vehicle_of)
    for _ in range(4 * (most - count)):
        request = throw(dice, n)
        if count < most and t.vehicle_of[request] >= 0 and not is_chosen[request]:
            chosen[count] = request
            is_chosen[request] = True
            count += 1
    return count
