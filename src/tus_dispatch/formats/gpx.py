"""A run sheet for a navigation device: the stops as waypoints and as a route in planned order."""

from datetime import UTC, datetime, time
from typing import TypeVar

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.run_sheet import RunSheet, SheetLine
from tus_dispatch.formats.run_sheet_words import ESTIMATED, headline
from tus_dispatch.formats.wording import long_date, printable

_Mark = TypeVar("_Mark", GPXWaypoint, GPXRoutePoint)


def run_sheet_gpx(sheet: RunSheet) -> str:
    """Return a run sheet as GPX 1.1.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    str
        XML with a waypoint per action and one route through all of them.
        Places without a point are left out.
    """
    gpx = GPX()
    gpx.creator = "tus-dispatch"
    gpx.name = f"Feuille de route {printable(sheet.title)}"
    gpx.description = long_date(sheet.service_date)
    gpx.time = datetime.combine(sheet.service_date, time(0), tzinfo=UTC)
    route = GPXRoute(
        name=printable(sheet.title), description=ESTIMATED if sheet.estimated else None
    )
    for line in sheet.lines:
        if line.point is not None:
            gpx.waypoints.append(_at_stop(GPXWaypoint(), sheet, line, line.point))
            route.points.append(_at_stop(GPXRoutePoint(), sheet, line, line.point))
    gpx.routes.append(route)
    return gpx.to_xml(version="1.1")


def _at_stop(mark: _Mark, sheet: RunSheet, line: SheetLine, point: LatLon) -> _Mark:
    mark.latitude, mark.longitude = point.lat, point.lon
    mark.time = datetime.fromtimestamp(line.at, tz=UTC)
    mark.name = f"{line.clock} {headline(sheet, line)}"
    mark.comment = printable(line.place_name)
    mark.description = printable(line.address or "") or None
    mark.type = line.kind.value
    return mark
