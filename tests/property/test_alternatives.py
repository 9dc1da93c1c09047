"""Alternatives really are some: the original is refused, and the judge accepts each of them."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.property.test_quote import promised, taken_out
from tests.strategies import random_day
from tus_dispatch.domain.demand import Booking, LegRequest
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.offer import Alternative, EasedLimit, OtherHours, OtherPlace, OtherTime
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.agreed import day_under
from tus_dispatch.planning.alternatives import alternatives
from tus_dispatch.planning.changes import with_changed, with_requests
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import fits_booking, legs_asked
from tus_dispatch.planning.reach import Reach
from tus_dispatch.planning.take import taken
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.plan import verify_plan

REACH = Reach(walk_m=15_000)
MINUTE_S = 60


def without_booking(plan: Plan, booking: Booking, matrix: TravelMatrix) -> Plan | None:
    """The plan without the legs of a booking, its rounds timed anew."""
    shorter: Plan | None = plan
    for direction in requests_of(booking):
        if shorter is not None:
            leg = next(leg.id for leg in legs_asked(plan, booking.id) if leg.direction is direction)
            shorter = taken_out(shorter, leg, matrix)
    return shorter


def harder(booking: Booking, rng: Random) -> Booking:
    """The booking at another hour and with less patience, so that it may not fit."""
    by_s = rng.choice((-3600, -1200, 1200, 3600))

    def moved(request: LegRequest) -> LegRequest:
        old = request.pickup_window
        if old is not None and 0 <= old.earliest_s + by_s <= old.latest_s + by_s <= 80_000:
            later = TimeWindow(old.earliest_s + by_s, old.latest_s + by_s)
            return replace(request, pickup_window=later, dropoff_window=None, arrive_by_s=None)
        return replace(request, max_ride_s=rng.choice((60, 600)))

    return with_requests(booking, moved)


def refused(seed: int) -> tuple[OpenDay, BookingId]:
    """The first day from a seed on that has no place for one of its own bookings."""
    for number in range(seed, seed + 2000):
        rng = Random(number)  # noqa: S311
        scenario, matrix, whole = random_day(rng, n_legs=rng.randint(2, 6), n_shifts=2)
        booking = rng.choice(scenario.bookings)
        shorter = without_booking(whole, booking, matrix)
        if shorter is None:
            continue
        asked = harder(booking, rng)
        plan = promised(replace(shorter, scenario=with_changed(scenario, asked)))
        day = open_day(plan, matrix)
        if not fits_booking(day, legs_asked(plan, booking.id)):
            return day, booking.id
    raise AssertionError("every booking fits in two thousand days")


def expect_sound(day: OpenDay, booking: BookingId, alternative: Alternative) -> None:
    agreed, _ = day_under(day, booking, alternative.change)
    after = taken(agreed.plan, alternative.offer)
    sound = replace(after, cost=price(open_case(after, day.matrix)))

    assert verify_plan(sound, day.matrix) == ()
    served = {stop.leg for tour_round in after.rounds for stop in tour_round.stops}
    assert {leg.id for leg in legs_asked(agreed.plan, booking)} <= served


def milder(alternative: Alternative) -> Alternative | None:
    """The same kind of change, one step or minute less."""
    change = alternative.change
    if isinstance(change, OtherTime):
        step_s = REACH.step_s if change.by_s > 0 else -REACH.step_s
        less = replace(change, by_s=change.by_s - step_s)
        return None if less.by_s == 0 else replace(alternative, change=less)
    if isinstance(change, OtherHours):
        parts = [max(0, part - MINUTE_S) for part in (change.earlier_s, change.later_s)]
        return replace(alternative, change=OtherHours(change.shift, *parts))
    if isinstance(change, EasedLimit) and change.by_s:
        return replace(alternative, change=replace(change, by_s=change.by_s - MINUTE_S))
    return None


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32 - 1))
def test_alternatives_are_sound_and_no_larger_than_they_must_be(seed: int) -> None:
    day, booking = refused(seed)

    found = alternatives(day, booking, reach=REACH)

    event(f"{len(found)} alternatives")
    moved_s = [abs(each.change.by_s) for each in found if isinstance(each.change, OtherTime)]
    assert moved_s == sorted(moved_s)
    for alternative in found:
        event(type(alternative.change).__name__)
        expect_sound(day, booking, alternative)
        less = milder(alternative)
        if less is not None:
            agreed, _ = day_under(day, booking, less.change)
            assert not fits_booking(agreed, legs_asked(agreed.plan, booking))
        if isinstance(alternative.change, OtherPlace):
            assert alternative.change.walk_m <= REACH.walk_m
    assert alternatives(day, booking, reach=REACH) == found
