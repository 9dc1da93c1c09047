"""The table of spoilt plans: at least one way to break every rule the judge knows."""

from tests import (
    spoil_certificate,
    spoil_hours,
    spoil_law,
    spoil_shifts,
    spoil_structure,
    spoil_times,
)
from tests.spoil_edits import Spoiler

SPOILERS: tuple[Spoiler, ...] = (
    *spoil_structure.SPOILERS,
    *spoil_times.SPOILERS,
    *spoil_shifts.SPOILERS,
    *spoil_law.SPOILERS,
    *spoil_hours.SPOILERS,
    *spoil_certificate.SPOILERS,
)

# What drivers worked before is dated; everything else about a plan is not.
UNDATED: tuple[Spoiler, ...] = tuple(each for each in SPOILERS if each not in spoil_hours.SPOILERS)
