"""How long days take to plan, and how many legs are served: ``python -m benchmarks.plan_days``.

Generated days always; the Ain day and the Barcelona days where the data folder is
there. Start-up (a solver process and its kernels) is reported apart; the seconds of
search count from the loaded instance. Every plan has passed the judge.
"""

import json
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from tests.data_folder import find_data_folder
from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.sniff import import_day
from tus_dispatch.generate.day import generate

FAMILY = "cher_multidepot"
SEED = 1
GENERATED = ((60, 6, 10.0), (250, 20, 60.0))
REAL = (
    ("ain/RL_d01.json", 20.0),
    ("barcelona/bcn-3-16.json", 20.0),
    ("barcelona/bcn-5-32.json", 20.0),
    ("barcelona/bcn-5-42.json", 60.0),
)
PACKAGES = ("ortools", "numba", "numpy")
BASELINE = Path(__file__).parent / "baselines" / "plan_days.json"

Row = dict[str, float | int | str]


def days() -> Iterator[tuple[str, Scenario, float]]:
    """Yield name, day and seconds of search of every case."""
    for n_legs, n_shifts, limit_s in GENERATED:
        name = f"{FAMILY} {n_legs}/{n_shifts}"
        yield name, generate(FAMILY, seed=SEED, n_legs=n_legs, n_shifts=n_shifts), limit_s
    folder = find_data_folder()
    if folder is not None:
        for file, limit_s in REAL:
            yield file, import_day(folder / "instances" / file).scenario, limit_s


def measure(name: str, scenario: Scenario, limit_s: float) -> Row:
    """Plan one day.

    Parameters
    ----------
    name, scenario
        What is planned.
    limit_s
        Seconds of search.

    Returns
    -------
    dict
        A row of the table; ``required_out`` counts required legs left out, and
        ``cost_eur`` leaves out what the choice of drivers costs.
    """
    matrix = travel_matrix(scenario, Path())
    legs = legs_of(scenario)
    started = perf_counter()
    planned = plan_day(scenario, matrix, SolveOptions(time_limit_s=limit_s))
    wall_s = perf_counter() - started
    left_out = {each.leg for each in planned.plan.unserved}
    cost = planned.plan.cost
    return {
        "day": name,
        "limit_s": limit_s,
        "start_up_s": round(planned.outcome.start_up_s, 1),
        "wall_s": round(wall_s, 1),
        "legs": len(legs),
        "served": len(legs) - len(left_out),
        "required_out": sum(leg.price_eur_cents is None for leg in legs if leg.id in left_out),
        "cost_eur": round((cost.driven - cost.unserved) / 100_000, 2),
    }


def main() -> None:
    """Measure every case, print a table and write the baseline."""
    rows: list[Row] = []
    for name, scenario, limit_s in days():
        row = measure(name, scenario, limit_s)
        if not rows:
            sys.stdout.write(" | ".join(row) + "\n")
        sys.stdout.write(" | ".join(str(value) for value in row.values()) + "\n")
        sys.stdout.flush()
        rows.append(row)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    machine |= {name: version(name) for name in PACKAGES}
    BASELINE.parent.mkdir(exist_ok=True)
    BASELINE.write_text(
        json.dumps({"machine": machine, "seed": SEED, "rows": rows}, indent=2) + "\n"
    )


if __name__ == "__main__":
    main()
