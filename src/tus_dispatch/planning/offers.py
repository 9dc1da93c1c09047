"""From a place in a round to an offer, and which few of many offers are worth saying."""

from collections.abc import Iterable

from tus_dispatch.domain.offer import Offer
from tus_dispatch.domain.plan import Round, StopKind
from tus_dispatch.domain.units import LegId, Seconds
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.inquiry import Inquiry
from tus_dispatch.planning.open_day import RoundSize
from tus_dispatch.planning.places import PlaceInRound
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.models.timetable import kindest_times
from tus_dispatch.solver.solution import Route

# Times of one round that are nearer than this are one offer to the person who asks,
APART_S: Seconds = 20 * 60
# unless somebody else would ride along, and then nearer than this.
APART_IN_OTHER_COMPANY_S: Seconds = 5 * 60


def offer_of(inquiry: Inquiry, newcomer: int, place: PlaceInRound) -> Offer:
    """Write a place down as an offer.

    Parameters
    ----------
    inquiry, newcomer
        Who asks.
    place
        Where it fits.

    Returns
    -------
    Offer
        With the round as it would be.
    """
    return offer_in(inquiry, newcomer, route_of(inquiry, place), size_now(inquiry, place.vehicle))


def route_of(inquiry: Inquiry, place: PlaceInRound) -> Route:
    """Set the times that people are told: the one place where offers get them.

    Parameters
    ----------
    inquiry
        The day.
    place
        An order that fits under the windows of ``place.arrays``.

    Returns
    -------
    Route
        The order with its break at the kindest times it allows.
    """
    route = make_route(place.arrays, place.vehicle, place.order)
    return kindest_times(inquiry.encoding.instance, route, arrays=place.arrays)


def offer_in(inquiry: Inquiry, newcomer: int, route: Route, before: RoundSize) -> Offer:
    """Write down what a route means for one newcomer.

    Parameters
    ----------
    inquiry, newcomer
        Who asks.
    route
        The round as it would be.
    before
        The round it is compared with.

    Returns
    -------
    Offer
        Marginal figures are those of the whole round.
    """
    leg = inquiry.encoding.legs[newcomer].id
    new_round = decode_route(inquiry.encoding, route)
    after = size_of(inquiry, route, new_round)
    stops = {stop.kind: stop for stop in new_round.stops if stop.leg == leg}
    return Offer(
        leg=leg,
        shift=new_round.shift,
        pickup_s=stops[StopKind.PICKUP].start_s,
        dropoff_s=stops[StopKind.DROPOFF].start_s,
        marginal_m=after.metres - before.metres,
        marginal_duty_s=after.duty_s - before.duty_s,
        marginal_cost=after.cost - before.cost,
        shared_with=shared_with(new_round, leg),
        new_round=new_round,
    )


def size_now(inquiry: Inquiry, vehicle: int) -> RoundSize:
    """Return what a vehicle's round is in the plan, nothing when it has none."""
    return inquiry.day.sizes.get(inquiry.encoding.shifts[vehicle].id, RoundSize())


def size_of(inquiry: Inquiry, route: Route, new_round: Round) -> RoundSize:
    """Measure a route and its round."""
    return RoundSize(
        metres=sum(stop.drive_m for stop in new_round.stops),
        duty_s=route.sign_off_s - route.sign_on_s,
        cost=int(route_parts(inquiry.encoding.instance, route, inquiry.arrays).sum()),
    )


def shared_with(tour_round: Round, leg: LegId) -> tuple[LegId, ...]:
    """Return who is aboard at some moment between a leg's two stops.

    Parameters
    ----------
    tour_round, leg
        A round that serves the leg.

    Returns
    -------
    tuple of LegId
        In the order in which they meet.
    """
    aboard: list[LegId] = []
    shared: list[LegId] = []
    for stop in tour_round.stops:
        if stop.leg is None:
            continue
        if stop.kind is StopKind.PICKUP:
            if stop.leg == leg:
                shared.extend(aboard)
            elif leg in aboard:
                shared.append(stop.leg)
            aboard.append(stop.leg)
        else:
            aboard.remove(stop.leg)
    return tuple(dict.fromkeys(shared))


def is_different(offer: Offer, others: Iterable[Offer]) -> bool:
    """Tell whether an offer says something new to the person who asks.

    Parameters
    ----------
    offer
        Of one leg.
    others
        What has been offered to the leg already.

    Returns
    -------
    bool
        True on another round, at a clearly different time, or at another time
        in other company.
    """
    return all(_differ(offer, other) for other in others)


def _differ(one: Offer, other: Offer) -> bool:
    if one.shift != other.shift:
        return True
    gap_s = max(abs(one.pickup_s - other.pickup_s), abs(one.dropoff_s - other.dropoff_s))
    is_other_company = set(one.shared_with) != set(other.shared_with)
    return gap_s >= (APART_IN_OTHER_COMPANY_S if is_other_company else APART_S)
