"""How long one quote into a planned day takes: ``python -m benchmarks.quotes``.

A generated day of 250 legs and 20 shifts is planned once. Then bookings are taken out one
by one and quoted again (each leg alone, and both together), and made-up new legs are quoted
into the whole plan. The plan is made ready before the clock starts, as it is once per
version; travel times are known. Alternatives of refusals are measured apart.
"""

import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np

from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.quoting import N_OFFERS, expect_sound_offers
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.demand import Booking, Leg, LegRequest
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.generate.day import generate
from tus_dispatch.planning.alternatives import alternatives
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.planning.retime import without

FAMILY, SEED, N_LEGS, N_SHIFTS = "cher_multidepot", 1, 250, 20
SEARCH_S = 10.0
N_NEW = 200
# How long people may be fetched for the way back: half an hour to half a day.
WINDOWS_S = (1800, 7200, 14_400)
BASELINE = Path(__file__).parent / "baselines" / "quotes.json"

Row = dict[str, float | int | str]
OutOfPlan = tuple[str, Plan, tuple[Leg, ...]]
Result = TypeVar("Result")


class Clock:
    """CPU and wall milliseconds of whatever was timed, by name."""

    def __init__(self) -> None:
        self.ms: dict[str, list[tuple[float, float]]] = {}

    def run(self, name: str, function: Callable[[], Result]) -> Result:
        wall_s, cpu_s = perf_counter(), process_time()
        result = function()
        spent = 1000 * (process_time() - cpu_s), 1000 * (perf_counter() - wall_s)
        said = f"{name}, refused" if isinstance(result, Refusal) else name
        self.ms.setdefault(said, []).append(spent)
        return result

    def rows(self) -> Iterator[Row]:
        for name, spent in self.ms.items():
            row: Row = {"what": name, "n": len(spent)}
            for kind, values in zip(("cpu", "wall"), zip(*spent, strict=True), strict=True):
                for percent in (50, 99, 100):
                    value = float(np.percentile(values, percent))
                    row[f"{kind}_p{percent}_ms"] = round(value, 1)
            yield row


def taken_out(plan: Plan, matrix: TravelMatrix) -> Iterator[OutOfPlan]:
    """Yield what is quoted, the plan without it, and its legs."""
    left_out = {each.leg for each in plan.unserved}
    for booking in plan.scenario.bookings:
        legs = legs_asked(plan, booking.id)
        if any(leg.id in left_out for leg in legs):
            continue
        shorter: Plan | None = plan
        for leg in legs:
            alone = without(plan, leg.id, matrix)
            if alone is not None:
                yield "one leg taken out", alone, (leg,)
            shorter = None if shorter is None else without(shorter, leg.id, matrix)
        if len(legs) > 1 and shorter is not None:
            yield "outward and return taken out", shorter, legs


def new_bookings(plan: Plan, rng: Random) -> Iterator[Booking]:
    """Yield made-up bookings of one leg, or of two, between places of the day."""
    scenario = plan.scenario
    for number in range(N_NEW):
        origin, destination = rng.sample([place.id for place in scenario.places], 2)
        hour_s = rng.randrange(3 * 3600, 13 * 3600, 300)
        out = LegRequest(origin, destination, arrive_by_s=hour_s)
        ready_s = hour_s + 3600
        back = LegRequest(
            destination,
            origin,
            pickup_window=TimeWindow(ready_s, ready_s + rng.choice(WINDOWS_S)),
        )
        person = rng.choice(scenario.participants).id
        yield Booking(
            BookingId(f"new-{number}"),
            person,
            outward=out,
            return_leg=back if number % 2 else None,
        )


def quote(clock: Clock, what: str, day: OpenDay, legs: Sequence[Leg]) -> Refusal | None:
    """Quote some legs, and judge each offer as the desk does."""
    ask = partial(quote_booking, day, legs, n_offers=N_OFFERS)
    answer = clock.run(what, ask)
    if isinstance(answer, Refusal):
        return answer
    for offer in answer:
        clock.run("judging one offer", partial(expect_sound_offers, day.plan, (offer,), day.matrix))
    return None


def measure(clock: Clock, plan: Plan, matrix: TravelMatrix) -> None:
    """Quote everything once."""
    for what, shorter, legs in taken_out(plan, matrix):
        day = clock.run("plan made ready", partial(open_day, shorter, matrix))
        quote(clock, what, day, legs)
    whole = open_day(plan, matrix)
    for booking in new_bookings(plan, Random(SEED)):  # noqa: S311
        asked = with_booking(plan, booking, plan.scenario.participant(booking.participant))
        changed, asked_for = whole.under(asked), legs_asked(asked, booking.id)
        what = "new outward and return" if len(asked_for) > 1 else "new leg"
        if quote(clock, what, changed, asked_for) is not None:
            clock.run("alternatives", partial(alternatives, changed, booking.id))


def main() -> None:
    """Plan a day, quote into it, print a table and write the baseline."""
    scenario = generate(FAMILY, seed=SEED, n_legs=N_LEGS, n_shifts=N_SHIFTS)
    matrix = travel_matrix(scenario, Path())
    plan = plan_day(scenario, matrix, SolveOptions(time_limit_s=SEARCH_S)).plan
    # The first quote loads the kernels.
    _, shorter, first = next(taken_out(plan, matrix))
    quote(Clock(), "start-up", open_day(shorter, matrix), first)
    clock = Clock()
    measure(clock, plan, matrix)
    rows = list(clock.rows())
    for line in [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]:
        sys.stdout.write(" | ".join(line) + "\n")
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    machine |= {name: version(name) for name in ("numba", "numpy")}
    day = f"{FAMILY} {N_LEGS}/{N_SHIFTS}, seed {SEED}, {SEARCH_S:g} s of search"
    content = {"machine": machine, "day": day, "rows": rows}
    BASELINE.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main()
