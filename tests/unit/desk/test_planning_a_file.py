"""From a file to a folder: read, decide, verify, write; an unsound plan is never written."""

from dataclasses import replace
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

import pytest

from tests.makers import (
    BASILE_OUT,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tests.spoil import SPOILERS
from tests.spoil_edits import Spoiler
from tests.strategies import random_day
from tests.unit.network.fake_osrm import Reply, like_osrm, serving
from tus_dispatch.desk import planning_a_file, travel
from tus_dispatch.desk.planning_a_file import (
    Order,
    PlannedDay,
    cheaper_of,
    expect_sound,
    plan_a_file,
    plan_day,
)
from tus_dispatch.desk.solving import Outcome, Progress, SolveOptions, solve
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.plan import Plan, Promise, StopKind
from tus_dispatch.domain.travel_source import OsrmSource
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.errors import InputError, PlanRefusedError
from tus_dispatch.formats.plan import dump_plan, load_plan
from tus_dispatch.formats.scenario import dump_scenario, scenario_sha256
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.kind_times import with_kindest_times
from tus_dispatch.solver.instance import Instance
from tus_dispatch.verify.plan import verify_plan

QUICK = SolveOptions(time_limit_s=None, iterations=6)


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Order:
    folder = tmp_path_factory.mktemp("jour")
    (folder / "jour.json").write_text(dump_scenario(five_legs()), encoding="utf-8")
    return Order(folder / "jour.json", folder / "sorties" / "mardi", QUICK)


@pytest.fixture(scope="module")
def planned(order: Order) -> tuple[PlannedDay, list[Progress]]:
    """The day planned once, and what was told meanwhile."""
    seen: list[Progress] = []
    return plan_a_file(order, on_progress=seen.append), seen


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def a_minute_short(instance: Instance, options: SolveOptions, **_: object) -> Outcome:
    """The solver with one fault in its answer: the first round ends a minute too soon."""
    outcome = solve(instance, options)
    first, *others = outcome.solution.routes
    spoilt = replace(first, sign_off_s=first.sign_off_s - 60)
    return replace(outcome, solution=replace(outcome.solution, routes=(spoilt, *others)))


def pickups(plan: Plan) -> dict[LegId | None, tuple[ShiftId, int]]:
    return {
        stop.leg: (tour_round.shift, stop.start_s)
        for tour_round in plan.rounds
        for stop in tour_round.stops
        if stop.kind is StopKind.PICKUP
    }


@pytest.mark.parametrize("spoiler", SPOILERS[::7], ids=lambda each: each.name)
def test_no_spoilt_plan_gets_past_the_judge(spoiler: Spoiler) -> None:
    # The table of spoilt plans has a test of its own; here a few of them knock.
    for seed in range(40):
        rng = Random(seed)  # noqa: S311
        _, matrix, plan = random_day(rng, n_legs=8, n_shifts=3)
        spoilt = spoiler.spoil(plan, matrix, rng)
        if spoilt is not None:
            with pytest.raises(PlanRefusedError, match=r"TUS-(2[12]|32)"):
                expect_sound(spoilt, matrix)
            return
    pytest.fail("no plan could be spoilt in this way")


def test_a_sound_plan_passes() -> None:
    expect_sound(five_legs_plan(), five_legs_matrix())


@pytest.mark.usefixtures("planned")
def test_what_the_judge_refuses_is_never_written(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(order.out)
    monkeypatch.setattr(planning_a_file, "solve", a_minute_short)

    with pytest.raises(PlanRefusedError, match="TUS-32"):
        plan_a_file(order, on_progress=lambda _: None)

    # Not even half of it; and the plan that was there still is.
    assert before
    assert files_in(order.out) == before


def test_a_file_becomes_a_folder_and_progress_is_told(
    order: Order, planned: tuple[PlannedDay, list[Progress]]
) -> None:
    found, seen = planned

    assert (order.out / "plan.json").read_text(encoding="utf-8") == dump_plan(found.plan)
    assert (seen[-1].n_requests, seen[-1].n_served) == (5, 5)
    cost = found.plan.cost
    # The search tells the price at its own times; kinder ones never cost more.
    assert seen[-1].route_cost >= cost.total - cost.unserved


def test_a_folder_that_is_a_file_is_told_before_anything_is_worked_out(order: Order) -> None:
    with pytest.raises(InputError) as wrong:
        plan_a_file(replace(order, out=order.scenario / "x"), on_progress=lambda _: None)

    assert wrong.value.problems[0].code == "TUS-1402"


def test_a_plan_made_for_another_profile_is_judged_by_that_profile(order: Order) -> None:
    cheap = replace(order, out=order.out.with_name("autre"), profile=Profile.COST)
    planned = plan_a_file(cheap, on_progress=lambda _: None)

    known = load_plan(cheap.out / "plan.json", five_legs())

    assert known == planned.plan
    assert known.scenario.objective.profile is Profile.COST
    assert verify_plan(known, five_legs_matrix()) == ()
    # The plan still names the scenario it was made from, not a changed copy.
    assert known.provenance is not None
    assert known.provenance.scenario_sha256 == scenario_sha256(five_legs())


def test_a_server_that_fails_after_the_search_costs_the_lines_and_not_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travel, "default_cache_folder", lambda: tmp_path / "cache")

    def only_tables(path: str) -> Reply:
        return Reply(status=404, body=b"no json") if "/route/" in path else like_osrm(path)

    with serving(only_tables) as server:
        day = replace(five_legs(), travel=OsrmSource(url=server.url))
        (tmp_path / "jour.json").write_text(dump_scenario(day), encoding="utf-8")
        order = Order(tmp_path / "jour.json", tmp_path / "out", replace(QUICK, iterations=1))
        planned = plan_a_file(order, on_progress=lambda _: None)

    assert (tmp_path / "out" / "plan.json").is_file()
    assert len(planned.notes) == 1
    assert "no json" in planned.notes[0]


def test_planning_again_keeps_promises_and_pins_and_costs_no_more() -> None:
    current = replace(
        five_legs_plan(),
        promises=(
            Promise(CHLOE_OUT, window("08:03", "08:06")),
            Promise(BASILE_OUT, window("09:08", "09:12")),
        ),
    )
    anne, *others = current.scenario.bookings
    assert anne.outward is not None
    pin = Pin(shift=OPEN, pickup_s=at("08:12"), tolerance_s=60)
    anne = replace(anne, outward=replace(anne.outward, pin=pin))
    scenario = replace(current.scenario, bookings=(anne, *others))

    again = plan_day(scenario, five_legs_matrix(), QUICK, current=current).plan

    found = pickups(again)
    assert again.unserved == ()
    assert again.promises == current.promises
    assert at("08:03") <= found[CHLOE_OUT][1] <= at("08:06")
    assert at("09:08") <= found[BASILE_OUT][1] <= at("09:12")
    assert found[LegId("R1:out")][0] == OPEN
    assert at("08:11") <= found[LegId("R1:out")][1] <= at("08:13")
    assert again.cost.total <= current.cost.total


def test_the_times_of_a_plan_are_the_kindest_of_its_rounds(
    planned: tuple[PlannedDay, list[Progress]],
) -> None:
    plan = planned[0].plan
    encoding = encode(five_legs(), legs_of(five_legs()), five_legs_matrix())

    assert with_kindest_times(encoding, plan) == plan


def test_a_plan_at_hand_is_kept_at_kinder_times_where_these_make_it_cheaper() -> None:
    current = five_legs_plan()
    encoding = encode(five_legs(), legs_of(five_legs()), five_legs_matrix())

    kept = cheaper_of(five_legs_plan(), current, encoding)

    assert kept == with_kindest_times(encoding, current)
    assert kept.cost.total < current.cost.total


def test_a_plan_at_hand_that_is_not_sound_any_more_is_not_kept() -> None:
    new = five_legs_plan()
    wheelchair, *others = new.rounds
    current = replace(new, rounds=(replace(wheelchair, configuration=0), *others))
    encoding = encode(five_legs(), legs_of(five_legs()), five_legs_matrix())

    assert cheaper_of(new, current, encoding) is new


def test_without_promises_the_same_day_is_planned_more_cheaply(
    planned: tuple[PlannedDay, list[Progress]],
) -> None:
    free = planned[0].plan

    # Chloé goes with the minibus; so the test above does bind something.
    assert pickups(free)[CHLOE_OUT][0] == WITH_DRIVER
    assert free.cost.total < five_legs_plan().cost.total
    assert len(legs_of(free.scenario)) == len(pickups(free))
