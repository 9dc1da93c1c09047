"""What people were told of a leg, and whether a new plan makes that untrue."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.units import LegId, ParticipantId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow


class LegNews(StrEnum):
    """What publishing a plan changes for a leg; what needs a call soonest comes first."""

    GONE = "gone"
    MOVED = "moved"
    NEW = "new"
    UNSERVED = "unserved"
    CANCELLED = "cancelled"
    KEPT = "kept"

    @property
    def needs_call(self) -> bool:
        """Whether somebody must ring up: not when it is as told, or cancelled by themselves."""
        return self not in {LegNews.CANCELLED, LegNews.KEPT}


@dataclass(frozen=True, slots=True)
class ToldLeg:
    """One leg before and after a publication.

    Attributes
    ----------
    leg, participant, direction
        Whose.
    news
        What changes.
    origin, destination
        Where it starts and ends.
    window
        What the person shall know: bounds for the start of service at the
        pickup; None where nobody comes.
    before
        What the person knew, or None.
    shift, shift_before
        Who comes, and who was to come; None where nobody.
    """

    leg: LegId
    participant: ParticipantId
    direction: Direction
    news: LegNews
    origin: PlaceId
    destination: PlaceId
    window: TimeWindow | None
    before: TimeWindow | None
    shift: ShiftId | None
    shift_before: ShiftId | None
