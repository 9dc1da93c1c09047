"""The file of the vehicle calendar, `tus-vehicle-calendar/1`: who has a vehicle, from when on."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from tus_dispatch.domain.units import VehicleId
from tus_dispatch.domain.vehicle_use import UseKind, VehicleUse
from tus_dispatch.errors import InputError
from tus_dispatch.formats.native.decode import decode, read_bytes
from tus_dispatch.formats.native.format_name import expect_format
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.native.order import in_file_order
from tus_dispatch.formats.native.problems import Suggester, pointer, problem, shorten
from tus_dispatch.formats.native.refusal import problems_of
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Shape
from tus_dispatch.formats.native.texts import Id, Text
from tus_dispatch.formats.native.times import Instant

FORMAT = "tus-vehicle-calendar/1"


class UseShape(Shape):
    """One use of a vehicle."""

    vehicle: Id
    kind: Annotated[UseKind, Field(strict=False)]
    start: Instant = Field(alias="from")
    until: Instant
    referral: Text | None = None


class CalendarFile(Shape):
    """All uses, in any order."""

    format: Literal["tus-vehicle-calendar/1"]
    uses: list[UseShape] = Field(default_factory=list, max_length=MOST_ENTRIES)


def load_calendar(path: Path, time_zone: str) -> tuple[VehicleUse, ...]:
    """Read a calendar.

    Parameters
    ----------
    path
        A file in the format; where there is none, the calendar is empty.
    time_zone
        For saying the times.

    Returns
    -------
    tuple of VehicleUse
        As written.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    if not path.exists():
        return ()
    source = str(path)
    decoded = decode(read_bytes(path), source)
    data = expect_format(decoded, FORMAT, source)
    found = list(decoded.problems)
    try:
        shape = CalendarFile.model_validate(data)
    except ValidationError as error:
        found += problems_of(error, CalendarFile, data, (), Suggester())
        raise InputError(source, in_file_order(found, data)) from error
    for i, each in enumerate(shape.uses):
        if each.until <= each.start:
            where = pointer(("uses", i, "until"))
            value = shorten(data["uses"][i]["until"])
            found.append(problem("inverted-window", where, value, "une fin plus tard que le début"))
    if found:
        raise InputError(source, in_file_order(found, data))
    return tuple(
        VehicleUse(
            VehicleId(each.vehicle), each.kind, each.start, each.until, each.referral, time_zone
        )
        for each in shape.uses
    )


def calendar_text(uses: Sequence[VehicleUse]) -> str:
    """Write a calendar as the text of its file."""
    return lay_out({"format": FORMAT, "uses": [_data(each) for each in uses]})


def _data(use: VehicleUse) -> dict[str, Any]:
    zone = ZoneInfo(use.time_zone)
    data = {
        "vehicle": use.vehicle,
        "kind": use.kind.value,
        "from": datetime.fromtimestamp(use.from_at, tz=zone).isoformat(),
        "until": datetime.fromtimestamp(use.until_at, tz=zone).isoformat(),
        "referral": use.referral,
    }
    return {key: value for key, value in data.items() if value is not None}
