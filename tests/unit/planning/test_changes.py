"""What a change of an alternative does to the day, and which places may be offered."""

from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    BOURG,
    CENTRE,
    GARAGE,
    MOULIN,
    OPEN,
    at,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.demand import Direction, Pin
from tus_dispatch.domain.offer import (
    Change,
    EasedLimit,
    OtherDay,
    OtherHours,
    OtherPlace,
    OtherTime,
)
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.changes import changed, with_changed
from tus_dispatch.planning.quote_booking import legs_asked
from tus_dispatch.planning.reach import places_near

ANNE, BASILE = BookingId("R1"), BookingId("R2")
OUT, RET = Direction.OUTWARD, Direction.RETURN


def after(change: Change, booking: BookingId = ANNE, plan: Plan | None = None) -> Plan:
    return changed(plan or five_legs_plan(), booking, change, five_legs_matrix())


def test_another_time_moves_the_legs_it_names_and_drops_their_promise() -> None:
    told = (Promise(ANNE_OUT, window("08:05", "08:15")),)

    plan = after(OtherTime((OUT,), 1200), plan=replace(five_legs_plan(), promises=told))

    anne = plan.scenario.booking(ANNE)
    assert anne.outward is not None
    assert anne.return_leg is not None
    assert (anne.outward.arrive_by_s, anne.return_leg.not_before_s) == (at("08:50"), at("13:00"))
    assert plan.promises == ()


def test_another_place_stands_for_the_asked_one_on_both_legs() -> None:
    out, back = legs_asked(after(OtherPlace(MOULIN, BOURG, 900)), ANNE)

    assert (out.origin, out.destination) == (BOURG, CENTRE)
    assert (back.origin, back.destination) == (CENTRE, BOURG)


def test_a_longer_shift_has_a_longer_duty() -> None:
    minibus, car = after(OtherHours(OPEN, later_s=600)).scenario.shifts

    assert minibus == five_legs().shifts[0]
    # The band of the sign-off was 12:00 to 17:00; the car has no longest duty.
    assert (car.end, car.max_duty_s) == (window("12:00", "17:10"), None)
    longer = after(OtherHours(minibus.id, earlier_s=600)).scenario.shifts[0]
    assert (longer.start, longer.max_duty_s) == (window("07:20", "09:00"), 6 * 3600 + 600)


def test_a_ride_limit_gives_way_by_minutes() -> None:
    out, _ = legs_asked(after(EasedLimit("ride-limit", 480)), ANNE)

    # 10 minutes direct and 15 more, and then 8.
    assert out.max_ride_s == (10 + 15 + 8) * 60


def test_a_person_does_without_a_space_or_a_qualification() -> None:
    seated, _ = legs_asked(after(EasedLimit("wheelchair"), BASILE), BASILE)
    unaided, _ = legs_asked(after(EasedLimit("qualification", word="wheelchair"), BASILE), BASILE)

    assert (seated.load.seats, seated.load.wheelchairs) == (1, 0)
    assert unaided.requires == ()


def test_pins_parties_and_waits_give_way() -> None:
    plan = five_legs_plan()
    anne = plan.scenario.booking(ANNE)
    assert anne.outward is not None
    pinned = replace(anne, party_size=3, outward=replace(anne.outward, pin=Pin(shift=OPEN)))
    plan = replace(plan, scenario=with_changed(plan.scenario, pinned))

    assert legs_asked(after(EasedLimit("pin"), plan=plan), ANNE)[0].pin is None
    assert legs_asked(after(EasedLimit("party", fewer=1), plan=plan), ANNE)[0].load.seats == 2
    assert after(EasedLimit("wait-aboard", 60)).scenario.policy.max_wait_aboard_s == 360


def test_another_day_is_no_change_of_this_one() -> None:
    with pytest.raises(ValueError, match="another day"):
        after(OtherDay(five_legs().day.date))


def test_nobody_is_sent_to_somebody_elses_home() -> None:
    # As the crow flies the mill is 8 km from garage and centre, and nearer to the bourg,
    # where only Chloé gets in; only Basile gets in at the hamlet.
    found = [other.place for other in places_near(five_legs(), MOULIN, 9_000)]

    assert sorted(found) == [CENTRE, GARAGE]
    assert places_near(five_legs(), MOULIN, 5_000) == []


def test_a_window_keeps_its_length() -> None:
    plan = five_legs_plan()
    anne = plan.scenario.booking(ANNE)
    assert anne.outward is not None
    asked = replace(anne.outward, arrive_by_s=None, pickup_window=TimeWindow(100, 700))
    plan = replace(plan, scenario=with_changed(plan.scenario, replace(anne, outward=asked)))

    later, _ = legs_asked(after(OtherTime((OUT,), 600), plan=plan), ANNE)

    assert later.pickup_window == TimeWindow(700, 1300)
