"""What filling the middle of the day brings: ``python -m benchmarks.daytime``.

Ten flexible bookings and two events are added to each committed scenario. The day is
planned, then filled and planned again without anything optional, with the same seed and
limit. Every plan has passed the judge and the guards; the page docs/daytime.md receives
the table between its marks.
"""

import argparse
import json
import platform
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from tests.data_folder import REPOSITORY
from tus_dispatch.desk.filling import fill_day
from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.daytime_report import DaytimeReport
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.daytime_data import daytime_data
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.generate.daytime import with_daytime
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.plan import verify_plan

N_FLEXIBLE, N_EVENTS, N_TARGETS = 10, 2, 4
SEEDS = (1, 2, 3)
BASELINE = Path(__file__).parent / "baselines" / "daytime.json"
PAGE = REPOSITORY / "docs" / "daytime.md"
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
PACKAGES = ("ortools", "numba", "numpy")
HEADER = (
    "day",
    "demand",
    "legs gained",
    "of optional tasks",
    "marginal km",
    "km per leg",
    "paid min more",
    "paid idle min saved",
    "of paid idle",
    "training min",
    "moved, max min",
    "violations",
)

Row = dict[str, float | int | str | None]


def demand(family: str, seed: int, *, n_targets: int = 0) -> Scenario:
    """Return a committed scenario with ten flexible bookings and two events."""
    day = load_scenario(REPOSITORY / "scenarios" / f"{family}.json")
    return with_daytime(
        day, seed=seed, n_flexible=N_FLEXIBLE, n_events=N_EVENTS, n_targets=n_targets
    )


def filled(scenario: Scenario, options: SolveOptions) -> DaytimeReport:
    """Plan a day and fill its middle."""
    matrix = travel_matrix(scenario, Path())
    planned = plan_day(scenario, matrix, replace(options, proves=False))
    return fill_day(planned.plan, matrix, options)


def measure(family: str, seed: int, options: SolveOptions, *, n_targets: int = 0) -> Row:
    """Fill one day and write down what it has brought.

    Parameters
    ----------
    family, seed
        Which committed scenario, and the seed of the demand added to it.
    options
        Limits of each search.
    n_targets
        Drivers who are to have an hour of training.

    Returns
    -------
    dict
        A row of the table.
    """
    scenario = demand(family, seed, n_targets=n_targets)
    started = perf_counter()
    report = filled(scenario, options)
    matrix = travel_matrix(scenario, Path())
    broken = (*verify_plan(report.plan, matrix), *verify_filled(report.planned, report.plan))
    gain, measures = daytime_data(report)["gain"], daytime_data(report)["measures"]
    return {
        "day": family,
        "seed": seed,
        "training": n_targets,
        "legs_gained": gain["legs_gained"],
        "optional_served": report.after.optional_served,
        "optional_offered": report.after.optional_offered,
        "marginal_km": gain["marginal_km"],
        "marginal_km_per_flex_leg": gain["marginal_km_per_flex_leg"],
        "extra_paid_min": gain["extra_paid_min"],
        "paid_idle_min_saved": gain["paid_idle_min_saved"],
        "paid_idle_min_before": gain["paid_idle_min_before"],
        "paid_idle_used": gain["paid_idle_used"],
        "protected_min": gain["protected_min"],
        "largest_move_min": measures["largest_move_min"]["filled"],
        "displaced_commute_min": measures["displaced_commute_min"]["filled"],
        "violations": len(broken),
        "net_eur_cents": gain["net_eur_cents"],
        "wall_s": round(perf_counter() - started, 1),
    }


def table(rows: list[Row]) -> str:
    """Write rows as a table."""
    lines = ["| " + " | ".join(HEADER) + " |", "|---|---|" + "---:|" * (len(HEADER) - 2)]
    for row in rows:
        used = row["paid_idle_used"]
        cells = (
            f"`{row['day']}`",
            f"seed {row['seed']}" + (f", {row['training']} h training" if row["training"] else ""),
            row["legs_gained"],
            f"{row['optional_served']} of {row['optional_offered']}",
            row["marginal_km"],
            "–" if row["marginal_km_per_flex_leg"] is None else row["marginal_km_per_flex_leg"],
            row["extra_paid_min"],
            f"{row['paid_idle_min_saved']} of {row['paid_idle_min_before']}",
            "–" if used is None else f"{100 * float(used):.0f} %",
            row["protected_min"],
            row["largest_move_min"],
            row["violations"],
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def write_page(rows: list[Row], limit_s: float) -> None:
    """Put the table between the marks of the page."""
    about = (
        f"Each search {limit_s:g} s, seed 0, one process; {platform.machine()}, Python "
        f"{platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        + "."
    )
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(
        f"{before}{BEGIN}\n\n{table(rows)}\n\n{about}\n\n{END}{after}", encoding="utf-8"
    )


def main() -> None:
    """Fill every family, print the table, write the baseline and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--time-limit", type=float, default=5.0)
    parser.add_argument("--seeds", type=int, nargs="*", default=SEEDS)
    asked = parser.parse_args()
    options = SolveOptions(time_limit_s=asked.time_limit)
    cases = [(seed, 0) for seed in asked.seeds] + [(asked.seeds[0], N_TARGETS)]
    rows: list[Row] = []
    for seed, n_targets in cases:
        for family in FAMILIES:
            rows.append(measure(family, seed, options, n_targets=n_targets))
            sys.stdout.write(json.dumps(rows[-1]) + "\n")
            sys.stdout.flush()
            # A run that is broken off leaves what it has measured.
            text = json.dumps({"limit_s": asked.time_limit, "rows": rows}, indent=2)
            BASELINE.write_text(f"{text}\n")
            write_page(rows, asked.time_limit)


if __name__ == "__main__":
    main()
