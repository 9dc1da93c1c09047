"""A time window bounds the start of service at one door."""

from dataclasses import dataclass

from tus_dispatch.domain.units import Seconds
from tus_dispatch.errors import TusError


class WindowError(TusError):
    """A window is empty or starts before the service day."""


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Earliest and latest start of service, both included.

    Attributes
    ----------
    earliest_s
        Seconds since the start of the service day.
    latest_s
        Same clock, never before ``earliest_s``.

    Raises
    ------
    WindowError
        When the window is empty or negative.
    """

    earliest_s: Seconds
    latest_s: Seconds

    def __post_init__(self) -> None:
        if not 0 <= self.earliest_s <= self.latest_s:
            raise WindowError(f"window [{self.earliest_s}, {self.latest_s}] is empty or negative")

    def intersect(self, other: "TimeWindow") -> "TimeWindow | None":
        """Return the part common to both windows, or None when there is none.

        Parameters
        ----------
        other
            A window on the same clock.

        Returns
        -------
        TimeWindow or None
            The overlap, bounds included.
        """
        earliest_s = max(self.earliest_s, other.earliest_s)
        latest_s = min(self.latest_s, other.latest_s)
        return TimeWindow(earliest_s, latest_s) if earliest_s <= latest_s else None
