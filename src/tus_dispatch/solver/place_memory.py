"""What scans of an order have found, for as long as the order stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.solver.instance import Ints

MOST_ORDERS = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """Cheapest places in one order.

    Attributes
    ----------
    order
        The order itself; holding it keeps its identity from being used again.
    rows
        Per request, as :func:`insertion.scan_requests` gives them; shape
        ``(n, 4)``.
    is_known
        Which rows are filled; shape ``(n,)``.
    """

    order: Ints
    rows: Ints
    is_known: NDArray[np.bool_]


class PlaceMemory:
    """Places found per order, shared by all copies of a draft.

    An order is an array that is never changed in place: whoever changes a
    route makes a new one, and most routes stay as they are while a few are
    ruined.

    Parameters
    ----------
    n_requests
        Of the instance.
    """

    def __init__(self, n_requests: int) -> None:
        self._n_requests = n_requests
        self._found: dict[tuple[int, int], Found] = {}

    def of(self, vehicle: int, order: Ints) -> Found:
        """Return what is known of an order, to be read and filled.

        Parameters
        ----------
        vehicle, order
            Whose order.

        Returns
        -------
        Found
            Empty for an order not seen before.
        """
        key = (vehicle, id(order))
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= MOST_ORDERS:
                self._found.clear()
            rows = np.empty((self._n_requests, 4), dtype=np.int64)
            found = Found(order, rows, np.zeros(self._n_requests, dtype=np.bool_))
            self._found[key] = found
        return found
