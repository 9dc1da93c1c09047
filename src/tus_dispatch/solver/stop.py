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


class PartOf:
    """Stop when a share of what another rule has left now is used up.

    Parameters
    ----------
    whole
        The rule that limits everything.
    share
        Between 0 and 1.
    """

    def __init__(self, whole: Stop, share: float) -> None:
        self._whole = whole
        seconds, iterations = whole.seconds_left(), whole.iterations_left(0)
        self._kept_s = None if seconds is None else (1.0 - share) * seconds
        self._kept = None if iterations is None else round((1.0 - share) * iterations)

    def reached(self, iteration: int) -> bool:
        """Tell whether the share is used up."""
        return (
            self._whole.reached(iteration)
            or self.seconds_left() == 0.0
            or self.iterations_left(iteration) == 0
        )

    def seconds_left(self) -> float | None:
        """Return what is left of the share of the time."""
        seconds = self._whole.seconds_left()
        return None if seconds is None else max(0.0, seconds - (self._kept_s or 0.0))

    def iterations_left(self, iteration: int) -> int | None:
        """Return what is left of the share of the iterations."""
        iterations = self._whole.iterations_left(iteration)
        return None if iterations is None else max(0, iterations - (self._kept or 0))


class Progress:
    """How much of a budget is used up.

    Parameters
    ----------
    stop
        Says what is left.
    """

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._seconds = stop.seconds_left()
        self._iterations = stop.iterations_left(0)

    def share(self, iteration: int) -> float:
        """Return the share used up before an iteration, from 0 to 1."""
        shares = [0.0]
        seconds, iterations = self._stop.seconds_left(), self._stop.iterations_left(iteration)
        if self._seconds and seconds is not None:
            shares.append(1.0 - seconds / self._seconds)
        if self._iterations and iterations is not None:
            shares.append(1.0 - iterations / self._iterations)
        return min(1.0, max(shares))
