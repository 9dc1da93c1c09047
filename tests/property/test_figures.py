"""What holds for the figures of every plan that keeps the rules."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import event, given, settings

from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.kpis import kpis_text
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.leg_figures import max_ride_s, rides
from tus_dispatch.planning.plan_changes import compare
from tus_dispatch.planning.slack import Bounds, bounds_of, late_when_slower, slacks


@given(days())
@settings(max_examples=30)
def test_kilometres_are_either_empty_or_loaded(day: Day) -> None:
    _, matrix, plan = day

    for each in figures(plan, matrix).rounds:
        assert each.empty_m + each.loaded_m == each.total_m
        # Somebody is aboard on every loaded metre, and nobody without a seat.
        assert each.loaded_m <= each.passenger_m <= each.seat_m


@given(days())
@settings(max_examples=30)
def test_a_duty_is_driving_service_break_protected_or_idle(day: Day) -> None:
    _, matrix, plan = day

    for each in figures(plan, matrix).rounds:
        parts = (each.driving_s, each.service_s, each.break_s, each.protected_s, each.idle_s)
        assert min(parts) >= 0
        assert sum(parts) == each.duty_s
        assert each.paid_idle_midday_s <= each.paid_midday_s <= each.paid_s
        assert sum(gap.length_s for gap in each.gaps) <= each.idle_s


@given(days())
@settings(max_examples=30)
def test_every_leg_is_served_or_left_out_and_keeps_its_limit(day: Day) -> None:
    scenario, matrix, plan = day
    result = figures(plan, matrix)

    counted = sorted([leg.leg for leg in result.legs] + [leg.leg for leg in result.left_out])
    assert counted == sorted(leg.id for leg in legs_of(scenario))
    assert sum(n for _, n in result.service.refused_by_cause) == len(result.left_out)
    for leg in result.legs:
        assert leg.ride_s >= leg.wait_aboard_s >= leg.longest_wait_aboard_s >= 0
        assert leg.longest_wait_aboard_s <= scenario.policy.max_wait_aboard_s
        assert leg.max_ride_s is None or leg.ride_s <= leg.max_ride_s
        # Sharing is mutual.
        for other in result.legs:
            assert (other.leg in leg.shared_with) == (leg.leg in other.shared_with)


@given(days())
@settings(max_examples=30)
def test_passenger_kilometres_are_the_metres_of_every_person(day: Day) -> None:
    scenario, matrix, plan = day
    legs = {leg.id: leg for leg in legs_of(scenario)}

    by_person = sum(
        leg.people * sum(stop.drive_m for stop in stops[ride.boards_at + 1 : ride.alights_at + 1])
        for tour_round in plan.rounds
        for stops in [tour_round.stops]
        for ride in rides(tour_round, legs)
        for leg in figures(plan, matrix).legs
        if leg.leg == ride.leg.id
    )

    assert figures(plan, matrix).production.passenger_m == by_person


@given(days())
@settings(max_examples=30)
def test_names_of_things_change_no_figure(day: Day) -> None:
    scenario, matrix, plan = day
    ids = {
        each.id
        for things in ("places", "vehicles", "drivers", "shifts", "participants", "bookings")
        for each in getattr(scenario, things)
    } | {leg.id for leg in legs_of(scenario)}
    renamed = _renamed(plan, {name: f"autre {name}" for name in ids})
    places = tuple(PlaceId(f"autre {place}") for place in matrix.place_ids)

    before = json.loads(kpis_text(plan, figures(plan, matrix)))
    after = json.loads(kpis_text(renamed, figures(renamed, replace(matrix, place_ids=places))))

    assert after["day"] == before["day"]
    assert [row["shift"] for row in after["rounds"]] == [
        f"autre {row['shift']}" for row in before["rounds"]
    ]


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str) and type(value) is str:
        booking, colon, direction = value.partition(":")
        if colon and booking in names and value in names:
            return f"{names[booking]}:{direction}"
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(each, names) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            item.name: _renamed(getattr(value, item.name), names)
            for item in fields(value)
            if item.init
        }
        return replace(value, **changes)
    return value


@given(days())
@settings(max_examples=30)
def test_the_hour_of_the_day_changes_neither_work_nor_comfort(day: Day) -> None:
    _, matrix, plan = day
    later = _shifted(plan, 1234)

    before, after = figures(plan, matrix), figures(later, matrix)

    assert after.production == before.production
    assert after.climate == before.climate
    assert after.balance == before.balance
    assert after.service.excess_ride_s == before.service.excess_ride_s
    assert after.service.wait_aboard_total_s == before.service.wait_aboard_total_s
    assert after.idleness.paid_idle_s == before.idleness.paid_idle_s
    moved = compare(later, plan)
    # Two doors per leg, each 1234 s later.
    assert moved.plan_stability == 2 * len(before.legs)
    assert moved.changed_round == moved.newly_served == moved.no_longer_served == ()


def _shifted(plan: Plan, seconds: int) -> Plan:
    rounds = tuple(
        replace(each, stops=tuple(_later(stop, seconds) for stop in each.stops))
        for each in plan.rounds
    )
    return replace(plan, rounds=rounds)


def _later(stop: Stop, seconds: int) -> Stop:
    return replace(
        stop,
        arrival_s=stop.arrival_s + seconds,
        start_s=stop.start_s + seconds,
        departure_s=stop.departure_s + seconds,
    )


@given(days())
@settings(max_examples=50)
def test_slack_is_exactly_how_far_a_stop_may_slip(day: Day) -> None:
    scenario, matrix, plan = day
    legs = {leg.id: leg for leg in legs_of(scenario)}
    promises = {promise.leg: promise for promise in plan.promises}

    for tour_round in plan.rounds:
        room_s = {
            ride.leg.id: limit_s - ride.ride_s
            for ride in rides(tour_round, legs)
            if (limit_s := max_ride_s(ride.leg, matrix)) is not None
        }
        bounds = bounds_of(tour_round, scenario.shift(tour_round.shift), legs, promises, room_s)
        for position, slack_s in enumerate(slacks(tour_round, bounds)):
            if position == 0 or slack_s is None:
                continue
            event("zero slack" if slack_s == 0 else "some slack")
            assert slack_s >= 0
            assert _keeps_bounds(_slipped(tour_round, position, slack_s), tour_round, bounds)
            assert not _keeps_bounds(
                _slipped(tour_round, position, slack_s + 1), tour_round, bounds
            )


def _slipped(tour_round: Round, position: int, seconds: int) -> list[int]:
    """Drive the round again with one late stop; return all starts of service."""
    starts = [stop.start_s for stop in tour_round.stops[:position]]
    departure_s = 0
    for i, stop in enumerate(tour_round.stops[position:], start=position):
        start_s = stop.start_s + seconds
        if i > position:
            start_s = max(stop.start_s, departure_s + stop.drive_s)
        starts.append(start_s)
        departure_s = start_s + stop.departure_s - stop.start_s
    return starts


def _keeps_bounds(starts: list[int], planned: Round, bounds: Bounds) -> bool:
    for i, start_s in enumerate(starts):
        latest_s, room_s, boarded_at = (
            bounds.latest_s[i],
            bounds.room_aboard_s[i],
            bounds.boarded_at[i],
        )
        if latest_s is not None and start_s > latest_s:
            return False
        if room_s is not None and boarded_at is not None:
            planned_s = planned.stops[i].start_s - planned.stops[boarded_at].start_s
            if start_s - starts[boarded_at] > planned_s + room_s:
                return False
    return True


@given(days())
@settings(max_examples=30)
def test_roads_as_slow_as_planned_make_nobody_late_and_slower_ones_never_help(day: Day) -> None:
    scenario, _, plan = day
    legs = {leg.id: leg for leg in legs_of(scenario)}
    promises = {promise.leg: promise for promise in plan.promises}

    for tour_round in plan.rounds:
        shift = scenario.shift(tour_round.shift)
        bounds = bounds_of(tour_round, shift, legs, promises, {})
        as_planned = late_when_slower(tour_round, bounds, percent=0)
        slower = late_when_slower(tour_round, bounds, percent=10)
        slowest = late_when_slower(tour_round, bounds, percent=30)
        assert not any(as_planned)
        for stop, some_s, more_s in zip(tour_round.stops, slower, slowest, strict=True):
            assert (some_s is None) == (more_s is None)
            assert some_s is None or more_s is None or some_s <= more_s
            assert some_s is None or stop.kind in {StopKind.PICKUP, StopKind.DROPOFF}


@given(days())
@settings(max_examples=30)
def test_the_file_is_the_same_bytes_and_holds_no_nan(day: Day) -> None:
    _, matrix, plan = day

    text = kpis_text(plan, figures(plan, matrix))

    assert text == kpis_text(plan, figures(plan, matrix))
    assert not any(word in text for word in ("NaN", "Infinity", "-0.0,"))
