"""Who drives an open shift: a free and qualified driver whom the law allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tus_dispatch.domain.fleet import Driver, Shift
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, LegId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.hours.behind import SHORT_S
from tus_dispatch.planning.hours.lawful_day import lawful_rooms
from tus_dispatch.planning.hours.standing import (
    Standing,
    hour_prices,
    other_drivers,
    regular_drivers,
    standings,
    starts_early,
    work_in,
    working_spans,
)
from tus_dispatch.rules.working_time.limits import limits_on
from tus_dispatch.solver.models.crew import Crew, CrewProblem, Term, assign_crews


@dataclass(frozen=True, slots=True)
class _Open:
    """A round without a driver, and what its legs require of one."""

    tour_round: Round
    requires: frozenset[str]


def with_drivers(scenario: Scenario, rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Name a driver for every round that has none, where anybody may lawfully drive it.

    Parameters
    ----------
    scenario
        The day; its weights say what hours, turns and regular drivers are
        worth.
    rounds
        All rounds of a plan. Those that have a driver keep him or her.

    Returns
    -------
    tuple of Round
        In the same order. As many as possible have a driver, and among such
        choices the cheapest is taken.
    """
    needs = {leg.id: leg.requires for leg in legs_of(scenario)}
    waiting = [_Open(each, _required(each, needs)) for each in rounds if each.driver is None]
    if not waiting or not scenario.drivers:
        return tuple(rounds)
    mine: dict[DriverId, list[Round]] = {driver.id: [] for driver in scenario.drivers}
    for each in rounds:
        if each.driver in mine:
            mine[each.driver].append(each)
    chosen = assign_crews(_problem(scenario, waiting, mine))
    named = {
        each.tour_round.shift: scenario.drivers[number].id
        for each, number in zip(waiting, chosen, strict=True)
        if number is not None
    }
    return tuple(
        replace(each, driver=named[each.shift]) if each.shift in named else each for each in rounds
    )


def may_drive(
    scenario: Scenario, driver: Driver, mine: Sequence[Round], more: Sequence[Round]
) -> bool:
    """Tell whether a driver may lawfully take some rounds beside those at hand.

    Parameters
    ----------
    scenario
        The day.
    driver
        Free at that time or not.
    mine
        What the driver drives already.
    more
        Rounds nobody drives yet.

    Returns
    -------
    bool
        Free, not in training, and within the law with everything together;
        qualifications are not looked at.
    """
    busy = [_hours(each) for each in mine]
    used = {each.shift for each in mine}
    busy += [
        TimeWindow(shift.start.earliest_s, shift.end.latest_s)
        for shift in scenario.shifts
        if shift.driver == driver.id and shift.id not in used
    ]
    busy += [slot.window for slot in driver.protected_slots]
    hours = [_hours(each) for each in more]
    if any(_meet(one, other) for one in hours for other in busy) or any(
        _meet(one, other) for one, other in combinations(hours, 2)
    ):
        return False
    if driver.volunteer:
        return True
    shifts = [_as_driven(scenario, each) for each in (*mine, *more)]
    if any(slug is not None for _, slug in lawful_rooms(scenario, driver, shifts)):
        return False
    return _breaks_in_time(scenario, driver, [*mine, *more])


def _problem(
    scenario: Scenario, waiting: Sequence[_Open], mine: Mapping[DriverId, list[Round]]
) -> CrewProblem:
    usual, everybody = regular_drivers(scenario), scenario.drivers
    allowed = tuple(
        tuple(
            each.requires <= _offers(scenario, each, driver)
            and may_drive(scenario, driver, mine[driver.id], (each.tour_round,))
            for driver in everybody
        )
        for each in waiting
    )
    apart = tuple(
        (d, one, other)
        for d, driver in enumerate(everybody)
        for one, other in combinations(range(len(waiting)), 2)
        if allowed[one][d]
        and allowed[other][d]
        and not may_drive(
            scenario,
            driver,
            mine[driver.id],
            (waiting[one].tour_round, waiting[other].tour_round),
        )
    )
    per_leg = scenario.objective.weights.per_other_driver
    stand = standings(scenario)
    return CrewProblem(
        work_s=tuple(work_in(_spans(scenario, each.tour_round)) for each in waiting),
        is_early=tuple(
            starts_early(scenario, each.tour_round.stops[0].start_s) for each in waiting
        ),
        crews=tuple(
            _crew(scenario, stand.get(driver.id), driver, mine[driver.id]) for driver in everybody
        ),
        allowed=allowed,
        apart=apart,
        price=tuple(
            tuple(
                other_drivers(usual, each.tour_round, driver.id) * per_leg for driver in everybody
            )
            for each in waiting
        ),
        short_s=SHORT_S,
    )


def _crew(
    scenario: Scenario, standing: Standing | None, driver: Driver, mine: Sequence[Round]
) -> Crew:
    if standing is None:
        return Crew(0, ())
    weights = scenario.objective.weights
    spans = working_spans(scenario, driver, mine)
    work_s = work_in(spans)
    is_early = bool(spans) and starts_early(scenario, spans[0][0])
    return Crew(
        worked_s=work_s,
        terms=tuple(
            Term(off_s + work_s, price)
            for off_s, price in zip(standing.off_s, hour_prices(weights), strict=False)
            if price
        ),
        early_price=0 if is_early else standing.early_turns * weights.per_early_start,
        short_price=standing.short_turns * weights.per_short_round,
    )


def _required(tour_round: Round, needs: Mapping[LegId, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(
        need
        for stop in tour_round.stops
        if stop.leg is not None
        for need in needs.get(stop.leg, ())
    )


def _offers(scenario: Scenario, each: _Open, driver: Driver) -> frozenset[str]:
    vehicle = scenario.vehicle(each.tour_round.vehicle)
    return frozenset((*vehicle.features, *driver.qualifications))


def _hours(tour_round: Round) -> TimeWindow:
    return TimeWindow(tour_round.stops[0].start_s, tour_round.stops[-1].departure_s)


def _meet(one: TimeWindow, other: TimeWindow) -> bool:
    return one.earliest_s < other.latest_s and other.earliest_s < one.latest_s


def _as_driven(scenario: Scenario, tour_round: Round) -> Shift:
    """Return a shift with exactly the hours of its round."""
    hours, shift = _hours(tour_round), scenario.shift(tour_round.shift)
    start = TimeWindow(hours.earliest_s, hours.earliest_s)
    end = TimeWindow(hours.latest_s, hours.latest_s)
    length_s = hours.latest_s - hours.earliest_s
    return replace(shift, start=start, end=end, max_duty_s=length_s)


def _spans(scenario: Scenario, tour_round: Round) -> list[tuple[Seconds, Seconds]]:
    return working_spans(scenario, _NOBODY, (tour_round,))


def _breaks_in_time(scenario: Scenario, driver: Driver, rounds: Sequence[Round]) -> bool:
    """Tell whether the day's work stops long enough before it reaches the threshold."""
    law = scenario.working_time
    limits = limits_on(scenario.day.date, () if law is None else law.own_rules)
    after_s, length_s = limits.break_after_s, limits.break_min_s
    spans = working_spans(scenario, driver, rounds)
    if after_s is None or length_s is None or work_in(spans) < after_s:
        return True
    worked_s, until_s = 0, spans[0][0]
    for begin_s, end_s in spans:
        if begin_s - until_s >= length_s:
            return worked_s <= after_s
        worked_s += end_s - begin_s
        until_s = end_s
    return False


_NOBODY = Driver(DriverId(""))
