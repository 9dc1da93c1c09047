"""Clock times and seconds of a service day say the same, also when the clocks change."""

from datetime import UTC, date, datetime

import pytest

from tus_dispatch.domain.service_day import ServiceDay, TimeZoneError, WallTimeError

HOUR_S = 3600
# The night of the change belongs to the Saturday before it.
AUTUMN = ServiceDay(date(2026, 10, 24), "Europe/Paris")
SPRING = ServiceDay(date(2026, 3, 28), "Europe/Paris")
ORDINARY = ServiceDay(date(2026, 3, 10), "Europe/Paris")
REUNION = ServiceDay(date(2026, 10, 24), "Indian/Reunion")
# The islands change their clocks at other hours and dates than Paris.
MIQUELON_AUTUMN = ServiceDay(date(2026, 10, 31), "America/Miquelon")
MIQUELON_SPRING = ServiceDay(date(2026, 3, 7), "America/Miquelon")

DAYS = [AUTUMN, SPRING, ORDINARY, REUNION, MIQUELON_AUTUMN, MIQUELON_SPRING]


def name(day: ServiceDay) -> str:
    return f"{day.date} {day.time_zone}"


@pytest.mark.parametrize("day", DAYS, ids=name)
def test_every_minute_is_read_back_as_it_was_written(day: ServiceDay) -> None:
    minutes = range(0, day.length_s + 1, 60)

    written = [day.wall(second) for second in minutes]

    assert [day.parse(text) for text in written] == list(minutes)
    assert len(set(written)) == len(written)


def test_seconds_off_the_minute_are_written_too() -> None:
    assert ORDINARY.wall(3 * HOUR_S + 61) == "07:01:01"
    assert ORDINARY.parse("07:01:01") == 3 * HOUR_S + 61
    # 27 hours after 04:00, in the second pass of the doubled hour: 02:00:05.
    assert AUTUMN.wall(23 * HOUR_S + 5) == "02:00:05+1B"
    assert AUTUMN.parse("02:00:05+1B") == 23 * HOUR_S + 5


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (AUTUMN, 25),
        (SPRING, 23),
        (ORDINARY, 24),
        (REUNION, 24),
        (MIQUELON_AUTUMN, 25),
        (MIQUELON_SPRING, 23),
        # The Sunday itself begins when the change is over.
        (ServiceDay(date(2026, 10, 25), "Europe/Paris"), 24),
        (ServiceDay(date(2026, 3, 29), "Europe/Paris"), 24),
    ],
    ids=lambda value: name(value) if isinstance(value, ServiceDay) else f"{value}h",
)
def test_a_day_is_as_long_as_its_night(day: ServiceDay, hours: int) -> None:
    assert day.length_s == hours * HOUR_S
    assert day.parse("04:00") == 0
    assert day.parse("04:00+1") == day.length_s


def test_a_day_starts_at_four_in_its_own_zone() -> None:
    # Paris is one hour ahead of UTC in March, Réunion always four.
    assert datetime.fromtimestamp(ORDINARY.start_at, UTC).hour == 3
    assert datetime.fromtimestamp(REUNION.start_at, UTC).hour == 0


def test_the_doubled_hour_asks_which_pass_is_meant() -> None:
    with pytest.raises(WallTimeError) as asked:
        AUTUMN.parse("02:30+1")

    assert "02:30+1A" in asked.value.expected
    assert "02:30+1B" in asked.value.expected
    assert AUTUMN.parse("02:30+1A") == 22 * HOUR_S + 1800
    assert AUTUMN.parse("02:30+1B") == 23 * HOUR_S + 1800


def test_the_skipped_hour_names_its_neighbours() -> None:
    with pytest.raises(WallTimeError) as missing:
        SPRING.parse("02:30+1")

    assert "01:30+1 ou 03:30+1" in missing.value.expected
    # 01:59 and 03:00 are a minute apart that night.
    assert SPRING.parse("03:00+1") - SPRING.parse("01:59+1") == 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7h30", "HH:MM"),
        ("", "HH:MM"),
        ("24:00", "HH:MM"),
        ("07:60", "HH:MM"),
        ("07:30+2", "HH:MM"),
        ("0٧:3٠", "HH:MM"),
        ("03:59", "entre 04:00 et 04:00+1"),
        ("04:01+1", "entre 04:00 et 04:00+1"),
        ("23:59+1", "entre 04:00 et 04:00+1"),
        ("02:30+1A", "n'existe qu'une fois"),
    ],
)
def test_a_time_that_is_none_says_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(WallTimeError) as wrong:
        ORDINARY.parse(text)

    assert (wrong.value.text, expected in wrong.value.expected) == (text, True)


def test_people_are_told_the_time_without_marks() -> None:
    assert AUTUMN.clock(AUTUMN.parse("02:30+1B") + 59) == "02:30"
    assert AUTUMN.local(0).isoformat() == "2026-10-24T04:00:00+02:00"


@pytest.mark.parametrize("zone", ["Europe/Pari", "", "../etc/passwd", "/etc/localtime", "\0"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(TimeZoneError):
        ServiceDay(date(2026, 3, 10), zone)


def test_a_time_of_every_week_finds_its_second_on_the_nights_the_clocks_change() -> None:
    spring = ServiceDay(date(2026, 3, 28), "Europe/Paris")
    autumn = ServiceDay(date(2026, 10, 24), "Europe/Paris")

    # 02:30 does not exist in spring and stands half an hour behind the gap; in
    # autumn it comes twice and the first is meant.
    assert spring.wall(spring.parse_weekly("02:30+1")) == "03:30+1"
    assert autumn.wall(autumn.parse_weekly("02:30+1")) == "02:30+1A"
    assert spring.parse_weekly("07:15") == autumn.parse_weekly("07:15") == 3 * 3600 + 900


@pytest.mark.parametrize("text", ["03:59", "24:00", "7:00", "02:30+1A", "04:01+1"])
def test_a_time_of_every_week_is_a_plain_clock_time_of_the_day(text: str) -> None:
    with pytest.raises(WallTimeError):
        ServiceDay(date(2026, 5, 5), "Europe/Paris").parse_weekly(text)
