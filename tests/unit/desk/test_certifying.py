"""A forged certificate that fits its own numbers is refused where a cheaper plan is found."""

from dataclasses import replace

import pytest

from tests.makers import five_legs_matrix, five_legs_plan
from tests.spoil_certificate import certified
from tus_dispatch.desk.certifying import cheaper_plan, judge
from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.plan import Plan
from tus_dispatch.planning.certificate import certificate_of, for_another_plan
from tus_dispatch.solver.bound import Bound
from tus_dispatch.verify.plan import verify_plan

MATRIX = five_legs_matrix()


@pytest.fixture(scope="module")
def rival() -> Plan:
    plan = cheaper_plan(five_legs_plan(), MATRIX, seconds=None)
    assert plan is not None
    return plan


def test_the_model_finds_a_sound_and_cheaper_plan(rival: Plan) -> None:
    assert verify_plan(rival, MATRIX) == ()
    assert rival.cost.total < five_legs_plan().cost.total


def test_proved_optimal_on_a_plan_that_is_not_is_refused() -> None:
    forged = certified(five_legs_plan(), five_legs_plan().cost.total)
    assert verify_plan(forged, MATRIX) == ()

    violations = judge(forged, MATRIX, prove_s=10.0)

    assert [each.rule for each in violations] == ["false-certificate"]
    assert "l'optimalité est annoncée" in violations[0].sentence or (
        "moins que la borne" in violations[0].sentence
    )


def test_a_bound_between_the_best_and_the_plan_is_refused(rival: Plan) -> None:
    plan = five_legs_plan()
    bound = (rival.cost.total + plan.cost.total) // 2
    forged = certified(plan, bound)
    assert verify_plan(forged, MATRIX) == ()

    violations = judge(forged, MATRIX, prove_s=10.0)

    assert [(each.rule, each.by) for each in violations] == [
        ("false-certificate", bound - rival.cost.total)
    ]


def test_a_bound_below_every_plan_stands(rival: Plan) -> None:
    honest = certified(five_legs_plan(), rival.cost.total * 9 // 10)

    assert judge(honest, MATRIX, prove_s=10.0) == ()


def test_without_seconds_only_the_arithmetic_is_judged() -> None:
    forged = certified(five_legs_plan(), five_legs_plan().cost.total)

    assert judge(forged, MATRIX, prove_s=0.0) == ()


def test_a_broken_plan_is_not_proved_at_all() -> None:
    plan = five_legs_plan()
    broken = replace(certified(plan, plan.cost.total), rounds=plan.rounds[:1])

    rules = {each.rule for each in judge(broken, MATRIX, prove_s=10.0)}

    assert "leg-missing" in rules


def test_a_certificate_rounds_its_bound_down() -> None:
    # 0.3 of 1000 lies above the bound of 999.7, a whole unit above the rounded one.
    assert certificate_of(Bound(999.7, False, "event-based model"), 1_000) == Certificate(
        999, 0.001, proved_optimal=True, method="event-based model"
    )
    assert certificate_of(Bound(), 1_000) == Certificate()


def test_a_certificate_is_turned_into_that_of_another_plan() -> None:
    of_the_dearer = certificate_of(Bound(900.0, False, "event-based model"), 1_000)

    assert for_another_plan(of_the_dearer, 900) == Certificate(
        900, 0.0, proved_optimal=True, method="event-based model"
    )
    assert for_another_plan(Certificate(), 900) == Certificate()
