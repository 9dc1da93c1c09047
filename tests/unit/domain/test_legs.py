"""Bookings become legs with every default resolved."""

from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    CENTRE,
    CHLOE_OUT,
    MOULIN,
    at,
    five_legs,
    window,
)
from tus_dispatch.domain.demand import Booking, Direction, Leg, LegRequest, Load, Participant, Pin
from tus_dispatch.domain.legs import legs_of, legs_of_booking, n_people
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.units import BookingId, ParticipantId
from tus_dispatch.domain.window import TimeWindow

DAY_S = 24 * 3600
PERSON = Participant(id=ParticipantId("P9"), first_name="Zoé")
TRIP = LegRequest(MOULIN, CENTRE, arrive_by_s=at("09:00"))
BOOKING = Booking(id=BookingId("R9"), participant=PERSON.id, outward=TRIP)


def leg(
    booking: Booking = BOOKING,
    person: Participant = PERSON,
    policy: Policy | None = None,
    day_s: int = DAY_S,
) -> Leg:
    return legs_of_booking(booking, person, policy or Policy(), day_s)[0]


def trip(**changes: object) -> Booking:
    # Any field of a trip may be changed, so their types are not listed here.
    return replace(BOOKING, outward=replace(TRIP, **changes))  # type: ignore[arg-type]


def test_legs_come_in_the_order_of_the_bookings_outward_first() -> None:
    legs = legs_of(five_legs())

    assert [each.id for each in legs] == [ANNE_OUT, ANNE_RET, BASILE_OUT, BASILE_RET, CHLOE_OUT]
    assert [each.partner for each in legs] == [ANNE_RET, ANNE_OUT, BASILE_RET, BASILE_OUT, None]
    assert [each.direction for each in legs[:2]] == [Direction.OUTWARD, Direction.RETURN]


def test_a_booking_may_hold_a_return_alone() -> None:
    alone = replace(BOOKING, outward=None, return_leg=TRIP)

    found = leg(alone)

    assert (found.id, found.direction, found.partner) == ("R9:ret", Direction.RETURN, None)


def test_an_arrival_asked_for_opens_a_window_before_it() -> None:
    found = leg(policy=Policy(arrive_early_s=600))

    assert found.dropoff_window == window("08:50", "09:00")
    assert (found.pickup_window, found.target_pickup_s) == (None, None)
    assert found.target_dropoff_s == at("09:00")


def test_a_departure_asked_for_opens_a_window_behind_it() -> None:
    found = leg(trip(arrive_by_s=None, not_before_s=at("09:00")), policy=Policy(depart_late_s=600))

    assert found.pickup_window == window("09:00", "09:10")
    assert (found.dropoff_window, found.target_dropoff_s) == (None, None)
    assert found.target_pickup_s == at("09:00")


def test_windows_stay_inside_the_day() -> None:
    early = leg(trip(arrive_by_s=60))
    late = leg(trip(arrive_by_s=None, not_before_s=82_000), day_s=23 * 3600)

    assert early.dropoff_window == TimeWindow(0, 60)
    assert late.pickup_window == TimeWindow(82_000, 82_800)


def test_explicit_windows_win_and_the_time_asked_for_stays_the_target() -> None:
    found = leg(
        trip(
            dropoff_window=window("08:55", "09:05"),
            pickup_window=window("08:00", "08:40"),
            not_before_s=at("08:10"),
        )
    )

    assert found.dropoff_window == window("08:55", "09:05")
    assert found.pickup_window == window("08:00", "08:40")
    assert (found.target_pickup_s, found.target_dropoff_s) == (at("08:10"), at("09:00"))


@pytest.mark.parametrize(
    ("person", "party_size", "load", "boarding_s"),
    [
        # Two minutes for the first, one more for each further person.
        (PERSON, 1, Load(seats=1), 120),
        (PERSON, 3, Load(seats=3), 240),
        (replace(PERSON, companions=1), 1, Load(seats=2), 180),
        (replace(PERSON, companions=1), 2, Load(seats=3), 240),
        (replace(PERSON, wheelchair=True), 1, Load(wheelchairs=1), 120),
        (
            replace(PERSON, wheelchair=True, companions=1, boarding_s=300),
            1,
            Load(seats=1, wheelchairs=1),
            360,
        ),
        (replace(PERSON, child_seats=2), 3, Load(seats=3, child_seats=2), 240),
    ],
)
def test_a_party_takes_its_room_and_its_time(
    person: Participant, party_size: int, load: Load, boarding_s: int
) -> None:
    found = leg(replace(BOOKING, party_size=party_size), person)

    assert (found.load, found.boarding_s, found.alighting_s) == (load, boarding_s, 60)


def test_own_times_at_the_doors_win_also_over_the_party() -> None:
    booking = replace(trip(boarding_s=0, alighting_s=15), party_size=4)

    found = leg(booking)

    assert (found.boarding_s, found.alighting_s) == (0, 15)


def test_the_nearest_ride_limit_wins() -> None:
    strict, policy = RideLimit(10, 0, 300, 600), Policy(ride_limit=RideLimit(100))

    assert leg(policy=policy).ride_limit == policy.ride_limit
    assert leg(person=replace(PERSON, ride_limit=strict), policy=policy).ride_limit == strict
    assert leg(trip(max_ride_s=1234)).max_ride_s == 1234


def test_requirements_of_person_and_booking_come_together() -> None:
    person = replace(PERSON, requires=("ramp", "first_aid"), never_with=(ParticipantId("P1"),))

    found = leg(
        replace(BOOKING, requires=("ramp", "belt"), priority=7, price_eur_cents=250), person
    )

    assert found.requires == ("belt", "first_aid", "ramp")
    assert found.never_with == (ParticipantId("P1"),)
    assert (found.priority, found.price_eur_cents) == (7, 250)


def test_a_pin_goes_with_its_own_leg() -> None:
    pin = Pin(pickup_s=at("08:30"), tolerance_s=60)
    both = replace(trip(pin=pin), return_leg=LegRequest(CENTRE, MOULIN, not_before_s=at("12:00")))

    there, back = legs_of_booking(both, PERSON, Policy(), DAY_S)

    assert (there.pin, back.pin) == (pin, None)


def test_there_and_back_is_one_person_and_the_largest_party_counts() -> None:
    legs = list(legs_of(five_legs()))
    assert n_people(legs) == 3

    legs[0] = replace(legs[0], load=Load(seats=2, wheelchairs=1))

    assert n_people(legs) == 5
