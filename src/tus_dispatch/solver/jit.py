"""One switch decides whether kernels are compiled; machine code is kept per state of their sources.

Numba's cache on disk keeps an old callee when only the callee's file changes,
so the cache folder is named by the hash of every kernel source.
"""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
import platformdirs

F = TypeVar("F", bound=Callable[..., Any])

SOURCES = Path(__file__).parent
KERNEL_SOURCES = (
    "jit.py",
    "instance.py",
    "arrays.py",
    "line.py",
    "timing.py",
    "cost.py",
    "evaluation.py",
    "outline.py",
    "insertion.py",
    "dice.py",
    "guide.py",
    "tours.py",
    "loose.py",
    "seek.py",
    "recreate.py",
    "ruin.py",
    "pool.py",
    "anneal.py",
)
# New objects between two looks for garbage; without any look 540 MB are held instead of 365.
SELDOM = 20_000
INTERPRETED = os.environ.get("TUS_INTERPRETED") == "1"


def cache_folder(sources: Path = SOURCES) -> Path:
    """Return the folder that holds the machine code of the present sources.

    Parameters
    ----------
    sources
        Folder of the kernel sources.

    Returns
    -------
    Path
        Below the user's cache folder; it may not exist yet.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for name in KERNEL_SOURCES:
        digest.update((sources / name).read_bytes())
    return Path(platformdirs.user_cache_dir("tus_dispatch")) / "kernels" / digest.hexdigest()[:16]


@contextmanager
def compiling() -> Iterator[None]:
    """Compile with garbage looked for less often.

    The compiler makes so many objects that outlive a kernel or two that looking
    through them again and again took an eighth of its time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def kernel(function: F) -> F:
    """Compile a plain function on first use, or leave it plain when told to.

    Parameters
    ----------
    function
        Uses numbers, arrays it is given and other kernels only. It makes no
        arrays: so none need be counted, and that counting took two thirds of
        the time of kernels that pass many arrays on.

    Returns
    -------
    callable
        Same arguments and results; ``py_func`` is the plain function when
        compiled.

    Notes
    -----
    A number or truth value written down in a call has a type of its own, for
    which the callee would be compiled once more: pass a variable.
    """
    return _compiled(function, no_cfunc_wrapper=True)


def inner_kernel(function: F) -> F:
    """Compile a function that only kernels call, or leave it plain when told to.

    Parameters
    ----------
    function
        As for :func:`kernel`.

    Returns
    -------
    callable
        Not to be called from Python when compiled: its entry for Python is
        left out, which is half of what compiling a short kernel costs.
    """
    return _compiled(function, no_cfunc_wrapper=True, no_cpython_wrapper=True)


def part_of_kernel(function: F) -> F:
    """Make a function part of every kernel that calls it, or leave it plain when told to.

    Parameters
    ----------
    function
        As for :func:`kernel`; called by one or two kernels only.

    Returns
    -------
    callable
        Never compiled alone. A kernel's machine code holds that of all it
        calls, and is made anew at each level, so every level saved is a
        second of compiling.
    """
    return _compiled(function, inline="always", no_cfunc_wrapper=True, no_cpython_wrapper=True)


def _compiled(function: F, **options: Any) -> F:
    if INTERPRETED:
        return function
    njit: Any = numba.njit
    compiler = njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **options)
    return cast("F", compiler(function))


# Our loops go over a few stops each: unrolled or turned into vectors, they took a third
# longer to compile and were slower.
numba.config.LOOP_VECTORIZE = 0  # type: ignore[attr-defined]
llvmlite.binding.set_option("tus_dispatch", "-unroll-runtime=false")
numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
