"""Write docs/benchmarks.md from the baselines and the prose: ``python -m benchmarks.page``."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import baseline as baselines
from benchmarks.growth import BASELINE as GROWTH
from benchmarks.plan_days import BASELINE as DAYS
from tus_dispatch.bench.tables import (
    engine_table,
    gap_table,
    least_core_share,
    markdown_table,
    peer_table,
)
from tus_dispatch.solver.engines import DEFAULT_ENGINE, WITHOUT_PROOF

ROOT = Path(__file__).resolve().parents[1]
PROSE = Path(__file__).parent / "prose"
PAGE = ROOT / "docs" / "benchmarks.md"

Table = Callable[[baselines.Baseline], str]


def page() -> str:
    """Return the whole page; what has not been measured has no section."""
    sections = [
        _prose("intro"),
        *_set("Cordeau and Ropke a, 10 s", "a-10s", _gaps),
        *_set("Cordeau and Ropke a, 60 s", "a-60s", _gaps),
        *_set("Cordeau and Laporte R, 60 s", "R-60s", _gaps),
        *_set("Cordeau and Laporte R, 5 min", "R-300s", _gaps),
        _prose("peers"),
        *_set("Without ride limits, 10 s each", "pairs-10s", _peers, level=3),
        *_set("With ride limits, 10 s each", "limits-10s", _peers, level=3),
        *_set("What each ingredient is worth", "engines-10s", _engines),
        *_growth(),
        *_days(),
        _prose("travel_times"),
        _prose("campaigns"),
        _prose("judge_and_quotes"),
    ]
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _prose(name: str) -> str:
    return (PROSE / f"{name}.md").read_text(encoding="utf-8")


def _set(title: str, name: str, table: Table, level: int = 2) -> Iterator[str]:
    found = baselines.load(name)
    if found is None or not found.fairly_compared():
        return
    yield f"{'#' * level} {title}"
    lifted = "" if found.about["ride_limit"] else ", ride limits lifted"
    limit = f"{found.about['limit_s']:g} s per run{lifted}"
    yield f"`{found.about['command']}`: {limit}, {_seeds(found)}."
    yield _where(found.about)
    yield table(found)


def _seeds(found: baselines.Baseline) -> str:
    last = max(record.seed for record in found.records)
    return f"seeds 0 to {last}" if last else "seed 0"


def _where(about: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {found}" for name, found in about["versions"].items())
    return f"Machine: {about['cpu']}, {about['cores']} cores, {about['system']}; {versions}."


def _gaps(found: baselines.Baseline) -> str:
    return gap_table(found.records, found.known, engine=DEFAULT_ENGINE)


def _peers(found: baselines.Baseline) -> str:
    records = found.fairly_compared()
    table = peer_table(records, ours=DEFAULT_ENGINE)
    share = least_core_share(records)
    fair = "" if share is None else f"\n\nEvery peer had at least {share:.0%} of its core."
    left_out = len({record.instance for record in found.records})
    left_out -= len({record.instance for record in records})
    if left_out:
        fair += f" Not shown, because one had less: {left_out}."
    return table + fair


def _engines(found: baselines.Baseline) -> str:
    return engine_table(found.records, found.known, ours=WITHOUT_PROOF)


def _growth() -> Iterator[str]:
    if not GROWTH.is_file():
        return
    content = json.loads(GROWTH.read_text(encoding="utf-8"))
    yield "## How plans grow with legs and seconds"
    yield (
        f"`{content['command']}`: days of `tus generate {content['family']} "
        f"--seed {content['seed']}`, one process, seed 0, seconds from the loaded instance. "
        "Every plan passed the judge; `above best` compares with the cheapest plan of the "
        "same day, and cost includes the price of legs left out, not what the choice of "
        "drivers costs. Memory is the peak of the solver's process."
    )
    yield _where(content)
    yield markdown_table(
        (
            *("legs / shifts", "search s", "start-up s", "served", "required out"),
            *("cost €", "above best %", "memory MB"),
        ),
        [_growth_row(row, content["rows"]) for row in content["rows"]],
    )


def _growth_row(row: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    best = min(each["cost_eur"] for each in rows if each["legs"] == row["legs"])
    return (
        f"{row['legs']} / {row['shifts']}",
        f"{row['limit_s']:g}",
        f"{row['start_up_s']:.1f}",
        str(row["served"]),
        str(row["required_out"]),
        f"{row['cost_eur']:.2f}",
        f"{100 * (row['cost_eur'] / best - 1):.2f}",
        str(row["memory_mb"]),
    )


def _days() -> Iterator[str]:
    if not DAYS.is_file():
        return
    content = json.loads(DAYS.read_text(encoding="utf-8"))
    versions = ", ".join(f"{name} {found}" for name, found in content["machine"].items())
    yield "## Whole days"
    yield (
        "`make bench`, or alone `python -m benchmarks.plan_days`: one solver process, seed 0, "
        "default objective of each day; the limit counts search from the loaded instance, "
        "start-up (process, kernels) is in the wall time. Every plan passed the judge. "
        f"Versions: {versions}."
    )
    yield markdown_table(
        (
            *("day", "search limit (s)", "start-up (s)", "wall (s)", "legs", "served"),
            *("required out", "cost (€)"),
        ),
        [_day_row(row) for row in content["rows"]],
    )
    yield (
        "`required out` counts required legs left out. The generated days are "
        "`tus generate cher_multidepot --seed 1`; a plan that serves every required leg "
        "exists for each by construction. Optional legs are left out where serving them "
        "costs more than their price."
    )


def _day_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(row["day"]),
        *(f"{row[key]:.1f}" for key in ("limit_s", "start_up_s", "wall_s")),
        *(str(row[key]) for key in ("legs", "served", "required_out")),
        f"{row['cost_eur']:.2f}",
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
