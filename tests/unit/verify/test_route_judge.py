"""Two requests and their way back, a pause and a break, small enough to check by hand.

Three places, ten minutes apart each::

    0 -- 600 s -- 1 -- 600 s -- 2

One vehicle drives 0, picks 0 up at place 1, 1 at place 1, drops both at place
2, takes its break and its pause there, and drives back.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.verify.instance import verify_route, verify_solution

FREE = 10**6


def ints(*values: object) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def small_instance() -> Instance:
    return Instance(
        duration_s=ints([0, 600, 1200], [600, 0, 600], [1200, 600, 0]),
        distance_m=ints([0, 9000, 18000], [9000, 0, 9000], [18000, 9000, 0]),
        # Pickups at 1, dropoffs at 2, the break anywhere, the pause at 2.
        location=ints(1, 1, 2, 2, -1, 2),
        earliest_s=ints(600, 600, 0, 0, 0, 3000),
        latest_s=ints(600, 800, 5000, 5000, 5000, 3000),
        service_s=ints(60, 60, 30, 30, 300, 600),
        target_s=ints(-1, -1, -1, -1),
        load=ints([1, 0, 0], [0, 1, 1]),
        # Request 0 boards until 660 and gets out at 1320 at the earliest with a
        # second pickup in between; request 1 boards until 720.
        max_ride_s=ints(660, 630),
        direct_s=ints(600, 600),
        allowed=np.array([[True], [True]]),
        incompatible=np.zeros((2, 2), dtype=np.bool_),
        partner=ints(1, 0),
        penalty=ints(10**9, 10**9),
        start_location=ints(0),
        end_location=ints(0),
        start_earliest_s=ints(0),
        start_latest_s=ints(0),
        end_earliest_s=ints(4800),
        end_latest_s=ints(4800),
        max_duty_s=ints(4800),
        range_m=ints(36_000),
        is_open=np.array([False]),
        configuration=ints([4, 0, 0], [1, 1, 1]),
        configuration_start=ints(0, 2),
        pause_vehicle=ints(0, 0),
        pause_is_break=np.array([True, False]),
        # The duty of 4800 s without the break of 300 s is 4500 s long, so it
        # needs the break, which starts at 1380.
        break_after_s=ints(1380),
        max_wait_aboard_s=0,
        weights=CostWeights(1, 0, 0, 0, 0, 0, 0, 0),
    )


def small_route() -> Route:
    return Route(
        vehicle=0,
        # Drive 600: pick up at 600 and 660, drive from 720 to 1320, drop at
        # 1320 and 1350, break from 1380 to 1680, pause from 3000 to 3600,
        # drive 1200: home at 4800.
        nodes=(0, 1, 2, 3, 4, 5),
        start_s=(600, 660, 1320, 1350, 1380, 3000),
        sign_on_s=0,
        sign_off_s=4800,
    )


def rules(instance: Instance, route: Route, unserved: tuple[int, ...] = ()) -> set[tuple[str, int]]:
    found = verify_solution(instance, Solution((route,), unserved))
    return {(violation.rule, violation.by) for violation in found}


def with_values(name: str, *changes: tuple[object, object]) -> Instance:
    instance = small_instance()
    array = getattr(instance, name).copy()
    for index, value in changes:
        array[index] = value
    return replace(instance, **{name: array})


def test_the_small_route_keeps_every_rule() -> None:
    assert verify_solution(small_instance(), Solution((small_route(),), ())) == ()


def test_plain_lists_are_judged_like_arrays() -> None:
    instance = with_values("latest_s", (1, 650))
    plain = SimpleNamespace(
        **{
            item.name: value.tolist() if isinstance(value, np.ndarray) else value
            for item in fields(instance)
            if item.name != "weights"
            for value in [getattr(instance, item.name)]
        }
    )

    assert verify_route(plain, small_route()) == verify_route(instance, small_route()) != ()


def test_leaving_both_partners_out_is_sound() -> None:
    assert verify_solution(small_instance(), Solution((), (0, 1))) == ()


@dataclass(frozen=True)
class Spoilt:
    """A fact changed, and what the judge must say of it."""

    name: str
    expected: tuple[str, int]
    instance: Callable[[], Instance] = small_instance
    route: Callable[[], Route] = small_route


def spoilt_instance(name: str, expected: tuple[str, int], *change: object) -> Spoilt:
    field_name, index, value = change
    return Spoilt(name, expected, lambda: with_values(str(field_name), (index, value)))


def spoilt_route(name: str, expected: tuple[str, int], **changes: object) -> Spoilt:
    return Spoilt(name, expected, route=lambda: replace(small_route(), **changes))  # type: ignore[arg-type]


SPOILT = (
    spoilt_instance("a second late", ("time-window", 1), "latest_s", 1, 659),
    spoilt_instance("a second early", ("time-window", 1), "earliest_s", 2, 1321),
    spoilt_instance("a longer road", ("too-fast", 1), "duration_s", (1, 2), 601),
    spoilt_instance("a longer road home", ("too-fast", 1), "duration_s", (2, 0), 1201),
    spoilt_instance("longer boarding", ("too-fast", 1), "service_s", 1, 61),
    spoilt_instance("a longer break", ("too-fast", 1), "service_s", 4, 1621),
    spoilt_instance("no road", ("unreachable", 1), "duration_s", (1, 2), -1),
    spoilt_instance("a shorter road", ("wait-aboard", 1), "duration_s", (1, 2), 599),
    spoilt_instance("a tighter ride", ("ride-limit", 1), "max_ride_s", 0, 659),
    spoilt_instance("a tighter ride of the other", ("ride-limit", 1), "max_ride_s", 1, 629),
    spoilt_instance("a seat too few", ("capacity", 1), "configuration", (1, 0), 0),
    spoilt_instance("no wheelchair space", ("capacity", 1), "configuration", (1, 1), 0),
    spoilt_instance("no child seat", ("capacity", 1), "configuration", (1, 2), 0),
    spoilt_instance("not allowed", ("qualification", 1), "allowed", (1, 0), False),
    spoilt_instance("late sign-on wanted", ("shift-hours", 1), "start_earliest_s", 0, 1),
    spoilt_instance("early sign-off wanted", ("shift-hours", 1), "end_latest_s", 0, 4799),
    spoilt_instance("a shorter duty", ("max-duty", 1), "max_duty_s", 0, 4799),
    spoilt_instance("a metre short", ("range", 1), "range_m", 0, 35_999),
    spoilt_instance("a break a second late", ("break-time", 1), "break_after_s", 0, 1379),
    spoilt_route(
        "no break",
        ("break-missing", 1),
        nodes=(0, 1, 2, 3, 5),
        start_s=(600, 660, 1320, 1350, 3000),
    ),
    spoilt_route(
        "no pause",
        ("protected-slot", 1),
        nodes=(0, 1, 2, 3, 4),
        start_s=(600, 660, 1320, 1350, 1380),
    ),
    spoilt_route("a dropoff before its pickup", ("pickup-dropoff", 1), nodes=(2, 1, 0, 3, 4, 5)),
    spoilt_route(
        "a dropoff dropped",
        ("pickup-dropoff", 1),
        nodes=(0, 1, 2, 4, 5),
        start_s=(600, 660, 1320, 1380, 3000),
    ),
    spoilt_route("a break with somebody aboard", ("pause-aboard", 1), nodes=(0, 1, 2, 4, 3, 5)),
    spoilt_route(
        "a break twice",
        ("leg-twice", 1),
        nodes=(0, 1, 2, 3, 4, 4, 5),
        start_s=(600, 660, 1320, 1350, 1380, 1700, 3000),
    ),
    spoilt_route(
        "a request forgotten",
        ("leg-missing", 1),
        nodes=(0, 2, 4, 5),
        start_s=(600, 1320, 1380, 3000),
    ),
    spoilt_route(
        "a partner left behind",
        ("linked-leg", 1),
        nodes=(0, 2, 4, 5),
        start_s=(600, 1320, 1380, 3000),
    ),
    spoilt_route("an unknown node", ("unknown-reference", 1), nodes=(0, 1, 2, 3, 4, 6)),
    spoilt_route("an unknown vehicle", ("unknown-reference", 1), vehicle=1),
    spoilt_route("times missing", ("round-shape", 1), start_s=(600,)),
    spoilt_route("nothing to do", ("round-shape", 1), nodes=(), start_s=()),
)


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt.name)
def test_every_spoilt_solution_is_caught(spoilt: Spoilt) -> None:
    assert spoilt.expected in rules(spoilt.instance(), spoilt.route())


def test_incompatible_requests_never_meet() -> None:
    apart = with_values("incompatible", ((0, 1), True), ((1, 0), True))

    assert ("incompatibility", 1) in rules(apart, small_route())


def test_a_request_served_and_left_out_stands_twice() -> None:
    assert ("leg-twice", 1) in rules(small_instance(), small_route(), unserved=(0,))


def test_a_request_nobody_made_cannot_be_left_out() -> None:
    assert ("unknown-reference", 1) in rules(small_instance(), small_route(), unserved=(2,))


def test_a_follower_starts_when_the_one_before_it_is_over() -> None:
    # Request 0 is aboard from 600 and out at 1320 + 30, request 1 from 660 to 1350 + 30.
    after_one = replace(small_instance(), follows=ints(1, -1))
    after_nought = replace(small_instance(), follows=ints(-1, 0))

    assert rules(after_one, small_route()) == {("return-first", 1380 - 600)}
    assert rules(after_nought, small_route()) == {("return-first", 1350 - 660)}


def test_a_vehicle_drives_one_route() -> None:
    found = verify_solution(small_instance(), Solution((small_route(), small_route()), ()))

    assert "shift-twice" in {violation.rule for violation in found}


def test_a_pause_belongs_to_its_vehicle() -> None:
    instance = with_values("pause_vehicle", (1, 3))

    assert rules(instance, small_route()) == {("false-pause", 1)}


def test_a_duty_short_enough_needs_no_break() -> None:
    # Without its break of 300 s the duty is 4500 s long.
    relaxed = with_values("break_after_s", (0, 4800))
    route = replace(small_route(), nodes=(0, 1, 2, 3, 5), start_s=(600, 660, 1320, 1350, 3000))

    assert rules(relaxed, route) == set()


def test_a_break_needed_at_any_time_may_be_late() -> None:
    assert rules(with_values("break_after_s", (0, 0)), small_route()) == set()


def test_waiting_with_nobody_aboard_is_free() -> None:
    # The break ends at 1680 and the pause starts at 3000.
    assert small_instance().max_wait_aboard_s == 0
    assert rules(small_instance(), small_route()) == set()


def test_pauses_alone_serve_nobody() -> None:
    route = replace(small_route(), nodes=(4, 5), start_s=(1380, 3000))

    assert rules(small_instance(), route, unserved=(0, 1)) == set()


def test_nobody_is_aboard_after_the_last_dropoff() -> None:
    route = replace(small_route(), nodes=(0, 2, 4, 5), start_s=(600, 1260, 1380, 3000))

    assert rules(small_instance(), route, unserved=(1,)) == {("linked-leg", 1)}


def test_a_dropoff_without_a_pickup_is_not_a_request_forgotten() -> None:
    route = replace(small_route(), nodes=(1, 2, 3, 4, 5), start_s=(660, 1320, 1350, 1380, 3000))

    assert rules(small_instance(), route) == {("pickup-dropoff", 1)}


def test_location_zero_is_a_place_like_any_other() -> None:
    # Request 0 is picked up at the garage, at 600, and the drive to place 1
    # takes until 1260, one minute of boarding included.
    at_the_garage = with_values("location", (0, 0))

    assert ("too-fast", 600) in rules(at_the_garage, small_route())


def test_an_instance_without_followers_may_leave_the_list_empty() -> None:
    plain = SimpleNamespace(
        **{item.name: getattr(small_instance(), item.name) for item in fields(Instance)}
    )
    plain.follows = ()

    assert verify_solution(plain, Solution((small_route(),), ())) == ()


def test_a_generous_horizon_accepts_waiting_aboard() -> None:
    instance = replace(with_values("duration_s", ((1, 2), 500)), max_wait_aboard_s=FREE)

    assert rules(instance, small_route()) == set()
