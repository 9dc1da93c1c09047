"""How long a generated day takes to plan: ``python -m benchmarks.plan_days``.

Start-up (a solver process, its kernels) is reported apart; the seconds of search
count from the loaded instance. Every plan has passed the judge.
"""

import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.generate.day import generate

FAMILY = "cher_multidepot"
SEED = 1
CASES = ((60, 6, 10.0), (250, 20, 60.0))
BASELINE = Path(__file__).parent / "baselines" / "plan_days.json"


def measure(n_legs: int, n_shifts: int, limit_s: float) -> dict[str, float | int | str]:
    """Generate and plan one day.

    Parameters
    ----------
    n_legs, n_shifts
        Size of the day.
    limit_s
        Seconds of search.

    Returns
    -------
    dict
        What the table shows.
    """
    scenario = generate(FAMILY, seed=SEED, n_legs=n_legs, n_shifts=n_shifts)
    matrix = travel_matrix(scenario, Path())
    started = perf_counter()
    planned = plan_day(scenario, matrix, SolveOptions(time_limit_s=limit_s))
    wall_s = perf_counter() - started
    legs = legs_of(scenario)
    required = sum(leg.price_eur_cents is None for leg in legs)
    left_out = {each.leg for each in planned.plan.unserved}
    cost = planned.plan.cost
    return {
        "family": FAMILY,
        "seed": SEED,
        "n_legs": n_legs,
        "n_shifts": n_shifts,
        "limit_s": limit_s,
        "start_up_s": round(planned.outcome.start_up_s, 2),
        "search_s": round(planned.outcome.elapsed_s, 2),
        "wall_s": round(wall_s, 2),
        "required": required,
        "required_left_out": sum(
            leg.price_eur_cents is None and leg.id in left_out for leg in legs
        ),
        "served": n_legs - len(left_out),
        "cost_eur": round((cost.total - cost.unserved) / 100_000, 2),
    }


def main() -> None:
    """Measure every case, print a table and write the baseline."""
    rows = [measure(*case) for case in CASES]
    machine = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        **{name: version(name) for name in ("ortools", "numba", "numpy")},
    }
    BASELINE.parent.mkdir(exist_ok=True)
    BASELINE.write_text(json.dumps({"machine": machine, "rows": rows}, indent=2) + "\n")
    names = list(rows[0])[2:]
    sys.stdout.write(" | ".join(names) + "\n")
    for row in rows:
        sys.stdout.write(" | ".join(str(row[name]) for name in names) + "\n")


if __name__ == "__main__":
    main()
