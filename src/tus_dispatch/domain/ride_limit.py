"""How long a person may stay aboard, as a function of the direct drive."""

from dataclasses import dataclass

from tus_dispatch.domain.units import Seconds


@dataclass(frozen=True, slots=True)
class RideLimit:
    """``max_ride = direct + min(cap, max(minimum, ratio * direct + constant))``.

    Attributes
    ----------
    ratio_percent
        Allowed detour as a percentage of the direct drive.
    constant_s
        Seconds added to the proportional part.
    minimum_s
        Detour everybody may be asked to accept.
    cap_s
        Detour nobody is asked to exceed.
    """

    ratio_percent: int = 50
    constant_s: Seconds = 0
    minimum_s: Seconds = 900
    cap_s: Seconds = 2700

    def max_ride_s(self, direct_s: Seconds) -> Seconds:
        """Return the longest stay aboard for a direct drive.

        Parameters
        ----------
        direct_s
            Driving seconds from pickup to dropoff without any detour.

        Returns
        -------
        int
            Seconds from the end of boarding to the start of alighting, the
            proportional part rounded down.

        Examples
        --------
        Twenty minutes of direct drive allow half as much again, but never
        less than a quarter of an hour more.

        >>> RideLimit().max_ride_s(1200)
        2100
        >>> RideLimit().max_ride_s(3600)
        5400
        """
        proportional_s = self.ratio_percent * direct_s // 100 + self.constant_s
        return direct_s + min(self.cap_s, max(self.minimum_s, proportional_s))
