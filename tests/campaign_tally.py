"""What a campaign counts."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What one campaign has seen.

    Attributes
    ----------
    name
        What was tried.
    count
        How often.
    counts
        Whatever is worth counting.
    faults
        One line per failure, with the number that repeats it.
    """

    name: str
    count: int
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
