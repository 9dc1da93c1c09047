"""How much of a band is used: a duty grows while its driver is behind the contract."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tus_dispatch.domain.fleet import Driver, Shift
from tus_dispatch.domain.plan import Plan, Round, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.hours.lawful_day import around_of, lawful_rooms
from tus_dispatch.planning.hours.standing import (
    Standing,
    hour_prices,
    rounds_by_driver,
    standings,
    starts_early,
    work_in,
    working_spans,
)

_MINUTE_S = 60


def stretched(scenario: Scenario, rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Let duties use more of their bands where hours are worth more than the time costs.

    Parameters
    ----------
    scenario
        The day, with its weights.
    rounds
        All rounds of a plan, with their drivers.

    Returns
    -------
    tuple of Round
        In the same order. A driver with two rounds keeps both as they are;
        everybody rides as before, at the same times.
    """
    stand, by_driver = standings(scenario), rounds_by_driver(rounds)
    longer = {}
    for name, standing in stand.items():
        mine = by_driver.get(name, [])
        if len(mine) == 1:
            longer[mine[0].shift] = _stretched(scenario, standing, mine[0], rounds)
    return tuple(longer.get(each.shift, each) for each in rounds)


def _stretched(
    scenario: Scenario, standing: Standing, tour_round: Round, rounds: Iterable[Round]
) -> Round:
    later_s, sooner_s = _spare(scenario, standing.driver, tour_round, rounds)
    more_s = _wanted_s(scenario, standing, tour_round, later_s + sooner_s)
    if more_s <= 0:
        return tour_round
    behind_s = min(more_s, later_s)
    first, last = tour_round.stops[0], tour_round.stops[-1]
    start_s = first.start_s - (more_s - behind_s)
    end_s = last.start_s + behind_s
    return replace(
        tour_round,
        stops=(
            replace(first, arrival_s=start_s, start_s=start_s),
            *tour_round.stops[1:-1],
            replace(last, start_s=end_s, departure_s=end_s),
        ),
    )


def _wanted_s(
    scenario: Scenario, standing: Standing, tour_round: Round, most_s: Seconds
) -> Seconds:
    """Return the cheapest extension: price of the time against that of the hours, both known."""
    weights = scenario.objective.weights
    work_s = work_in(working_spans(scenario, standing.driver, (tour_round,)))
    terms = [
        (off_s + work_s, price)
        for off_s, price in zip(standing.off_s, hour_prices(weights), strict=False)
    ]
    choices = {0, most_s, *(min(most_s, max(0, -off_s)) for off_s, _ in terms)}

    def cost(more_s: Seconds) -> tuple[int, Seconds]:
        hours = sum(abs(off_s + more_s) * price for off_s, price in terms)
        return hours + more_s * weights.per_duty_second, more_s

    return min((each // _MINUTE_S * _MINUTE_S for each in choices), key=cost)


def _spare(
    scenario: Scenario, driver: Driver, tour_round: Round, rounds: Iterable[Round]
) -> tuple[Seconds, Seconds]:
    """Return how much later a round may end, and how much sooner it may begin."""
    first_s, last_s = tour_round.stops[0].start_s, tour_round.stops[-1].departure_s
    taken = [*_taken(scenario, driver, tour_round, rounds)]
    shift = _within(
        scenario.shift(tour_round.shift),
        max((each.latest_s for each in taken if each.earliest_s < first_s), default=0),
        min(
            [scenario.day.length_s, *(each.earliest_s for each in taken if each.latest_s > last_s)]
        ),
    )
    around = around_of(Plan(scenario, (tour_round,)))
    (room, slug), *_ = lawful_rooms(scenario, driver, (shift,), around)
    if slug is not None or room.used is None:
        return 0, 0
    start_s = room.start_s
    if not starts_early(scenario, first_s):
        start_s = max(start_s, first_s - _until_early_s(scenario, first_s))
    pauses = [stop for stop in tour_round.stops if stop.kind is StopKind.BREAK]
    longest_s, rule = room.longest_s, room.break_rule
    if rule is not None and rule.after_s and not pauses:
        longest_s = min(longest_s, rule.after_s)
    elif rule is not None and pauses:
        # The break must still begin in time after an earlier sign-on.
        start_s = max(start_s, min(stop.start_s for stop in pauses) - rule.after_s)
    more_s = max(0, longest_s - (last_s - first_s))
    later_s = min(more_s, max(0, room.end_s - last_s))
    return later_s, min(more_s - later_s, max(0, first_s - start_s))


def _within(shift: Shift, start_s: Seconds, end_s: Seconds) -> Shift:
    """Cut the hours of a shift, so that what is outside them counts as work beside it."""
    start, end = shift.start, shift.end
    return replace(
        shift,
        start=TimeWindow(max(start.earliest_s, start_s), max(start.latest_s, start_s)),
        end=TimeWindow(min(end.earliest_s, end_s), min(end.latest_s, end_s)),
    )


def _taken(
    scenario: Scenario, driver: Driver, tour_round: Round, rounds: Iterable[Round]
) -> Iterable[TimeWindow]:
    """Yield what else has the vehicle or the driver."""
    for each in rounds:
        if each.shift != tour_round.shift and each.vehicle == tour_round.vehicle:
            yield TimeWindow(each.stops[0].start_s, each.stops[-1].departure_s)
    yield from (absence.window for absence in scenario.vehicle(tour_round.vehicle).absences)
    yield from (slot.window for slot in driver.protected_slots)


def _until_early_s(scenario: Scenario, start_s: Seconds) -> Seconds:
    """Return how much sooner a duty may begin before it becomes an early start."""
    local = scenario.day.local(start_s)
    return (local.hour - 6) * 3600 + local.minute * 60 + local.second
