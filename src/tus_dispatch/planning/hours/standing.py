"""How the drivers of a day stand: hours against the contract, and whose turn it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.legs import leg_id
from tus_dispatch.domain.objective import Weights
from tus_dispatch.domain.plan import CostBreakdown, Round, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, LegId, Seconds
from tus_dispatch.planning.hours.behind import EARLY_S, SHORT_S, behind
from tus_dispatch.planning.hours.worker import WORKED_SLOTS
from tus_dispatch.rules.working_time.limits import limits_on

_WORKING_DAYS = 5
_MONTH_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One employee on the morning of the day.

    Attributes
    ----------
    driver
        Who.
    off_s
        Work before the day less what is due at its end, over the week and, if
        known, over four weeks; negative when behind. Empty without a contract.
    early_turns, short_turns
        How many more early starts and short days than the average.
    """

    driver: Driver
    off_s: tuple[Seconds, ...]
    early_turns: int
    short_turns: int


def standings(scenario: Scenario) -> dict[DriverId, Standing]:
    """Look at all employees of a day.

    Parameters
    ----------
    scenario
        The day.

    Returns
    -------
    dict
        By driver; volunteers have no contract to stand against.
    """
    limits = limits_on(scenario.day.date)
    employees = [driver for driver in scenario.drivers if not driver.volunteer]
    before = [behind(driver, scenario.day, limits) for driver in employees]
    if not employees:
        return {}
    early = sum(each.n_early for each in before) // len(before)
    short = sum(each.n_short for each in before) // len(before)
    begun = min(scenario.day.date.weekday() + 1, _WORKING_DAYS)
    found = {}
    for driver, past in zip(employees, before, strict=True):
        off_s: list[Seconds] = []
        contract_s = driver.contract_week_s
        if contract_s is not None:
            this_week_s = past.week_s - contract_s * begun // _WORKING_DAYS
            off_s.append(this_week_s)
            if len(past.weeks_s) >= _MONTH_WEEKS - 1:
                month_s = sum(past.weeks_s[: _MONTH_WEEKS - 1])
                off_s.append(this_week_s + month_s - (_MONTH_WEEKS - 1) * contract_s)
        found[driver.id] = Standing(
            driver, tuple(off_s), max(0, past.n_early - early), max(0, past.n_short - short)
        )
    return found


def hour_prices(weights: Weights) -> tuple[int, int]:
    """Return what a second off the contract costs, over the week and over four weeks."""
    return weights.per_week_hours_second, weights.per_month_hours_second


def working_spans(
    scenario: Scenario, driver: Driver, rounds: Sequence[Round]
) -> list[tuple[Seconds, Seconds]]:
    """Return when a driver works on the day.

    Parameters
    ----------
    scenario
        The day.
    driver
        With training and accompaniment.
    rounds
        What the driver drives; without any, the day has no work.

    Returns
    -------
    list of tuple
        Begin and end, in order: on duty or in training, and not on a break.
    """
    spans = [(each.stops[0].start_s, each.stops[-1].departure_s) for each in rounds]
    if not spans:
        return []
    breaks = [
        (stop.start_s, stop.departure_s)
        for each in rounds
        for stop in each.stops
        if stop.kind is StopKind.BREAK
    ]
    trainings = [slot.window for slot in driver.protected_slots if slot.kind in WORKED_SLOTS]
    used = {each.shift for each in rounds}
    # A training that an own shift was to hold, and the plan does not use, counts with the shift.
    unused = [
        (shift.start.earliest_s, shift.end.latest_s)
        for shift in scenario.shifts
        if shift.driver == driver.id and shift.id not in used
    ]
    hours = [*spans, *((each.earliest_s, each.latest_s) for each in trainings), *breaks, *unused]
    ends = sorted({second for span in hours for second in span})

    def is_in(span: tuple[Seconds, Seconds], found: Iterable[tuple[Seconds, Seconds]]) -> bool:
        return any(start <= span[0] and span[1] <= stop for start, stop in found)

    trained = [(each.earliest_s, each.latest_s) for each in trainings]
    return [
        span
        for span in pairwise(ends)
        if (is_in(span, spans) or (is_in(span, trained) and not is_in(span, unused)))
        and not is_in(span, breaks)
    ]


def work_in(spans: Iterable[tuple[Seconds, Seconds]]) -> Seconds:
    """Return how long some spans are together."""
    return sum(end_s - begin_s for begin_s, end_s in spans)


def starts_early(scenario: Scenario, start_s: Seconds) -> bool:
    """Tell whether a time of the day lies before 06:00 of its civil day."""
    local = scenario.day.local(start_s)
    return local.date() == scenario.day.date and local.hour * 3600 < EARLY_S


def crew_cost(scenario: Scenario, rounds: Iterable[Round]) -> CostBreakdown:
    """Price who drives.

    Parameters
    ----------
    scenario
        Applies the law of working time; otherwise nothing is priced.
    rounds
        With their drivers.

    Returns
    -------
    CostBreakdown
        The parts ``hours``, ``rotation`` and ``regular_driver`` alone.
    """
    if scenario.working_time is None:
        return CostBreakdown()
    weights = scenario.objective.weights
    by_driver = rounds_by_driver(rounds)
    hours = rotation = 0
    for name, each in standings(scenario).items():
        mine = by_driver.get(name, [])
        spans = working_spans(scenario, each.driver, mine)
        work_s = work_in(spans)
        prices = hour_prices(weights)
        hours += sum(
            abs(off_s + work_s) * price for off_s, price in zip(each.off_s, prices, strict=False)
        )
        if spans and starts_early(scenario, spans[0][0]):
            rotation += each.early_turns * weights.per_early_start
        if spans and work_s < SHORT_S:
            rotation += each.short_turns * weights.per_short_round
    usual = regular_drivers(scenario)
    others = sum(
        other_drivers(usual, tour_round, tour_round.driver)
        for tours in by_driver.values()
        for tour_round in tours
    )
    return CostBreakdown(
        hours=hours, rotation=rotation, regular_driver=others * weights.per_other_driver
    )


def regular_drivers(scenario: Scenario) -> dict[LegId, DriverId]:
    """Return who usually drives, by leg; legs of people without such a wish are absent."""
    return {
        leg_id(booking.id, direction): wanted
        for booking in scenario.bookings
        for direction in Direction
        if (wanted := scenario.participant(booking.participant).regular_driver) is not None
    }


def other_drivers(
    usual: Mapping[LegId, DriverId], tour_round: Round, driver: DriverId | None
) -> int:
    """Count the legs of a round whose people usually have another driver.

    Parameters
    ----------
    usual
        As :func:`regular_drivers` says.
    tour_round
        Whose legs.
    driver
        Who would drive it.

    Returns
    -------
    int
        Each leg once.
    """
    return sum(
        stop.kind is StopKind.PICKUP and stop.leg in usual and usual[stop.leg] != driver
        for stop in tour_round.stops
        if stop.leg is not None
    )


def rounds_by_driver(rounds: Iterable[Round]) -> Mapping[DriverId | None, list[Round]]:
    """Group rounds; those without a driver stand together."""
    found: dict[DriverId | None, list[Round]] = {}
    for each in rounds:
        found.setdefault(each.driver, []).append(each)
    return found
