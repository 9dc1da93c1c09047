"""Drivers of a made-up day: contracts, hours behind them, training in the troughs."""

from dataclasses import dataclass

from tus_dispatch.domain.fleet import Driver, ProtectedSlot
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, PlaceId, Seconds
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
    return Driver(
        id=DriverId(f"D{number + 1:02d}"),
        first_name=name.first,
        last_name=name.last,
        phone=name.phone,
        contract_week_s=week_s,
        worked_week_s=_quarters(max(0, min(behind_s, week_s - today_s))),
        night_year_s=_quarters(int(draws.real(0, night_s))),
        last_duty_end_at=date.start_at + when.earliest_s - rest_s if hours else None,
        qualifications=(FIRST_AID,) if draws.chance(0.5) else (),
        protected_slots=when.slots,
        home=when.home,
    )


def _quarters(second: Seconds) -> Seconds:
    return second // QUARTER_S * QUARTER_S
