"""After the warm-up no search waits for the compiler."""

import gc
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and passed in
from types import ModuleType
from typing import Any

import pytest

from tests.strategies import random_day
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.planning.encode import encode, encode_plan
from tus_dispatch.solver import evaluation, jit, warm_up
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.search import EVERYTHING, Settings, search
from tus_dispatch.solver.stop import MaxIterations

MODULES: tuple[ModuleType, ...] = tuple(
    import_module(f"tus_dispatch.solver.{Path(source).stem}") for source in jit.KERNEL_SOURCES
)


def kernels(*, inlined: bool) -> list[str]:
    """Names of all kernels, or of all parts that are compiled into others only."""
    return sorted(
        f"{module.__name__.removeprefix('tus_dispatch.solver.')}.{name}"
        for module in MODULES
        for name, kernel in vars(module).items()
        if hasattr(kernel, "py_func")
        and kernel.py_func.__module__ == module.__name__
        and (kernel.targetoptions.get("inline") == "always") == inlined
    )


def machine_code() -> list[Path]:
    # That of other packages, and of other checkouts of the same sources, stands beside ours.
    ours: Any = evaluation.evaluate_in
    return sorted(Path(ours.stats.cache_path).glob("*.nbc"))


def test_a_search_compiles_nothing_after_the_warm_up() -> None:
    warm_up.warm_up()
    files = machine_code()

    for seed in range(6):
        scenario, matrix, plan = random_day(Random(seed), n_legs=8, n_shifts=2)  # noqa: S311
        encoding = encode(scenario, legs_of(scenario), matrix)
        instance, start = encoding.instance, encode_plan(encoding, plan)
        for settings in (EVERYTHING, Settings(pool=False, exact=False, screens=False)):
            best = search(
                instance,
                seed=seed,
                stop=MaxIterations(1000),
                on_incumbent=lambda _: None,
                start=start,
                settings=settings,
            )
            solution_cost(instance, best.solution)
    search(crowded(1), seed=0, stop=MaxIterations(1000), on_incumbent=lambda _: None)

    assert files
    assert machine_code() == files


def test_every_kernel_has_one_version_on_disk_and_its_parts_have_none() -> None:
    # A second version would be compiled for arguments of another type.
    warm_up.warm_up()

    assert len(kernels(inlined=False)) > 40
    assert len(kernels(inlined=True)) > 5
    names = sorted(path.name.split("-")[0] for path in machine_code())
    assert names == kernels(inlined=False)


def test_compiled_code_is_known_to_be_there() -> None:
    warm_up.warm_up()

    assert warm_up.is_compiled()


def test_garbage_is_looked_for_after_compiling_as_it_was_before() -> None:
    usual = gc.get_threshold()

    with suppress(KeyboardInterrupt), jit.compiling():
        assert gc.get_threshold() == (jit.SELDOM, *usual[1:])
        raise KeyboardInterrupt

    assert gc.get_threshold() == usual


def test_code_compiled_in_another_checkout_is_no_compiled_code(tmp_path: Path) -> None:
    # The same sources elsewhere share the folder, but Numba compiles them again.
    warm_up.warm_up()
    shutil.copytree(jit.SOURCES.parent, tmp_path / "tus_dispatch")
    asked = (
        "from tus_dispatch.solver import jit, warm_up; print(jit.SOURCES, warm_up.is_compiled())"
    )

    printed = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert warm_up.is_compiled()
    assert printed.split() == [str(tmp_path / "tus_dispatch" / "solver"), "False"]


def test_code_half_compiled_is_no_compiled_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up.warm_up()
    shutil.copytree(jit.cache_folder(), tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(warm_up, "cache_folder", lambda: tmp_path)
    assert warm_up.is_compiled()

    # As after a first run that was ended before all kernels were there.
    (tmp_path / warm_up.COMPLETE).unlink()

    assert not warm_up.is_compiled()
