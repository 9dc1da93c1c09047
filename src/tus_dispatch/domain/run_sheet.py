"""What a driver reads, as data: nothing here that a driver must not know."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.fleet import AbsenceReason, SlotKind
from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.plan import StopKind


class Need(StrEnum):
    """What to prepare at the door; drawn as a pictogram."""

    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    CHILD_SEAT = "child_seat"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One action of the round.

    Attributes
    ----------
    kind
        What to do.
    at
        UTC epoch seconds of the start of service.
    until_at
        UTC epoch seconds when the vehicle drives on.
    clock
        Local time to read, ``07:42``.
    person
        First name and initial, empty when nobody gets in or out.
    party_size
        People getting in or out, 0 when nobody.
    place_name, address, point
        Where; address and point may be unknown.
    phone
        Number to call, or None.
    needs
        What to prepare.
    note
        Help for the door, or None.
    aboard
        People aboard after the action, the driver not counted.
    stop_id
        Stable identity for calendars: ``LEG/pickup``, ``SHIFT/start``, …
    occupation
        What a protected slot or an absence is for, None for everything else.
    """

    kind: StopKind
    at: int
    until_at: int
    clock: str
    person: str
    party_size: int
    place_name: str
    address: str | None
    point: LatLon | None
    phone: str | None
    needs: tuple[Need, ...]
    note: str | None
    aboard: int
    stop_id: str
    occupation: SlotKind | AbsenceReason | None = None


@dataclass(frozen=True, slots=True)
class RunSheet:
    """One shift's day on paper.

    Attributes
    ----------
    shift
        Identity of the shift.
    service_date, time_zone
        When.
    territory
        Name of the territory, for the heading.
    driver
        First name and initial, or empty for an open shift.
    vehicle
        Name of the vehicle.
    configuration
        French words for the seats used, for instance ``7 places + 1 fauteuil``.
    sign_on, sign_off
        Local times.
    lines
        From the start to the end.
    total_km
        Kilometres of the round.
    n_people
        People carried.
    estimated
        Whether travel times are only estimated; the sheet then says so.
    shift_name
        What people call the shift; empty where the identity is name enough.
    """

    shift: str
    service_date: date
    time_zone: str
    territory: str
    driver: str
    vehicle: str
    configuration: str
    sign_on: str
    sign_off: str
    lines: tuple[SheetLine, ...]
    total_km: float
    n_people: int
    estimated: bool
    shift_name: str = ""

    @property
    def title(self) -> str:
        """What the heading calls the shift."""
        return self.shift_name or self.shift


def short_name(first_name: str, last_name: str, otherwise: str = "") -> str:
    """Return the first name and an initial, the only name shown on sheets and maps.

    Parameters
    ----------
    first_name, last_name
        As known; either may be empty.
    otherwise
        What to show when both are empty.

    Returns
    -------
    str
        For instance ``Awa D.``.

    Examples
    --------
    >>> short_name("Awa", "diop")
    'Awa D.'
    >>> short_name("", "", "P12")
    'P12'
    """
    initial = last_name.strip()[:1].upper()
    parts = (first_name.strip(), f"{initial}." if initial else "")
    return " ".join(part for part in parts if part) or otherwise
