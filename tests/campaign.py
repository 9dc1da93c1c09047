"""The long random campaigns: ``make campaign``; the tests run a tenth of each.

Every instance follows from its number alone, so a failure is repeated by
running its number again.
"""

import platform
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from random import Random  # noqa: TID251 - seeded by the number of the instance
from time import perf_counter, process_time

import numpy as np

from tests import spoil_law
from tests.campaign_hours import plan_days_with_histories
from tests.campaign_tally import Tally
from tests.campaign_weeks import live_four_weeks
from tests.fuzz_scenarios import read_or_refuse, spoilt_files
from tests.spoil import SPOILERS
from tests.strategies import random_day
from tus_dispatch.desk.planning_a_file import cheaper_of
from tus_dispatch.domain.demand import Direction, LegRequest, Pin
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.legs import leg_id, legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import force_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import encode, encode_plan, leg_times
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.solver.models.timetable import kindest_solution
from tus_dispatch.solver.search import search
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.verify.plan import verify_plan

N_DAYS = 10_000
N_SPOILT_PLANS = 10_000
N_SPOILT_FILES = 5000
N_ASSOCIATIONS = 12
SIZES = (1, 2, 4, 6, 8, 12, 20)
RE_SOLVED = 0.3
PINNED = 0.4
UNLAWFUL = 0.4
ITERATIONS = 400
N_REPEATS = 100
REPEATED_LEGS = (5, 10, 20, 30)
LONGEST_READ_S = 2.0
FILES_SEED = 20261121


def solve_random_days(first: int, count: int) -> Tally:
    """Solve random days and judge every plan.

    Three in ten are solved again from a plan with pins; of the others some ask for
    something the law forbids.

    Parameters
    ----------
    first, count
        Numbers of the instances.

    Returns
    -------
    Tally
        Faults are violations, legs neither served nor explained, and plans
        dearer than the one they started from.
    """
    tally = Tally("days solved", count)
    for number in range(first, first + count):
        rng = Random(number)  # noqa: S311
        n_legs = rng.choice(SIZES)
        scenario, matrix, plan = random_day(
            rng, n_legs=n_legs, n_shifts=rng.randint(1, max(1, min(5, n_legs)))
        )
        current = None
        if rng.random() < RE_SOLVED:
            scenario = _with_pins(scenario, plan, rng)
            current = replace(plan, scenario=scenario)
        elif rng.random() < UNLAWFUL:
            scenario = _with_a_breach(scenario, matrix, plan, rng)
        tally.counts["again from a plan"] += current is not None
        tally.counts["odd length of the day"] += scenario.day.length_s != 24 * 3600
        tally.counts["legs"] += n_legs
        found, searched_cost = solve_day(scenario, matrix, current, seed=number)
        tally.counts["legs served"] += n_legs - len(found.unserved)
        reasons = [force_of(each.reason) for each in found.unserved]
        tally.counts["legs the law keeps out"] += sum(each is not Force.LIMIT for each in reasons)
        tally.counts["cheaper by kinder times"] += found.cost.total < searched_cost
        if found.cost.total > searched_cost:
            tally.faults.append(f"day {number}: dearer than what the search found")
        tally.faults += [f"day {number}: {fault}" for fault in _faults(found, matrix, current)]
    return tally


def repeat_random_days(first: int, count: int) -> Tally:
    """Solve the same few days again and again: the plans are the same to the byte.

    Parameters
    ----------
    first, count
        Number of the first day and of the repeats.

    Returns
    -------
    Tally
        Faults are days with more than one plan.
    """
    tally = Tally("days repeated", count)
    for number, n_legs in enumerate(REPEATED_LEGS, start=first):
        texts = set()
        for _ in range(count):
            rng = Random(number)  # noqa: S311
            scenario, matrix, plan = random_day(rng, n_legs=n_legs, n_shifts=3)
            again = plan if number % 2 else None
            texts.add(dump_plan(solve_day(scenario, matrix, again, seed=number)[0]))
        tally.counts["plans"] += len(texts)
        if len(texts) > 1:
            tally.faults.append(f"day {number}: {len(texts)} different plans")
    return tally


def solve_day(
    scenario: Scenario, matrix: TravelMatrix, current: Plan | None, *, seed: int
) -> tuple[Plan, int]:
    """Plan a day in this process under an iteration limit; return what the search paid too."""
    promises = () if current is None else current.promises
    encoding = encode(
        scenario,
        legs_of(scenario),
        matrix,
        promises={promise.leg: promise.pickup_window for promise in promises},
    )
    best = search(
        encoding.instance,
        seed=seed,
        stop=MaxIterations(ITERATIONS),
        on_incumbent=lambda _: None,
        start=None if current is None else encode_plan(encoding, current),
    )
    solution = kindest_solution(encoding.instance, best.solution)
    plan = Plan(
        scenario=scenario,
        rounds=decode(encoding, solution),
        unserved=explain_unserved(encoding, solution),
        promises=promises,
        cost=decode_cost(encoding, solution),
    )
    if current is not None:
        plan = cheaper_of(plan, current, encoding)
    return plan, best.cost


def _faults(plan: Plan, matrix: TravelMatrix, current: Plan | None) -> list[str]:
    found = [f"{each.code} {each.where}" for each in verify_plan(plan, matrix)]
    told = {each.leg for each in plan.unserved}
    served = leg_times(plan).keys()
    if told & served or told | served != {leg.id for leg in legs_of(plan.scenario)}:
        found.append("a leg is lost or stands twice")
    if current is not None and plan.cost.total > current.cost.total:
        found.append(f"dearer than its start: {plan.cost.total} > {current.cost.total}")
    return found


def _with_a_breach(scenario: Scenario, matrix: TravelMatrix, plan: Plan, rng: Random) -> Scenario:
    """Take a paper, a commune, a metre or a cent from the day, where its law is enforced."""
    spoilt = rng.choice(spoil_law.SPOILERS).spoil(plan, matrix, rng)
    return scenario if spoilt is None else spoilt.scenario


def _with_pins(scenario: Scenario, plan: Plan, rng: Random) -> Scenario:
    """Pin some legs to the shift, and some of them to the time, that the plan gives them."""
    times = leg_times(plan)
    shift_of = {
        stop.leg: tour_round.shift for tour_round in plan.rounds for stop in tour_round.stops
    }

    def pinned(request: LegRequest | None, leg: LegId) -> LegRequest | None:
        if request is None or leg not in times or request.pin or rng.random() > PINNED:
            return request
        pickup_s = times[leg].pickup_s if rng.random() < PINNED else None
        return replace(request, pin=Pin(shift_of[leg], pickup_s, rng.choice((0, 60, 300))))

    bookings = tuple(
        replace(
            booking,
            outward=pinned(booking.outward, leg_id(booking.id, Direction.OUTWARD)),
            return_leg=pinned(booking.return_leg, leg_id(booking.id, Direction.RETURN)),
        )
        for booking in scenario.bookings
    )
    return replace(scenario, bookings=bookings)


def judge_spoilt_plans(first: int, count: int) -> Tally:
    """Spoil sound plans in one way each; the judge must name the rule.

    Parameters
    ----------
    first, count
        Numbers of the spoilt plans; each kind of spoiling takes its turn.

    Returns
    -------
    Tally
        Faults are spoilt plans whose rule is not among those reported.
    """
    tally = Tally("spoilt plans judged", count)
    number = first
    while sum(tally.counts.values()) < count:
        spoiler = SPOILERS[number % len(SPOILERS)]
        rng = Random(number)  # noqa: S311
        _, matrix, plan = random_day(rng, n_legs=rng.randint(1, 12), n_shifts=rng.randint(1, 4))
        spoilt = spoiler.spoil(plan, matrix, rng)
        number += 1
        if spoilt is None:
            continue
        tally.counts[spoiler.name] += 1
        codes = {violation.code for violation in verify_plan(spoilt, matrix)}
        if not spoiler.codes & codes:
            tally.faults.append(f"plan {number - 1}, {spoiler.name}: reported {sorted(codes)}")
    return tally


def read_spoilt_files(seed: int, count: int) -> Tally:
    """Read spoilt scenario files: no traceback, no hang, and file, place and reason told.

    Parameters
    ----------
    seed, count
        Of the mutator.

    Returns
    -------
    Tally
        Faults are anything but a file read or refused readably in two
        seconds.
    """
    tally = Tally("spoilt files read", count)
    for number, content in enumerate(spoilt_files(np.random.default_rng(seed), count)):
        started = process_time()
        try:
            tally.counts[read_or_refuse(content)] += 1
        except Exception as error:  # noqa: BLE001 - the campaign is there to find them
            tally.faults.append(f"file {number} of seed {seed}: {type(error).__name__} {error}")
        if process_time() - started > LONGEST_READ_S:
            tally.faults.append(f"file {number} of seed {seed}: slower than {LONGEST_READ_S} s")
    return tally


CAMPAIGNS: tuple[tuple[Callable[[int, int], Tally], int, int], ...] = (
    (judge_spoilt_plans, 0, N_SPOILT_PLANS),
    (read_spoilt_files, FILES_SEED, N_SPOILT_FILES),
    (repeat_random_days, 0, N_REPEATS),
    (solve_random_days, 0, N_DAYS),
    (plan_days_with_histories, 0, N_DAYS),
    (live_four_weeks, 0, N_ASSOCIATIONS),
)


def main() -> int:
    """Run every campaign in full and say what came out."""
    out = sys.stdout
    packages = ", ".join(f"{name} {version(name)}" for name in ("ortools", "numba", "numpy"))
    out.write(f"Python {platform.python_version()}, {packages}, {platform.machine()}\n")
    n_faults = 0
    for campaign, first, count in CAMPAIGNS:
        started = perf_counter()
        tally = campaign(first, count)
        out.write(
            f"{tally.name}: {tally.count} from {first}, {len(tally.faults)} faults, "
            f"{perf_counter() - started:.0f} s\n"
        )
        for name, number in sorted(tally.counts.items()):
            out.write(f"  {name}: {number}\n")
        for fault in tally.faults[:20]:
            out.write(f"  FAULT {fault}\n")
        out.flush()
        n_faults += len(tally.faults)
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
