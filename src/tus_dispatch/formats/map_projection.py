"""From longitude and latitude to whole units of an SVG drawing, and polylines as short paths."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, floor, log10, radians

from tus_dispatch.formats.geojson import LonLat

WIDTH, HEIGHT = 10_000, 8_000
_MARGIN = 1000
_METRES_PER_DEGREE = 111_195.0
# A single village still needs some country around it, in degrees.
_SMALLEST_SPAN = 0.01
# Points of a road closer than this to the last one drawn cannot be told apart
# before the reader has zoomed in eight times.
_ROAD_STEP = 12
_LINE_STEP = 4


@dataclass(frozen=True, slots=True)
class Projection:
    """An equirectangular projection that fits some positions into the drawing.

    Attributes
    ----------
    west, north
        Longitude and latitude of the drawing's origin.
    x_per_degree, y_per_degree
        Units of the drawing; east of the origin and south of it.
    """

    west: float
    north: float
    x_per_degree: float
    y_per_degree: float

    def xy(self, where: LonLat) -> tuple[int, int]:
        """Return the drawing units of a position."""
        return (
            round((where[0] - self.west) * self.x_per_degree),
            round((self.north - where[1]) * self.y_per_degree),
        )

    @property
    def scale_km(self) -> tuple[float, int]:
        """Length of a readable scale bar, in kilometres and in drawing units."""
        km_per_unit = _METRES_PER_DEGREE / 1000 / self.y_per_degree
        longest = km_per_unit * WIDTH / 6
        power = 10 ** floor(log10(longest))
        km = max(step * power for step in (1, 2, 5) if step * power <= longest)
        return km, round(km / km_per_unit)


def fit(positions: Iterable[LonLat]) -> Projection | None:
    """Return a projection in which all positions are inside the drawing.

    Parameters
    ----------
    positions
        Longitude and latitude.

    Returns
    -------
    Projection or None
        None without any position.
    """
    known = tuple(positions)
    if not known:
        return None
    west, east = min(lon for lon, _ in known), max(lon for lon, _ in known)
    south, north = min(lat for _, lat in known), max(lat for _, lat in known)
    # At the poles a degree of longitude has no width at all.
    shrink = max(cos(radians((south + north) / 2)), 0.01)
    x_span = max((east - west) * shrink, _SMALLEST_SPAN)
    y_span = max(north - south, _SMALLEST_SPAN)
    scale = min((WIDTH - 2 * _MARGIN) / x_span, (HEIGHT - 2 * _MARGIN) / y_span)
    x_centre, y_centre = (west + east) / 2, (south + north) / 2
    return Projection(
        west=x_centre - WIDTH / 2 / scale / shrink,
        north=y_centre + HEIGHT / 2 / scale,
        x_per_degree=scale * shrink,
        y_per_degree=scale,
    )


def line_path(projection: Projection, line: Sequence[LonLat]) -> str:
    """Return the ``d`` of an SVG path along a line."""
    return _path([projection.xy(where) for where in line], _LINE_STEP)


def roads_path(projection: Projection, roads: Iterable[Sequence[LonLat]]) -> str:
    """Return the ``d`` of one SVG path along all roads that touch the drawing.

    Parameters
    ----------
    projection
        Where the drawing lies.
    roads
        Polylines as longitude and latitude.

    Returns
    -------
    str
        Relative whole units; roads too short to see are left out.
    """
    drawn = []
    for road in roads:
        points = [projection.xy(where) for where in road]
        if any(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points):
            drawn.append(_path(points, _ROAD_STEP))
    return "".join(drawn)


def _path(points: Sequence[tuple[int, int]], step: int) -> str:
    kept = list(points[:1])
    last = len(points) - 1
    for i, (x, y) in enumerate(points[1:], start=1):
        far = abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step
        if far or (i == last and (x, y) != kept[-1]):
            kept.append((x, y))
    if len(kept) < 2:
        return ""
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}"
