"""What moved between two plans for the same people."""

from dataclasses import dataclass

from tus_dispatch.domain.units import LegId, Seconds


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What is different from a plan people may already know.

    Attributes
    ----------
    plan_stability
        Pickups and dropoffs served in both plans whose start moved by more
        than ten minutes.
    largest_move_s
        The largest move; None when no leg is served in both.
    changed_round
        Legs served in both, on different shifts.
    newly_served, no_longer_served
        Legs in a round of only one of the plans.
    """

    plan_stability: int
    largest_move_s: Seconds | None
    changed_round: tuple[LegId, ...]
    newly_served: tuple[LegId, ...]
    no_longer_served: tuple[LegId, ...]
