"""The campaign of working time: days with histories are planned lawfully, or told."""

from collections import Counter
from dataclasses import replace
from random import Random  # noqa: TID251 - seeded by the number of the instance

from tests.campaign_tally import Tally
from tests.day_hours import HOUR_S, REST_S, with_hours
from tests.spoil_hours import SPOILERS
from tests.strategies import Day, random_day
from tus_dispatch.desk.planning_a_file import cheaper_of, with_crews_told
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import DriverId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import encode, encode_plan, with_rounds
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.hours.lawful_day import NOTHING, kept_from
from tus_dispatch.solver.models.timetable import kindest_solution
from tus_dispatch.solver.search import search
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.verify.plan import verify_plan

SIZES = (1, 2, 4, 6, 8, 12)
ITERATIONS = 100
AROUND_A_PLAN = 0.5
RE_SOLVED = 0.5


def plan_days_with_histories(first: int, count: int) -> Tally:
    """Plan random days whose drivers have histories; judge every plan, then spoil it.

    Parameters
    ----------
    first, count
        Numbers of the instances. Half of the days have histories that leave
        a known plan just lawful; the others have histories drawn without
        looking at any plan, so that shifts must be cut or left unused.

    Returns
    -------
    Tally
        Faults are violations of any rule, legs lost, and spoilt plans whose
        rule is not among those reported.
    """
    tally = Tally("days with histories", count)
    for number in range(first, first + count):
        rng = Random(number)  # noqa: S311
        n_legs = rng.choice(SIZES)
        day = random_day(rng, n_legs=n_legs, n_shifts=rng.randint(1, max(1, min(5, n_legs))))
        if rng.random() < AROUND_A_PLAN:
            plan = with_hours(rng, day[2], day[1])
            current = plan if rng.random() < RE_SOLVED else None
            tally.counts["around a lawful plan"] += 1
        else:
            plan, current = with_any_histories(rng, day), None
        found = plan_lawfully(plan.scenario, day[1], current, seed=number)
        _count(tally.counts, found, n_legs)
        tally.faults += [f"day {number}: {fault}" for fault in _faults(found, day[1], current)]
        tally.faults += [f"day {number}: {fault}" for fault in _spoilt(found, day[1], rng, tally)]
    return tally


def plan_lawfully(
    scenario: Scenario, matrix: TravelMatrix, current: Plan | None, *, seed: int
) -> Plan:
    """Plan a day in this process as the desk does, under an iteration limit."""
    promises = () if current is None else current.promises
    encoding = encode(
        scenario,
        legs_of(scenario),
        matrix,
        promises={promise.leg: promise.pickup_window for promise in promises},
        around=NOTHING if current is None else kept_from(current, scenario),
    )
    best = search(
        encoding.instance,
        seed=seed,
        stop=MaxIterations(ITERATIONS),
        on_incumbent=lambda _: None,
        start=None if current is None else encode_plan(encoding, current),
    )
    solution = kindest_solution(encoding.instance, best.solution)
    rounds = decode(encoding, solution)
    plan = Plan(
        scenario=scenario,
        rounds=rounds,
        unserved=explain_unserved(with_rounds(encoding, rounds), solution),
        promises=promises,
        cost=decode_cost(encoding, solution),
    )
    if current is not None:
        plan = cheaper_of(plan, current, encoding)
    return with_crews_told(plan, encoding)


def with_any_histories(rng: Random, day: Day) -> Plan:
    """Give drivers hours that nobody has compared with the day, so that shifts are cut."""
    scenario, _, plan = day
    drivers = tuple(_any_history(rng, scenario, each) for each in scenario.drivers)
    relief = tuple(
        _any_history(
            rng, scenario, replace(each, id=DriverId(f"{each.id}-relief"), protected_slots=())
        )
        for each in scenario.drivers
        if rng.random() < 0.5
    )
    mode = Enforcement.ENFORCED if rng.random() < 0.8 else Enforcement.FLAGGED
    law = WorkingTime(mode, (("sunday_rest", None),) if rng.random() < 0.8 else ())
    return replace(plan, scenario=replace(scenario, drivers=(*drivers, *relief), working_time=law))


def _any_history(rng: Random, scenario: Scenario, driver: Driver) -> Driver:
    lately_s = rng.randint(-2 * HOUR_S, 2 * REST_S)
    return replace(
        driver,
        contract_week_s=rng.choice((None, 20 * HOUR_S, 26 * HOUR_S, 35 * HOUR_S)),
        worked_week_s=rng.randint(0, 48 * HOUR_S) if rng.random() < 0.6 else 0,
        night_year_s=rng.randint(0, 280 * HOUR_S),
        last_duty_end_at=scenario.day.start_at - lately_s if rng.random() < 0.7 else None,
        past_weeks_s=tuple(rng.randint(20 * HOUR_S, 48 * HOUR_S) for _ in range(11)),
        told_on=None,
    )


def _count(counts: Counter[str], plan: Plan, n_legs: int) -> None:
    counts["legs"] += n_legs
    counts["legs served"] += n_legs - len(plan.unserved)
    for flag in plan.flags:
        counts[f"flag {flag.reason.slug}"] += 1


def _faults(plan: Plan, matrix: TravelMatrix, current: Plan | None) -> list[str]:
    found = [f"{each.code} {each.where}: {each.sentence}" for each in verify_plan(plan, matrix)]
    if current is not None:
        told = {each.leg for each in plan.unserved} - {each.leg for each in current.unserved}
        required = {leg.id for leg in legs_of(plan.scenario) if leg.price_eur_cents is None}
        if told & required:
            found.append("somebody the lawful plan served is left out")
    return found


def _spoilt(plan: Plan, matrix: TravelMatrix, rng: Random, tally: Tally) -> list[str]:
    """Spoil the plan in one way; the judge must name the rule."""
    bare = replace(plan, scenario=replace(plan.scenario, working_time=None), flags=())
    bare = replace(bare, cost=replace(plan.cost, hours=0, rotation=0, regular_driver=0))
    for spoiler in rng.sample(SPOILERS, len(SPOILERS)):
        spoilt = spoiler.spoil(bare, matrix, rng)
        if spoilt is None:
            continue
        tally.counts["spoilt"] += 1
        codes = {violation.code for violation in verify_plan(spoilt, matrix)}
        tally.counts["spoilt and caught"] += bool(spoiler.codes & codes)
        return [] if spoiler.codes & codes else [f"{spoiler.name}: reported {sorted(codes)}"]
    return []
