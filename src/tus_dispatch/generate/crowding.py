"""On a dense day people share more rides, live nearer and sit in larger vehicles."""

from dataclasses import dataclass, replace

from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.generate.family import FleetRanges

# Legs per shift at which rides are shared as usual; twice as many need all the
# sharing there can be. domain.md §3.3: 8 to 14 legs per vehicle, which has two
# shifts.
_USUAL_LEGS_PER_SHIFT = {Terrain.PLAIN: 6.0, Terrain.HILLS: 5.5, Terrain.MOUNTAIN: 4.5}
_MORE_JOIN, _NEARER, _FEWER_CARS = 0.7, 0.45, 0.8
_NEIGHBOUR_SHARE = 0.6
_DENSEST = 1.5


@dataclass(frozen=True, slots=True)
class Crowding:
    """How dense a day is.

    Attributes
    ----------
    degree
        0 for an ordinary day, 1 for a dense one, up to 1.5.
    """

    degree: float = 0.0

    def join_share(self, usual: float) -> float:
        """Return how often one more booking joins a visit, instead of the usual share."""
        return usual + (1 - usual) * min(1.0, self.degree) * _MORE_JOIN

    @property
    def neighbour_share(self) -> float:
        """Return how often who joins lives near somebody who comes already."""
        return _NEIGHBOUR_SHARE + (1 - _NEIGHBOUR_SHARE) * min(1.0, self.degree)

    def fleet(self, usual: FleetRanges) -> FleetRanges:
        """Return the shares of a fleet with fewer cars and more minibuses."""
        kept = 1 - _FEWER_CARS * min(1.0, self.degree)
        more = usual.car_share * (1 - kept)
        return replace(
            usual, car_share=usual.car_share - more, large_share=usual.large_share + more
        )

    @property
    def homes_per_village(self) -> float:
        """Return how many people of one village may ask."""
        return 2 + 3 * min(1.0, self.degree)

    @property
    def legs_per_site(self) -> float:
        """Return how many legs there are for each destination."""
        return 2 + 2 * min(1.0, self.degree)

    @property
    def nearness(self) -> float:
        """Return the factor on drawn distances."""
        return 1 - _NEARER * self.degree


def crowding_of(legs_per_shift: float, terrain: Terrain, more: float = 0.0) -> Crowding:
    """Work out how dense a day is.

    Parameters
    ----------
    legs_per_shift
        Legs over shifts.
    terrain
        On slow roads a day fills up sooner.
    more
        Added to the degree after a failed attempt.

    Returns
    -------
    Crowding
        Of degree 0 to 1.5.

    Examples
    --------
    >>> crowding_of(7.5, Terrain.PLAIN)
    Crowding(degree=0.25)
    """
    degree = legs_per_shift / _USUAL_LEGS_PER_SHIFT[terrain] - 1
    return Crowding(min(_DENSEST, max(0.0, degree) + more))
