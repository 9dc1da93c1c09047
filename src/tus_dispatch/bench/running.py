"""Run one engine or peer on one file with one seed, and record what our judge says of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tus_dispatch.bench.codes import refusal
from tus_dispatch.bench.peers.child import ask
from tus_dispatch.bench.peers.problem import Budget, peer_problem
from tus_dispatch.bench.peers.registry import PEERS, Peer
from tus_dispatch.bench.reading import Case, DayCase, LiteratureCase
from tus_dispatch.bench.record import Record
from tus_dispatch.bench.scoring import relaxed, score, timed
from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import Outcome, SolveOptions, solve
from tus_dispatch.domain.plan import Plan
from tus_dispatch.errors import PlanRefusedError
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES

MILLI_CENTS_PER_CENT = 1000
FAIR_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Who searches, and for how long.

    Attributes
    ----------
    engine
        Key of ``solver.engines.ENGINES`` or of ``PEERS``.
    time_limit_s, iterations
        Limits; None for no limit of that kind.
    workers
        Processes side by side.
    """

    engine: str = DEFAULT_ENGINE
    time_limit_s: float | None = 10.0
    iterations: int | None = None
    workers: int = 1


def expect_runnable(options: RunOptions) -> None:
    """Refuse an engine that cannot run, before anybody waits for it.

    Parameters
    ----------
    options
        As asked for.

    Raises
    ------
    InputError
        For an unknown name, a peer that is not installed, or limits that a
        peer does not take.
    """
    if options.engine in ENGINES:
        return
    if options.engine not in PEERS:
        expected = f"un de ces noms : {', '.join([*ENGINES, *PEERS])}"
        raise refusal("unknown-engine", "--engine", "--engine", options.engine, expected)
    if options.time_limit_s is None or options.iterations is not None or options.workers != 1:
        expected = "une durée et un seul processus"
        raise refusal("peer-cannot", "--engine", "--engine", options.engine, expected)
    PEERS[options.engine].expect_installed()


def expect_plans(case: Case, options: RunOptions) -> None:
    """Refuse a scenario for a peer: the peers are given benchmark files only.

    Parameters
    ----------
    case, options
        Runnable.

    Raises
    ------
    InputError
        When a peer is asked to plan a scenario.
    """
    if options.engine not in ENGINES and isinstance(case, DayCase):
        expected = "un fichier de la littérature"
        raise refusal("peer-cannot", case.name, "--engine", options.engine, expected)


def run(
    case: Case,
    options: RunOptions,
    seed: int,
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Record:
    """Run once.

    Parameters
    ----------
    case
        What to solve; no scenario for a peer.
    options
        Runnable.
    seed
        Of this run.
    warn
        Told in English what went wrong without ending the run.

    Returns
    -------
    Record
        Judged; never feasible without the judge's word.
    """
    if isinstance(case, DayCase):
        return _day(case, options, seed, warn)
    if options.engine in ENGINES:
        return _literature(case, options, seed, warn)
    return _peer(case, PEERS[options.engine], options, seed, warn)


def _solve_options(options: RunOptions, seed: int) -> SolveOptions:
    return SolveOptions(
        time_limit_s=options.time_limit_s,
        iterations=options.iterations,
        seed=seed,
        workers=options.workers,
        engine=options.engine,
        # An ablation shows what the search alone is worth without one of its parts.
        proves=options.engine == DEFAULT_ENGINE,
    )


def _literature(
    case: LiteratureCase, options: RunOptions, seed: int, warn: Callable[[str], None]
) -> Record:
    literature = case.literature
    outcome = solve(
        literature.instance, _solve_options(options, seed), arc_cost=literature.distance
    )
    _warn_of_losses(outcome, warn)
    judged = score(literature, outcome.solution)
    feasible = judged.cost is not None
    return Record(
        instance=case.name,
        engine=options.engine,
        seed=seed,
        n_requests=case.n_requests,
        vehicles=len(outcome.solution.routes),
        wall_s=round(outcome.elapsed_s, 3),
        cost=judged.cost,
        feasible=feasible,
        lower_bound=outcome.bound.lower_bound,
        proved_optimal=feasible and outcome.bound.proved_optimal,
        routes=judged.routes,
    )


def _day(case: DayCase, options: RunOptions, seed: int, warn: Callable[[str], None]) -> Record:
    try:
        planned = plan_day(case.scenario, case.matrix, _solve_options(options, seed))
    except PlanRefusedError as error:
        warn(str(error))
        return _refused(case, options, seed)
    _warn_of_losses(planned.outcome, warn)
    plan, bound = planned.plan, planned.outcome.bound
    lower = bound.lower_bound
    return Record(
        instance=case.name,
        engine=options.engine,
        seed=seed,
        n_requests=case.n_requests,
        vehicles=len(plan.rounds),
        wall_s=round(planned.outcome.elapsed_s, 3),
        cost=plan.cost.total / MILLI_CENTS_PER_CENT,
        feasible=True,
        lower_bound=None if lower is None else lower / MILLI_CENTS_PER_CENT,
        proved_optimal=bound.proved_optimal,
        routes=_legs(plan),
    )


def _refused(case: DayCase, options: RunOptions, seed: int) -> Record:
    return Record(
        instance=case.name,
        engine=options.engine,
        seed=seed,
        n_requests=case.n_requests,
        vehicles=0,
        wall_s=0.0,
        cost=None,
        feasible=False,
        lower_bound=None,
        proved_optimal=False,
        routes=(),
    )


def _legs(plan: Plan) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(str(stop.leg) for stop in tour_round.stops if stop.leg is not None)
        for tour_round in plan.rounds
    )


def _peer(
    case: LiteratureCase, peer: Peer, options: RunOptions, seed: int, warn: Callable[[str], None]
) -> Record:
    literature = case.literature
    budget = Budget(options.time_limit_s or 0.0, seed)
    answer = ask(peer, peer_problem(literature, peer.scale), budget)
    if answer.complaint:
        warn(f"{peer.name} on {case.name}: {answer.complaint}")
    elif answer.cpu_s < FAIR_SHARE * answer.wall_s:
        share = answer.cpu_s / answer.wall_s
        warn(f"{peer.name} on {case.name}: had only {share:.0%} of a core, so this run is not fair")
    solution = timed(literature.instance, answer.orders)
    judged = score(literature, solution)
    return Record(
        instance=case.name,
        engine=peer.name,
        seed=seed,
        n_requests=case.n_requests,
        vehicles=len(solution.routes),
        wall_s=round(answer.wall_s, 3),
        cost=judged.cost,
        feasible=judged.cost is not None,
        lower_bound=None,
        proved_optimal=False,
        routes=judged.routes,
        relaxed=relaxed(literature, case.unlimited, answer.orders),
        cpu_s=round(answer.cpu_s, 3),
    )


def _warn_of_losses(outcome: Outcome, warn: Callable[[str], None]) -> None:
    if outcome.lost:
        warn(f"{outcome.lost} solver process(es) died or were ended; {outcome.engine} answered")
