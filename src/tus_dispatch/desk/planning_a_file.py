"""Plan a day: read, decide, verify, write; a plan the judge refuses is never written."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import tus_dispatch
from tus_dispatch.desk.solving import Outcome, Progress, SolveOptions, solve
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.plan import Plan, Provenance
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.errors import PlanRefusedError
from tus_dispatch.formats.scenario import scenario_sha256
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode, encode_plan
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.verify.plan import verify_plan


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A plan the judge has accepted, and how long it took.

    Attributes
    ----------
    plan
        Sound.
    outcome
        What the solver's processes report.
    """

    plan: Plan
    outcome: Outcome


def with_profile(scenario: Scenario, profile: Profile | None) -> Scenario:
    """Return the day with another objective; its own when the profile is None or the same.

    Parameters
    ----------
    scenario
        The day.
    profile
        Wanted profile, or None.

    Returns
    -------
    Scenario
        Weights the scenario changed one by one are kept with its own profile
        only.
    """
    if profile is None or profile is scenario.objective.profile:
        return scenario
    return replace(scenario, objective=Objective(profile, Weights.of(profile)))


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
    encoding = _encode(with_profile(scenario, profile), matrix, current)
    start = None if current is None else encode_plan(encoding, current)

    outcome = solve(encoding.instance, options, start=start, on_progress=on_progress)
    plan = _assemble(encoding, scenario_sha256(scenario), outcome, options, current)

    expect_sound(plan, matrix)
    return PlannedDay(plan, outcome)


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
        raise PlanRefusedError(f"the judge refuses the plan\n{listed}")


def _encode(scenario: Scenario, matrix: TravelMatrix, current: Plan | None) -> Encoding:
    if current is None:
        return encode(scenario, legs_of(scenario), matrix)
    promises = {promise.leg: promise.pickup_window for promise in current.promises}
    return encode(scenario, legs_of(scenario), matrix, promises=promises)


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
    return Plan(
        scenario=encoding.scenario,
        rounds=decode(encoding, outcome.solution),
        unserved=explain_unserved(encoding, outcome.solution),
        promises=() if current is None else current.promises,
        cost=decode_cost(encoding, outcome.solution),
        provenance=provenance,
    )
