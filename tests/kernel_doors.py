"""Doors to kernels that only kernels may call: each hands over what it is given, and no more."""

from tus_dispatch.solver.arrays import Arrays
from tus_dispatch.solver.dice import chance, throw
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.insertion import screen
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import kernel
from tus_dispatch.solver.line import Work
from tus_dispatch.solver.outline import outline
from tus_dispatch.solver.pool import Pool, keep_route
from tus_dispatch.solver.ruin import Marks, choose_ruined
from tus_dispatch.solver.seek import Doubles, Places, look_up, price_of
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
