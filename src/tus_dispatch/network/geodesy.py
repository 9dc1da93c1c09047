"""Distances on the globe, and a flat map on which the nearest road is really the nearest."""

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_009.0

Floats = NDArray[np.float64]


def great_circle_m(a: Floats, b: Floats) -> Floats:
    """Measure the shortest way over the globe between pairs of points.

    Parameters
    ----------
    a, b
        Longitude and latitude in degrees, last axis of length 2; shapes that
        broadcast against each other.

    Returns
    -------
    metres : ndarray
        One distance per pair.

    Examples
    --------
    One degree of latitude:

    >>> round(float(great_circle_m(np.array([9.0, 42.0]), np.array([9.0, 43.0]))))
    111195
    """
    lon_a, lat_a = np.radians(a[..., 0]), np.radians(a[..., 1])
    lon_b, lat_b = np.radians(b[..., 0]), np.radians(b[..., 1])
    half = (
        np.sin((lat_b - lat_a) / 2) ** 2
        + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    )
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return metres


def flat_xy(lonlat: Floats) -> Floats:
    """Project to Mercator, in metres at the equator.

    Parameters
    ----------
    lonlat
        Degrees, shape ``(n, 2)``.

    Returns
    -------
    xy : ndarray of shape (n, 2)
        Angles are true everywhere, so the nearest line on this map is the
        nearest on the ground; lengths are stretched by ``stretch``.
    """
    lat = np.radians(np.clip(lonlat[:, 1], -85.0, 85.0))
    xy: Floats = EARTH_RADIUS_M * np.column_stack(
        (np.radians(lonlat[:, 0]), np.arcsinh(np.tan(lat)))
    )
    return xy


def stretch(lat: Floats) -> Floats:
    """Return by how much the flat map lengthens a metre at a latitude.

    Parameters
    ----------
    lat
        Degrees, any shape.

    Returns
    -------
    factor : ndarray
        One at the equator, two at 60 degrees.
    """
    factor: Floats = 1.0 / np.cos(np.radians(np.clip(lat, -85.0, 85.0)))
    return factor
