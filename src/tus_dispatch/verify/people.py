"""Nobody is early, late, too long aboard, without a seat, or beside the wrong person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import LegId, ParticipantId
from tus_dispatch.verify.case import DOORS, Case, RoundCase
from tus_dispatch.verify.violations import Violation, broken, span

_ACTIONS = {StopKind.PICKUP: "prise en charge", StopKind.DROPOFF: "dépose"}


def doors_open_in_their_windows(case: Case) -> Iterator[Violation]:
    """Yield pickups and dropoffs that start outside their window."""
    for tour, index, stop, leg in case.doors():
        window = leg.pickup_window if stop.kind is StopKind.PICKUP else leg.dropoff_window
        if window is None:
            continue
        by = max(window.earliest_s - stop.start_s, stop.start_s - window.latest_s)
        if by > 0:
            yield broken(
                "time-window",
                tour.at(index),
                by,
                leg=leg.id,
                action=_ACTIONS[stop.kind],
                clock=case.clock(stop.start_s),
                earliest=case.clock(window.earliest_s),
                latest=case.clock(window.latest_s),
            )


def nobody_rides_too_long(case: Case) -> Iterator[Violation]:
    """Yield rides longer than their limit, or whose limit no road gives."""
    for ride in case.rides.values():
        leg, where = ride.leg, ride.tour.at(ride.dropoff_index)
        limit_s = leg.max_ride_s
        if limit_s is None:
            if not (case.knows(leg.origin) and case.knows(leg.destination)):
                continue
            direct_s = case.matrix.seconds_between(leg.origin, leg.destination)
            if direct_s is None:
                yield broken("unreachable", where, origin=leg.origin, place=leg.destination)
                continue
            limit_s = leg.ride_limit.max_ride_s(direct_s)
        ride_s = ride.dropoff.start_s - (ride.pickup.start_s + leg.boarding_s)
        if ride_s > limit_s:
            by = ride_s - limit_s
            yield broken(
                "ride-limit", where, by, leg=leg.id, ride=span(ride_s), limit=span(limit_s)
            )


def nobody_waits_aboard_too_long(case: Case) -> Iterator[Violation]:
    """Yield stops before which people sit in a standing vehicle for too long."""
    limit_s = case.scenario.policy.max_wait_aboard_s
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            by = stop.waiting_s - limit_s
            if tour.aboard[index] and stop.kind in DOORS and by > 0:
                yield broken("wait-aboard", tour.at(index), by)


def everybody_has_a_seat(case: Case) -> Iterator[Violation]:
    """Yield pickups after which the round's configuration is too small."""
    for tour, index, stop, leg in case.doors():
        if stop.kind is not StopKind.PICKUP or not tour.configuration or not tour.vehicle:
            continue
        load = _load(case, (*tour.aboard[index], leg.id))
        offered = tour.configuration
        for what, taken, limit in (
            ("place assise", load.seats, offered.seats),
            ("place pour fauteuil roulant", load.wheelchairs, offered.wheelchairs),
            ("rehausseur", load.child_seats, tour.vehicle.child_seats),
        ):
            if taken > limit:
                by = taken - limit
                yield broken("capacity", tour.at(index), by, what=f"{by} {what}")


def declared_loads_are_true(case: Case) -> Iterator[Violation]:
    """Yield stops whose declared load is not that of the people aboard."""
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            load = _load(case, _aboard_after(tour, index))
            if stop.load != load:
                by = (
                    abs(stop.load.seats - load.seats)
                    + abs(stop.load.wheelchairs - load.wheelchairs)
                    + abs(stop.load.child_seats - load.child_seats)
                )
                yield broken("false-load", tour.at(index), by)


def _aboard_after(tour: RoundCase, index: int) -> tuple[LegId, ...]:
    stop, before = tour.stops[index], tour.aboard[index]
    if stop.kind is StopKind.PICKUP and stop.leg is not None:
        return (*before, stop.leg)
    if stop.kind is StopKind.DROPOFF:
        return tuple(leg for leg in before if leg != stop.leg)
    return before


def _load(case: Case, aboard: Iterable[LegId]) -> Load:
    loads = [case.legs[leg].load for leg in aboard if leg in case.legs]
    return Load(
        seats=sum(load.seats for load in loads),
        wheelchairs=sum(load.wheelchairs for load in loads),
        child_seats=sum(load.child_seats for load in loads),
    )


def shifts_offer_what_legs_require(case: Case) -> Iterator[Violation]:
    """Yield legs on a shift without the qualification or feature they need."""
    for tour, _, stop, leg in case.doors():
        if stop.kind is not StopKind.PICKUP or tour.vehicle is None:
            continue
        offered = {*tour.vehicle.features, *(tour.driver.qualifications if tour.driver else ())}
        for missing in leg.requires:
            if missing not in offered:
                yield broken("qualification", leg.id, missing=missing, shift=tour.name)


def incompatible_people_never_meet(case: Case) -> Iterator[Violation]:
    """Yield people aboard together although one of them must never be."""
    apart: defaultdict[ParticipantId, set[ParticipantId]] = defaultdict(set)
    for participant in case.scenario.participants:
        for other in participant.never_with:
            apart[participant.id].add(other)
            apart[other].add(participant.id)
    for tour, index, stop, leg in case.doors():
        if stop.kind is not StopKind.PICKUP or leg.participant not in apart:
            continue
        for other_id in tour.aboard[index]:
            other_leg = case.legs.get(other_id)
            if other_leg and other_leg.participant in apart[leg.participant]:
                yield broken("incompatibility", tour.at(index), leg=leg.id, other=other_id)
