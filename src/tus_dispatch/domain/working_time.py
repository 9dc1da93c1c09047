"""What the law of working time is asked about: spans of work, and how strictly it is applied."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.units import Seconds
from tus_dispatch.errors import TusError


class WorkSpanError(TusError):
    """A span of work ends before it starts."""


class Enforcement(StrEnum):
    """What happens to a duty that the law does not allow."""

    ENFORCED = "enforced"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True, order=True)
class WorkSpan:
    """Work without interruption.

    Attributes
    ----------
    start_at, end_at
        UTC epoch seconds, so that a night of 25 hours needs no special care.

    Raises
    ------
    WorkSpanError
        When it is empty or ends before it starts.
    """

    start_at: int
    end_at: int

    def __post_init__(self) -> None:
        if self.end_at <= self.start_at:
            raise WorkSpanError(f"work from {self.start_at} ends at {self.end_at}")

    @property
    def length_s(self) -> Seconds:
        """Elapsed seconds."""
        return self.end_at - self.start_at


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """How a day treats the law of working time.

    Attributes
    ----------
    enforcement
        Whether unlawful duties are never planned, or planned and told.
    own_rules
        Keys and limits that a collective agreement sets otherwise; None
        disables the rule.
    """

    enforcement: Enforcement = Enforcement.FLAGGED
    own_rules: tuple[tuple[str, int | None], ...] = ()

    @property
    def is_enforced(self) -> bool:
        """Whether unlawful duties are never planned."""
        return self.enforcement is Enforcement.ENFORCED
