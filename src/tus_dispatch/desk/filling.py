"""Fill the middle of a planned day, always beside the same day without filling."""

from dataclasses import replace

import tus_dispatch
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.solving import SolveOptions, solve
from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.daytime_report import DaytimeReport, SearchRun
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Flag, Plan, Provenance
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.errors import PlanRefusedError
from tus_dispatch.formats.scenario import scenario_sha256
from tus_dispatch.planning.daytime.choice import Filled, Limits, limits_of
from tus_dispatch.planning.daytime.fill import fill, settled
from tus_dispatch.planning.daytime.frozen import frozen, optional_ids, restored
from tus_dispatch.planning.daytime.idle import daytime_figures, gain
from tus_dispatch.planning.daytime.protected import Protected, missing_of, place_slots
from tus_dispatch.planning.daytime.release import free_vehicles
from tus_dispatch.planning.daytime.retimed import without_bookings
from tus_dispatch.planning.daytime.return_fill import empty_runs
from tus_dispatch.planning.daytime.why_not import left_out
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode, encode_plan
from tus_dispatch.planning.hours.lawful_day import around_of
from tus_dispatch.planning.legality import flags_of
from tus_dispatch.solver.models.timetable import kindest_solution
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.working_time import unlawful_duties

# What was said of shifts and of drivers named stays true: filling moves no end and names nobody.
_CREW_FLAGS = frozenset({"shift-unlawful", "shift-narrowed", "driver-named", "nobody-to-name"})


def fill_day(plan: Plan, matrix: TravelMatrix, options: SolveOptions) -> DaytimeReport:
    """Run both stages on a plan: freeze it, then let optional demand in.

    Parameters
    ----------
    plan
        Sound; what it serves stays within its tolerance.
    matrix
        Knows every place of its day.
    options
        Limits of each search.

    Returns
    -------
    DaytimeReport
        Both plans have passed the judge.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, in the plan that is given or, which
        is a fault of the planner, in the filled one.
    """
    expect_sound(plan, matrix)
    limits = limits_of(plan)
    without, narrow = _counterfactual(plan, matrix, options)
    drivers_first = plan.scenario.policy.daytime.protected_first
    protected = place_slots(narrow, matrix, limits) if drivers_first else Protected(narrow)
    inside = _filled(protected.plan, plan, matrix, (limits, options))
    proposals = inside.proposals
    without = _cheaper_without(without, inside.plan, plan, matrix, options)
    filled = _finished(inside.plan, plan, matrix, options)
    if proposals and gain(without, filled, matrix).net <= 0:
        inside, proposals = Filled(protected.plan), ()
    if not drivers_first:
        protected = place_slots(inside.plan, matrix, limits)
        if verify_filled(plan, _priced(restored(protected.plan, plan), matrix)):
            # A slot at a place of its own may cost more than the trips are worth.
            protected = Protected(inside.plan, missing=missing_of(inside.plan))
        inside = replace(inside, plan=protected.plan)
    filled = _finished(inside.plan, plan, matrix, options)
    _expect_sound_filling(plan, filled, matrix)
    expect_sound(without, matrix)
    return DaytimeReport(
        planned=plan,
        without=without,
        plan=filled,
        proposals=settled(proposals, filled),
        left_out=left_out(inside.plan, matrix, limits),
        placed=protected.placed,
        missing=protected.missing,
        empty_runs=empty_runs(without, matrix),
        free_vehicles=free_vehicles(filled),
        before=daytime_figures(without, matrix, plan),
        after=daytime_figures(filled, matrix, plan),
        gain=gain(without, filled, matrix),
        run=SearchRun(
            options.engine,
            tus_dispatch.__version__,
            options.seed,
            options.time_limit_s,
            options.iterations,
        ),
    )


def _filled(
    narrow: Plan, plan: Plan, matrix: TravelMatrix, how: tuple[Limits, SolveOptions]
) -> Filled:
    """Let optional legs in, search on with them, and let in what fits now."""
    limits, options = how
    first = fill(narrow, matrix, limits)
    if not first.proposals:
        return first
    better = _improved(first.plan, matrix, options)
    if verify_filled(plan, _priced(restored(better, plan), matrix)):
        # The search knows nothing of the buffer before the evening peak.
        better = first.plan
    second = fill(better, matrix, limits)
    return Filled(second.plan, (*first.proposals, *second.proposals))


def _counterfactual(plan: Plan, matrix: TravelMatrix, options: SolveOptions) -> tuple[Plan, Plan]:
    """Return the day without anything optional, and the narrow day from which filling starts."""
    narrow = _improved(frozen(plan), matrix, options)
    optional = optional_ids(plan.scenario) & {each.id for each in plan.scenario.bookings}
    bare = without_bookings(plan, matrix, optional) if optional else None
    if bare is None:
        return _finished(narrow, plan, matrix, options), narrow
    return _finished(_improved(frozen(bare), matrix, options), bare, matrix, options), narrow


def _cheaper_without(
    without: Plan, filled: Plan, plan: Plan, matrix: TravelMatrix, options: SolveOptions
) -> Plan:
    """Take the filled day without its optional legs where that is the better counterfactual."""
    bare = without_bookings(filled, matrix, optional_ids(plan.scenario))
    base = without_bookings(plan, matrix, optional_ids(plan.scenario))
    if bare is None or base is None:
        return without
    bare = replace(bare, scenario=replace(bare.scenario, drivers=plan.scenario.drivers))
    other = _finished(_at_kindest_times(bare, _encoded(bare, matrix)), base, matrix, options)
    is_sound = not verify_filled(base, other)
    return other if is_sound and other.cost.driven < without.cost.driven else without


def _improved(narrow: Plan, matrix: TravelMatrix, options: SolveOptions) -> Plan:
    """Search on from a plan, everything it serves required and held where it was told."""
    encoding = _encoded(narrow, matrix)
    quiet = replace(options, proves=False)
    outcome = solve(encoding.instance, quiet, start=encode_plan(encoding, narrow))
    solution = kindest_solution(encoding.instance, outcome.solution)
    better = replace(
        narrow, rounds=decode(encoding, solution), cost=decode_cost(encoding, solution)
    )
    kept = _at_kindest_times(narrow, encoding)
    is_whole = not solution.unserved
    return better if is_whole and better.cost.total < kept.cost.total else kept


def _encoded(narrow: Plan, matrix: TravelMatrix) -> Encoding:
    scenario = narrow.scenario
    promises = {each.leg: each.pickup_window for each in narrow.promises}
    return encode(scenario, legs_of(scenario), matrix, promises=promises, around=around_of(narrow))


def _at_kindest_times(narrow: Plan, encoding: Encoding) -> Plan:
    solution = kindest_solution(encoding.instance, encode_plan(encoding, narrow))
    return replace(narrow, rounds=decode(encoding, solution), cost=decode_cost(encoding, solution))


def _finished(narrow: Plan, plan: Plan, matrix: TravelMatrix, options: SolveOptions) -> Plan:
    """Bring a plan back into its own day, priced and with its provenance."""
    whole = _priced(restored(narrow, plan), matrix)
    provenance = Provenance(
        engine=options.engine,
        version=tus_dispatch.__version__,
        seed=options.seed,
        workers=options.workers,
        scenario_sha256=scenario_sha256(whole.scenario),
        travel_source=matrix.source,
        warnings=matrix.warnings,
    )
    return replace(whole, provenance=provenance, flags=_flags(whole, plan, matrix))


def _flags(whole: Plan, plan: Plan, matrix: TravelMatrix) -> tuple[Flag, ...]:
    """Say what the law has to say of a plan whose drivers are those it had."""
    of_duties = (
        Flag(each.where, Reason(each.breach.code, each.breach.slug, each.breach.sentence))
        for each in unlawful_duties(open_case(whole, matrix))
    )
    of_crews = (each for each in plan.flags if each.reason.slug in _CREW_FLAGS)
    return (*flags_of(whole, matrix), *of_crews, *of_duties)


def _priced(plan: Plan, matrix: TravelMatrix) -> Plan:
    # What is known of the best possible plan was said of another demand.
    plan = replace(plan, certificate=Certificate())
    return replace(plan, cost=price(open_case(plan, matrix)))


def _expect_sound_filling(before: Plan, filled: Plan, matrix: TravelMatrix) -> None:
    expect_sound(filled, matrix)
    broken = verify_filled(before, filled)
    if broken:
        listed = "\n".join(f"{each.code} {each.where}: {each.sentence}" for each in broken)
        raise PlanRefusedError(f"le contrôle refuse ce remplissage, qui n'est pas écrit\n{listed}")
