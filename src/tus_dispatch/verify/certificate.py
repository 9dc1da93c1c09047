"""A certificate says nothing that its own numbers, or a cheaper plan, prove wrong."""

from collections.abc import Iterator

from tus_dispatch.domain.certificate import METHODS, NO_BOUND
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import MilliCents
from tus_dispatch.verify.case import Case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.violations import Violation, broken

# A proof leaves out a millionth of the cost, and bounds are whole numbers.
ONE_IN = 1_000_000
GAP_TOLERANCE = 2e-6


def certificate_follows_from_the_cost(case: Case) -> Iterator[Violation]:
    """Yield what a certificate says in contradiction to itself or to the plan's true cost."""
    certificate = case.plan.certificate
    bound, gap = certificate.lower_bound, certificate.gap
    if certificate.method not in METHODS:
        yield _false(f"la méthode « {certificate.method} » est inconnue")
    if (bound is None) != (certificate.method == NO_BOUND):
        yield _false("une borne et sa méthode vont ensemble")
    if (bound is None) != (gap is None):
        yield _false("une borne et son écart vont ensemble")
    if bound is None:
        if certificate.proved_optimal:
            yield _false("l'optimalité est annoncée sans borne")
        return
    cost = price(case).driven
    if bound > cost:
        yield _false(f"la borne ({bound}) dépasse le coût du plan ({cost})", bound - cost)
    if gap is not None and not abs(gap * cost - (cost - bound)) <= GAP_TOLERANCE * abs(cost):
        yield _false("l'écart annoncé ne découle pas du coût et de la borne")
    if certificate.proved_optimal and (cost - bound - 1) * ONE_IN > cost:
        yield _false("l'optimalité est annoncée, mais la borne reste au-dessous du coût")


def refuted_certificate(plan: Plan, cheaper: MilliCents) -> tuple[Violation, ...]:
    """Tell whether another plan proves a certificate wrong.

    Parameters
    ----------
    plan
        With its certificate.
    cheaper
        What another plan of the same day costs that keeps every rule; the
        caller has judged it.

    Returns
    -------
    tuple of Violation
        Empty when the certificate may still be true.
    """
    certificate, cost = plan.certificate, plan.cost.driven
    bound = certificate.lower_bound
    if bound is not None and cheaper < bound:
        what = f"un plan conforme ne coûte que {cheaper}, moins que la borne ({bound})"
        return (_false(what, bound - cheaper),)
    if certificate.proved_optimal and (cost - cheaper - 1) * ONE_IN > cost:
        what = f"l'optimalité est annoncée, mais un plan conforme ne coûte que {cheaper}"
        return (_false(what, cost - cheaper),)
    return ()


def _false(what: str, by: int = 1) -> Violation:
    return broken("false-certificate", "plan", by, what=what)
