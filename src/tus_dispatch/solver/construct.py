"""A first solution from nothing, or from a plan that has to be kept as far as it can be."""

from random import Random  # noqa: TID251 - seeded, and passed in

from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.recreate import insert_by_regret
from tus_dispatch.solver.solution import Solution


def construct(
    instance: Instance, rng: Random, *, start: Solution | None = None, noise: float = 0.0
) -> Draft:
    """Build a feasible draft by regret insertion.

    Parameters
    ----------
    instance
        The problem.
    rng
        Source of the noise.
    start
        Routes to keep where they are feasible, or None.
    noise
        See :func:`recreate.insert_by_regret`.

    Returns
    -------
    Draft
        Feasible under all rules; what did not fit is left out.
    """
    draft = Draft(instance) if start is None else draft_from(instance, start)
    insert_by_regret(draft, draft.unserved(), rng, noise=noise)
    return draft
