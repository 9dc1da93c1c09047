"""Look for a plan that proves a certificate wrong: the exact model, asked again."""

from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import encode, encode_plan
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.hours.crews import with_crew_cost
from tus_dispatch.planning.hours.lawful_day import around_of
from tus_dispatch.solver.certify import certify
from tus_dispatch.verify.certificate import refuted_certificate
from tus_dispatch.verify.plan import verify_plan
from tus_dispatch.verify.violations import Violation


def judge(plan: Plan, matrix: TravelMatrix, *, prove_s: float) -> tuple[Violation, ...]:
    """Judge a plan, and its certificate against what the exact model finds.

    Parameters
    ----------
    plan
        Any plan, however broken.
    matrix
        Travel times between the places of its scenario.
    prove_s
        Seconds to spend on a certificate that claims a bound; 0 for none.

    Returns
    -------
    tuple of Violation
        Empty for a sound plan whose certificate could not be refuted.

    Notes
    -----
    The model only suggests a cheaper plan. The judge looks at that plan like
    at any other, so its word does not depend on the model.
    """
    violations = verify_plan(plan, matrix)
    if violations or plan.certificate.lower_bound is None or prove_s <= 0:
        return violations
    rival = cheaper_plan(plan, matrix, seconds=prove_s)
    if rival is None or verify_plan(rival, matrix):
        return violations
    return refuted_certificate(plan, rival.cost.driven)


def cheaper_plan(plan: Plan, matrix: TravelMatrix, *, seconds: float | None) -> Plan | None:
    """Ask the exact model for a cheaper plan under the same promises.

    Parameters
    ----------
    plan
        Sound.
    matrix
        Travel times between the places of its scenario.
    seconds
        Wall time to spend, or None for the model's own limits.

    Returns
    -------
    Plan or None
        Without a certificate; None when the model is too large or knows no
        cheaper one.
    """
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    encoding = encode(
        plan.scenario, legs_of(plan.scenario), matrix, promises=promises, around=around_of(plan)
    )
    start = encode_plan(encoding, plan)
    best = certify(encoding.instance, start, seconds=seconds).solution
    cost = decode_cost(encoding, best)
    if cost.driven >= plan.cost.driven:
        return None
    rounds = decode(encoding, best)
    return Plan(
        scenario=plan.scenario,
        rounds=rounds,
        unserved=explain_unserved(encoding, best),
        promises=plan.promises,
        cost=with_crew_cost(cost, plan.scenario, rounds),
        provenance=plan.provenance,
    )
