"""Who must hear something new when a plan replaces another."""

from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    CENTRE,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.plan import Plan, Promise, StopKind, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.told import LegNews, ToldLeg
from tus_dispatch.domain.units import BookingId, LegId
from tus_dispatch.planning.told import told_legs, urgency


def later(plan: Plan, leg: LegId, seconds: int) -> Plan:
    """Move the pickup of one leg; nobody asks whether the rest still fits."""
    rounds = tuple(
        replace(
            each,
            stops=tuple(
                replace(stop, start_s=stop.start_s + seconds)
                if (stop.leg, stop.kind) == (leg, StopKind.PICKUP)
                else stop
                for stop in each.stops
            ),
        )
        for each in plan.rounds
    )
    return replace(plan, rounds=rounds)


def without(plan: Plan, *legs: LegId) -> Plan:
    """Leave legs out of their rounds; they stay in the day."""
    rounds = tuple(
        replace(each, stops=tuple(stop for stop in each.stops if stop.leg not in legs))
        for each in plan.rounds
    )
    left_out = tuple(Unserved(leg, reason_for("shift-hours")) for leg in legs)
    return replace(plan, rounds=rounds, unserved=left_out)


def without_booking(plan: Plan, booking: str) -> Plan:
    """Take a booking out of the day."""
    bookings = tuple(each for each in plan.scenario.bookings if each.id != BookingId(booking))
    emptied = without(plan, LegId(f"{booking}:out"), LegId(f"{booking}:ret"))
    return replace(emptied, scenario=replace(plan.scenario, bookings=bookings), unserved=())


def by_leg(plan: Plan, previous: Plan | None) -> dict[LegId, ToldLeg]:
    return {each.leg: each for each in told_legs(plan, previous)}


def test_before_the_first_publication_everybody_is_new() -> None:
    told = by_leg(five_legs_plan(), None)

    assert {each.news for each in told.values()} == {LegNews.NEW}
    # Chloé is planned for 08:05, and told 08:00 to 08:10.
    assert told[CHLOE_OUT].window == window("08:00", "08:10")
    assert (told[CHLOE_OUT].before, told[CHLOE_OUT].shift) == (None, OPEN)


@pytest.mark.parametrize(
    ("seconds", "news"),
    [(300, LegNews.KEPT), (-300, LegNews.KEPT), (301, LegNews.MOVED), (-301, LegNews.MOVED)],
)
def test_only_a_move_beyond_what_was_told_is_news(seconds: int, news: LegNews) -> None:
    before = five_legs_plan()

    told = by_leg(later(before, ANNE_OUT, seconds), before)

    assert told[ANNE_OUT].news is news
    assert told[ANNE_RET].news is LegNews.KEPT


def test_a_move_inside_what_was_told_leaves_what_was_told() -> None:
    before = five_legs_plan()

    told = by_leg(later(before, ANNE_OUT, 240), before)

    assert told[ANNE_OUT].window == window("08:07", "08:17")


def test_who_was_promised_a_time_when_booking_knows_it_already() -> None:
    promised = Promise(CHLOE_OUT, window("08:03", "08:13"))

    told = by_leg(replace(five_legs_plan(), promises=(promised,)), None)

    assert told[CHLOE_OUT].news is LegNews.KEPT
    assert told[CHLOE_OUT].window == promised.pickup_window


def test_who_was_fetched_and_is_not_any_more_comes_first() -> None:
    before = five_legs_plan()
    plan = later(without(before, BASILE_OUT, BASILE_RET), CHLOE_OUT, 1200)

    told = sorted(told_legs(plan, before), key=urgency)

    assert [(each.leg, each.news) for each in told[:3]] == [
        (BASILE_OUT, LegNews.GONE),
        (BASILE_RET, LegNews.GONE),
        (CHLOE_OUT, LegNews.MOVED),
    ]
    assert (told[0].window, told[0].shift, told[0].shift_before) == (None, None, WITH_DRIVER)


def test_who_never_had_a_vehicle_is_told_so_too() -> None:
    plan = without(five_legs_plan(), CHLOE_OUT)

    assert by_leg(plan, None)[CHLOE_OUT].news is LegNews.UNSERVED
    assert by_leg(plan, plan)[CHLOE_OUT].news is LegNews.UNSERVED


def test_a_promise_that_no_vehicle_keeps_is_told_as_one_that_is_gone() -> None:
    promised = Promise(CHLOE_OUT, window("08:03", "08:13"))

    told = by_leg(replace(without(five_legs_plan(), CHLOE_OUT), promises=(promised,)), None)

    assert told[CHLOE_OUT].news is LegNews.GONE


def test_a_cancelled_booking_is_known_to_who_cancelled_it() -> None:
    before = five_legs_plan()

    told = by_leg(without_booking(before, "R1"), before)

    assert told[ANNE_OUT].news is LegNews.CANCELLED
    assert not told[ANNE_OUT].news.needs_call
    assert told[ANNE_OUT].before == window("08:07", "08:17")


def test_another_door_at_the_same_minute_is_news() -> None:
    before = five_legs_plan()
    first, *rest = before.scenario.bookings
    assert first.outward is not None
    moved = replace(first, outward=replace(first.outward, origin=CENTRE))
    plan = replace(before, scenario=replace(before.scenario, bookings=(moved, *rest)))

    assert by_leg(plan, before)[ANNE_OUT].news is LegNews.MOVED


def test_nothing_is_told_earlier_than_the_service_day_begins() -> None:
    plan = later(five_legs_plan(), CHLOE_OUT, -at("08:05"))

    told = by_leg(plan, None)[CHLOE_OUT]

    assert told.window is not None
    assert told.window.earliest_s == 0
