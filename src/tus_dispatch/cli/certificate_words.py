"""How far a plan can be from the best, in one sentence."""

import math

from tus_dispatch.cli.wording import NBSP, decimal, spaced
from tus_dispatch.domain.plan import Plan

UNKNOWN = "Écart au meilleur possible : inconnu."
PROVED = "Optimalité prouvée : aucun plan ne coûte moins."


def certificate_sentence(plan: Plan) -> str:
    """Say how far a plan can be from the best.

    Parameters
    ----------
    plan
        With a certificate that the judge accepts.

    Returns
    -------
    str
        A French sentence; its per cent are rounded up, so that it never
        promises too much.
    """
    bound = plan.certificate.lower_bound
    if plan.certificate.proved_optimal:
        return spaced(PROVED)
    if bound is None or bound <= 0:
        return spaced(UNKNOWN)
    tenths = math.ceil(1000 * (plan.cost.driven - bound) / bound)
    return f"Au plus {decimal(tenths / 10)}{NBSP}% au-dessus du meilleur possible."
