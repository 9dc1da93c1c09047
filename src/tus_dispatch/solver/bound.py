"""How far from the best a solution can be: a valid lower bound, or plainly none."""

from dataclasses import dataclass

from tus_dispatch.domain.certificate import NO_BOUND

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """What every solution of an instance costs at least.

    Attributes
    ----------
    lower_bound
        In the unit of the instance's prices (thousandths of a cent), or None
        where no valid bound is known.
    proved_optimal
        Whether no solution costs less than the one at hand by more than
        ``TOLERANCE`` of its cost.
    method
        How the bound was found, one of ``domain.certificate.METHODS``;
        ``NO_BOUND`` where there is none.
    """

    lower_bound: float | None = None
    proved_optimal: bool = False
    method: str = NO_BOUND
