"""A plan gets its drivers: names for open shifts, hours as an aim, and the price of both."""

from collections.abc import Iterable
from dataclasses import replace

from tus_dispatch.domain.plan import CostBreakdown, Flag, Plan, Round
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.planning.certificate import for_another_plan
from tus_dispatch.planning.hours.lawful_day import NOTHING, Around, lawful_day, staffed
from tus_dispatch.planning.hours.naming import with_drivers
from tus_dispatch.planning.hours.shift_room import room_of
from tus_dispatch.planning.hours.standing import crew_cost
from tus_dispatch.planning.hours.stretch import stretched
from tus_dispatch.rules.working_time.breach import breach, hours
from tus_dispatch.rules.working_time.codes import RULE_WORDS


def with_crews(plan: Plan) -> Plan:
    """Name drivers for open shifts, use bands for hours that are due, and price it.

    Parameters
    ----------
    plan
        Priced without its crews; drivers named before keep their rounds.

    Returns
    -------
    Plan
        The same where the day does not apply the law of working time.
    """
    if plan.scenario.working_time is None:
        return plan
    rounds = stretched(plan.scenario, with_drivers(plan.scenario, plan.rounds))
    more_s = sum(_duty_s(each) for each in rounds) - sum(_duty_s(each) for each in plan.rounds)
    per_second = plan.scenario.objective.weights.per_duty_second
    longer = replace(plan.cost, duty=plan.cost.duty + more_s * per_second)
    cost = with_crew_cost(longer, plan.scenario, rounds)
    certificate = plan.certificate
    if more_s:
        certificate = for_another_plan(certificate, cost.driven)
    return replace(plan, rounds=rounds, cost=cost, certificate=certificate)


def with_crew_cost(
    cost: CostBreakdown, scenario: Scenario, rounds: Iterable[Round]
) -> CostBreakdown:
    """Add the price of who drives to that of what is driven.

    Parameters
    ----------
    cost
        With or without a price of crews, which is replaced.
    scenario, rounds
        The day, and its rounds with their drivers.

    Returns
    -------
    CostBreakdown
        All parts.
    """
    crew = crew_cost(scenario, rounds)
    return replace(
        cost, hours=crew.hours, rotation=crew.rotation, regular_driver=crew.regular_driver
    )


def hours_flags(before: Plan, plan: Plan, around: Around = NOTHING) -> tuple[Flag, ...]:
    """Say what planning within the law of working time has changed, so that nothing is silent.

    Parameters
    ----------
    before
        The plan before :func:`with_crews`.
    plan
        The plan after it.
    around
        What the day was planned around.

    Returns
    -------
    tuple of Flag
        Shifts that cannot be lawful, shifts with less room than asked for,
        drivers named, shifts nobody may take, and bands used.
    """
    if plan.scenario.working_time is None:
        return ()
    return (
        *_shift_flags(plan.scenario, around),
        *_driver_flags(plan),
        *_band_flags(before, plan),
    )


def _shift_flags(scenario: Scenario, around: Around) -> list[Flag]:
    lawful = lawful_day(staffed(scenario, around.crew), around)
    flags = [
        _flag("shift-unlawful", shift, rule=RULE_WORDS[slug])
        for shift, slug in lawful.unlawful.items()
    ]
    clock = scenario.day.clock
    for shift in lawful.narrowed:
        left = room_of(lawful.scenario.shift(shift), scenario.day.length_s)
        flags.append(
            _flag(
                "shift-narrowed",
                shift,
                start=clock(left.start_s),
                start_latest=clock(left.start_latest_s),
                end_earliest=clock(left.end_earliest_s),
                end=clock(left.end_s),
                duty=hours(left.duty_s),
            )
        )
    return flags


def _driver_flags(plan: Plan) -> list[Flag]:
    flags = []
    for each in plan.rounds:
        if plan.scenario.shift(each.shift).driver is not None:
            continue
        if each.driver is None:
            flags.append(_flag("nobody-to-name", each.shift))
        else:
            flags.append(
                _flag("driver-named", each.shift, who=_who(plan, each), **_clocks(plan, each))
            )
    return flags


def _band_flags(before: Plan, plan: Plan) -> list[Flag]:
    was = {each.shift: _duty_s(each) for each in before.rounds}
    return [
        _flag(
            "hours-used",
            each.shift,
            length=hours(_duty_s(each) - was[each.shift]),
            who=_who(plan, each),
            **_clocks(plan, each),
        )
        for each in plan.rounds
        if each.shift in was and _duty_s(each) > was[each.shift]
    ]


def _clocks(plan: Plan, tour_round: Round) -> dict[str, str]:
    clock = plan.scenario.day.clock
    first, last = tour_round.stops[0], tour_round.stops[-1]
    return {"start": clock(first.start_s), "end": clock(last.departure_s)}


def _who(plan: Plan, tour_round: Round) -> str:
    if tour_round.driver is None:
        return tour_round.shift
    driver = plan.scenario.driver(tour_round.driver)
    initial = f" {driver.last_name[0]}." if driver.last_name else ""
    return f"{driver.first_name}{initial}" if driver.first_name else driver.id


def _duty_s(tour_round: Round) -> int:
    return tour_round.stops[-1].departure_s - tour_round.stops[0].start_s


def _flag(slug: str, shift: str, **details: object) -> Flag:
    found = breach(slug, 1, **details)
    return Flag(shift, Reason(found.code, found.slug, found.sentence))
