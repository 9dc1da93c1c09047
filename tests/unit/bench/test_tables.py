"""Tables say what the records say: gaps, broken limits, who is dearer."""

from dataclasses import replace

import pytest

from tests.unit.bench.test_records import OURS
from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.record import Record, Relaxed
from tus_dispatch.bench.summary import engines, summaries
from tus_dispatch.bench.tables import engine_table, gap_table, least_core_share, peer_table

KNOWN = {
    "a2-16": BestKnown(100.0, "optimal, proved", 2),
    "a10-99": BestKnown(200.0, "optimal, published", 10),
}
ENGINE = OURS.engine


def ours(instance: str, seed: int, cost: float | None, n_requests: int = 16) -> Record:
    return replace(
        OURS,
        instance=instance,
        seed=seed,
        cost=cost,
        feasible=cost is not None,
        n_requests=n_requests,
        wall_s=1.0,
    )


def peer(name: str, cost: float | None, relaxed: Relaxed) -> Record:
    return replace(ours("a2-16", 0, cost), engine=name, relaxed=relaxed, cpu_s=0.8)


def rows(table: str) -> dict[str, list[str]]:
    """Cells of a table by its first column."""
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]
    return {first: rest for first, *rest in cells}


def test_gaps_are_means_and_worsts_over_seeds_then_over_instances() -> None:
    records = [
        *(ours("a2-16", seed, cost) for seed, cost in enumerate((100.0, 102.0))),
        ours("a10-99", 0, 203.0, n_requests=99),
        replace(ours("a2-16", 0, 150.0), engine="another"),
    ]

    table = rows(gap_table(records, KNOWN, engine=ENGINE))

    assert list(table)[2:] == ["a2-16", "a10-99", "**up to 48 requests**", "**all**"]
    # 0 % and 2 % on one instance, 1.5 % on the other: means 1 and 1.5, worst 2.
    assert table["a2-16"] == ["16", "100.00", "100.00", "1.000", "2.000", "2/2", "0/2", "1.0"]
    assert table["**up to 48 requests**"][3:5] == ["1.000", "2.000"]
    assert table["**all**"][3:6] == ["1.250", "2.000", "3/3"]


def test_a_run_that_is_not_feasible_has_no_gap_but_is_counted() -> None:
    table = rows(gap_table([ours("a2-16", 0, None)], KNOWN, engine=ENGINE))

    assert table["a2-16"][2:6] == ["–", "–", "–", "0/1"]


def test_an_answer_that_breaks_what_its_solver_cannot_say_stands_in_brackets() -> None:
    records = [
        ours("a2-16", 0, 98.0),
        peer("pyvrp", 100.0, Relaxed(100.0, 0, 0)),
        peer("vroom", None, Relaxed(95.0, 3, 1)),
        peer("vrp-cli", None, Relaxed(None, 0, 0)),
    ]

    table = rows(peer_table(records, ours=ENGINE))

    assert table["instance"][:4] == [ENGINE, "pyvrp", "vroom", "vrp-cli"]
    # 98 is 2 % below the only sound peer and 3.16 % above the best of all.
    assert table["a2-16"] == [
        *("98.00", "100.00", "(95.00: 3 rides, 1 routes)", "none sound"),
        *("-2.00", "+3.16"),
    ]
    assert table["**mean**"][-2:] == ["-2.00", "+3.16"]


def test_another_engine_of_ours_is_no_peer() -> None:
    records = [
        ours("a2-16", 0, 98.0),
        replace(ours("a2-16", 0, 90.0), engine="routing"),
        peer("pyvrp", 100.0, Relaxed(100.0, 0, 0)),
    ]

    table = rows(peer_table(records, ours=ENGINE))

    assert table["a2-16"] == ["98.00", "90.00", "100.00", "-2.00", "-2.00"]


def test_engines_are_compared_on_what_both_have_solved() -> None:
    records = [
        *(ours("a2-16", seed, 100.0) for seed in range(2)),
        *(replace(ours("a2-16", seed, 104.0), engine="worse") for seed in range(2)),
        # Not solved by the other in every run, so only the gap counts it.
        ours("a10-99", 0, 202.0),
        replace(ours("a10-99", 0, None), engine="worse"),
    ]

    table = rows(engine_table(records, KNOWN, ours=ENGINE))

    assert table[ENGINE] == ["0.50", "1.00", "3/3", "0.00"]
    assert table["worse"] == ["4.00", "4.00", "2/3", "+4.00"]


def test_our_engine_stands_first_and_the_peers_last() -> None:
    found = summaries(
        [
            peer("vroom", None, Relaxed(None, 0, 0)),
            peer("ortools-gls", None, Relaxed(None, 0, 0)),
            replace(OURS, engine="a-new-one"),
            OURS,
        ]
    )

    assert engines(found, ENGINE, ("ortools-gls", "vroom")) == (
        *(ENGINE, "a-new-one", "ortools-gls", "vroom"),
    )


def test_the_least_share_of_a_core_is_that_of_the_unluckiest_peer() -> None:
    fair = replace(peer("vroom", None, Relaxed(None, 0, 0)), cpu_s=1.0)

    assert least_core_share([OURS]) is None
    assert least_core_share([OURS, fair, peer("pyvrp", None, Relaxed(None, 0, 0))]) == (
        pytest.approx(0.8)
    )
