"""What the tags of an OpenStreetMap way say to the driver of a minibus."""

import json
import re
from collections.abc import Mapping
from enum import IntEnum, IntFlag
from typing import NamedTuple

# Everything a change of profile may ever ask for, so that no extract is read
# twice. Names and lanes stay out: they would cut roads into more pieces.
KEPT_KEYS = (
    "highway",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "oneway",
    "junction",
    "maxspeed",
    "maxspeed:type",
    "source:maxspeed",
    "zone:maxspeed",
    "service",
    "surface",
    "tracktype",
)

UNTAGGED = 0
RURAL_LIMIT = -1
FASTEST_KMH = 130


class RoadClass(IntEnum):
    """Kind of road, from the fastest to the slowest; numbers are stored in files."""

    MOTORWAY = 0
    MOTORWAY_LINK = 1
    TRUNK = 2
    TRUNK_LINK = 3
    PRIMARY = 4
    PRIMARY_LINK = 5
    SECONDARY = 6
    SECONDARY_LINK = 7
    TERTIARY = 8
    TERTIARY_LINK = 9
    UNCLASSIFIED = 10
    RESIDENTIAL = 11
    LIVING_STREET = 12
    SERVICE = 13
    TRACK = 14


class Flag(IntFlag):
    """What holds for an edge beside its length and class; numbers are stored in files."""

    ONEWAY = 1
    END_ONLY = 2
    LAST_RESORT = 4
    NEVER_SNAP = 8


class Meaning(NamedTuple):
    """A set of tags, understood.

    Attributes
    ----------
    road_class
        Kind of road.
    maxspeed_kmh
        Tagged limit; ``UNTAGGED`` or ``RURAL_LIMIT`` where there is no number.
    flags
        Bits of ``Flag``.
    reverse
        True when traffic runs against the order of the nodes.
    """

    road_class: RoadClass
    maxspeed_kmh: int
    flags: Flag
    reverse: bool


_CLASSES = {c.name.lower(): c for c in RoadClass} | {"road": RoadClass.UNCLASSIFIED}
_SHUT = frozenset({"no", "forestry", "agricultural", "agricultural;forestry", "emergency"})
_VISITORS = frozenset({"destination", "customers", "delivery", "residents"})
_PRIVATE = frozenset({"private", "permit"})
_INVITED = frozenset({"yes", "designated", "official", "permissive"})
_ONEWAY = frozenset({"yes", "true", "1"})
_AGAINST = frozenset({"-1", "reverse"})
_BOTH = frozenset({"no", "false", "0"})
_ZONES = {
    "urban": 50,
    "rural": RURAL_LIMIT,
    "trunk": 110,
    "motorway": 130,
    "living_street": 20,
    "walk": 5,
}
_ZONE_KEYS = ("maxspeed", "maxspeed:type", "source:maxspeed", "zone:maxspeed")
_KMH_PER_MPH = 1.609344


def is_drivable(tags: Mapping[str, str]) -> bool:
    """Tell whether a car may use the way at all, be it only to reach a house.

    Parameters
    ----------
    tags
        Tags of one way.

    Returns
    -------
    bool
        False for paths, and for roads closed to cars by the most telling of
        ``motorcar``, ``motor_vehicle``, ``vehicle`` and ``access``.
    """
    return (
        tags.get("highway") in _CLASSES
        and _access(tags) not in _SHUT
        and tags.get("service") != "emergency_access"
        and tags.get("area") != "yes"
    )


def tag_set(tags: Mapping[str, str]) -> str:
    """Write the tags that matter in one canonical line.

    Parameters
    ----------
    tags
        Tags of one way.

    Returns
    -------
    line : str
        JSON object, keys sorted; equal for ways a driver cannot tell apart.
    """
    return json.dumps({k: tags[k] for k in sorted(KEPT_KEYS) if k in tags}, ensure_ascii=False)


def understand(line: str) -> Meaning:
    """Read class, limit and rules out of a canonical line.

    Parameters
    ----------
    line
        What ``tag_set`` wrote.

    Returns
    -------
    meaning : Meaning
        Motorways and roundabouts run one way unless tagged otherwise. Private
        roads and roads for visitors carry no through traffic. Motorways,
        trunk roads and their ramps have no doors on them. Tracks and private
        roads are where a place lies only if nothing better is near.

    Examples
    --------
    >>> understand('{"highway": "tertiary", "junction": "roundabout"}').flags
    <Flag.ONEWAY: 1>
    """
    tags: dict[str, str] = json.loads(line)
    road_class = _CLASSES[tags["highway"]]
    access = _access(tags)
    oneway = tags.get("oneway", "")
    flags = Flag(0)
    if oneway in _ONEWAY | _AGAINST or (_is_implied_oneway(tags) and oneway not in _BOTH):
        flags |= Flag.ONEWAY
    if access in _VISITORS | _PRIVATE:
        flags |= Flag.END_ONLY
    if access in _PRIVATE or (road_class == RoadClass.TRACK and access not in _INVITED):
        flags |= Flag.LAST_RESORT
    if road_class <= RoadClass.TRUNK_LINK:
        flags |= Flag.NEVER_SNAP
    return Meaning(road_class, _maxspeed_kmh(tags), flags, reverse=oneway in _AGAINST)


def _access(tags: Mapping[str, str]) -> str:
    keys = ("motorcar", "motor_vehicle", "vehicle", "access")
    return next((tags[key] for key in keys if key in tags), "")


def _is_implied_oneway(tags: Mapping[str, str]) -> bool:
    return tags["highway"] == "motorway" or tags.get("junction") in {"roundabout", "circular"}


def _maxspeed_kmh(tags: Mapping[str, str]) -> int:
    """Return the lowest number tagged, else what the kind of zone implies, else ``UNTAGGED``."""
    numbers = re.findall(r"(\d+(?:\.\d+)?)\s*(mph)?", tags.get("maxspeed", "").split(":")[-1])
    limits = [float(n) * (_KMH_PER_MPH if mph else 1.0) for n, mph in numbers]
    if limits and min(limits) >= 1:
        return min(FASTEST_KMH, round(min(limits)))
    for key in _ZONE_KEYS:
        value = tags.get(key, "")
        if (zone := value.rpartition(":")[2]) in _ZONES:
            return _ZONES[zone]
        if match := re.fullmatch(r"[A-Z]{2}:(?:zone:?)?(\d{2,3})", value):
            return min(FASTEST_KMH, int(match[1]))
    return UNTAGGED
