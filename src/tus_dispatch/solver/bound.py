"""How far from the best a solution can be: a valid lower bound, or plainly none."""

from dataclasses import dataclass

NO_BOUND = "no bound"


@dataclass(frozen=True, slots=True)
class Bound:
    """What every solution of an instance costs at least.

    Attributes
    ----------
    lower_bound
        In the unit of the instance's prices (thousandths of a cent), or None
        where no valid bound is known.
    proved_optimal
        Whether the solution at hand costs no more than any other.
    method
        How the bound was found; ``NO_BOUND`` where there is none.
    """

    lower_bound: float | None = None
    proved_optimal: bool = False
    method: str = NO_BOUND
