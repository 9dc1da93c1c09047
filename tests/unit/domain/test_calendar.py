"""A recurrence takes place on the days its rule, its exceptions and the holidays leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tus_dispatch.domain.calendar import (
    Calendar,
    RuleError,
    days_of,
    expect_rule,
    school_calendar_ends_on,
    unknown_days,
)
from tus_dispatch.domain.organisation import HolidayArea
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.standing import Recurrence

MAINLAND = Calendar()
ZONE_B = Calendar(zone=SchoolZone.B)
MONDAY = date(2026, 3, 2)
WORKING_DAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def in_april(recurrence: Recurrence, calendar: Calendar = MAINLAND) -> list[int]:
    days = days_of(recurrence, calendar, first=date(2026, 4, 1), last=date(2026, 4, 30))
    return [day.day for day in days]


def test_a_weekly_rule_gives_its_weekdays_and_no_public_holiday() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=MO,FR", MONDAY)

    # Easter Monday 2026 is the 6th of April.
    assert in_april(recurrence) == [3, 10, 13, 17, 20, 24, 27]


def test_good_friday_is_a_holiday_in_moselle_only() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=FR", MONDAY)

    assert 3 in in_april(recurrence)
    assert 3 not in in_april(recurrence, Calendar(HolidayArea.MOSELLE))


def test_the_abolition_of_slavery_is_kept_where_it_is_a_holiday() -> None:
    day = date(2026, 12, 20)

    assert Calendar(HolidayArea.REUNION).public_holiday(day) is not None
    assert MAINLAND.public_holiday(day) is None


def test_public_holidays_count_when_the_service_runs_on_them() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=MO", MONDAY, on_public_holidays=True)

    assert in_april(recurrence) == [6, 13, 20, 27]


def test_school_holidays_are_those_of_the_zone() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=WE", MONDAY, in_school_holidays=False)

    # Spring holidays 2026: zone A 4 to 20 April, zone B 11 to 27 April.
    assert in_april(recurrence, Calendar(zone=SchoolZone.A)) == [1, 22, 29]
    assert in_april(recurrence, ZONE_B) == [1, 8, 29]


def test_a_day_added_by_hand_takes_place_and_one_left_out_never_does() -> None:
    easter_monday, added = date(2026, 4, 6), date(2026, 4, 11)
    recurrence = Recurrence(
        "FREQ=WEEKLY;BYDAY=MO",
        MONDAY,
        except_on=(date(2026, 4, 13), added),
        also_on=(easter_monday, added),
    )

    assert in_april(recurrence) == [6, 20, 27]


def test_every_second_week_is_counted_from_the_first_day() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 3, 31))

    assert in_april(recurrence) == [14, 28]


def test_a_number_of_times_is_counted_from_the_first_day_and_the_last_day_is_kept() -> None:
    three_times = Recurrence("FREQ=WEEKLY;BYDAY=TU;COUNT=3", date(2026, 3, 31))
    until = Recurrence("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260414T215959Z", date(2026, 3, 31))
    ended = Recurrence("FREQ=WEEKLY;BYDAY=TU", date(2026, 3, 31), ends_on=date(2026, 4, 14))

    assert in_april(three_times) == in_april(until) == in_april(ended) == [7, 14]


def test_a_rule_for_a_day_that_never_comes_gives_no_day() -> None:
    assert in_april(Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", MONDAY)) == []


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "BYDAY=MO",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYHOUR=8",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=two",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=99999999999",
        "FREQ=WEEKLY;UNTIL=20260931",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY\nDTSTART:20260101T000000",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 90),
    ],
)
def test_a_rule_that_means_nothing_or_less_than_a_day_is_refused(rule: str) -> None:
    with pytest.raises(RuleError) as caught:
        expect_rule(rule, MONDAY)

    assert caught.value.expected


def test_a_rule_may_not_begin_in_another_century() -> None:
    with pytest.raises(RuleError, match="2000"):
        expect_rule("FREQ=DAILY", date(1926, 1, 1))


def test_days_past_the_school_calendar_take_place_and_are_named() -> None:
    recurrence = Recurrence(WORKING_DAYS, MONDAY, in_school_holidays=False)
    first = school_calendar_ends_on() - timedelta(days=3)

    days = days_of(recurrence, ZONE_B, first=first, last=first + timedelta(days=14))
    warnings = unknown_days(recurrence, ZONE_B, days)

    # The last days known are holidays; what follows counts as term time.
    assert min(days) > school_calendar_ends_on()
    assert warnings == (
        f"Vacances scolaires inconnues à partir du {min(days):%d/%m/%Y} : vérifiez ces jours.",
    )


@pytest.mark.parametrize(
    ("calendar", "word"),
    [(MAINLAND, "n’est pas renseignée"), (Calendar(zone=SchoolZone.OVERSEAS), "outre-mer")],
)
def test_who_has_no_school_calendar_is_told_so(calendar: Calendar, word: str) -> None:
    recurrence = Recurrence(WORKING_DAYS, MONDAY, in_school_holidays=False)

    (warning,) = unknown_days(recurrence, calendar, (MONDAY,))

    assert word in warning


def test_nobody_is_warned_where_school_holidays_do_not_matter() -> None:
    assert unknown_days(Recurrence(WORKING_DAYS, MONDAY), MAINLAND, (MONDAY,)) == ()


@given(
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    starts_on=st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    n_before=st.integers(0, 200),
    n_days=st.integers(0, 400),
    is_served=st.booleans(),
)
def test_a_weekly_rule_is_a_walk_through_the_calendar(
    weekdays: set[int], starts_on: date, n_before: int, n_days: int, is_served: bool
) -> None:
    names = ",".join(["MO", "TU", "WE", "TH", "FR", "SA", "SU"][each] for each in sorted(weekdays))
    recurrence = Recurrence(f"FREQ=WEEKLY;BYDAY={names}", starts_on, on_public_holidays=is_served)
    first = starts_on - timedelta(days=n_before)
    last = first + timedelta(days=n_days)

    days = days_of(recurrence, MAINLAND, first=first, last=last)

    walked = [first + timedelta(days=n) for n in range(n_days + 1)]
    assert list(days) == [
        day
        for day in walked
        if day >= starts_on
        and day.weekday() in weekdays
        and (is_served or MAINLAND.public_holiday(day) is None)
    ]
