"""How plans of made-up days grow with legs and seconds: ``python -m benchmarks.growth``.

Every row is written at once to ``benchmarks/baselines/growth.json``; what is there
already is not run again (``--again`` does). ``--legs 60 120`` and ``--limits 1 2 5``
choose a part.
"""

import argparse
import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.baseline import FOLDER, Baseline, expect_same_machine, machine
from tus_dispatch.bench.record import rows_text, write_text
from tus_dispatch.desk.planning_a_file import PlannedDay, plan_day
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.generate.day import generate
from tus_dispatch.solver.engines import DEFAULT_ENGINE

FAMILY = "cher_multidepot"
SEED = 1
SHIFTS = {60: 6, 120: 10, 250: 20, 500: 40}
LIMITS_S = (1.0, 2.0, 5.0, 15.0, 60.0, 600.0)
BASELINE = FOLDER / "growth.json"
MILLI_CENTS_PER_EURO = 100_000
KILOBYTES_PER_MEGABYTE = 1024

Row = dict[str, Any]


def measure(scenario: Scenario, limit_s: float) -> Row:
    """Plan one day; the plan has passed the judge.

    Parameters
    ----------
    scenario
        What is planned.
    limit_s
        Seconds of search.

    Returns
    -------
    dict
        A row; ``cost_eur`` leaves out what the choice of drivers costs, which
        comes after the search; ``memory_mb`` is the most any solver process of
        this run of the program has taken, and days are run from the smallest.
    """
    planned = plan_day(scenario, travel_matrix(scenario, Path()), SolveOptions(limit_s))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "legs": len(legs_of(scenario)),
        "shifts": len(scenario.shifts),
        "limit_s": limit_s,
        "wall_s": round(planned.outcome.elapsed_s, 1),
        "start_up_s": round(planned.outcome.start_up_s, 1),
        **_served(scenario, planned),
        "cost_eur": round(planned.plan.cost.driven / MILLI_CENTS_PER_EURO, 2),
        "memory_mb": round(memory / KILOBYTES_PER_MEGABYTE),
    }


def _served(scenario: Scenario, planned: PlannedDay) -> Row:
    legs, left_out = legs_of(scenario), {each.leg for each in planned.plan.unserved}
    return {
        "served": len(legs) - len(left_out),
        "required_out": sum(leg.price_eur_cents is None for leg in legs if leg.id in left_out),
    }


def load() -> dict[str, Any]:
    """Read the baseline, or begin one."""
    if BASELINE.is_file():
        found: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
        return found
    return {"command": "python -m benchmarks.growth", "family": FAMILY, "seed": SEED, "rows": []}


def save(row: Row) -> None:
    """Put a row into the baseline in the place of an older one."""
    old = load()
    here = {"engine": DEFAULT_ENGINE, **machine()}
    if old["rows"]:
        expect_same_machine(Baseline(old), Baseline(here))
    others = [each for each in old.pop("rows") if _key(each) != _key(row)]
    opening = json.dumps({**old, **here}, indent=2, ensure_ascii=False).removesuffix("\n}")
    rows = rows_text(sorted([*others, row], key=_key))
    write_text(BASELINE, f'{opening},\n  "rows": {rows}\n}}\n')


def _key(row: Mapping[str, Any]) -> tuple[int, float]:
    return row["legs"], row["limit_s"]


def main() -> None:
    """Run what is asked for and not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--legs", type=int, nargs="+", default=[*SHIFTS], choices=SHIFTS)
    parser.add_argument("--limits", type=float, nargs="+", default=LIMITS_S)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    for n_legs in sorted(asked.legs):
        scenario = generate(FAMILY, seed=SEED, n_legs=n_legs, n_shifts=SHIFTS[n_legs])
        for limit_s in sorted(asked.limits):
            done = {_key(row) for row in load()["rows"]}
            if asked.again or (n_legs, limit_s) not in done:
                row = measure(scenario, limit_s)
                save(row)
                sys.stdout.write(json.dumps(row) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
