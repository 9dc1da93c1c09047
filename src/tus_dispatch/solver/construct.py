"""A first solution from nothing, or from a plan that has to be kept as far as it can be."""

from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.arrays import Arrays
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution


def construct(
    instance: Instance,
    dice: Ints,
    *,
    start: Solution | None = None,
    noise: float = 0.0,
    arrays: Arrays | None = None,
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
    arrays
        The kernels' view, when it is not the usual one.

    Returns
    -------
    Draft
        Feasible under all rules; what did not fit is left out.
    """
    draft = Draft(instance, arrays) if start is None else draft_from(instance, start, arrays)
    draft.insert_waiting(draft.unserved(), dice, noise=noise)
    return draft
