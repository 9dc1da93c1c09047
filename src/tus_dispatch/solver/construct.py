"""A first solution from nothing, or from a plan that has to be kept as far as it can be."""

from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution


def construct(
    instance: Instance, dice: Ints, *, start: Solution | None = None, noise: float = 0.0
) -> Draft:
    """Build a feasible draft by regret insertion.

    Parameters
    ----------
    instance
        The problem.
    dice
        Source of the noise.
    start
        Routes to keep where they are feasible, or None.
    noise
        See :class:`recreate.Fashion`.

    Returns
    -------
    Draft
        Feasible under all rules; what did not fit is left out.
    """
    draft = Draft(instance) if start is None else draft_from(instance, start)
    draft.insert_waiting(draft.unserved(), dice, noise=noise)
    return draft
