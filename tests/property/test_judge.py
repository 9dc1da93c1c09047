"""Sound plans pass, spoilt plans are caught, and a second judge agrees."""

from dataclasses import replace
from datetime import date
from random import Random  # noqa: TID251 - spoilers take a seeded generator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.second_judge import find_fault
from tests.spoil import SPOILERS, UNDATED
from tests.spoil_edits import Spoiler
from tests.strategies import Day, days, random_day
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import BookingId, LegId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.verify.plan import verify_plan

SEEDS = st.integers(0, 2**32 - 1)
N_SPOILT_PER_KIND = 15


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


@settings(max_examples=200)
@given(day=days(max_legs=40, max_shifts=8))
def test_a_plan_drawn_first_and_opened_afterwards_is_sound(day: Day) -> None:
    _, matrix, plan = day

    assert verify_plan(plan, matrix) == ()


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.name)
def test_every_spoilt_plan_is_caught_by_its_code(spoiler: Spoiler) -> None:
    n_spoilt = 0
    for seed in range(20 * N_SPOILT_PER_KIND):
        rng = seeded(seed)
        _, matrix, plan = random_day(rng, n_legs=rng.randint(1, 12), n_shifts=rng.randint(1, 4))
        spoilt = spoiler.spoil(plan, matrix, rng)
        if spoilt is None:
            continue
        n_spoilt += 1
        codes = {violation.code for violation in verify_plan(spoilt, matrix)}
        assert spoiler.codes & codes, f"seed {seed}: {codes}"
        if n_spoilt == N_SPOILT_PER_KIND:
            break

    assert n_spoilt >= 5


@settings(max_examples=25)
@given(day=days(max_legs=6, max_shifts=2))
def test_the_second_judge_agrees_on_sound_plans_and_on_their_price(day: Day) -> None:
    _, matrix, plan = day

    assert find_fault(plan, matrix) is None


@settings(max_examples=60)
@given(day=days(max_legs=6, max_shifts=2), seed=SEEDS)
def test_the_second_judge_agrees_on_spoilt_plans(day: Day, seed: int) -> None:
    _, matrix, plan = day
    rng = seeded(seed)
    spoilt = None
    while spoilt is None:
        spoilt = rng.choice(UNDATED).spoil(plan, matrix, rng)

    assert find_fault(spoilt, matrix) is not None


@given(day=days(), seed=SEEDS)
def test_the_order_in_which_things_are_written_changes_nothing(day: Day, seed: int) -> None:
    _, matrix, plan = day
    rng = seeded(seed)
    spoilt = rng.choice(SPOILERS).spoil(plan, matrix, rng) or plan
    scenario = spoilt.scenario
    mixed: dict[str, Any] = {
        name: tuple(rng.sample(items, len(items)))
        for name in ("places", "vehicles", "drivers", "shifts", "participants", "bookings")
        for items in [getattr(scenario, name)]
    }
    rounds = tuple(rng.sample(spoilt.rounds, len(spoilt.rounds)))
    shuffled = replace(spoilt, scenario=replace(scenario, **mixed), rounds=rounds)

    # Only a vehicle or driver used twice names the two rounds in their order.
    assert sorted(v.code for v in verify_plan(shuffled, matrix)) == sorted(
        v.code for v in verify_plan(spoilt, matrix)
    )


def _renamed(plan: Plan) -> Plan:
    def leg(name: LegId | None) -> LegId | None:
        return name and LegId(f"autre-{name}")

    def tour(tour_round: Round) -> Round:
        stops = tuple(replace(stop, leg=leg(stop.leg)) for stop in tour_round.stops)
        return replace(tour_round, shift=ShiftId(f"autre-{tour_round.shift}"), stops=stops)

    scenario = plan.scenario
    bookings = tuple(
        replace(
            booking,
            id=BookingId(f"autre-{booking.id}"),
            **{
                name: replace(
                    request,
                    pin=replace(request.pin, shift=ShiftId(f"autre-{request.pin.shift}")),
                )
                for name in ("outward", "return_leg")
                for request in [getattr(booking, name)]
                if request and request.pin and request.pin.shift
            },
        )
        for booking in scenario.bookings
    )
    shifts = tuple(replace(shift, id=ShiftId(f"autre-{shift.id}")) for shift in scenario.shifts)
    return replace(
        plan,
        scenario=replace(scenario, bookings=bookings, shifts=shifts),
        rounds=tuple(tour(tour_round) for tour_round in plan.rounds),
        unserved=tuple(replace(u, leg=LegId(f"autre-{u.leg}")) for u in plan.unserved),
        promises=tuple(replace(p, leg=LegId(f"autre-{p.leg}")) for p in plan.promises),
    )


@given(day=days(), seed=SEEDS)
def test_names_change_nothing(day: Day, seed: int) -> None:
    _, matrix, plan = day
    rng = seeded(seed)
    spoilt = rng.choice(SPOILERS).spoil(plan, matrix, rng) or plan

    assert [(v.code, v.by) for v in verify_plan(_renamed(spoilt), matrix)] == [
        (v.code, v.by) for v in verify_plan(spoilt, matrix)
    ]


@given(day=days(), seed=SEEDS)
def test_another_date_of_the_same_length_changes_nothing(day: Day, seed: int) -> None:
    scenario, matrix, plan = day
    rng = seeded(seed)
    spoilt = rng.choice(UNDATED).spoil(plan, matrix, rng) or plan
    # Papers, lists and legal values are dated.
    spoilt = replace(spoilt, scenario=replace(spoilt.scenario, law=None))
    same_length = {82_800: date(2027, 3, 27), 86_400: date(2027, 6, 1), 90_000: date(2027, 10, 30)}
    later = ServiceDay(same_length[scenario.day.length_s], scenario.day.time_zone)
    moved = replace(spoilt, scenario=replace(spoilt.scenario, day=later))

    assert later.length_s == scenario.day.length_s
    assert [(v.code, v.where, v.by) for v in verify_plan(moved, matrix)] == [
        (v.code, v.where, v.by) for v in verify_plan(spoilt, matrix)
    ]


@given(day=days())
def test_a_sound_plan_stays_sound_when_every_limit_is_wider(day: Day) -> None:
    _, matrix, plan = day
    scenario = plan.scenario
    length_s = scenario.day.length_s

    def wider(window: TimeWindow) -> TimeWindow:
        return TimeWindow(max(0, window.earliest_s - 60), min(length_s, window.latest_s + 60))

    bookings = tuple(
        replace(
            booking,
            **{
                name: replace(
                    request,
                    pickup_window=request.pickup_window and wider(request.pickup_window),
                    dropoff_window=request.dropoff_window and wider(request.dropoff_window),
                    max_ride_s=None if request.max_ride_s is None else request.max_ride_s + 60,
                )
                for name in ("outward", "return_leg")
                for request in [getattr(booking, name)]
                if request
            },
        )
        for booking in scenario.bookings
    )
    shifts = tuple(
        replace(
            shift,
            start=wider(shift.start),
            end=wider(shift.end),
            max_duty_s=None,
        )
        for shift in scenario.shifts
    )
    policy = replace(
        scenario.policy,
        max_wait_aboard_s=scenario.policy.max_wait_aboard_s + 60,
        arrive_early_s=scenario.policy.arrive_early_s + 60,
        depart_late_s=scenario.policy.depart_late_s + 60,
    )
    relaxed = replace(scenario, bookings=bookings, shifts=shifts, policy=policy)

    assert verify_plan(replace(plan, scenario=relaxed), matrix) == ()
