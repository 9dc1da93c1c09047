"""Windows of linked requests, parted so that the second starts only when the first is over.

Where the windows of a pair overlap, the two may stand on different routes and
yet must keep their order. While both are left out they have their full
windows; once one is served, the windows are parted at a moment that its
present time allows, and each route can again be timed on its own.
"""

from collections.abc import Callable, Mapping

import numpy as np

from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, Arrays
from tus_dispatch.solver.instance import Instance

Times = Callable[[int], tuple[int, int] | None]


class PairWindows:
    """The pairs of an instance whose windows overlap.

    Parameters
    ----------
    instance
        Holds the full windows.

    Attributes
    ----------
    is_loose
        Which requests belong to such a pair, shape ``(n,)``.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._pair = {request: pair for pair in instance.loose_pairs for request in pair}
        self.is_loose = np.zeros(instance.n_requests, dtype=np.bool_)
        self.is_loose[list(self._pair)] = True

    def own(self, arrays: Arrays) -> Arrays:
        """Return arrays whose windows may be changed without touching others.

        Parameters
        ----------
        arrays
            Anybody's.

        Returns
        -------
        Arrays
            The same ones when there is no overlapping pair.
        """
        if not self._pair:
            return arrays
        return arrays._replace(node=arrays.node.copy())

    def of(self, request: int) -> tuple[int, ...]:
        """Return the overlapping pair a request belongs to, empty for none."""
        return self._pair.get(request, ())

    def join(self, arrays: Arrays, request: int) -> None:
        """Give a pair its full windows again.

        Parameters
        ----------
        arrays
            Owned; changed in place.
        request
            Left out from now on, as is its partner.
        """
        n = self._instance.n_requests
        for each in self.of(request):
            for node in (each, n + each):
                arrays.node[node, EARLIEST_S] = self._instance.earliest_s[node]
                arrays.node[node, LATEST_S] = self._instance.latest_s[node]

    def part(self, arrays: Arrays, request: int, times: Times) -> None:
        """Part a pair by the present times of those of it that are served.

        Parameters
        ----------
        arrays
            Owned; changed in place.
        request
            One of the pair.
        times
            Tells the start of service at both ends, or None.
        """
        pair = self.of(request)
        if not pair:
            return
        first, follower = pair
        n = self._instance.n_requests
        service_s = int(self._instance.service_s[n + first])
        first_times, follower_times = times(first), times(follower)
        over_s = None if first_times is None else first_times[1] + service_s
        begins_s = None if follower_times is None else follower_times[0]
        known = [moment_s for moment_s in (over_s, begins_s) if moment_s is not None]
        self._set(arrays, pair, sum(known) // len(known))

    def part_all(self, arrays: Arrays, start_s: Mapping[int, int]) -> None:
        """Part every pair whose times are known and in order.

        Parameters
        ----------
        arrays
            Owned; changed in place.
        start_s
            Start of service by node.
        """
        n = self._instance.n_requests
        for first, follower in set(self._pair.values()):
            over_s, begins_s = start_s.get(n + first), start_s.get(follower)
            if over_s is None and begins_s is None:
                continue
            service_s = int(self._instance.service_s[n + first])
            over_s = begins_s if over_s is None else over_s + service_s
            begins_s = over_s if begins_s is None else begins_s
            if over_s is not None and begins_s is not None:
                self._set(arrays, (first, follower), (over_s + begins_s) // 2)

    def _set(self, arrays: Arrays, pair: tuple[int, ...], moment_s: int) -> None:
        first, follower = pair
        instance = self._instance
        dropoff = instance.n_requests + first
        service_s = int(instance.service_s[dropoff])
        arrays.node[dropoff, LATEST_S] = min(int(instance.latest_s[dropoff]), moment_s - service_s)
        arrays.node[follower, EARLIEST_S] = max(int(instance.earliest_s[follower]), moment_s)
