"""How far a plan can be from the best: a bound and how it was found, or plainly none."""

from dataclasses import dataclass

from tus_dispatch.domain.units import MilliCents

NO_BOUND = "no bound"
EVENT_MODEL = "event-based model"
METHODS = (NO_BOUND, EVENT_MODEL)

GAP_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is known about cheaper plans for the same day.

    Attributes
    ----------
    lower_bound
        No plan of the day costs less, in thousandths of a cent; None where no
        valid bound is known.
    gap
        The part of the plan's own cost that lies above the bound, 0 for a plan
        that costs nothing; None without a bound.
    proved_optimal
        Whether no plan costs less than this one by more than a millionth.
    method
        How the bound was found, one of ``METHODS``.
    """

    lower_bound: MilliCents | None = None
    gap: float | None = None
    proved_optimal: bool = False
    method: str = NO_BOUND
