"""docs/benchmarks.md repeats the committed baselines, and only they."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import baseline as baselines
from benchmarks import page as pages
from benchmarks.baseline import Baseline, add, machine
from tests.unit.bench.test_records import OURS
from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.record import Relaxed


def test_the_page_is_what_the_baselines_make_of_it() -> None:
    written = pages.PAGE.read_text(encoding="utf-8")

    assert written == pages.page(), "run `python -m benchmarks.page`"


def test_a_set_without_a_baseline_has_no_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "FOLDER", tmp_path)
    about = {"command": "python -m x", "limit_s": 60.0, "ride_limit": True, **machine()}
    known = {"R1a": BestKnown(18.0, "upper bound", 2)}

    without = pages.page()
    for seed in range(3):
        add("R-60s", Baseline(about, known), replace(OURS, instance="R1a", seed=seed, cost=18.09))
    with_set = pages.page()

    assert "## Cordeau and Laporte R" not in without
    assert "## Cordeau and Laporte R, 60 s" in with_set
    assert "`python -m x`: 60 s per run, seeds 0 to 2." in with_set
    # 18.09 is half a hundredth above 18.
    assert "| R1a | 2 | 18.00 | 18.09 | 0.500 | 0.500 | 3/3 | 0/3 | 0.5 |" in with_set


def test_a_comparison_with_a_starved_peer_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "FOLDER", tmp_path)
    about = {"command": "python -m x", "limit_s": 10.0, "ride_limit": False, **machine()}
    found = Baseline(about, {})
    peer = replace(OURS, engine="pyvrp", relaxed=Relaxed(20.0, 0, 0), cost=20.0, wall_s=10.0)
    for instance, cpu_s in (("R4a", 5.0), ("R5a", 9.9)):
        add("pairs-10s", found, replace(OURS, instance=instance))
        add("pairs-10s", found, replace(peer, instance=instance, cpu_s=cpu_s))

    text = pages.page()

    assert "| R5a |" in text
    assert "| R4a |" not in text
    assert "Not shown, because one had less: 1." in text

    add("pairs-10s", found, replace(peer, instance="R5a", cpu_s=1.0))

    assert "### Without ride limits" not in pages.page()


def test_days_are_compared_with_the_cheapest_plan_of_their_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "legs": 60,
        "shifts": 6,
        "limit_s": 1.0,
        "wall_s": 1.1,
        "start_up_s": 2.0,
        "served": 59,
        "required_out": 1,
        "cost_eur": 102.0,
        "memory_mb": 300,
    }
    later = {**row, "limit_s": 60.0, "served": 60, "required_out": 0, "cost_eur": 100.0}
    content = {
        "command": "python -m y",
        "family": "cher_multidepot",
        "seed": 1,
        **machine(),
        "rows": [row, later],
    }
    path = tmp_path / "growth.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(pages, "GROWTH", path)

    text = pages.page()

    # 102 is two hundredths above 100.
    assert "| 60 / 6 | 1 | 2.0 | 59 | 1 | 102.00 | 2.00 | 300 |" in text
    assert "| 60 / 6 | 60 | 2.0 | 60 | 0 | 100.00 | 0.00 | 300 |" in text
