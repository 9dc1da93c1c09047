"""Certificates forged in one way each."""

from dataclasses import replace
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.spoil_edits import Spoiler, spoiler
from tus_dispatch.domain.certificate import EVENT_MODEL, Certificate
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix

LEAST_COST = 100


def certified(plan: Plan, bound: int, **changes: object) -> Plan:
    """Give a plan that costs something a certificate that follows from it, then change it."""
    total = plan.cost.total
    true = Certificate(bound, round((total - bound) / total, 6), total == bound, EVENT_MODEL)
    return replace(plan, certificate=replace(true, **changes))  # type: ignore[arg-type]


def forged(plan: Plan, bound: int, **changes: object) -> Plan | None:
    """Forge a certificate; on a plan that costs next to nothing none is wrong enough."""
    return certified(plan, bound, **changes) if plan.cost.total >= LEAST_COST else None


def bound_above_the_cost(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return forged(plan, plan.cost.total + 1, proved_optimal=True)


def forged_gap(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    bound = plan.cost.total * 9 // 10
    return forged(plan, bound, gap=rng.choice((0.0, 0.05, 0.2, -0.1)))


def gap_of_another_base(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    # A quarter of the cost is a third of the bound.
    return forged(plan, plan.cost.total * 3 // 4, gap=0.333333)


def hasty_proof(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    bound = plan.cost.total * 999 // 1000
    return forged(plan, bound, proved_optimal=True) if bound < plan.cost.total - 2 else None


def strange_method(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return forged(plan, plan.cost.total, method="au doigt mouillé")


def bound_without_method(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return forged(plan, plan.cost.total // 2, method=Certificate().method)


def method_without_bound(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return replace(plan, certificate=Certificate(method=EVENT_MODEL))


def gap_without_bound(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return replace(plan, certificate=Certificate(gap=0.01))


def bound_without_gap(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return forged(plan, plan.cost.total // 2, gap=None)


def proof_without_bound(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    return replace(plan, certificate=Certificate(proved_optimal=True))


FORGED = "false-certificate"
SPOILERS: tuple[Spoiler, ...] = (
    spoiler("a bound above the cost", FORGED, bound_above_the_cost),
    spoiler("a gap that does not follow", FORGED, forged_gap),
    spoiler("a gap counted from the bound", FORGED, gap_of_another_base),
    spoiler("a proof that stops short", FORGED, hasty_proof),
    spoiler("a method nobody knows", FORGED, strange_method),
    spoiler("a bound without method", FORGED, bound_without_method),
    spoiler("a method without bound", FORGED, method_without_bound),
    spoiler("a gap without bound", FORGED, gap_without_bound),
    spoiler("a bound without gap", FORGED, bound_without_gap),
    spoiler("a proof without bound", FORGED, proof_without_bound),
)
