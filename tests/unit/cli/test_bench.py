"""``tus bench`` as people run it: files of every kind, wrong ones among them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.literature_files import BEST_COST, cordeau_file, li_lim_file
from tests.makers import five_legs
from tus_dispatch.cli.app import app
from tus_dispatch.formats.scenario import dump_scenario
from tus_dispatch.solver.engines import DEFAULT_ENGINE

PATIENCE_S = 120.0


def bench(*words: object) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, words)], env={"COLUMNS": "80"})


def rows_of(out: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return rows


def test_every_kind_of_file_is_run_and_a_wrong_one_costs_only_itself(tmp_path: Path) -> None:
    day = tmp_path / "five.json"
    day.write_text(dump_scenario(five_legs()), encoding="utf-8")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("1 2 3\n", encoding="ascii")
    (tmp_path / "best_known.csv").write_text(
        "instance,best_known,status\ntiny,17.1,upper bound\n", encoding="utf-8"
    )
    out = tmp_path / "runs.json"

    result = bench(
        cordeau_file(tmp_path), wrong, li_lim_file(tmp_path), day, "--iterations", 40, "--json", out
    )

    assert result.exit_code == 2, result.output
    assert "TUS-1811" in result.stderr
    rows = rows_of(out)
    assert [row["instance"] for row in rows] == ["tiny", "pairs", "five"]
    assert [row["feasible"] for row in rows] == [True] * 3
    assert [row["cost"] for row in rows[:2]] == [pytest.approx(BEST_COST)] * 2
    assert [row["routes"] for row in rows[:2]] == [[[2, 4, 1, 3]], [[4, 2, 3, 1]]]
    # Every leg stands twice, at the doors where its person gets in and out.
    legs = [leg for route in rows[2]["routes"] for leg in route]
    assert sorted(legs) == sorted(2 * list(dict.fromkeys(legs)))
    assert (rows[2]["n_requests"], len(set(legs))) == (5, 5)
    lines = result.stdout.splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) <= 80
    # 18.0 is 0.9 above 17.1, which is 5.26 %; nothing is known of the others.
    assert lines[1].split() == [
        *("tiny", DEFAULT_ENGINE, "0", "2", "1", "18.00", "+5.26"),
        lines[1].split()[-1],
    ]
    assert lines[2].split()[6] == "–"


def test_seeds_are_run_from_nought_and_a_lifted_limit_has_no_gap(tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("instance,best_known,status\ntiny,18.0,optimal\n", encoding="utf-8")
    out = tmp_path / "runs.json"

    result = bench(
        cordeau_file(tmp_path),
        *("--engine", "ortools-gls", "--time-limit", 0.3, "--seeds", 2, "--no-ride-limit"),
        *("--best-known", table, "--json", out),
    )

    assert result.exit_code == 0, result.output
    assert [(row["seed"], row["cost"]) for row in rows_of(out)] == [
        (0, pytest.approx(BEST_COST)),
        (1, pytest.approx(BEST_COST)),
    ]
    assert {line.split()[6] for line in result.stdout.splitlines()[1:]} == {"–"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--engine", "tabu"], "TUS-1901"),
        (["--engine", "ortools-gls", "--iterations", "5"], "TUS-1903"),
        (["--json", "nowhere/runs.json"], "TUS-1904"),
        (["--best-known", "nowhere.csv"], "TUS-1905"),
    ],
)
def test_an_option_that_cannot_be_used_ends_with_two(
    words: Sequence[str], code: str, tmp_path: Path
) -> None:
    result = bench(cordeau_file(tmp_path), *words)

    assert result.exit_code == 2, result.output
    assert code in result.stderr


def test_an_interrupted_bench_keeps_what_it_has_measured(tmp_path: Path) -> None:
    out = tmp_path / "runs.json"
    command = "from tus_dispatch.cli.app import main; main()"
    words = ["bench", str(cordeau_file(tmp_path)), "--seeds", "10000", "--iterations", "40"]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *words, "--json", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
    )
    deadline = monotonic() + PATIENCE_S
    while monotonic() < deadline and not (out.is_file() and rows_of(out)):
        sleep(0.05)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130
    costs = [row["cost"] for row in rows_of(out)]
    assert costs
    assert costs == [pytest.approx(BEST_COST)] * len(costs)
