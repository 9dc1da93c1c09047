"""The earliest times equal those found by trying all of them."""

from itertools import product

from hypothesis import event, given
from hypothesis import strategies as st

from tus_dispatch.domain.plan import StopKind
from tus_dispatch.generate.timetable import ANYWHERE, NOBODY, Node, Ride, earliest_times

KINDS = (StopKind.PICKUP, StopKind.PICKUP, StopKind.DROPOFF, StopKind.DROPOFF)
HORIZON = 7
# Two people: the first gets out first, or the second does.
SEATS = ((0, 2, 1, 3), (0, 3, 1, 2))


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[Node], list[int], list[Ride], int]:
    nodes = []
    for kind in KINDS:
        earliest = draw(st.integers(0, HORIZON))
        latest = draw(st.integers(earliest, HORIZON))
        nodes.append(Node(kind, NOBODY, ANYWHERE, earliest, latest, draw(st.integers(0, 1))))
    drives = [0, *(draw(st.integers(0, 2)) for _ in KINDS[1:])]
    a, b, c, d = draw(st.sampled_from(SEATS))
    rides = [Ride(a, b, draw(st.integers(0, 6))), Ride(c, d, draw(st.integers(0, 6)))]
    return nodes, drives, rides, draw(st.integers(0, 3))


@given(systems())
def test_earliest_times_equal_an_exhaustive_search(
    system: tuple[list[Node], list[int], list[Ride], int],
) -> None:
    nodes, drives, rides, max_wait = system
    aboard = [False, True, True, True]

    found = earliest_times(nodes, drives, rides, aboard, max_wait)

    possible = [s for s in product(range(HORIZON + 1), repeat=4) if keeps(s, *system)]
    event("possible" if possible else "impossible")
    # Difference constraints have a least solution: all minima are in one of them.
    assert found == ([min(start[i] for start in possible) for i in range(4)] if possible else None)


def keeps(
    start: tuple[int, ...], nodes: list[Node], drives: list[int], rides: list[Ride], wait: int
) -> bool:
    arrival = [start[i - 1] + nodes[i - 1].service_s + drives[i] for i in range(1, 4)]
    return (
        all(n.earliest_s <= s <= n.latest_s for n, s in zip(nodes, start, strict=True))
        and all(0 <= s - a <= wait for s, a in zip(start[1:], arrival, strict=True))
        and all(
            start[r.dropoff] - start[r.pickup] - nodes[r.pickup].service_s <= r.max_ride_s
            for r in rides
        )
    )
