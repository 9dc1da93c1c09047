"""Each reason for leaving a leg out, on a day made so that nothing else is in the way.

All days are the five-leg day with a few changes; one minute is one kilometre:
garage 0, bourg 5, moulin 10, centre 20, hameau 30.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    CHLOE_OUT,
    MINIBUS,
    MOULIN,
    OPEN,
    WITH_DRIVER,
    five_legs,
    five_legs_matrix,
    window,
)
from tus_dispatch.domain.demand import Booking, LegRequest, Participant, Pin
from tus_dispatch.domain.fleet import Absence, AbsenceReason, Shift, Vehicle
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Unserved
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.units import LegId, ParticipantId, ShiftId
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.solution import Solution

# Garage, moulin, centre and home again.
ONE_TRIP_M = 40_000


def left_out(
    scenario: Scenario, matrix: TravelMatrix | None = None, *, plan: bool = True
) -> dict[LegId, tuple[str, str | None]]:
    """Reason and limit of every leg that insertion leaves out, or of all without any plan."""
    legs = legs_of(scenario)
    encoding = encode(scenario, legs, matrix or five_legs_matrix())
    nothing = Solution((), tuple(range(len(legs))))
    solution = construct(encoding.instance, make_dice(0)).solution() if plan else nothing
    return {each.leg: _said(each) for each in explain_unserved(encoding, solution)}


def _said(unserved: Unserved) -> tuple[str, str | None]:
    return unserved.reason.slug, unserved.relaxation


def day(
    *bookings: str,
    shifts: tuple[ShiftId, ...] = (OPEN,),
    vehicle: Callable[[Vehicle], Vehicle] = lambda each: each,
    shift: Callable[[Shift], Shift] = lambda each: each,
    booking: Callable[[Booking], Booking] = lambda each: each,
    person: Callable[[Participant], Participant] = lambda each: each,
) -> Scenario:
    """The five-leg day with some of its bookings and shifts, each of them changed."""
    scenario = five_legs()
    return replace(
        scenario,
        vehicles=tuple(vehicle(each) for each in scenario.vehicles),
        shifts=tuple(
            shift(replace(each, break_rule=None)) for each in scenario.shifts if each.id in shifts
        ),
        participants=tuple(person(each) for each in scenario.participants),
        bookings=tuple(booking(each) for each in scenario.bookings if each.id in bookings),
    )


def outward(**changes: object) -> Callable[[Booking], Booking]:
    """Change the outward leg of a booking, which then has no return."""

    def change(booking: Booking) -> Booking:
        assert booking.outward is not None
        # Any field of a leg may be changed, so their types are not listed here.
        wanted: LegRequest = replace(booking.outward, **changes)  # type: ignore[arg-type]
        return replace(booking, outward=wanted, return_leg=None)

    return change


def hours(start: str, end: str) -> Callable[[Shift], Shift]:
    """Fix the hours of every shift."""
    return lambda shift: replace(shift, start=window(start, start), end=window(end, end))


def range_of(metres: int) -> Callable[[Vehicle], Vehicle]:
    return lambda vehicle: replace(vehicle, range_m=metres)


def two_at_the_moulin(*parties: int) -> Scenario:
    """Anne and Chloé both ride from the moulin to the centre; there is range for one trip."""

    def change(booking: Booking) -> Booking:
        assert booking.outward is not None
        party = parties[booking.id != "R1"]
        both = replace(booking.outward, origin=MOULIN)
        return replace(booking, outward=both, return_leg=None, party_size=party)

    return day("R1", "R3", booking=change, vehicle=range_of(ONE_TRIP_M))


def test_a_window_when_nobody_drives() -> None:
    # The car drives from 07:00 on.
    early = day("R3", booking=outward(arrive_by_s=window("05:30", "05:30").latest_s))

    assert left_out(early) == {CHLOE_OUT: ("time-window", "time-window")}


def test_a_ride_limit_below_the_direct_drive() -> None:
    # Bourg to centre takes 15 minutes.
    assert left_out(day("R3", booking=outward(max_ride_s=600))) == {
        CHLOE_OUT: ("ride-limit", "ride-limit")
    }


def test_a_seat_missing_on_the_one_trip_there_is_range_for() -> None:
    # Three and two do not fit on four seats; the larger party costs no less to leave out.
    found = left_out(two_at_the_moulin(3, 2))

    assert list(found.values()) == [("capacity", "capacity")]


def test_two_who_must_never_meet_on_the_one_trip_there_is_range_for() -> None:
    scenario = two_at_the_moulin(1, 1)
    anne, basile, chloe = scenario.participants
    chloe = replace(chloe, never_with=(ParticipantId("P1"),))

    found = left_out(replace(scenario, participants=(anne, basile, chloe)))

    assert list(found.values()) == [("incompatibility", "incompatibility")]


def test_hours_too_short_for_the_trip() -> None:
    # Garage, bourg, centre, garage: 40 minutes of driving.
    assert left_out(day("R3", shift=hours("08:00", "08:30"))) == {
        CHLOE_OUT: ("shift-hours", "shift-hours")
    }


def test_a_wait_with_somebody_aboard() -> None:
    # Chloé at 08:00 sharp, then Anne at 08:20 sharp, five minutes up the road.
    def sharp(booking: Booking) -> Booking:
        clock = "08:20" if booking.id == "R1" else "08:00"
        return outward(arrive_by_s=None, pickup_window=window(clock, clock), max_ride_s=3600)(
            booking
        )

    found = left_out(day("R1", "R3", booking=sharp))

    assert list(found.values()) == [("wait-aboard", "wait-aboard")]


def test_a_qualification_that_only_another_round_has() -> None:
    # Léa is qualified, but the minibus cannot leave the yard.
    def needs(booking: Booking) -> Booking:
        return replace(booking, requires=("wheelchair",))

    def stuck(vehicle: Vehicle) -> Vehicle:
        return replace(vehicle, range_m=1000) if vehicle.id == MINIBUS else vehicle

    scenario = day("R3", shifts=(WITH_DRIVER, OPEN), booking=needs, vehicle=stuck)

    assert left_out(scenario) == {CHLOE_OUT: ("qualification", "qualification")}


@pytest.mark.parametrize(
    ("scenario", "limit"),
    [
        (day("R3", booking=lambda each: replace(each, requires=("sign",))), "qualification"),
        (day("R3", person=lambda each: replace(each, wheelchair=True)), "capacity"),
        (
            day(
                "R3",
                booking=lambda each: replace(each, requires=("sign",)),
                person=lambda each: replace(each, wheelchair=True),
            ),
            None,
        ),
    ],
)
def test_no_shift_offers_what_is_needed(scenario: Scenario, limit: str | None) -> None:
    assert left_out(scenario) == {CHLOE_OUT: ("no-vehicle", limit)}


def test_a_pin_to_a_shift_that_cannot() -> None:
    pinned = outward(pin=Pin(shift=WITH_DRIVER))
    # The minibus does not start before 09:15, and ends too soon to be of use.
    late = day(
        "R3",
        shifts=(WITH_DRIVER, OPEN),
        booking=pinned,
        shift=lambda each: hours("09:15", "12:00")(each) if each.id == WITH_DRIVER else each,
    )

    assert left_out(late) == {CHLOE_OUT: ("pin", "pin")}


def test_a_vehicle_in_the_workshop() -> None:
    away = Absence(window("07:00", "12:00"), AbsenceReason.WORKSHOP)

    scenario = day(
        "R3", vehicle=lambda each: replace(each, absences=(away,)), shift=hours("07:00", "12:00")
    )

    assert left_out(scenario) == {CHLOE_OUT: ("break", "break")}


def test_a_vehicle_that_does_not_get_that_far() -> None:
    assert left_out(day("R3", vehicle=range_of(39_999))) == {CHLOE_OUT: ("range", "range")}
    assert left_out(day("R3", vehicle=range_of(ONE_TRIP_M))) == {}


def test_a_return_that_is_too_late_holds_its_outward_leg_back() -> None:
    def late(booking: Booking) -> Booking:
        assert booking.return_leg is not None
        back = replace(booking.return_leg, not_before_s=window("20:00", "20:00").earliest_s)
        return replace(booking, return_leg=back)

    assert left_out(day("R1", booking=late)) == {
        ANNE_OUT: ("linked-leg", "time-window"),
        ANNE_RET: ("time-window", "time-window"),
    }


def test_a_price_below_the_cost() -> None:
    cheap = day("R3", booking=lambda each: replace(each, price_eur_cents=1))

    assert left_out(cheap) == {CHLOE_OUT: ("price", "price")}


def test_a_place_without_a_road() -> None:
    matrix = five_legs_matrix()
    seconds, metres = (np.array(table) for table in (matrix.seconds, matrix.metres))
    for table in (seconds, metres):
        table[1, :] = table[:, 1] = UNREACHABLE
        table[1, 1] = 0
    island = TravelMatrix(matrix.place_ids, seconds, metres, "matrix")

    assert left_out(day("R3"), island) == {CHLOE_OUT: ("unreachable", None)}


def test_several_limits_at_once() -> None:
    scenario = day("R3", vehicle=range_of(1000), shift=hours("08:00", "08:30"))

    assert left_out(scenario) == {CHLOE_OUT: ("several-limits", None)}


def test_no_limit_at_all() -> None:
    assert left_out(day("R3"), plan=False) == {CHLOE_OUT: ("search-limit", "search-limit")}


def test_a_promise_counts_as_a_window() -> None:
    scenario = day("R3")
    legs = legs_of(scenario)
    encoding = encode(
        scenario, legs, five_legs_matrix(), promises={CHLOE_OUT: window("06:00", "06:10")}
    )

    (found,) = explain_unserved(encoding, Solution((), (0,)))

    assert _said(found) == ("time-window", "time-window")


def test_hours_are_never_opened_into_those_of_a_shift_with_the_same_vehicle() -> None:
    alone = day("R3", shift=hours("08:00", "08:30"), booking=outward(pin=Pin(shift=OPEN)))
    (shift,) = alone.shifts
    before = replace(
        shift, id=ShiftId("avant"), start=window("04:00", "04:00"), end=window("08:00", "08:00")
    )
    after = replace(
        shift, id=ShiftId("après"), start=window("08:30", "08:30"), end=window("17:00", "17:00")
    )
    between = replace(alone, shifts=(before, shift, after))

    assert left_out(alone) == {CHLOE_OUT: ("shift-hours", "shift-hours")}
    assert left_out(between) == {CHLOE_OUT: ("several-limits", None)}
