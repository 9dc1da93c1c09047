"""Which trial search goes on from: a little dearer is fine, and so is leaving out others.

Where not everybody fits, the cost alone keeps leaving out the same requests.
Each time a request is left out it counts more, so that search moves to
solutions that leave out those seldom left out before.
"""

from random import Random  # noqa: TID251 - only ever passed in

import numpy as np

from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance

ALLOWANCE = 0.003


class Acceptance:
    """Remembers how often each request was left out.

    Parameters
    ----------
    instance
        The problem; requests whose penalty is at least half the largest count
        as required.

    References
    ----------
    .. [1] Christiaens, J. and Vanden Berghe, G. (2020). Slack induction by
       string removals for vehicle routing problems. *Transportation Science*,
       54(2), 417-433.
    """

    def __init__(self, instance: Instance) -> None:
        penalty = instance.penalty
        self._is_required = 2 * penalty >= penalty.max(initial=0)
        self._times_absent = np.zeros(instance.n_requests, dtype=np.int64)

    def __call__(self, trial: Draft, current: Draft, best: Draft, rng: Random) -> bool:
        """Tell whether to go on from a trial.

        Parameters
        ----------
        trial, current, best
            Just made, made from, and cheapest so far.
        rng
            Draws how much dearer than the best a trial may be.

        Returns
        -------
        bool
            True for a trial hardly dearer than the best, and for one whose
            absentees were absent less often than the present ones.
        """
        absent = self._is_required & (trial.vehicle_of < 0)
        missed = self._is_required & (current.vehicle_of < 0)
        self._times_absent += absent
        if self._times_absent[absent].sum() < self._times_absent[missed].sum():
            return True
        allowance = int(ALLOWANCE * sum(best.costs))
        return trial.cost <= best.cost + rng.randint(0, allowance)
