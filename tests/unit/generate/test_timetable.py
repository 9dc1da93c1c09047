"""An order of stops gets the earliest times its rules allow, or none."""

from tus_dispatch.domain.plan import StopKind
from tus_dispatch.generate.timetable import ANYWHERE, NOBODY, Node, Ride, earliest_times


def stop(kind: StopKind, earliest_s: int, latest_s: int, service_s: int = 0) -> Node:
    return Node(kind, NOBODY, ANYWHERE, earliest_s, latest_s, service_s)


def one_ride(pickup: tuple[int, int], dropoff: tuple[int, int]) -> list[Node]:
    return [
        stop(StopKind.START, 0, 0),
        stop(StopKind.PICKUP, *pickup, service_s=10),
        stop(StopKind.DROPOFF, *dropoff, service_s=5),
        stop(StopKind.END, 1000, 1000),
    ]


DRIVES = [0, 100, 100, 100]
ABOARD = [False, False, True, False]


def test_a_pickup_is_delayed_to_keep_a_ride_limit() -> None:
    nodes = one_ride((0, 900), (400, 900))

    # Down at 400 at the earliest; at most 150 aboard after ten seconds of
    # boarding puts the pickup at 240, although the vehicle is there at 100.
    assert earliest_times(nodes, DRIVES, [Ride(1, 2, 150)], ABOARD, 300) == [0, 240, 400, 1000]


def test_a_pickup_is_delayed_to_keep_people_from_waiting_aboard() -> None:
    nodes = one_ride((0, 900), (700, 900))

    # The drive takes 100 and the wait at most 300, so boarding ends at 300.
    assert earliest_times(nodes, DRIVES, [Ride(1, 2, 900)], ABOARD, 300) == [0, 290, 700, 1000]


def test_no_times_are_found_when_the_pickup_closes_too_soon() -> None:
    nodes = one_ride((0, 239), (400, 900))

    assert earliest_times(nodes, DRIVES, [Ride(1, 2, 150)], ABOARD, 300) is None


def test_no_times_are_found_when_the_drive_alone_is_longer_than_the_limit() -> None:
    nodes = one_ride((0, 900), (0, 900))

    assert earliest_times(nodes, DRIVES, [Ride(1, 2, 99)], ABOARD, 300) is None


def test_waiting_with_nobody_aboard_has_no_limit() -> None:
    nodes = one_ride((800, 900), (0, 1000))

    assert earliest_times(nodes, [0, 100, 50, 100], [Ride(1, 2, 900)], ABOARD, 0) == [
        0,
        800,
        860,
        1000,
    ]
