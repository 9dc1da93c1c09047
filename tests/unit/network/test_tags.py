"""What tags say: who may drive, which way, how fast, and where one may stop."""

import pytest

from tus_dispatch.network.tags import (
    RURAL_LIMIT,
    UNTAGGED,
    Flag,
    Meaning,
    RoadClass,
    is_drivable,
    tag_set,
    understand,
)


def meaning(**tags: str) -> Meaning:
    return understand(tag_set({key.replace("__", ":"): value for key, value in tags.items()}))


@pytest.mark.parametrize(
    ("tags", "drivable"),
    [
        ({"highway": "secondary"}, True),
        ({"highway": "tertiary_link"}, True),
        ({"highway": "track"}, True),
        ({"highway": "road"}, True),
        ({"highway": "footway"}, False),
        ({"highway": "service", "area": "yes"}, False),
        ({"highway": "service", "service": "emergency_access"}, False),
        ({"highway": "service", "access": "private"}, True),
        ({"highway": "service", "access": "no"}, False),
        ({"highway": "track", "vehicle": "agricultural"}, False),
        ({"highway": "track", "access": "no", "motor_vehicle": "yes"}, True),
        ({"highway": "residential", "access": "yes", "motorcar": "no"}, False),
        ({"name": "Rue des Lilas"}, False),
    ],
)
def test_the_most_telling_access_tag_decides_who_may_drive(
    tags: dict[str, str], drivable: bool
) -> None:
    assert is_drivable(tags) is drivable


@pytest.mark.parametrize(
    ("tags", "oneway", "reverse"),
    [
        ({"highway": "primary"}, False, False),
        ({"highway": "primary", "oneway": "yes"}, True, False),
        ({"highway": "primary", "oneway": "-1"}, True, True),
        ({"highway": "primary", "oneway": "reversible"}, False, False),
        ({"highway": "motorway"}, True, False),
        ({"highway": "motorway", "oneway": "no"}, False, False),
        ({"highway": "tertiary", "junction": "roundabout"}, True, False),
        ({"highway": "tertiary", "junction": "circular"}, True, False),
    ],
)
def test_motorways_and_roundabouts_run_one_way_without_saying_so(
    tags: dict[str, str], oneway: bool, reverse: bool
) -> None:
    found = meaning(**tags)

    assert bool(found.flags & Flag.ONEWAY) is oneway
    assert found.reverse is reverse


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({}, UNTAGGED),
        ({"maxspeed": "70"}, 70),
        ({"maxspeed": "50;30"}, 30),
        # 40 mph are 64.4 km/h.
        ({"maxspeed": "40 mph"}, 64),
        ({"maxspeed": "none"}, UNTAGGED),
        ({"maxspeed": "0"}, UNTAGGED),
        ({"maxspeed": "300"}, 130),
        ({"maxspeed": "FR:rural"}, RURAL_LIMIT),
        ({"maxspeed": "FR:urban"}, 50),
        ({"maxspeed": "FR:zone30"}, 30),
        ({"maxspeed": "FR:30"}, 30),
        ({"source__maxspeed": "FR:rural"}, RURAL_LIMIT),
        ({"source__maxspeed": "survey 2019"}, UNTAGGED),
        ({"zone__maxspeed": "FR:20"}, 20),
        ({"maxspeed": "70", "maxspeed__type": "FR:rural"}, 70),
    ],
)
def test_limits_are_numbers_or_kinds_of_zone(tags: dict[str, str], kmh: int) -> None:
    assert meaning(highway="tertiary", **tags).maxspeed_kmh == kmh


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ({"highway": "tertiary"}, Flag(0)),
        ({"highway": "trunk"}, Flag.NEVER_SNAP),
        ({"highway": "trunk_link"}, Flag.NEVER_SNAP),
        ({"highway": "track"}, Flag.LAST_RESORT),
        ({"highway": "track", "motor_vehicle": "yes"}, Flag(0)),
        ({"highway": "service", "access": "private"}, Flag.END_ONLY | Flag.LAST_RESORT),
        ({"highway": "service", "access": "customers"}, Flag.END_ONLY),
    ],
)
def test_flags_say_where_one_may_stop_and_pass(tags: dict[str, str], flags: Flag) -> None:
    assert meaning(**tags).flags == flags


def test_ways_that_differ_in_name_only_share_their_tags() -> None:
    one = tag_set({"highway": "primary", "name": "D906", "lanes": "2"})
    other = tag_set({"name": "D996", "highway": "primary"})

    assert one == other == '{"highway": "primary"}'
    assert understand(one).road_class == RoadClass.PRIMARY
