"""Travel times and distances between places, with where they come from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.domain.units import Metres, PlaceId, Seconds
from tus_dispatch.errors import TusError

UNREACHABLE = -1


class MatrixError(TusError):
    """A travel matrix has a wrong shape or impossible values."""


@dataclass(frozen=True, slots=True)
class TravelMatrix:
    """Directed seconds and metres between all pairs of places.

    Attributes
    ----------
    place_ids
        The ``n`` places, in the order of rows and columns.
    seconds
        int32 of shape ``(n, n)``, from row to column, rounded up once when the
        matrix was built; -1 means unreachable. The diagonal is zero.
    metres
        int32 of the same shape; -1 exactly where ``seconds`` is -1.
    source
        ``estimate``, ``roads``, ``matrix`` or ``osrm``.
    warnings
        French sentences a dispatcher should see (estimated times, points far
        from any road).

    Raises
    ------
    MatrixError
        When shapes differ, values are below -1, the diagonal is not zero, or
        the two arrays disagree on what is unreachable.
    """

    place_ids: tuple[PlaceId, ...]
    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]
    source: str
    warnings: tuple[str, ...] = ()
    _index: dict[PlaceId, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        n = len(self.place_ids)
        for name, array in (("seconds", self.seconds), ("metres", self.metres)):
            if array.shape != (n, n):
                raise MatrixError(f"{name} has shape {array.shape}, expected {(n, n)}")
            if array.dtype != np.int32:
                raise MatrixError(f"{name} is {array.dtype}, expected int32")
            if n and (int(array.min()) < UNREACHABLE or array.diagonal().any()):
                raise MatrixError(f"{name} holds values below -1 or a diagonal that is not zero")
        if not np.array_equal(self.seconds == UNREACHABLE, self.metres == UNREACHABLE):
            raise MatrixError("seconds and metres disagree on what is unreachable")
        index = {place_id: i for i, place_id in enumerate(self.place_ids)}
        if len(index) != n:
            raise MatrixError("a place stands twice in the matrix")
        for array in (self.seconds, self.metres):
            array.setflags(write=False)
        object.__setattr__(self, "_index", index)

    def index(self, place_id: PlaceId) -> int:
        """Return the row of a place.

        Parameters
        ----------
        place_id
            A place of the matrix.

        Returns
        -------
        int
            Row and column number.

        Raises
        ------
        KeyError
            When the matrix does not know the place.
        """
        return self._index[place_id]

    def seconds_between(self, origin: PlaceId, destination: PlaceId) -> Seconds | None:
        """Return the driving time, or None when there is no way."""
        value = int(self.seconds[self._index[origin], self._index[destination]])
        return None if value == UNREACHABLE else value

    def metres_between(self, origin: PlaceId, destination: PlaceId) -> Metres | None:
        """Return the driving distance, or None when there is no way."""
        value = int(self.metres[self._index[origin], self._index[destination]])
        return None if value == UNREACHABLE else value
