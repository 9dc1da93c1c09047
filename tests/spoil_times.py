"""Plans spoilt in their times, mostly by a single second."""

from dataclasses import replace
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.spoil_edits import (
    Spoiler,
    edit_request,
    edit_round,
    edit_scenario,
    edit_stop,
    pick,
    repriced,
    served,
    spoiler,
)
from tests.spoil_edits import aboard as follow
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.plan import CostBreakdown, Plan, Promise, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.domain.window import TimeWindow


def next_day(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The whole plan is moved until its last second lies past the day."""
    last_s = max(tour_round.stops[-1].departure_s for tour_round in plan.rounds)
    by = plan.scenario.day.length_s + 1 - last_s
    return repriced(_moved(plan, by), matrix)


def previous_day(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    first_s = min(tour_round.stops[0].arrival_s for tour_round in plan.rounds)
    return repriced(_moved(plan, -first_s - 1), matrix)


def _moved(plan: Plan, by: int) -> Plan:
    rounds = tuple(
        replace(
            tour_round,
            stops=tuple(
                replace(
                    stop,
                    arrival_s=stop.arrival_s + by,
                    start_s=stop.start_s + by,
                    departure_s=stop.departure_s + by,
                )
                for stop in tour_round.stops
            ),
        )
        for tour_round in plan.rounds
    )
    return replace(plan, rounds=rounds)


def no_way_there(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """Move a stop to a place that cannot be reached from the one before."""
    targets = [
        (number, index, other)
        for number, tour_round in enumerate(plan.rounds)
        for index in range(1, len(tour_round.stops))
        for other in matrix.place_ids
        if matrix.seconds_between(tour_round.stops[index - 1].place, other) is None
    ]
    target = pick(rng, targets)
    return target and edit_stop(plan, target[0], target[1], place=target[2])


def faster_than_the_road(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number, index = _after_start(plan, rng)
    stop = plan.rounds[number].stops[index]
    return repriced(edit_stop(plan, number, index, arrival_s=stop.arrival_s - 1), matrix)


def slower_than_the_road(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A second of waiting is hidden as driving."""
    waits = [
        (number, index, stop)
        for number, tour_round in enumerate(plan.rounds)
        for index, stop in enumerate(tour_round.stops)
        if index and stop.start_s > stop.arrival_s
    ]
    target = pick(rng, waits)
    if target is None:
        return None
    number, index, stop = target
    return repriced(edit_stop(plan, number, index, arrival_s=stop.arrival_s + 1), matrix)


def late_start(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """One stop slips by a second and the rest of the round does not follow."""
    one = pick(rng, served(plan))
    if one is None:
        return None
    index, stop = rng.choice(((one.pickup_index, one.pickup), (one.dropoff_index, one.dropoff)))
    start_s, departure_s = stop.start_s + 1, stop.departure_s + 1
    late = edit_stop(plan, one.round_index, index, start_s=start_s, departure_s=departure_s)
    return repriced(late, matrix)


def _after_start(plan: Plan, rng: Random) -> tuple[int, int]:
    number = rng.randrange(len(plan.rounds))
    return number, rng.randrange(1, len(plan.rounds[number].stops))


def forged_metres(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number, index = _after_start(plan, rng)
    stop = plan.rounds[number].stops[index]
    return edit_stop(plan, number, index, drive_m=stop.drive_m + rng.choice((-1, 1)))


def forged_seconds(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number, index = _after_start(plan, rng)
    stop = plan.rounds[number].stops[index]
    return edit_stop(plan, number, index, drive_s=stop.drive_s + rng.choice((-1, 1)))


def driven_before_the_start(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return edit_stop(plan, rng.randrange(len(plan.rounds)), 0, drive_m=1)


def hurried_boarding(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    if rng.random() < 0.5:
        slower = edit_request(plan, one.leg, boarding_s=one.leg.boarding_s + 1)
    else:
        slower = edit_request(plan, one.leg, alighting_s=one.leg.alighting_s + 1)
    return repriced(slower, matrix)


def dawdling(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The vehicle stands a second at the door after everybody is in."""
    one = pick(rng, [one for one in served(plan) if one.leg.boarding_s > 0])
    if one is None:
        return None
    return repriced(edit_request(plan, one.leg, boarding_s=one.leg.boarding_s - 1), matrix)


def served_before_arrival(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    number, index = _after_start(plan, rng)
    stop = plan.rounds[number].stops[index]
    early = edit_stop(plan, number, index, arrival_s=stop.start_s + 1)
    return repriced(early, matrix)


def pickup_too_early(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    window = one and TimeWindow(one.pickup.start_s + 1, one.pickup.start_s + 600)
    return one and edit_request(plan, one.leg, pickup_window=window)


def pickup_too_late(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, [one for one in served(plan) if one.pickup.start_s > 0])
    window = one and TimeWindow(0, one.pickup.start_s - 1)
    return one and edit_request(plan, one.leg, pickup_window=window)


def dropoff_too_early(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    window = one and TimeWindow(one.dropoff.start_s + 1, one.dropoff.start_s + 600)
    return one and edit_request(plan, one.leg, dropoff_window=window)


def dropoff_too_late(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    window = one and TimeWindow(0, one.dropoff.start_s - 1)
    return one and edit_request(plan, one.leg, dropoff_window=window)


def ride_too_long(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and edit_request(plan, one.leg, max_ride_s=one.ride_s - 1)


def wait_too_long(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    waits = [
        stop.waiting_s
        for tour_round in plan.rounds
        for _, stop, people in follow(tour_round)
        if people and stop.waiting_s > 0
    ]
    if not waits:
        return None
    policy = replace(plan.scenario.policy, max_wait_aboard_s=max(waits) - 1)
    return edit_scenario(plan, policy=policy)


def pin_on_another_shift(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    return one and edit_request(plan, one.leg, pin=Pin(shift=ShiftId("une-autre")))


def pin_at_another_time(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    tolerance_s = rng.choice((0, 60))
    pin = Pin(
        pickup_s=one.pickup.start_s + rng.choice((-1, 1)) * (tolerance_s + 1),
        tolerance_s=tolerance_s,
    )
    return edit_request(plan, one.leg, pin=pin)


def promise_moved(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    one = pick(rng, served(plan))
    if one is None:
        return None
    window = TimeWindow(one.pickup.start_s + 1, one.pickup.start_s + 300)
    if one.pickup.start_s > 0 and rng.random() < 0.5:
        window = TimeWindow(0, one.pickup.start_s - 1)
    others = tuple(promise for promise in plan.promises if promise.leg != one.leg.id)
    return replace(plan, promises=(*others, Promise(one.leg.id, window)))


def forged_cost(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    part = rng.choice(list(CostBreakdown.__dataclass_fields__))
    told = getattr(plan.cost, part) + rng.choice((-1, 1))
    return replace(plan, cost=replace(plan.cost, **{part: told}))


def shifted_cost(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The total is right, two of its parts are not."""
    cost = replace(plan.cost, duty=plan.cost.duty + 1, distance=plan.cost.distance - 1)
    return replace(plan, cost=cost)


def longer_stop(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The sign-off is told later than the end of the last stop."""
    number = rng.randrange(len(plan.rounds))
    stops = plan.rounds[number].stops
    last = replace(stops[-1], departure_s=stops[-1].departure_s + 1)
    return repriced(edit_round(plan, number, stops=(*stops[:-1], last)), matrix)


def hurried_break(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """A break ends a second early, and the vehicle waits that second at the next stop."""
    breaks = [
        (number, index, stop)
        for number, tour_round in enumerate(plan.rounds)
        for index, stop in enumerate(tour_round.stops)
        if stop.kind is StopKind.BREAK and plan.scenario.shift(tour_round.shift).break_rule
    ]
    target = pick(rng, breaks)
    if target is None:
        return None
    number, index, stop = target
    after = plan.rounds[number].stops[index + 1]
    short = edit_stop(plan, number, index, departure_s=stop.departure_s - 1)
    return edit_stop(short, number, index + 1, arrival_s=after.arrival_s - 1)


SPOILERS: tuple[Spoiler, ...] = (
    spoiler("past the end of the day", "day-bounds", next_day),
    spoiler("before the start of the day", "day-bounds", previous_day),
    spoiler("no way there", "unreachable", no_way_there),
    spoiler("a second faster than the road", "too-fast", faster_than_the_road),
    spoiler("a stop a second late, the rest on time", "too-fast", late_start),
    spoiler("a second slower than the road", "too-slow", slower_than_the_road),
    spoiler("a metre forged", "false-drive", forged_metres),
    spoiler("a second forged", "false-drive", forged_seconds),
    spoiler("a metre before the start", "false-drive", driven_before_the_start),
    spoiler("boarding a second short", "service-time", hurried_boarding),
    spoiler("a break a second short", "service-time", hurried_break),
    spoiler("standing at the door", "late-departure", dawdling),
    spoiler("sign-off after the end", "late-departure", longer_stop),
    spoiler("service before arrival", "before-arrival", served_before_arrival),
    spoiler("pickup a second early", "time-window", pickup_too_early),
    spoiler("pickup a second late", "time-window", pickup_too_late),
    spoiler("dropoff a second early", "time-window", dropoff_too_early),
    spoiler("dropoff a second late", "time-window", dropoff_too_late),
    spoiler("aboard a second too long", "ride-limit", ride_too_long),
    spoiler("waiting aboard a second too long", "wait-aboard", wait_too_long),
    spoiler("pinned to another shift", "pin", pin_on_another_shift),
    spoiler("pinned to another second", "pin", pin_at_another_time),
    spoiler("promise broken by a second", "promise", promise_moved),
    spoiler("cost forged by one", "false-cost", forged_cost),
    spoiler("cost moved between parts", "false-cost", shifted_cost),
)
