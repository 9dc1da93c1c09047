"""Baselines grow run by run, and never mix two machines."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import baseline as baselines
from benchmarks.baseline import Baseline, OtherMachineError, add, load, machine
from benchmarks.sets import SETS
from tests.unit.bench.test_records import OURS
from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.record import Relaxed

FRESH = Baseline(
    {"command": "python -m somewhere", "limit_s": 1.0, "ride_limit": True, **machine()},
    {"tiny": BestKnown(18.0, "optimal, proved", 2)},
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of baselines."""
    monkeypatch.setattr(baselines, "FOLDER", tmp_path / "baselines")
    return tmp_path / "baselines"


def test_runs_are_added_one_by_one_and_found_again(folder: Path) -> None:
    later = replace(OURS, seed=1, cost=19.0)

    assert load("set") is None
    for record in (later, OURS):
        add("set", FRESH, record)

    found = load("set")
    assert found is not None
    assert found.known == FRESH.known
    assert [record.seed for record in found.records] == [0, 1]
    assert found.has("tiny", OURS.engine, 1)
    assert not found.has("tiny", OURS.engine, 2)


def test_a_run_made_again_takes_the_place_of_the_old_one(folder: Path) -> None:
    for cost in (20.0, 18.0):
        add("set", FRESH, replace(OURS, cost=cost))

    found = load("set")
    assert found is not None
    assert [record.cost for record in found.records] == [18.0]


def test_a_peer_that_did_not_have_its_core_is_run_again(folder: Path) -> None:
    peer = replace(OURS, relaxed=Relaxed(18.0, 0, 0), wall_s=10.0)
    add("set", FRESH, replace(peer, cpu_s=9.5))
    add("set", FRESH, replace(peer, seed=1, cpu_s=5.0))

    found = load("set")

    assert found is not None
    assert found.has("tiny", OURS.engine, 0)
    assert not found.has("tiny", OURS.engine, 1)


def test_only_the_cheapest_run_keeps_its_routes(folder: Path) -> None:
    for seed, cost in enumerate((19.0, 18.0, None)):
        add("set", FRESH, replace(OURS, seed=seed, cost=cost))

    found = load("set")
    assert found is not None
    assert [record.routes for record in found.records] == [(), OURS.routes, ()]


def test_every_record_stands_on_a_line_of_its_own(folder: Path) -> None:
    add("set", FRESH, OURS)
    add("set", FRESH, replace(OURS, seed=1))

    lines = (folder / "set.json").read_text(encoding="utf-8").splitlines()

    starts = [line for line in lines if line.startswith('{"instance"')]
    assert [json.loads(line.rstrip(","))["seed"] for line in starts] == [0, 1]


@pytest.mark.parametrize("changed", ["limit_s", "cpu", "versions"])
def test_runs_of_another_machine_or_limit_are_not_mixed_in(changed: str, folder: Path) -> None:
    add("set", FRESH, OURS)
    elsewhere = replace(FRESH, about={**FRESH.about, changed: "other"})

    with pytest.raises(OtherMachineError, match=changed):
        add("set", elsewhere, replace(OURS, seed=1))

    found = load("set")
    assert found is not None
    assert len(found.records) == 1


@pytest.mark.parametrize(
    ("only", "stems"),
    [
        ((), ["a2-16", "a8-96", "a10-99"]),
        (("a8*", "nothing"), ["a8-96"]),
    ],
)
def test_a_set_finds_its_files_in_natural_order(
    only: Sequence[str], stems: Sequence[str], tmp_path: Path
) -> None:
    for stem in ("a10-99", "a8-96", "a2-16"):
        path = tmp_path / "cordeau_ropke_a" / f"{stem}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="ascii")

    assert [path.stem for path in SETS["a-10s"].paths(tmp_path, only)] == stems
