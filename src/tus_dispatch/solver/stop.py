"""When to stop searching: one small protocol and three rules."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Stop(Protocol):
    """Asked before every iteration."""

    def reached(self, iteration: int) -> bool:
        """Tell whether to stop before iteration number ``iteration``."""
        ...

    def seconds_left(self) -> float | None:
        """Return the wall time left, or None when time does not matter."""
        ...

    def iterations_left(self, iteration: int) -> int | None:
        """Return the iterations left, or None when their number does not matter."""
        ...


@dataclass(frozen=True, slots=True)
class MaxIterations:
    """Stop after a number of iterations; results are repeatable.

    Attributes
    ----------
    limit
        Iterations allowed.
    """

    limit: int

    def reached(self, iteration: int) -> bool:
        """Tell whether the number is used up."""
        return iteration >= self.limit

    def seconds_left(self) -> float | None:
        """Return None: time does not matter."""
        return None

    def iterations_left(self, iteration: int) -> int | None:
        """Return what is left of the limit."""
        return max(0, self.limit - iteration)


class MaxRuntime:
    """Stop after some seconds of wall time.

    Parameters
    ----------
    limit_s
        Seconds from now.
    clock
        A monotonic clock.
    """

    def __init__(self, limit_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._deadline = clock() + limit_s

    def reached(self, iteration: int) -> bool:  # noqa: ARG002
        """Tell whether the time is over."""
        return self._clock() >= self._deadline

    def seconds_left(self) -> float | None:
        """Return the seconds left, never below zero."""
        return max(0.0, self._deadline - self._clock())

    def iterations_left(self, iteration: int) -> int | None:  # noqa: ARG002
        """Return None: the number does not matter."""
        return None


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Stop as soon as one of several rules says so.

    Attributes
    ----------
    rules
        At least one.
    """

    rules: tuple[Stop, ...]

    def reached(self, iteration: int) -> bool:
        """Tell whether any rule says stop."""
        return any(rule.reached(iteration) for rule in self.rules)

    def seconds_left(self) -> float | None:
        """Return the least time left."""
        left = [value for rule in self.rules if (value := rule.seconds_left()) is not None]
        return min(left, default=None)

    def iterations_left(self, iteration: int) -> int | None:
        """Return the least number left."""
        left = [
            value for rule in self.rules if (value := rule.iterations_left(iteration)) is not None
        ]
        return min(left, default=None)
