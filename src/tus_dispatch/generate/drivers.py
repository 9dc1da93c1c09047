"""Drivers of a made-up day: contracts, hours behind them, training in the troughs."""

from dataclasses import dataclass
from datetime import timedelta

from tus_dispatch.domain.civil_time import instant_of, week_of
from tus_dispatch.domain.fleet import Driver, ProtectedSlot
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, PlaceId, Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.generate.clock import QUARTER_S, at
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.people import People
from tus_dispatch.generate.shift_patterns import SHORTEST_REST_S, Duty

SHORT_WEEK_S = 26 * 3600
FULL_WEEK_S = 35 * 3600
FIRST_AID = "first_aid"
_NIGHT_ENDS_S = at(6)
# Working at night for 270 hours in twelve months makes a night worker.
_NIGHT_YEAR_EARLY_S = 220 * 3600
_NIGHT_YEAR_OTHERS_S = 20 * 3600
_WORKDAYS = 5
# With the week of the day these are the twelve weeks of the legal average.
_WEEKS_KNOWN = 11
# Yesterday's work was over by then, even of those who start in the afternoon.
_LAST_END_S = 20 * 3600


@dataclass(frozen=True, slots=True)
class Day:
    """What a driver's day looks like from outside.

    Attributes
    ----------
    duty
        Nominal hours, or None for a day without a shift.
    earliest_s
        Earliest sign-on that the bands allow.
    slots
        Protected slots.
    home
        Where the shift starts and ends, or None.
    """

    duty: Duty | None
    earliest_s: Seconds = 0
    slots: tuple[ProtectedSlot, ...] = ()
    home: PlaceId | None = None


def make_driver(
    number: int, when: Day, date: ServiceDay, people: People, draws: Draws, *, is_short: bool
) -> Driver:
    """Invent a driver with lawful hours behind.

    Parameters
    ----------
    number
        Counted from 0.
    when
        The driver's day.
    date
        The service day.
    people, draws
        Where names and chance come from.
    is_short
        Whether the contract is of 26 hours rather than 35.

    Returns
    -------
    Driver
        Rested for eleven hours at least, and with hours left this week.
    """
    name = people.meet()
    week_s = SHORT_WEEK_S if is_short else FULL_WEEK_S
    hours = when.duty.hours if when.duty else ()
    today_s = sum(end_s - start_s for start_s, end_s in hours)
    behind_s = int(min(date.date.weekday(), _WORKDAYS) * week_s / _WORKDAYS * draws.real(0.8, 1.1))
    is_early = any(start_s < _NIGHT_ENDS_S for start_s, _ in hours)
    night_s = _NIGHT_YEAR_EARLY_S if is_early else _NIGHT_YEAR_OTHERS_S
    rest_s = SHORTEST_REST_S + draws.stepped(QUARTER_S, 5 * 3600, QUARTER_S)
    worked_s = _quarters(max(0, min(behind_s, week_s - today_s)))
    eve = date.date - timedelta(days=1)
    last_end_at = min(
        date.start_at + when.earliest_s - rest_s, instant_of(eve, _LAST_END_S, date.time_zone)
    )
    return Driver(
        id=DriverId(f"D{number + 1:02d}"),
        first_name=name.first,
        last_name=name.last,
        phone=name.phone,
        contract_week_s=week_s,
        worked_week_s=worked_s,
        night_year_s=_quarters(int(draws.real(0, night_s))),
        last_duty_end_at=last_end_at if hours else None,
        qualifications=(FIRST_AID,) if draws.chance(0.5) else (),
        protected_slots=when.slots,
        home=when.home,
        past_work=_this_week(date, worked_s, last_end_at) if hours else (),
        past_weeks_s=_weeks_before(number, week_s),
    )


def _this_week(date: ServiceDay, worked_s: Seconds, last_end_at: int) -> tuple[WorkSpan, ...]:
    """Spread the hours of the week over its working days so far, each ending at the same time."""
    n_days = min(date.date.weekday(), _WORKDAYS)
    if not n_days or worked_s < n_days * QUARTER_S:
        return ()
    eve = date.date - timedelta(days=1)
    clock_s = last_end_at - instant_of(eve, 0, date.time_zone)
    monday = week_of(date.date)
    each_s = worked_s // n_days
    ends = [
        instant_of(monday + timedelta(days=at_day), clock_s, date.time_zone)
        for at_day in range(n_days)
    ]
    return tuple(WorkSpan(end_at - each_s, end_at) for end_at in ends if end_at <= last_end_at)


def _weeks_before(number: int, week_s: Seconds) -> tuple[Seconds, ...]:
    """Return eleven weeks around the contract, some a little over and some a little under."""
    percents = (100 + (number * 3 + back * 5) % 13 - 6 for back in range(_WEEKS_KNOWN))
    return tuple(_quarters(week_s * percent // 100) for percent in percents)


def _quarters(second: Seconds) -> Seconds:
    return second // QUARTER_S * QUARTER_S
