"""The only clock above the solver; tests pass another one."""

import time


def monotonic_s() -> float:
    """Return seconds of a clock that never goes back."""
    return time.monotonic()


def now_at() -> int:
    """Return UTC epoch seconds."""
    return int(time.time())
