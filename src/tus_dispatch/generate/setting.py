"""When a made-up day is, and on which roads."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.generate.land import RoadLand

# A Tuesday in term time, like any other.
DEFAULT_DATE = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Setting:
    """When and on which roads.

    Attributes
    ----------
    date
        Service date.
    roads
        A road network to put the day on, or None for real communes and
        estimated times.
    """

    date: date = DEFAULT_DATE
    roads: RoadLand | None = None
