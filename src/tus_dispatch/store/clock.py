"""The clock the store is given; it has none of its own."""

from typing import Protocol


class Clock(Protocol):
    """Tells the time, and measures durations."""

    def now_at(self) -> int:
        """Return UTC epoch seconds."""

    def monotonic_s(self) -> float:
        """Return seconds of a clock that never goes back."""
