"""Doors to kernels that only kernels may call: each hands over what it is given, and no more."""

from tus_dispatch.solver.arrays import EXACT, PER_EARLY, Arrays
from tus_dispatch.solver.cost import price_parts
from tus_dispatch.solver.dice import chance, throw
from tus_dispatch.solver.evaluation import INFEASIBLE
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.insertion import screen
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import kernel
from tus_dispatch.solver.line import FROM_S, Work, X, make_work, metres_of, write_line
from tus_dispatch.solver.outline import outline
from tus_dispatch.solver.pool import Pool, keep_route
from tus_dispatch.solver.ruin import Marks, choose_ruined
from tus_dispatch.solver.seek import Doubles, Places, look_up, price_of
from tus_dispatch.solver.timing import delay_stretches, raise_to_earliest, settle
from tus_dispatch.solver.tours import Tours


@kernel
def throws(dice: Ints, sides: int, out: Ints) -> None:
    """Fill an array with throws."""
    for at in range(len(out)):
        out[at] = throw(dice, sides)


@kernel
def chances(dice: Ints, out: Doubles) -> None:
    """Fill an array with chances."""
    for at in range(len(out)):
        out[at] = chance(dice)


@kernel
def chosen_to_go(  # noqa: PLR0917 - kernels take plain arrays
    a: Arrays, g: Guide, t: Tours, most: int, wants_all: bool, dice: Ints, mark: Marks, chosen: Ints
) -> int:
    """Choose whom to take out."""
    return choose_ruined(a, g, t, most, wants_all, dice, mark, chosen)


@kernel
def looked_up(a: Arrays, g: Guide, t: Tours, p: Places, requests: Ints, only_changed: bool) -> None:
    """Find cheapest places, from memory or not."""
    look_up(a, g, t, p, requests, only_changed)


@kernel
def price_known(a: Arrays, t: Tours, p: Places, vehicle: int) -> int:
    """Price an order, from memory or not."""
    return price_of(a, t, p, vehicle)


@kernel
def kept_in_pool(a: Arrays, g: Guide, t: Tours, pool: Pool, vehicle: int) -> None:
    """Remember a vehicle's present order."""
    keep_route(a, g, t, pool, vehicle)


@kernel
def bounded_places(a: Arrays, vehicle: int, nodes: Ints, w: Work, request: int) -> int:
    """Note the places that pass the screens with what each costs at least."""
    outline(a, vehicle, nodes, w)
    return screen(a, vehicle, len(nodes), w, request)


def time_and_price(a: Arrays, vehicle: int, nodes: Ints, longest_s: int, x: Ints) -> int:
    """Set the times of a fixed order, breaks included, and price it; -1 when there are none."""
    w = make_work(len(nodes))
    cost = timed_and_priced(a, vehicle, nodes, longest_s, w)
    x[: len(nodes) + 2] = w.base[X, : len(nodes) + 2]
    return cost


@kernel
def timed_and_priced(a: Arrays, vehicle: int, nodes: Ints, longest_s: int, w: Work) -> int:
    """Time and price the order on the line ``base``."""
    n = len(nodes)
    if not write_line(a, vehicle, nodes, w.base):
        return INFEASIBLE
    for k in range(n + 2):
        w.base[X, k] = w.base[FROM_S, k]
    metres = metres_of(a, w.base, n)
    if not raise_to_earliest(w.base, n, longest_s, a.switches[EXACT]):
        return INFEASIBLE
    settle(w.base, n, longest_s, len(a.request))
    if a.weights[PER_EARLY] > 0:
        delay_stretches(a, w.base, n)
    return price_parts(a, vehicle, w.base, n, metres, w.parts)
