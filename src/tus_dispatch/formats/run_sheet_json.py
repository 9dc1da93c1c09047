"""A run sheet as JSON, for programs that show it to a driver."""

import json
from dataclasses import asdict
from typing import Any

from tus_dispatch.domain.run_sheet import RunSheet, SheetLine
from tus_dispatch.domain.service_day import ServiceDay


def run_sheet_data(sheet: RunSheet) -> dict[str, Any]:
    """Return a sheet as plain data.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    dict
        Instants as RFC 3339 with the offset of the place.
    """
    day = ServiceDay(sheet.service_date, sheet.time_zone)
    data = {key: value for key, value in asdict(sheet).items() if key != "lines"}
    return data | {
        "service_date": sheet.service_date.isoformat(),
        "title": sheet.title,
        "lines": [_line(line, day) for line in sheet.lines],
    }


def run_sheet_json(sheet: RunSheet) -> str:
    """Write a sheet as JSON text.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    str
        With a closing newline.
    """
    return json.dumps(run_sheet_data(sheet), ensure_ascii=False, indent=2) + "\n"


def _line(line: SheetLine, day: ServiceDay) -> dict[str, Any]:
    point = line.point
    return asdict(line) | {
        "kind": line.kind.value,
        "at": day.local(line.at - day.start_at).isoformat(),
        "until_at": day.local(line.until_at - day.start_at).isoformat(),
        "point": None if point is None else {"lat": point.lat, "lon": point.lon},
        "needs": [need.value for need in line.needs],
        "occupation": None if line.occupation is None else line.occupation.value,
    }
