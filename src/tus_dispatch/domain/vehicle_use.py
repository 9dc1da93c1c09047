"""Who has a vehicle when no round does: tenants, learners, the workshop."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tus_dispatch.domain.units import VehicleId
from tus_dispatch.errors import TusError


class UseKind(StrEnum):
    """What a vehicle is used for between the rounds."""

    RENTAL = "rental"
    SCHOOL = "school"
    WORKSHOP = "workshop"
    GOODS_FOR_HIRE = "goods_for_hire"


class UseError(TusError):
    """A use of a vehicle ends before it begins."""


@dataclass(frozen=True, slots=True)
class VehicleUse:
    """One entry of the calendar of vehicles.

    Attributes
    ----------
    vehicle
        Which one.
    kind
        What for.
    from_at, until_at
        UTC epoch seconds, the end not included.
    referral
        Who has sent the tenant; a rental needs one. Never shown to others.
    time_zone
        For saying the times.

    Raises
    ------
    UseError
        When it has no length.
    """

    vehicle: VehicleId
    kind: UseKind
    from_at: int
    until_at: int
    referral: str | None = None
    time_zone: str = "Europe/Paris"

    def __post_init__(self) -> None:
        if self.until_at <= self.from_at:
            raise UseError(f"a use from {self.from_at} until {self.until_at} has no length")

    @property
    def length(self) -> timedelta:
        """How long it lasts by the clock on the wall, changes of the clock left out."""
        return self._local(self.until_at) - self._local(self.from_at)

    def said_from(self) -> str:
        """Say when it begins, in local time."""
        return self._said(self.from_at)

    def said_until(self) -> str:
        """Say when it ends, in local time."""
        return self._said(self.until_at)

    def _said(self, at: int) -> str:
        return f"{self._local(at):%d/%m/%Y %H:%M}"

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, tz=ZoneInfo(self.time_zone)).replace(tzinfo=None)
