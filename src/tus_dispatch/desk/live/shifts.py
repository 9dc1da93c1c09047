"""Which shifts a day has: weekly rules, the exceptions of the day, and who is absent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tus_dispatch.domain.fleet import Driver, Shift, Vehicle
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import ShiftRule, WallBand
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.domain.window import TimeWindow


def shifts_on(
    rules: Iterable[Record[ShiftRule]],
    day: ServiceDay,
    vehicles: Sequence[Vehicle],
    drivers: Sequence[Driver],
    away: Mapping[DriverId, Sequence[TimeWindow]],
) -> tuple[Shift, ...]:
    """Return the shifts of a day.

    Parameters
    ----------
    rules
        Weekly shifts, and those of single days.
    day
        Which day.
    vehicles, drivers
        Those that can be planned; a shift with another vehicle does not take
        place, one with an unknown driver is open.
    away
        When drivers are absent.

    Returns
    -------
    tuple of Shift
        By their start. What stands for a weekly shift on this day has the
        identity of that shift, so that plans go on knowing it.
    """
    known_vehicles = {each.id: each for each in vehicles}
    known_drivers = {each.id: each for each in drivers}
    found = [
        _shift(each, day, known_vehicles[each.value.vehicle], known_drivers, away)
        for each in rules_on(rules, day)
        if each.value.vehicle in known_vehicles
    ]
    return tuple(sorted(found, key=lambda each: (each.start.earliest_s, each.name, each.id)))


def rules_on(rules: Iterable[Record[ShiftRule]], day: ServiceDay) -> tuple[Record[ShiftRule], ...]:
    """Return the rules that give the shifts of a day.

    Parameters
    ----------
    rules
        Any.
    day
        Which day.

    Returns
    -------
    tuple of Record
        Rules of the day itself, and weekly ones that nothing replaces.
    """
    given = tuple(rules)
    own = [each for each in given if each.value.service_date == day.date]
    replaced = {each.value.replaces for each in own}
    weekly = [each for each in given if each.id not in replaced and _is_weekly_on(each.value, day)]
    return (*(each for each in own if not each.value.is_cancelled), *weekly)


def band_of(band: WallBand, day: ServiceDay, *, is_weekly: bool) -> TimeWindow:
    """Turn clock times into seconds of a day.

    Parameters
    ----------
    band
        As written.
    day
        Which day.
    is_weekly
        Whether the times were written for every week, so that they must
        survive a change of the clocks.

    Returns
    -------
    TimeWindow
        In order.
    """
    read = day.parse_weekly if is_weekly else day.parse
    return TimeWindow(read(band.earliest), read(band.latest))


def _is_weekly_on(rule: ShiftRule, day: ServiceDay) -> bool:
    if rule.service_date is not None or rule.is_cancelled:
        return False
    if rule.valid_from is not None and day.date < rule.valid_from:
        return False
    if rule.valid_until is not None and day.date > rule.valid_until:
        return False
    return day.date.weekday() in rule.weekdays


def _shift(
    record: Record[ShiftRule],
    day: ServiceDay,
    vehicle: Vehicle,
    drivers: Mapping[DriverId, Driver],
    away: Mapping[DriverId, Sequence[TimeWindow]],
) -> Shift:
    rule = record.value
    is_weekly = rule.service_date is None
    driver = rule.driver if rule.driver in drivers else None
    shift = Shift(
        id=ShiftId(rule.replaces or record.id),
        vehicle=vehicle.id,
        driver=driver,
        start=band_of(rule.start, day, is_weekly=is_weekly),
        end=band_of(rule.end, day, is_weekly=is_weekly),
        start_place=rule.start_place,
        end_place=rule.end_place,
        break_rule=rule.break_rule,
        max_duty_s=rule.max_duty_s,
        name=rule.name,
    )
    for window in away.get(driver, ()) if driver is not None else ():
        shift = _around(shift, window, vehicle, drivers)
    return shift


def _around(
    shift: Shift, absence: TimeWindow, vehicle: Vehicle, drivers: Mapping[DriverId, Driver]
) -> Shift:
    """Fit a shift around an absence: inside its bands, or without the driver."""
    start, end = shift.start, shift.end
    if absence.latest_s <= start.earliest_s or absence.earliest_s >= end.latest_s:
        return shift
    if absence.latest_s <= start.latest_s:
        return replace(shift, start=replace(start, earliest_s=absence.latest_s))
    if absence.earliest_s >= end.earliest_s:
        return replace(shift, end=replace(end, latest_s=absence.earliest_s))
    home = drivers[shift.driver].home if shift.driver is not None else None
    return replace(
        shift,
        driver=None,
        # Nobody else starts from the home of the driver who is absent.
        start_place=vehicle.depot if shift.start_place == home else shift.start_place,
        end_place=vehicle.depot if shift.end_place == home else shift.end_place,
    )
