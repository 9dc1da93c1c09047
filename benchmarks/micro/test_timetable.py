"""How long the kindest times of one round take; the clock counts CPU seconds of this process."""

import time
from typing import Any

import pytest

from tests.line_instances import busy_round
from tus_dispatch.solver.arrays import BREAK_NODE, arrays_of
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.models.timetable import kindest_times
from tus_dispatch.solver.solution import Route

pytestmark = pytest.mark.benchmark(timer=time.process_time)

LIMIT_S = 0.1


def without_break(instance: Instance, route: Route) -> Route:
    """The same round with its break dropped, which this instance cannot do without."""
    kept = [
        (node, start_s)
        for node, start_s in zip(route.nodes, route.start_s, strict=True)
        if node < 2 * instance.n_requests
    ]
    nodes, start_s = zip(*kept, strict=True)
    return Route(route.vehicle, nodes, start_s, route.sign_on_s, route.sign_off_s)


@pytest.mark.parametrize("n_stops", [12, 20, 32, 40, 60])
@pytest.mark.parametrize("has_break", [False, True], ids=["no break", "break anywhere"])
def test_kindest_times(benchmark: Any, n_stops: int, *, has_break: bool) -> None:
    instance, route = busy_round(n_stops // 4)
    arrays = arrays_of(instance)
    if not has_break:
        arrays.vehicle[0, BREAK_NODE] = -1
        route = without_break(instance, route)

    found = benchmark.pedantic(
        kindest_times,
        args=(instance, route),
        kwargs={"arrays": arrays},
        rounds=20,
        warmup_rounds=2,
    )

    assert len(found.nodes) == n_stops + has_break
    if benchmark.enabled:
        assert benchmark.stats.stats.median < LIMIT_S
