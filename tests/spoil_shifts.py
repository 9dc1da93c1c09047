"""Plans spoilt in seats, company, duties and vehicles, by one person, one second or one metre."""

from dataclasses import replace
from itertools import combinations
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.spoil_edits import (
    Spoiler,
    aboard,
    driven_m,
    drop_stop,
    duty_s,
    edit_driver,
    edit_each,
    edit_participant,
    edit_round,
    edit_shift,
    edit_stop,
    edit_vehicle,
    insert_stop,
    pick,
    repriced,
    served,
    spoiler,
    vehicle_of,
)
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.fleet import Absence, AbsenceReason, BreakRule, ProtectedSlot, SlotKind
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.window import TimeWindow


def _peak(tour_round: Round, name: str) -> int:
    loads: list[int] = [getattr(stop.load, name) for stop in tour_round.stops]
    return max(loads)


def _smaller(plan: Plan, rng: Random, name: str) -> Plan | None:
    tour_round = pick(rng, [r for r in plan.rounds if _peak(r, name) > 0])
    if tour_round is None:
        return None
    vehicle, peak = vehicle_of(plan, tour_round), _peak(tour_round, name)
    configurations = list(vehicle.configurations)
    chosen = tour_round.configuration
    configurations[chosen] = replace(configurations[chosen], **{name: peak - 1})
    return edit_vehicle(plan, vehicle.id, configurations=tuple(configurations))


def seat_missing(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _smaller(plan, rng, "seats")


def wheelchair_in_a_car(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _smaller(plan, rng, "wheelchairs")


def child_seat_missing(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = pick(rng, [r for r in plan.rounds if _peak(r, "child_seats") > 0])
    if tour_round is None:
        return None
    peak = _peak(tour_round, "child_seats")
    return edit_vehicle(plan, tour_round.vehicle, child_seats=peak - 1)


def one_more_person(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A party grows until it is one person too many; the declared loads follow."""
    one = pick(rng, served(plan))
    if one is None:
        return None
    tour_round = plan.rounds[one.round_index]
    seats = vehicle_of(plan, tour_round).configurations[tour_round.configuration].seats
    more = seats - one.pickup.load.seats + 1
    size = plan.scenario.booking(one.leg.booking).party_size + more
    return edit_each(plan, "bookings", one.leg.booking, party_size=size)


def forged_load(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number = rng.randrange(len(plan.rounds))
    index = rng.randrange(len(plan.rounds[number].stops))
    load = plan.rounds[number].stops[index].load
    name = rng.choice(("seats", "wheelchairs", "child_seats"))
    forged = replace(load, **{name: getattr(load, name) + 1})
    return edit_stop(plan, number, index, load=forged)


def unqualified(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and edit_participant(plan, one.leg.participant, requires=("funambule",))


def stripped_shift(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """Driver and vehicle lose what somebody aboard needs."""
    one = pick(rng, [one for one in served(plan) if one.leg.requires])
    if one is None:
        return None
    tour_round = plan.rounds[one.round_index]
    bare = edit_vehicle(plan, tour_round.vehicle, features=())
    return (
        bare
        if tour_round.driver is None
        else edit_driver(bare, tour_round.driver, qualifications=())
    )


def enemies_aboard(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    people = {leg.leg.id: leg.leg.participant for leg in served(plan)}
    pairs = [
        (people[a], people[b])
        for tour_round in plan.rounds
        for _, _, legs in aboard(tour_round)
        for a, b in combinations(sorted(legs), 2)
        if people[a] != people[b]
    ]
    pair = pick(rng, pairs)
    if pair is None:
        return None
    # Either of the two may be the one who says so.
    first, second = rng.sample(pair, 2)
    return edit_participant(plan, first, never_with=(second,))


def _band(plan: Plan, rng: Random, name: str, *, late: bool) -> Plan | None:
    tour_round = rng.choice(plan.rounds)
    first, last = tour_round.stops[0].start_s, tour_round.stops[-1].departure_s
    time_s = first if name == "start" else last
    if late and time_s == 0:
        return None
    band = TimeWindow(0, time_s - 1) if late else TimeWindow(time_s + 1, time_s + 3600)
    return edit_shift(plan, tour_round.shift, **{name: band})


def sign_on_too_early(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _band(plan, rng, "start", late=False)


def sign_on_too_late(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _band(plan, rng, "start", late=True)


def sign_off_too_early(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _band(plan, rng, "end", late=False)


def sign_off_too_late(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return _band(plan, rng, "end", late=True)


def duty_too_long(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = rng.choice(plan.rounds)
    return edit_shift(plan, tour_round.shift, max_duty_s=duty_s(tour_round) - 1)


def _breaks(tour_round: Round) -> list[tuple[int, Stop]]:
    return [(i, s) for i, s in enumerate(tour_round.stops) if s.kind is StopKind.BREAK]


def break_removed(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The vehicle goes on without its break and waits at the next stop instead."""
    target = pick(rng, [(n, r) for n, r in enumerate(plan.rounds) if _breaks(r)])
    if target is None:
        return None
    number, tour_round = target
    index = _breaks(tour_round)[0][0]
    before, after = tour_round.stops[index - 1], tour_round.stops[index + 1]
    bare = drop_stop(plan, number, index)
    bare = edit_stop(bare, number, index, arrival_s=before.departure_s + after.drive_s)
    rule = plan.scenario.shift(tour_round.shift).break_rule or BreakRule()
    # Whatever the rule was, now every duty needs its break.
    return edit_shift(bare, tour_round.shift, break_rule=replace(rule, after_s=0))


def break_needed(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A rule appears that the duty is one second too long for."""
    target = pick(rng, [r for r in plan.rounds if not _breaks(r) and duty_s(r) > 1])
    if target is None:
        return None
    rule = BreakRule(600, duty_s(target) - 1)
    return edit_shift(plan, target.shift, break_rule=rule)


def break_too_late(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The break should have begun a second sooner, by the sign-on or by the clock."""
    targets = []
    for tour_round in plan.rounds:
        sign_on_s = tour_round.stops[0].start_s
        for _, stop in _breaks(tour_round):
            length_s = stop.departure_s - stop.start_s
            after_s = stop.start_s - sign_on_s - 1
            if 0 < after_s < duty_s(tour_round) - length_s:
                targets.append((tour_round.shift, BreakRule(length_s, after_s)))
            if stop.start_s > 0:
                window = TimeWindow(0, stop.start_s - 1)
                targets.append((tour_round.shift, BreakRule(length_s, 0, window)))
            window = TimeWindow(stop.start_s + 1, stop.start_s + 600)
            targets.append((tour_round.shift, BreakRule(length_s, 0, window)))
    target = pick(rng, targets)
    return target and edit_shift(plan, target[0], break_rule=target[1])


def break_aboard(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    stop = one.pickup
    pause = _standing(StopKind.BREAK, stop, stop.load)
    return insert_stop(plan, one.round_index, one.pickup_index + 1, pause)


def _standing(kind: StopKind, before: Stop, load: Load) -> Stop:
    time_s = before.departure_s
    return Stop(kind, before.place, None, time_s, time_s, time_s, 0, 0, load)


def pause_for_nothing(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A protected slot is claimed where neither driver nor vehicle has any."""
    kind = rng.choice((StopKind.PROTECTED, StopKind.ABSENCE))
    number = rng.randrange(len(plan.rounds))
    tour_round = plan.rounds[number]
    pause = _standing(kind, tour_round.stops[0], Load())
    if kind is StopKind.ABSENCE:
        bare = edit_vehicle(plan, tour_round.vehicle, absences=())
    elif tour_round.driver is not None:
        bare = edit_driver(plan, tour_round.driver, protected_slots=())
    else:
        bare = plan
    return insert_stop(bare, number, 1, pause)


def _moment(tour_round: Round, rng: Random) -> TimeWindow | None:
    """One second of driving or service inside the duty."""
    busy = [
        stop
        for stop in tour_round.stops
        if stop.kind in {StopKind.PICKUP, StopKind.DROPOFF} and stop.departure_s > stop.start_s
    ]
    stop = pick(rng, busy)
    return TimeWindow(stop.start_s, stop.start_s + 1) if stop else None


def through_a_slot(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = pick(rng, [r for r in plan.rounds if r.driver is not None])
    if tour_round is None or tour_round.driver is None:
        return None
    window = _moment(tour_round, rng)
    if window is None:
        return None
    slot = ProtectedSlot(window, SlotKind.TRAINING)
    driver = plan.scenario.driver(tour_round.driver)
    slots = (*driver.protected_slots, slot)
    return edit_driver(plan, tour_round.driver, protected_slots=slots)


def slot_elsewhere(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The driver sits out the slot, but not where the training is."""
    targets = [
        (r.driver, slot, stop)
        for r in plan.rounds
        if r.driver is not None
        for slot in plan.scenario.driver(r.driver).protected_slots
        for stop in r.stops
        if stop.kind is StopKind.PROTECTED and stop.departure_s == slot.window.latest_s
    ]
    target = pick(rng, targets)
    if target is None:
        return None
    driver, slot, stop = target
    other = next(p.id for p in plan.scenario.places if p.id != stop.place)
    slots = plan.scenario.driver(driver).protected_slots
    moved = tuple(replace(s, place=other) if s == slot else s for s in slots)
    return edit_driver(plan, driver, protected_slots=moved)


def through_an_absence(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = rng.choice(plan.rounds)
    window = _moment(tour_round, rng)
    if window is None:
        return None
    absence = Absence(window, AbsenceReason.WORKSHOP)
    absences = (*vehicle_of(plan, tour_round).absences, absence)
    return edit_vehicle(plan, tour_round.vehicle, absences=absences)


def empty_battery(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    tour_round = pick(rng, [r for r in plan.rounds if driven_m(r) > 0])
    if tour_round is None:
        return None
    return edit_vehicle(plan, tour_round.vehicle, range_m=driven_m(tour_round) - 1)


def _overlapping(plan: Plan, rng: Random) -> tuple[int, int] | None:
    pairs = [
        (a, b)
        for a, b in combinations(range(len(plan.rounds)), 2)
        if min(r.stops[-1].departure_s for r in (plan.rounds[a], plan.rounds[b]))
        > max(r.stops[0].start_s for r in (plan.rounds[a], plan.rounds[b]))
    ]
    pair = pick(rng, pairs)
    return pair and (pair[0], pair[1])


def one_vehicle_twice(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    pair = _overlapping(plan, rng)
    if pair is None:
        return None
    vehicle, shift = plan.rounds[pair[0]].vehicle, plan.rounds[pair[1]].shift
    shared = edit_shift(plan, shift, vehicle=vehicle)
    return edit_round(shared, pair[1], vehicle=vehicle)


def one_driver_twice(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    pair = _overlapping(plan, rng)
    driver = pair and plan.rounds[pair[0]].driver
    if pair is None or driver is None:
        return None
    shared = edit_shift(plan, plan.rounds[pair[1]].shift, driver=driver)
    return repriced(edit_round(shared, pair[1], driver=driver), matrix)


SPOILERS: tuple[Spoiler, ...] = (
    spoiler("a seat missing", "capacity", seat_missing),
    spoiler("a wheelchair in a car", "capacity", wheelchair_in_a_car),
    spoiler("a child seat missing", "capacity", child_seat_missing),
    spoiler("one person too many", "capacity", one_more_person),
    spoiler("load forged by one", "false-load", forged_load),
    spoiler("a need nobody meets", "qualification", unqualified),
    spoiler("a shift without its qualification", "qualification", stripped_shift),
    spoiler("incompatible people aboard", "incompatibility", enemies_aboard),
    spoiler("sign-on before its band", "shift-hours", sign_on_too_early),
    spoiler("sign-on after its band", "shift-hours", sign_on_too_late),
    spoiler("sign-off before its band", "shift-hours", sign_off_too_early),
    spoiler("sign-off after its band", "shift-hours", sign_off_too_late),
    spoiler("duty a second too long", "max-duty", duty_too_long),
    spoiler("break removed", "break-missing", break_removed),
    spoiler("a break become necessary", "break-missing", break_needed),
    spoiler("break a second off", "break-time", break_too_late),
    spoiler("a break with people aboard", "pause-aboard", break_aboard),
    spoiler("a pause for nothing", "false-pause", pause_for_nothing),
    spoiler("through a protected slot", "protected-slot", through_a_slot),
    spoiler("a protected slot elsewhere", "protected-slot", slot_elsewhere),
    spoiler("through an absence", "absence", through_an_absence),
    spoiler("range short by a metre", "range", empty_battery),
    spoiler("one vehicle on two rounds", "vehicle-twice", one_vehicle_twice),
    spoiler("one driver on two rounds", "driver-twice", one_driver_twice),
)
