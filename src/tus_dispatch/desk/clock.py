"""The only clock above the solver; tests pass another one."""

import time
from dataclasses import dataclass


def now_at() -> int:
    """Return UTC epoch seconds."""
    return int(time.time())


def monotonic_s() -> float:
    """Return seconds of a clock that never goes back."""
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine, to be handed to whoever must not ask it themselves."""

    def now_at(self) -> int:
        """Return UTC epoch seconds."""
        return now_at()

    def monotonic_s(self) -> float:
        """Return seconds of a clock that never goes back."""
        return monotonic_s()
