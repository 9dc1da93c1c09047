"""Plan a day: read, decide, verify, write; a plan the judge refuses is never written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import tus_dispatch
from tus_dispatch.desk.outputs import RouteLines, expect_writable, write_outputs
from tus_dispatch.desk.solving import Outcome, Progress, SolveOptions, solve
from tus_dispatch.desk.travel import road_lines, route_lines, travel_times
from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.plan import Flag, Plan, Provenance
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.errors import InputError, PlanRefusedError
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario, scenario_sha256
from tus_dispatch.network.times import TravelTimes
from tus_dispatch.planning.certificate import certificate_of, for_another_plan
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode, encode_plan, with_rounds
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.hours.crews import hours_flags, with_crew_cost, with_crews
from tus_dispatch.planning.hours.lawful_day import Around, around_of, kept_from
from tus_dispatch.planning.kind_times import with_kindest_times
from tus_dispatch.planning.legality import flags_of
from tus_dispatch.solver.models.timetable import kindest_solution
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.plan import verify_plan
from tus_dispatch.verify.working_time import unlawful_duties


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be planned, and where the result goes.

    Attributes
    ----------
    scenario
        File of the day.
    out
        Folder for plan, map, figures and sheets.
    options
        Limits of the search.
    profile
        Objective to plan by instead of the scenario's own.
    current
        File of a plan to start from; its promises are kept.
    """

    scenario: Path
    out: Path
    options: SolveOptions
    profile: Profile | None = None
    current: Path | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A plan the judge has accepted, and how it came about.

    Attributes
    ----------
    plan
        Sound.
    matrix
        Its travel times.
    outcome
        What the solver's processes report.
    notes
        French sentences about what the folder lacks.
    """

    plan: Plan
    matrix: TravelMatrix
    outcome: Outcome
    notes: tuple[str, ...] = ()


def plan_a_file(order: Order, *, on_progress: Callable[[Progress], None]) -> PlannedDay:
    """Plan the day of a file and write everything it leaves behind.

    Parameters
    ----------
    order
        What to plan.
    on_progress
        Called with the best so far.

    Returns
    -------
    PlannedDay
        Judged, found sound, and written.

    Raises
    ------
    InputError
        When a file or the folder cannot be used.
    PlanRefusedError
        When the judge finds a violation; nothing is written then.
    """
    expect_writable(order.out)
    day = load_scenario(order.scenario)
    current = None if order.current is None else load_plan(order.current, day)
    times = travel_times(day, order.scenario.parent)
    matrix = times.matrix(day.places)

    planned = plan_day(
        day,
        matrix,
        order.options,
        profile=order.profile,
        current=current,
        on_progress=on_progress,
    )

    lines, notes = drawn_lines(planned.plan, times)
    write_outputs(planned.plan, matrix, order.out, lines=lines, roads=road_lines(times))
    return replace(planned, notes=notes)


def drawn_lines(plan: Plan, times: TravelTimes) -> tuple[RouteLines, tuple[str, ...]]:
    """Draw the drives; a server that fails only now takes the lines away, not the plan.

    Parameters
    ----------
    plan
        Any plan.
    times
        What it was made with.

    Returns
    -------
    lines : dict
        By shift and index of a stop, the drive into it.
    notes : tuple of str
        A French sentence when they could not be drawn.
    """
    try:
        return route_lines(plan, times), ()
    except InputError as error:
        why = error.problems[0].value
        return {}, (f"Le tracé des routes manque sur la carte : {why}.",)


def plan_day(
    scenario: Scenario,
    matrix: TravelMatrix,
    options: SolveOptions,
    *,
    profile: Profile | None = None,
    current: Plan | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> PlannedDay:
    """Plan a day from nothing or from a plan at hand.

    Parameters
    ----------
    scenario, matrix
        The day and its travel times.
    options
        Limits of the search.
    profile
        Objective to plan by instead of the scenario's own.
    current
        A plan to start from; its promises are kept.
    on_progress
        Called with the best so far.

    Returns
    -------
    PlannedDay
        Judged and found sound.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, which is a fault of the solver.
    """
    encoding = _encode(scenario.with_profile(profile), matrix, current)
    start = None if current is None else encode_plan(encoding, current)

    outcome = solve(encoding.instance, options, start=start, on_progress=on_progress)
    kindest = kindest_solution(encoding.instance, outcome.solution)
    outcome = replace(outcome, solution=kindest)
    plan = _assemble(encoding, scenario_sha256(scenario), outcome, options, current)
    if current is not None:
        plan = cheaper_of(plan, current, encoding)
    plan = with_crews_told(plan, encoding)

    expect_sound(plan, matrix)
    return PlannedDay(plan, matrix, outcome)


def cheaper_of(plan: Plan, current: Plan, encoding: Encoding) -> Plan:
    """Keep the orders of a plan at hand where they are still sound and cheaper than the new ones.

    The search starts from them but ranks orders by quick times: at the
    kindest times, orders it has left behind may cost less.

    Parameters
    ----------
    plan, current
        New, and at hand; of the same service day.
    encoding
        That day.

    Returns
    -------
    Plan
        One of the two, by the rules and the objective of the new one.
    """
    kept = replace(current, scenario=plan.scenario, provenance=plan.provenance)
    if verify_plan(kept, encoding.matrix):
        return plan
    kinder = with_kindest_times(encoding, kept)
    # The judge allows a round that planning, more careful with hours, would not move.
    kept = kinder if _is_sound(kinder, encoding.matrix) else kept
    if kept.cost.driven >= plan.cost.driven and _is_sound(plan, encoding.matrix):
        return plan
    return replace(kept, certificate=for_another_plan(plan.certificate, kept.cost.driven))


def _is_sound(plan: Plan, matrix: TravelMatrix) -> bool:
    """Tell whether a plan that has no price of crews and no certificate yet keeps every rule."""
    whole = with_crew_cost(plan.cost, plan.scenario, plan.rounds)
    return not verify_plan(replace(plan, cost=whole, certificate=Certificate()), matrix)


def with_crews_told(plan: Plan, encoding: Encoding) -> Plan:
    """Give open shifts their drivers, and say what the law of working time makes of the day.

    Parameters
    ----------
    plan
        Priced without its crews.
    encoding
        The day it was planned from.

    Returns
    -------
    Plan
        With flags for everything the law has changed, and for every duty that
        breaks it where nothing enforces it.
    """
    crewed = with_crews(plan)
    flags = flags_told(crewed, encoding.matrix, before=plan, around=encoding.around)
    return replace(crewed, flags=flags)


def flags_told(
    plan: Plan, matrix: TravelMatrix, *, before: Plan | None = None, around: Around | None = None
) -> tuple[Flag, ...]:
    """Say what somebody should look at in a plan: its trips, its shifts, its duties.

    Parameters
    ----------
    plan, matrix
        Any plan and its travel times.
    before
        The plan before its crews, where it has just got them.
    around
        What the day was planned around, or None for the plan itself.

    Returns
    -------
    tuple of Flag
        Those of the law of trips, then of working time.
    """
    at_hand = around_of(plan) if around is None else around
    broken = (
        Flag(each.where, Reason(each.breach.code, each.breach.slug, each.breach.sentence))
        for each in unlawful_duties(open_case(plan, matrix))
    )
    return (*flags_of(plan, matrix), *hours_flags(before or plan, plan, at_hand), *broken)


def expect_sound(plan: Plan, matrix: TravelMatrix) -> None:
    """Let only plans without violations pass.

    Parameters
    ----------
    plan, matrix
        What the judge looks at.

    Raises
    ------
    PlanRefusedError
        With every violation.
    """
    violations = verify_plan(plan, matrix)
    if violations:
        listed = "\n".join(f"{each.code} {each.where}: {each.sentence}" for each in violations)
        raise PlanRefusedError(f"le contrôle refuse ce plan, qui n'est pas écrit\n{listed}")


def _encode(scenario: Scenario, matrix: TravelMatrix, current: Plan | None) -> Encoding:
    if current is None:
        return encode(scenario, legs_of(scenario), matrix)
    promises = {promise.leg: promise.pickup_window for promise in current.promises}
    around = kept_from(current, scenario)
    return encode(scenario, legs_of(scenario), matrix, promises=promises, around=around)


def _assemble(
    encoding: Encoding, sha256: str, outcome: Outcome, options: SolveOptions, current: Plan | None
) -> Plan:
    provenance = Provenance(
        engine=outcome.engine,
        version=tus_dispatch.__version__,
        seed=options.seed,
        workers=options.workers,
        scenario_sha256=sha256,
        travel_source=encoding.matrix.source,
        warnings=encoding.matrix.warnings,
    )
    cost = decode_cost(encoding, outcome.solution)
    rounds = decode(encoding, outcome.solution)
    return Plan(
        scenario=encoding.scenario,
        rounds=rounds,
        unserved=explain_unserved(with_rounds(encoding, rounds), outcome.solution),
        promises=() if current is None else current.promises,
        cost=cost,
        provenance=provenance,
        certificate=certificate_of(outcome.bound, cost.total),
    )
