"""All places of a linked outward and return leg, on one round or on two."""

from collections.abc import Iterator
from dataclasses import dataclass

from tus_dispatch.domain.units import Seconds
from tus_dispatch.planning.inquiry import Inquiry, narrowed, places_of, stages
from tus_dispatch.planning.offers import route_of, size_now
from tus_dispatch.planning.places import PlaceInRound, Stage, all_places, cheapest_place
from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, SERVICE_S, Arrays


@dataclass(frozen=True, slots=True, eq=False)
class PairPlace:
    """A place for both legs.

    Attributes
    ----------
    outward, back
        The places; one and the same, holding both, where they ride on one
        vehicle.
    added
        What the two add to the price of the day, thousandths of a cent.
    half
        On one vehicle, the leg that was placed first and its place then.
    """

    outward: PlaceInRound
    back: PlaceInRound
    added: int
    half: tuple[int, PlaceInRound] | None = None


def pair_places(inquiry: Inquiry) -> list[PairPlace]:
    """Find places for an outward leg and its return.

    Parameters
    ----------
    inquiry
        Its two newcomers are the outward leg and the return.

    Returns
    -------
    list of PairPlace
        The cheapest for every pair of vehicles that has any, by rising price;
        empty exactly when the two do not fit.

    Notes
    -----
    On one vehicle, every place of the outward leg is combined with every
    place of the return behind it; an order in which neither leg could ride
    without the other is not looked for. On two, the rounds depend on each
    other only where the windows of the legs overlap: then the return keeps
    apart from the outward leg at its present time or, failing that, at its
    earliest.
    """
    found = [*_on_one_round(inquiry), *_on_two_rounds(inquiry)]
    return sorted(found, key=lambda pair: pair.added)


def _on_one_round(inquiry: Inquiry) -> Iterator[PairPlace]:
    out, back = inquiry.newcomers
    behind = {stage.vehicle: stage for stage in stages(inquiry, back)}
    for stage in stages(inquiry, out):
        if stage.vehicle in behind:
            # Where the outward leg fits only beside its return, the return comes first.
            found = _together(inquiry, stage, out, back) or _together(
                inquiry, behind[stage.vehicle], back, out
            )
            if found is not None:
                yield found


def _together(inquiry: Inquiry, stage: Stage, first: int, second: int) -> PairPlace | None:
    """Put one leg everywhere, and the other at its cheapest place beside it."""
    before = size_now(inquiry, stage.vehicle).cost
    best: PairPlace | None = None
    for half in all_places(stage, first):
        longer = Stage(stage.instance, stage.arrays, stage.vehicle, (half.order,))
        whole = cheapest_place(longer, second)
        if whole is not None and (best is None or whole.cost - before < best.added):
            best = PairPlace(whole, whole, whole.cost - before, (first, half))
    return best


def _on_two_rounds(inquiry: Inquiry) -> Iterator[PairPlace]:
    out, back = inquiry.newcomers
    arrays = _others_parted(inquiry)
    outwards, returns = places_of(inquiry, out, arrays), places_of(inquiry, back, arrays)
    if not _may_overlap(inquiry):
        for one in outwards:
            yield from _joined(inquiry, one, returns)
        return
    asked = [each.vehicle for each in returns]
    for one in outwards:
        behind = _returns_behind(inquiry, arrays, one)
        yield from _joined(inquiry, one, behind)
        reached = {each.vehicle for each in behind} | {one.vehicle}
        if not reached.issuperset(asked):
            soonest = _soonest(inquiry, arrays, one)
            late = _returns_behind(inquiry, arrays, soonest)
            late = [each for each in late if each.vehicle not in reached]
            yield from _joined(inquiry, soonest, late)


def _others_parted(inquiry: Inquiry) -> Arrays:
    """Keep served linked legs on two rounds apart while both of them change."""
    arrays, n_newcomers = inquiry.arrays, len(inquiry.newcomers)
    for dropoff, follower, middle_s in inquiry.day.links:
        node = dropoff + n_newcomers
        arrays = narrowed(arrays, node, latest_s=middle_s - _service_s(inquiry, node))
        arrays = narrowed(arrays, follower, earliest_s=middle_s)
    return arrays


def _joined(
    inquiry: Inquiry, outward: PlaceInRound, returns: list[PlaceInRound]
) -> Iterator[PairPlace]:
    for back in returns:
        if back.vehicle != outward.vehicle:
            places = (outward, back)
            before = sum(size_now(inquiry, place.vehicle).cost for place in places)
            yield PairPlace(outward, back, outward.cost + back.cost - before)


def _may_overlap(inquiry: Inquiry) -> bool:
    """Tell whether the windows alone do not keep the return behind the outward leg."""
    out, back = inquiry.newcomers
    node, dropoff = inquiry.arrays.node, out + inquiry.encoding.instance.n_requests
    return bool(node[dropoff, LATEST_S] + node[dropoff, SERVICE_S] > node[back, EARLIEST_S])


def _returns_behind(inquiry: Inquiry, arrays: Arrays, outward: PlaceInRound) -> list[PlaceInRound]:
    """Return the cheapest places of the return behind an outward leg that has its times."""
    out, back = inquiry.newcomers
    dropoff = out + inquiry.encoding.instance.n_requests
    route = route_of(inquiry, outward)
    over_s = route.start_s[route.nodes.index(dropoff)] + _service_s(inquiry, dropoff)
    return places_of(inquiry, back, narrowed(arrays, back, earliest_s=over_s))


def _soonest(inquiry: Inquiry, arrays: Arrays, outward: PlaceInRound) -> PlaceInRound:
    """Return the place on the same vehicle where the outward leg is over soonest."""
    out = inquiry.newcomers[0]
    dropoff = out + inquiry.encoding.instance.n_requests
    low_s = int(inquiry.arrays.node[dropoff, EARLIEST_S])
    high_s: Seconds = int(inquiry.arrays.node[dropoff, LATEST_S])
    while low_s < high_s:
        middle_s = (low_s + high_s) // 2
        by_then = narrowed(arrays, dropoff, latest_s=middle_s)
        sooner = cheapest_place(inquiry.stage(outward.vehicle, by_then), out)
        if sooner is None:
            low_s = middle_s + 1
        else:
            outward, high_s = sooner, middle_s
    return outward


def _service_s(inquiry: Inquiry, node: int) -> Seconds:
    return int(inquiry.arrays.node[node, SERVICE_S])
