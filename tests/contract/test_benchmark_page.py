"""docs/benchmarks.md repeats the committed baselines, and only they."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import baseline as baselines
from benchmarks import page as pages
from benchmarks.baseline import Baseline, add, machine
from tests.unit.bench.test_records import OURS
from tus_dispatch.bench.best_known import BestKnown


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
