"""From the solver's bound to the certificate of a plan."""

import math

from tus_dispatch.domain.certificate import GAP_DECIMALS, Certificate
from tus_dispatch.domain.units import MilliCents
from tus_dispatch.solver.bound import TOLERANCE, Bound


def certificate_of(bound: Bound, total: MilliCents) -> Certificate:
    """Tell how far a plan can be from the best.

    Parameters
    ----------
    bound
        Of the instance the plan was made from; whether the solver proved its
        own solution optimal does not matter, the plan may be a cheaper one.
    total
        What the plan costs, people left out included.

    Returns
    -------
    Certificate
        Its bound is rounded down to a whole thousandth of a cent.
    """
    if bound.lower_bound is None or not math.isfinite(bound.lower_bound):
        return Certificate()
    return _certificate(math.floor(bound.lower_bound), total, bound.method)


def for_another_plan(certificate: Certificate, total: MilliCents) -> Certificate:
    """Turn the certificate of a plan into that of another plan of the same day.

    Parameters
    ----------
    certificate
        Its bound holds for every plan of the day.
    total
        What the other plan costs.

    Returns
    -------
    Certificate
        With the gap of the other plan.
    """
    if certificate.lower_bound is None:
        return certificate
    return _certificate(certificate.lower_bound, total, certificate.method)


def _certificate(lower_bound: MilliCents, total: MilliCents, method: str) -> Certificate:
    above = total - lower_bound
    gap = round(above / total, GAP_DECIMALS) if total else 0.0
    # Rounding the bound down must not undo a proof.
    is_proved = above <= TOLERANCE * total + 1
    return Certificate(lower_bound, gap, is_proved, method)
