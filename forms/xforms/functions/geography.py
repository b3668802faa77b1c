"""Functions about places (ODK XForms, geographic functions)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from forms.xforms.context import Context
from forms.xforms.errors import ExpressionError
from forms.xforms.functions.function import Function
from forms.xforms.values import Value, string

_EARTH = 6_378_100.0
"""Metres: the radius that the peers use."""
Point = tuple[float, float]


def _points(value: Value, function: str) -> list[Point]:
    """Latitude and longitude of each point of a trace, a shape or several geopoints."""
    return list(_each_point(_texts(value), function))


def _texts(value: Value) -> list[str]:
    if isinstance(value, list) and len(value) > 1:
        return [node.string() for node in value]
    return string(value).split(";")


def _each_point(texts: list[str], function: str) -> Iterator[Point]:
    for text in texts:
        if not text.strip():
            continue
        parts = text.split()
        try:
            latitude, longitude = float(parts[0]), float(parts[1])
        except (ValueError, IndexError):
            raise ExpressionError(f"{function}() needs places: latitude and longitude") from None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ExpressionError(f"{function}() needs places: latitude and longitude")
        yield latitude, longitude


def _between(one: Point, other: Point) -> float:
    """Metres along a great circle, by the haversine formula."""
    low, high = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    part = (
        math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(across / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, part)))


def _distance(context: Context, *values: Value) -> float:
    """The length in metres of the way through the points."""
    points = [point for value in values for point in _points(value, "distance")]
    total = sum(_between(a, b) for a, b in pairwise(points))
    return round(total, 2)


def _area(context: Context, value: Value) -> float:
    """Square metres inside the points, on a sphere."""
    points = _points(value, "area")
    if len(points) < 3:
        return 0.0
    if points[0] != points[-1]:
        points.append(points[0])
    total = sum(
        math.radians(b[1] - a[1])
        * (2 + math.sin(math.radians(a[0])) + math.sin(math.radians(b[0])))
        for a, b in pairwise(points)
    )
    return round(abs(total * _EARTH * _EARTH / 2), 2)


def _geofence(context: Context, place: Value, shape: Value) -> bool:
    """True if the point is inside the shape, by counting the sides to one side of it."""
    found, corners = _points(place, "geofence"), _points(shape, "geofence")
    if not found or len(corners) < 4 or corners[0] != corners[-1]:
        return False
    (y, x), inside = found[0], False
    for (y1, x1), (y2, x2) in pairwise(corners):
        if (x1 > x) != (x2 > x) and y < (y2 - y1) * (x - x1) / (x2 - x1) + y1:
            inside = not inside
    return inside


CORE: dict[str, Function] = {}
ODK = {
    "distance": Function(1, None, _distance),
    "area": Function(1, 1, _area),
    "geofence": Function(2, 2, _geofence),
}
