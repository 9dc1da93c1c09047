"""Insertion of whoever is left out: by regret, or one after the other with chance in it."""

from typing import NamedTuple

from tus_dispatch.solver.arrays import Arrays
from tus_dispatch.solver.dice import chance
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel, kernel, part_of_kernel
from tus_dispatch.solver.loose import join, part
from tus_dispatch.solver.seek import NO_PLACE, Places, cheapest, look_up, price_of
from tus_dispatch.solver.tours import Tours, mark, price_of_all, put, take_out

LAST_CHANCE = 10**12
BY_REGRET, BY_CHANCE, FARTHEST_FIRST, NEAREST_FIRST, BY_ABSENCE = range(5)


class Fashion(NamedTuple):
    """How groups are inserted.

    Attributes
    ----------
    way
        ``BY_REGRET``: first whom it would cost most to serve later;
        ``BY_CHANCE``, ``FARTHEST_FIRST``, ``NEAREST_FIRST``: in that order;
        ``BY_ABSENCE``: first who was left out most often.
    noise
        Relative random change of the order in which groups go, 0 for none.
    blink
        Chance that a vehicle is overlooked, 0 for none.
    """

    way: int
    noise: float
    blink: float


class Bar(NamedTuple):
    """When to give an insertion up, since nobody would go on from its outcome.

    Attributes
    ----------
    n_served
        How many at the head of those waiting were served before; the others
        were left out already.
    absences
        How often those were left out, all together: given up only when those
        that did not fit were left out no less often.
    cost
        The highest price of an outcome from which to go on: given up only
        when leaving out those that did not fit costs more.
    """

    n_served: int
    absences: int
    cost: int


NO_BAR = Bar(0, NO_PLACE, NO_PLACE)


@kernel
def insert_waiting(
    a: Arrays, g: Guide, t: Tours, p: Places, waiting: Ints, fashion: Fashion, bar: Bar, dice: Ints
) -> bool:
    """Insert whatever fits of the requests, linked ones together or not at all.

    Parameters
    ----------
    a, g, t, p
        The problem, its tours and the places, changed in place.
    waiting
        Left out at present, with their partners.
    fashion
        In which order and how exactly.
    bar
        When to give up.
    dice
        Source of chance.

    Returns
    -------
    bool
        False when given up.

    Notes
    -----
    Required requests go before optional ones; an optional group goes in only
    while it costs less than its penalty. The regret of a group is what its
    members lose if their best vehicle is no longer there.
    """
    by_regret = fashion.way == BY_REGRET
    for at in range(len(waiting)):
        request = waiting[at]
        p.is_open[at] = g.partner[request] < 0 or g.partner[request] > request
        p.weight[at] = _weight(g, p, request, fashion, dice)
    for vehicle in range(len(t.length)):
        p.changed[vehicle] = True
    while True:
        if by_regret:
            look_up(a, g, t, p, waiting, by_regret)
            at = _dearest_to_lose(g, p, waiting)
        else:
            at = _heaviest(g, p, waiting)
        if at < 0:
            return True
        if _gives_up(g, t, p, waiting, bar):
            return False
        p.is_open[at] = False
        _insert_group(a, g, t, p, waiting[at], fashion, dice)


@inner_kernel
def _gives_up(g: Guide, t: Tours, p: Places, waiting: Ints, bar: Bar) -> bool:
    """Tell whether too many did not fit; if so, note that those were left out once more."""
    absences, cost = 0, 0
    for at in range(len(waiting)):
        if _did_not_fit(g, t, p, waiting, at):
            request, partner = waiting[at], g.partner[waiting[at]]
            newly = 1 if at < bar.n_served else 0
            absences += p.absent[request] + newly
            cost += g.penalty[request]
            if partner >= 0:
                absences += p.absent[partner] + newly
                cost += g.penalty[partner]
    if absences < bar.absences or cost <= bar.cost:
        return False
    for at in range(len(waiting)):
        if _did_not_fit(g, t, p, waiting, at):
            p.absent[waiting[at]] += 1
            if g.partner[waiting[at]] >= 0:
                p.absent[g.partner[waiting[at]]] += 1
    return True


@inner_kernel
def _did_not_fit(g: Guide, t: Tours, p: Places, waiting: Ints, at: int) -> bool:
    """Tell whether the first of a required group stands there and its turn was in vain."""
    request = waiting[at]
    if p.is_open[at] or t.vehicle_of[request] >= 0 or not g.is_required[request]:
        return False
    partner: int = g.partner[request]
    return partner < 0 or partner > request


@inner_kernel
def _weight(g: Guide, p: Places, request: int, fashion: Fashion, dice: Ints) -> float:
    """Return what decides when a group goes."""
    if fashion.way == BY_CHANCE:
        return chance(dice)
    if fashion.way == BY_ABSENCE:
        often: float = p.absent[request] + chance(dice)
        return often
    weight = 1.0
    if fashion.noise > 0.0:
        weight += fashion.noise * (2.0 * chance(dice) - 1.0)
    if fashion.way == FARTHEST_FIRST:
        weight *= g.reach[request]
    elif fashion.way == NEAREST_FIRST:
        weight *= -g.reach[request]
    return weight


@inner_kernel
def _heaviest(g: Guide, p: Places, waiting: Ints) -> int:
    """Return the position of the heaviest group, required ones first; -1 for none."""
    chosen = -1
    for at in range(len(waiting)):
        if p.is_open[at] and (
            chosen < 0
            or (g.is_required[waiting[at]], p.weight[at])
            > (g.is_required[waiting[chosen]], p.weight[chosen])
        ):
            chosen = at
    return chosen


@inner_kernel
def _dearest_to_lose(g: Guide, p: Places, waiting: Ints) -> int:
    """Return the position of the group to go next, -1 for none; close those without a place."""
    weight, is_open = p.weight, p.is_open
    chosen = -1
    chosen_first = False
    highest = 0.0
    for at in range(len(waiting)):
        if not is_open[at]:
            continue
        request = waiting[at]
        cost, worth, price = 0, 0, 0
        while request >= 0:
            _, best, second = cheapest(p, request)
            cost = min(NO_PLACE, cost + best)
            worth += min(second, best + LAST_CHANCE) - best
            price += g.penalty[request]
            request = g.partner[request] if request == waiting[at] else -1
        if cost >= min(price, NO_PLACE):
            is_open[at] = False
            continue
        rank = weight[at] * worth
        goes_first = g.is_required[waiting[at]]
        if chosen < 0 or (goes_first, rank) > (chosen_first, highest):
            chosen, chosen_first, highest = at, goes_first, rank
    return chosen


@part_of_kernel
def _insert_group(
    a: Arrays, g: Guide, t: Tours, p: Places, request: int, fashion: Fashion, dice: Ints
) -> None:
    """Insert all members or none; the second member is placed after the first one is in.

    Each alone may be cheaper than its part of the price and both together not.
    """
    # Plain False would have a type of its own: look at all orders, not only changed ones.
    only_changed = fashion.way < 0
    both, partner = p.both, g.partner[request]
    price = g.penalty[request]
    n_members, is_known = 1, fashion.way == BY_REGRET
    if partner >= 0:
        price += g.penalty[partner]
        n_members, is_known = 2, False
    cost = price_of_all(t)
    for turn in range(n_members):
        both[0] = partner if turn else request
        both[1] = request if turn else partner
        for k in range(n_members):
            if not is_known:
                look_up(a, g, t, p, both[k : k + 1], only_changed)
            vehicle = _choose(p, both[k], fashion.blink, dice)
            if vehicle < 0:
                break
            _insert_one(a, g, t, p, both[k], vehicle)
        if t.vehicle_of[both[n_members - 1]] >= 0 and price_of_all(t) - cost < price:
            return
        _undo(a, g, t, p, both[:n_members])


@part_of_kernel
def _undo(a: Arrays, g: Guide, t: Tours, p: Places, members: Ints) -> None:
    """Take out again whoever of a group has just been inserted."""
    for member in members:
        vehicle = t.vehicle_of[member]
        if vehicle < 0:
            continue
        t.vehicle_of[member] = -1
        take_out(a, t, vehicle)
        mark(a, g, t, vehicle)
        t.cost[vehicle] = price_of(a, t, p, vehicle)
        p.changed[vehicle] = True
    if g.first_of[members[0]] >= 0:
        join(a, g, members[0])


@part_of_kernel
def _insert_one(a: Arrays, g: Guide, t: Tours, p: Places, request: int, vehicle: int) -> None:
    """Put a request where its cheapest place on a vehicle is said to be.

    Parameters
    ----------
    a, g, t, p
        Changed in place; ``p`` knows the place.
    request, vehicle
        Who goes where; windows of an overlapping pair are parted.
    """
    put(a, t, vehicle, request, p.pickup[request, vehicle], p.dropoff[request, vehicle])
    t.cost[vehicle] += p.added[request, vehicle]
    mark(a, g, t, vehicle)
    p.changed[vehicle] = True
    if g.first_of[request] >= 0:
        part(a, g, t, p.work, request)
        partner = t.vehicle_of[g.partner[request]]
        if partner >= 0:
            p.changed[partner] = True


@inner_kernel
def _choose(p: Places, request: int, blink: float, dice: Ints) -> int:
    """Return the cheapest vehicle that is not overlooked, -1 for none."""
    vehicle, _, _ = cheapest(p, request)
    if vehicle < 0 or blink <= 0.0:
        return vehicle
    best, chosen = NO_PLACE, -1
    for other in range(p.added.shape[1]):
        if p.added[request, other] < best and chance(dice) > blink:
            best, chosen = p.added[request, other], other
    return vehicle if chosen < 0 else chosen
