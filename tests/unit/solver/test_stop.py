"""When a search stops, and how much it may still do."""

from tus_dispatch.solver.stop import FirstOf, MaxIterations, MaxRuntime, PartOf


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_iterations_are_used_up_one_by_one() -> None:
    stop = MaxIterations(3)

    assert [stop.reached(iteration) for iteration in range(5)] == [False] * 3 + [True] * 2
    assert [stop.iterations_left(iteration) for iteration in (0, 2, 3, 9)] == [3, 1, 0, 0]
    assert stop.seconds_left() is None


def test_no_iterations_stop_at_once() -> None:
    assert MaxIterations(0).reached(0)


def test_time_runs_out_on_the_clock_given() -> None:
    clock = Clock()
    stop = MaxRuntime(10, clock)

    clock.now_s = 109.5
    assert not stop.reached(10**9)
    assert stop.seconds_left() == 0.5

    clock.now_s = 110.0
    assert stop.reached(0)
    clock.now_s = 120.0
    assert stop.seconds_left() == 0.0
    assert stop.iterations_left(0) is None


def test_the_first_rule_to_say_stop_decides() -> None:
    clock = Clock()
    stop = FirstOf((MaxRuntime(10, clock), MaxIterations(5), MaxIterations(7)))

    assert not stop.reached(4)
    assert stop.reached(5)
    assert stop.iterations_left(1) == 4
    assert stop.seconds_left() == 10.0

    clock.now_s = 110.0
    assert stop.reached(0)


def test_no_rule_means_no_limit() -> None:
    stop = FirstOf(())

    assert not stop.reached(10**9)
    assert stop.seconds_left() is None
    assert stop.iterations_left(0) is None


def test_a_part_of_the_time_ends_earlier_than_the_whole() -> None:
    clock = Clock()
    whole = MaxRuntime(10, clock)
    part = PartOf(whole, 0.25)
    assert part.seconds_left() == 2.5

    clock.now_s += 2.5

    assert part.reached(0)
    assert part.seconds_left() == 0.0
    assert not whole.reached(0)


def test_a_part_of_the_iterations_ends_earlier_than_the_whole() -> None:
    part = PartOf(MaxIterations(8), 0.5)

    assert [part.reached(iteration) for iteration in (0, 3, 4)] == [False, False, True]
    assert part.iterations_left(1) == 3
    assert part.seconds_left() is None
