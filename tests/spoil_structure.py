"""Plans spoilt in what they name, and in which order."""

from dataclasses import replace
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.spoil_edits import (
    Spoiler,
    drop_stop,
    edit_each,
    edit_round,
    edit_scenario,
    edit_shift,
    edit_stop,
    pick,
    repriced,
    served,
    spoiler,
)
from tus_dispatch.domain.demand import Booking, Direction, LegRequest
from tus_dispatch.domain.plan import Plan, StopKind, Unserved
from tus_dispatch.domain.reason import Reason, reason_for
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, LegId, PlaceId, ShiftId

SWAPPED = {Direction.OUTWARD: Direction.RETURN, Direction.RETURN: Direction.OUTWARD}


def strange_leg(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and edit_stop(plan, one.round_index, one.pickup_index, leg=LegId("inconnu:out"))


def strange_place(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number = rng.randrange(len(plan.rounds))
    index = rng.randrange(len(plan.rounds[number].stops))
    return edit_stop(plan, number, index, place=PlaceId("nulle-part"))


def strange_shift(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return edit_round(plan, rng.randrange(len(plan.rounds)), shift=ShiftId("fantôme"))


def strange_configuration(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return edit_round(plan, rng.randrange(len(plan.rounds)), configuration=rng.choice((-1, 99)))


def strange_reason(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    item = pick(rng, plan.unserved)
    forged = Reason("TUS-3999", "bad-mood", "Pas envie.")
    if item is None:
        return None
    unserved = [replace(u, reason=forged) if u == item else u for u in plan.unserved]
    return replace(plan, unserved=tuple(unserved))


def strange_unserved(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    stranger = Unserved(LegId("inconnu:out"), reason_for("time-window"))
    return replace(plan, unserved=(*plan.unserved, stranger))


def forgotten_leg(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A booking comes in after the plan was made."""
    places = plan.scenario.places
    booking = Booking(
        id=BookingId("de-plus"),
        participant=plan.scenario.participants[0].id,
        outward=LegRequest(places[0].id, places[1].id, arrive_by_s=30_000),
    )
    return edit_scenario(plan, bookings=(*plan.scenario.bookings, booking))


def dropped_leg(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    shorter = drop_stop(plan, one.round_index, one.dropoff_index)
    return repriced(drop_stop(shorter, one.round_index, one.pickup_index), matrix)


def served_and_unserved(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    twice = Unserved(one.leg.id, reason_for("time-window"))
    return repriced(replace(plan, unserved=(*plan.unserved, twice)), matrix)


def swapped_doors(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    number, first, last = one.round_index, one.pickup_index, one.dropoff_index
    swapped = edit_stop(plan, number, first, kind=StopKind.DROPOFF)
    return repriced(edit_stop(swapped, number, last, kind=StopKind.PICKUP), matrix)


def no_dropoff(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and repriced(drop_stop(plan, one.round_index, one.dropoff_index), matrix)


def no_pickup(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and repriced(drop_stop(plan, one.round_index, one.pickup_index), matrix)


def moved_door(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    index, stop = rng.choice(((one.pickup_index, one.pickup), (one.dropoff_index, one.dropoff)))
    place = pick(rng, [p.id for p in plan.scenario.places if p.id != stop.place])
    return edit_stop(plan, one.round_index, index, place=place) if place else None


def other_garage(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """Only the shift says otherwise; the round itself stays possible."""
    tour_round = rng.choice(plan.rounds)
    name, index = rng.choice((("start_place", 0), ("end_place", -1)))
    stop = tour_round.stops[index]
    place = pick(rng, [p.id for p in plan.scenario.places if p.id != stop.place])
    return edit_shift(plan, tour_round.shift, **{name: place}) if place else None


def no_end(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number = rng.randrange(len(plan.rounds))
    return repriced(drop_stop(plan, number, len(plan.rounds[number].stops) - 1), matrix)


def two_starts(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number = rng.randrange(len(plan.rounds))
    stops = plan.rounds[number].stops
    return repriced(edit_round(plan, number, stops=(stops[0], *stops)), matrix)


def nobody_at_the_door(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and edit_stop(plan, one.round_index, one.dropoff_index, leg=None)


def empty_round(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number = rng.randrange(len(plan.rounds))
    stops = plan.rounds[number].stops
    return repriced(edit_round(plan, number, stops=(stops[0], stops[-1])), matrix)


def other_driver(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """An open shift may have any driver, so another one is wrong on a shift that has its own."""
    number = pick(rng, [n for n, each in enumerate(plan.rounds) if each.driver is not None])
    if number is None:
        return None
    names = [d.id for d in plan.scenario.drivers if d.id != plan.rounds[number].driver]
    driver = pick(rng, names)
    return repriced(edit_round(plan, number, driver=driver), matrix) if driver else None


def same_shift_again(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = rng.choice(plan.rounds)
    return repriced(replace(plan, rounds=(*plan.rounds, tour_round)), matrix)


def lost_partner(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A one-way leg gets a way back that nobody drives, with a reason."""
    one = pick(rng, [one for one in served(plan) if one.leg.partner is None])
    if one is None:
        return None
    leg, other = one.leg, SWAPPED[one.leg.direction]
    name = "outward" if other is Direction.OUTWARD else "return_leg"
    request = LegRequest(leg.destination, leg.origin, arrive_by_s=one.dropoff.start_s)
    linked = edit_each(plan, "bookings", leg.booking, **{name: request})
    stranded = Unserved(LegId(f"{leg.booking}:{other.value}"), reason_for("time-window"))
    return repriced(replace(linked, unserved=(*linked.unserved, stranded)), matrix)


def return_before_outward(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """Exchange the names of outward and return; times and places stay as they are."""
    one = pick(rng, [one for one in served(plan) if one.leg.partner is not None])
    if one is None:
        return None
    booking = plan.scenario.booking(one.leg.booking)
    names = {
        LegId(f"{booking.id}:{d.value}"): LegId(f"{booking.id}:{o.value}")
        for d, o in SWAPPED.items()
    }
    rounds = tuple(
        replace(
            tour_round,
            stops=tuple(
                replace(stop, leg=names.get(stop.leg, stop.leg)) if stop.leg else stop
                for stop in tour_round.stops
            ),
        )
        for tour_round in plan.rounds
    )
    promises = tuple(replace(p, leg=names.get(p.leg, p.leg)) for p in plan.promises)
    first, second = booking.outward, booking.return_leg
    swapped = edit_each(plan, "bookings", booking.id, outward=second, return_leg=first)
    return replace(swapped, rounds=rounds, promises=promises)


SPOILERS: tuple[Spoiler, ...] = (
    spoiler("a stop for a leg nobody booked", "unknown-reference", strange_leg),
    spoiler("a stop at a place nobody knows", "unknown-reference", strange_place),
    spoiler("a round of no shift", "unknown-reference", strange_shift),
    spoiler("a configuration the vehicle has not", "unknown-reference", strange_configuration),
    spoiler("a reason outside the register", "unknown-reference", strange_reason),
    spoiler("an unserved leg nobody booked", "unknown-reference", strange_unserved),
    spoiler("a leg forgotten", "leg-missing", forgotten_leg),
    spoiler("a leg dropped without a reason", "leg-missing", dropped_leg),
    spoiler("a leg served and unserved", "leg-twice", served_and_unserved),
    spoiler("pickup and dropoff swapped", "pickup-dropoff", swapped_doors),
    spoiler("a dropoff dropped", "pickup-dropoff", no_dropoff),
    spoiler("a pickup dropped", "pickup-dropoff", no_pickup),
    spoiler("a door moved elsewhere", "wrong-place", moved_door),
    spoiler("another garage", "wrong-place", other_garage),
    spoiler("no end", "round-shape", no_end),
    spoiler("two starts", "round-shape", two_starts),
    spoiler("a dropoff of nobody", "round-shape", nobody_at_the_door),
    spoiler("nothing between start and end", "round-shape", empty_round),
    spoiler("another driver", "wrong-crew", other_driver),
    spoiler("two rounds of one shift", "shift-twice", same_shift_again),
    spoiler("partner left behind", "linked-leg", lost_partner),
    spoiler("return before outward", "return-first", return_before_outward),
)
