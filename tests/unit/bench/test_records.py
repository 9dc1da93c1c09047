"""Records keep their keys, and a file of them is always whole."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tus_dispatch.bench.record import Record, Relaxed, record_of, write_records
from tus_dispatch.errors import InputError

OURS = Record(
    instance="tiny",
    engine="ruin-recreate",
    seed=0,
    n_requests=2,
    vehicles=1,
    wall_s=0.5,
    cost=18.0,
    feasible=True,
    lower_bound=None,
    proved_optimal=False,
    routes=((2, 4, 1, 3),),
)
KEYS = [
    "instance",
    "engine",
    "seed",
    "n_requests",
    "vehicles",
    "wall_s",
    "cost",
    "feasible",
    "lower_bound",
    "proved_optimal",
    "routes",
]


def test_a_record_of_ours_has_exactly_the_promised_keys() -> None:
    assert list(OURS.as_json()) == KEYS


def test_a_peer_has_four_keys_more() -> None:
    theirs = replace(OURS, relaxed=Relaxed(18.0, 1, 2), cpu_s=0.4)

    assert list(theirs.as_json()) == [
        *KEYS,
        "relaxed_cost",
        "ride_limit_violations",
        "route_duration_violations",
        "cpu_s",
    ]


@pytest.mark.parametrize(
    "record", [OURS, replace(OURS, cost=None, relaxed=Relaxed(None, 0, 3), cpu_s=0.4)]
)
def test_a_record_is_read_back_as_it_was_written(record: Record, tmp_path: Path) -> None:
    out = tmp_path / "runs.json"

    write_records(out, [record])

    assert [record_of(row) for row in json.loads(out.read_text(encoding="utf-8"))] == [record]


def test_records_are_written_without_leaving_anything_beside_them(tmp_path: Path) -> None:
    out = tmp_path / "runs.json"

    write_records(out, [])
    write_records(out, [OURS, OURS])

    assert len(json.loads(out.read_text(encoding="utf-8"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["runs.json"]


def test_a_file_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_records(tmp_path / "nowhere" / "runs.json", [])

    assert [problem.code for problem in caught.value.problems] == ["TUS-1904"]
