"""Parts of a scenario file, written from seconds."""

from datetime import date
from typing import Any

from tus_dispatch.domain.service_day import ServiceDay

# An imported day without a date needs one: an ordinary Tuesday outside school
# holidays, on which no clock changes. Never the clock of the machine, so that
# one file always makes the same scenario.
DEFAULT_DATE = date(2026, 3, 10)


def window_data(day: ServiceDay, earliest_s: int, latest_s: int) -> dict[str, str]:
    """Return a window as it stands in a scenario file.

    Parameters
    ----------
    day
        For the clock.
    earliest_s, latest_s
        Seconds of the service day.

    Returns
    -------
    dict
        Two clock times.
    """
    return {"earliest": day.wall(earliest_s), "latest": day.wall(latest_s)}


def matrix_data(
    places: list[str], seconds: list[list[int | None]], metres: list[list[int | None]]
) -> dict[str, Any]:
    """Return explicit travel times as they stand in a scenario file."""
    return {"source": "matrix", "places": places, "seconds": seconds, "metres": metres}
