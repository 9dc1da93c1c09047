"""Compile or load every kernel once, before any clock of a search starts."""

import hashlib
from contextlib import suppress

import numpy as np

from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.jit import INTERPRETED, SOURCES, cache_folder, compiling
from tus_dispatch.solver.search import search
from tus_dispatch.solver.stop import MaxIterations

# Machine code is kept apart for every place the sources stand in.
COMPLETE = f"complete-{hashlib.sha256(str(SOURCES).encode()).hexdigest()[:16]}"


def is_compiled() -> bool:
    """Tell whether machine code of the present sources is on disk already."""
    return INTERPRETED or (cache_folder() / COMPLETE).is_file()


def warm_up() -> None:
    """Plan, price and undo one tiny trip with a break, which touches every kernel."""
    with compiling():
        _touch_every_kernel(_tiny())
    if not INTERPRETED:
        # Without a folder to write to, the next process compiles again.
        with suppress(OSError):
            (cache_folder() / COMPLETE).touch()


def _touch_every_kernel(instance: Instance) -> None:
    best = search(instance, seed=0, stop=MaxIterations(4), on_incumbent=lambda _: None)
    draft = construct(instance, make_dice(0), start=best.solution)
    solution_cost(instance, draft.solution(), draft.arrays)
    draft.try_remove([0])
    rows = np.empty((1, 4), dtype=np.int64)
    scan(draft.arrays, 0, draft.orders[0], 0, 0, keep_all=True, rows=rows)
    draft.insert(0, 0, rows[0])


def _tiny() -> Instance:
    def ints(*values: int) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    minute = np.array([[0, 60], [60, 0]], dtype=np.int64)
    return Instance(
        duration_s=minute,
        distance_m=minute * 10,
        location=ints(0, 1, -1),
        earliest_s=ints(0, 0, 0),
        latest_s=ints(3600, 3600, 3600),
        service_s=ints(60, 60, 60),
        target_s=ints(-1, 600),
        load=np.array([[1, 0, 0]], dtype=np.int64),
        max_ride_s=ints(600),
        direct_s=ints(60),
        allowed=np.ones((1, 1), dtype=np.bool_),
        incompatible=np.zeros((1, 1), dtype=np.bool_),
        partner=ints(-1),
        penalty=ints(10**9),
        start_location=ints(0),
        end_location=ints(0),
        start_earliest_s=ints(0),
        start_latest_s=ints(0),
        end_earliest_s=ints(0),
        end_latest_s=ints(3600),
        max_duty_s=ints(3600),
        range_m=ints(10**6),
        is_open=np.zeros(1, dtype=np.bool_),
        configuration=np.array([[4, 0, 0]], dtype=np.int64),
        configuration_start=ints(0, 1),
        pause_vehicle=ints(0),
        pause_is_break=np.ones(1, dtype=np.bool_),
        break_after_s=ints(0),
        max_wait_aboard_s=300,
        weights=CostWeights(1, 1, 1, 1, 1, 1, 1, 1),
    )
