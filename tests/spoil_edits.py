"""Small edits of a plan and of the scenario inside it, for spoiling plans one fact at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random  # noqa: TID251 - tests pass their seeded generator in
from typing import Any, NamedTuple, TypeVar

from tus_dispatch.domain.demand import Booking, Direction, Leg, LegRequest
from tus_dispatch.domain.fleet import Vehicle
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import DriverId, LegId, ParticipantId, ShiftId, VehicleId
from tus_dispatch.rules.working_time.codes import CODES as HOURS
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.codes import CODES
from tus_dispatch.verify.cost import price

Spoil = Callable[[Plan, TravelMatrix, Random], Plan | None]
Item = TypeVar("Item")


class Spoiler(NamedTuple):
    """One way to spoil a sound plan.

    ``spoil`` returns None where the plan offers nothing to spoil this way.
    """

    name: str
    codes: frozenset[str]
    spoil: Spoil


def spoiler(name: str, slug: str, spoil: Spoil) -> Spoiler:
    """Name a spoiler with the rule it breaks."""
    return Spoiler(name, frozenset({(CODES | HOURS)[slug].code}), spoil)


class Served(NamedTuple):
    """A leg where it stands in the plan."""

    leg: Leg
    round_index: int
    pickup_index: int
    dropoff_index: int
    pickup: Stop
    dropoff: Stop

    @property
    def ride_s(self) -> int:
        return self.dropoff.start_s - self.pickup.start_s - self.leg.boarding_s


def served(plan: Plan) -> list[Served]:
    """Every served leg of a sound plan."""
    legs = {leg.id: leg for leg in legs_of(plan.scenario)}
    found = []
    for number, tour_round in enumerate(plan.rounds):
        doors: dict[tuple[LegId, StopKind], int] = {}
        for index, stop in enumerate(tour_round.stops):
            if stop.leg is not None:
                doors[stop.leg, stop.kind] = index
        for (leg, kind), index in doors.items():
            if kind is StopKind.PICKUP:
                drop = doors[leg, StopKind.DROPOFF]
                stops = tour_round.stops
                found.append(Served(legs[leg], number, index, drop, stops[index], stops[drop]))
    return found


def aboard(tour_round: Round) -> Iterator[tuple[int, Stop, set[LegId]]]:
    """Yield every stop with who is aboard on arrival."""
    now: set[LegId] = set()
    for index, stop in enumerate(tour_round.stops):
        yield index, stop, set(now)
        if stop.leg is not None:
            now ^= {stop.leg}


def pick(rng: Random, items: Iterable[Item]) -> Item | None:
    """Choose one, or None from nothing."""
    pool = list(items)
    return rng.choice(pool) if pool else None


def duty_s(tour_round: Round) -> int:
    return tour_round.stops[-1].departure_s - tour_round.stops[0].start_s


def driven_m(tour_round: Round) -> int:
    return sum(stop.drive_m for stop in tour_round.stops)


def vehicle_of(plan: Plan, tour_round: Round) -> Vehicle:
    return plan.scenario.vehicle(tour_round.vehicle)


def repriced(plan: Plan, matrix: TravelMatrix) -> Plan:
    """Give a spoilt plan the price it has, so that only the spoilt fact is wrong."""
    return replace(plan, cost=price(open_case(plan, matrix)))


def edit_round(plan: Plan, number: int, **changes: Any) -> Plan:
    rounds = list(plan.rounds)
    rounds[number] = replace(rounds[number], **changes)
    return replace(plan, rounds=tuple(rounds))


def edit_stop(plan: Plan, number: int, index: int, **changes: Any) -> Plan:
    stops = list(plan.rounds[number].stops)
    stops[index] = replace(stops[index], **changes)
    return edit_round(plan, number, stops=tuple(stops))


def insert_stop(plan: Plan, number: int, index: int, stop: Stop) -> Plan:
    stops = plan.rounds[number].stops
    return edit_round(plan, number, stops=(*stops[:index], stop, *stops[index:]))


def drop_stop(plan: Plan, number: int, index: int) -> Plan:
    stops = plan.rounds[number].stops
    return edit_round(plan, number, stops=(*stops[:index], *stops[index + 1 :]))


def edit_scenario(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, scenario=replace(plan.scenario, **changes))


def edit_each(plan: Plan, name: str, identity: object, **changes: Any) -> Plan:
    """Change the one item of a scenario's tuple that has this identity."""
    items = tuple(
        replace(item, **changes) if item.id == identity else item
        for item in getattr(plan.scenario, name)
    )
    return edit_scenario(plan, **{name: items})


def edit_shift(plan: Plan, shift: ShiftId, **changes: Any) -> Plan:
    return edit_each(plan, "shifts", shift, **changes)


def edit_vehicle(plan: Plan, vehicle: VehicleId, **changes: Any) -> Plan:
    return edit_each(plan, "vehicles", vehicle, **changes)


def edit_driver(plan: Plan, driver: DriverId, **changes: Any) -> Plan:
    return edit_each(plan, "drivers", driver, **changes)


def edit_participant(plan: Plan, participant: ParticipantId, **changes: Any) -> Plan:
    return edit_each(plan, "participants", participant, **changes)


def edit_request(plan: Plan, leg: Leg, **changes: Any) -> Plan:
    """Change what was asked for one leg."""
    booking = plan.scenario.booking(leg.booking)
    name = "outward" if leg.direction is Direction.OUTWARD else "return_leg"
    request = request_of(booking, leg)
    return edit_each(plan, "bookings", booking.id, **{name: replace(request, **changes)})


def request_of(booking: Booking, leg: Leg) -> LegRequest:
    request = booking.outward if leg.direction is Direction.OUTWARD else booking.return_leg
    if request is None:
        raise KeyError(leg.id)
    return request
