"""Small parts of a written file: times as people say them, and nothing that goes without saying."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.shape import Shape

Data = dict[str, Any]


@cache
def _usual(shape: type[Shape]) -> Data:
    return {
        field.alias or name: field.get_default(call_default_factory=True, validated_data={})
        for name, field in shape.model_fields.items()
        if not field.is_required()
    }


def sparse(shape: type[Shape], /, **values: Any) -> Data:
    """Leave out what the file would say anyway.

    Parameters
    ----------
    shape
        The object's shape, which knows the defaults.
    **values
        By key of the file.

    Returns
    -------
    dict
        In the order given.
    """
    usual = _usual(shape)
    return {key: value for key, value in values.items() if key not in usual or value != usual[key]}


def period(window: TimeWindow, day: ServiceDay) -> Data:
    """Write a slot as ``from`` and ``until``."""
    return {"from": day.wall(window.earliest_s), "until": day.wall(window.latest_s)}


def window(bounds: TimeWindow | None, day: ServiceDay) -> Data | None:
    """Write an optional window by its two bounds."""
    if bounds is None:
        return None
    return {"earliest": day.wall(bounds.earliest_s), "latest": day.wall(bounds.latest_s)}


def band(bounds: TimeWindow, day: ServiceDay) -> Data | str | None:
    """Write a band of no width as the hour it is."""
    is_fixed = bounds.earliest_s == bounds.latest_s
    return day.wall(bounds.earliest_s) if is_fixed else window(bounds, day)


def instant(epoch_s: int | None, day: ServiceDay) -> str | None:
    """Write an optional instant with the offset of the day's zone."""
    if epoch_s is None:
        return None
    return datetime.fromtimestamp(epoch_s, tz=ZoneInfo(day.time_zone)).isoformat()


def date_text(day: date | None) -> str | None:
    """Write an optional date."""
    return None if day is None else day.isoformat()


def time(second: Seconds | None, day: ServiceDay) -> str | None:
    """Write an optional time."""
    return None if second is None else day.wall(second)
