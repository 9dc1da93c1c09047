"""The lawful patterns of a driver's day, put on the vehicles of a day for comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.domain.demand import Booking, LegRequest
from tus_dispatch.domain.fleet import BreakRule, Driver, Shift, Vehicle
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import Enforcement, WorkingTime

_DAY_STARTS_S = 4 * 3600
_WEEK_S = 26 * 3600
# A pattern is moved as a whole to where the day's legs are.
_MOVES_S = tuple(minutes * 60 for minutes in range(-90, 121, 15))
_BREAK = BreakRule(duration_s=1200, after_s=6 * 3600 - 1)

Hours = tuple[tuple[Seconds, Seconds], ...]


def _at(clock: str) -> Seconds:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 - _DAY_STARTS_S


def _duty(*spans: str) -> Hours:
    """Read ``06:30-12:30`` and so on."""
    pairs = [span.split("-") for span in spans]
    return tuple((_at(start), _at(end)) for start, end in pairs)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the drivers of one vehicle share a day.

    Attributes
    ----------
    key
        Name for data.
    title
        French name.
    duties
        Hours of each driver, one after the other.
    days_week
        Days of such work in a week of 26 hours, as the pattern means it.
    """

    key: str
    title: str
    duties: tuple[Hours, ...]
    days_week: str


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "two_crews",
        "Deux équipes",
        (_duty("06:15-11:27"), _duty("13:45-18:57")),
        "5 jours de 5 h 12",
    ),
    Pattern(
        "medium_days",
        "Journées moyennes",
        (_duty("06:30-10:00", "12:00-15:00"), _duty("15:15-20:27")),
        "4 jours de 6 h 30",
    ),
    Pattern(
        "long_days",
        "Journées longues",
        (_duty("06:30-12:30", "14:30-18:30"),),
        "2 à 3 jours de 10 h",
    ),
    Pattern(
        "split_days",
        "Journées coupées",
        (_duty("06:00-10:00", "16:00-19:00"),),
        "4 jours de 6 h 30 environ",
    ),
)


def day_with(scenario: Scenario, pattern: Pattern) -> Scenario:
    """Put a pattern on every vehicle that has a shift.

    Parameters
    ----------
    scenario
        Whose vehicles, places and bookings are taken.
    pattern
        Hours of the drivers.

    Returns
    -------
    Scenario
        The same demand. Each driver is a part-timer of 26 hours who offers
        what any driver of the day offers; the hours stand at the time of the
        day at which most legs fall into them. Nothing is enforced, so that an
        unlawful pattern can be compared too.
    """
    vehicles = _used(scenario)
    moved_s = _best_move_s(scenario, pattern)
    drivers: list[Driver] = []
    shifts: list[Shift] = []
    for number, vehicle in enumerate(vehicles, start=1):
        for crew, hours in enumerate(pattern.duties):
            driver = _driver(scenario, DriverId(f"A{number}{'abcdef'[crew]}"))
            drivers.append(driver)
            for part, (start_s, end_s) in enumerate(hours, start=1):
                name = ShiftId(f"{driver.id}-{part}")
                shifts.append(_shift(name, vehicle, driver.id, start_s + moved_s, end_s + moved_s))
    own = () if scenario.working_time is None else scenario.working_time.own_rules
    return replace(
        scenario,
        drivers=tuple(drivers),
        shifts=tuple(shifts),
        bookings=tuple(_without_shift(each) for each in scenario.bookings),
        participants=tuple(replace(each, regular_driver=None) for each in scenario.participants),
        working_time=WorkingTime(Enforcement.FLAGGED, own),
    )


def _used(scenario: Scenario) -> list[Vehicle]:
    used = {shift.vehicle for shift in scenario.shifts}
    return [vehicle for vehicle in scenario.vehicles if vehicle.id in used]


def _driver(scenario: Scenario, name: DriverId) -> Driver:
    offered = {word for driver in scenario.drivers for word in driver.qualifications}
    attested: list[date] = [
        driver.medical_until for driver in scenario.drivers if driver.medical_until is not None
    ]
    return Driver(
        id=name,
        contract_week_s=_WEEK_S,
        qualifications=tuple(sorted(offered)),
        medical_until=max(attested, default=None),
    )


def _shift(
    name: ShiftId, vehicle: Vehicle, driver: DriverId, start_s: Seconds, end_s: Seconds
) -> Shift:
    return Shift(
        id=name,
        vehicle=vehicle.id,
        driver=driver,
        start=TimeWindow(start_s, start_s),
        end=TimeWindow(end_s, end_s),
        start_place=vehicle.depot,
        end_place=vehicle.depot,
        break_rule=_BREAK,
    )


def _best_move_s(scenario: Scenario, pattern: Pattern) -> Seconds:
    """Return how far the pattern is moved: where it holds most legs, and else the least."""
    wanted = list(_leg_hours(scenario))
    spans = [span for hours in pattern.duties for span in hours]
    first_s = min(start_s for start_s, _ in spans)

    def held(moved_s: Seconds) -> int:
        return sum(
            any(start_s + moved_s <= begin and end <= end_s + moved_s for start_s, end_s in spans)
            for begin, end in wanted
        )

    moves = [moved_s for moved_s in _MOVES_S if first_s + moved_s >= 0]
    return max(moves, key=lambda moved_s: (held(moved_s), -abs(moved_s), -moved_s))


def _leg_hours(scenario: Scenario) -> Iterator[tuple[Seconds, Seconds]]:
    """Yield the earliest and the latest moment that the windows of a leg name."""
    for leg in legs_of(scenario):
        windows = [each for each in (leg.pickup_window, leg.dropoff_window) if each is not None]
        if windows:
            yield (
                min(each.latest_s for each in windows),
                max(each.earliest_s for each in windows),
            )


def _without_shift(booking: Booking) -> Booking:
    """Take pins to shifts away: these shifts are not there."""

    def freed(request: LegRequest | None) -> LegRequest | None:
        if request is None or request.pin is None or request.pin.shift is None:
            return request
        pin = None if request.pin.pickup_s is None else replace(request.pin, shift=None)
        return replace(request, pin=pin)

    return replace(booking, outward=freed(booking.outward), return_leg=freed(booking.return_leg))
