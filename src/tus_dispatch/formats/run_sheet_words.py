"""What stands on a run sheet, word by word, the same for paper and for the screen."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tus_dispatch.domain.fleet import AbsenceReason, SlotKind
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.run_sheet import Need, RunSheet, SheetLine
from tus_dispatch.formats.pictograms import Pictogram
from tus_dispatch.formats.wording import counted, duration, kilometres, long_date, shortened

ESTIMATED = "Temps estimés : l'heure peut changer."

_NAME, _PLACE, _ADDRESS, _NOTE, _PHONE, _SHIFT = 60, 80, 100, 160, 20, 30

# Title and pictogram of everything but getting in and out.
_PLAIN: dict[StopKind, tuple[str, Pictogram]] = {
    StopKind.START: ("Début", Pictogram.START),
    StopKind.BREAK: ("Pause", Pictogram.BREAK),
    StopKind.PROTECTED: ("Rendez-vous", Pictogram.APPOINTMENT),
    StopKind.ABSENCE: ("Véhicule arrêté", Pictogram.PARKED),
    StopKind.END: ("Fin", Pictogram.END),
}
# Other people may see the sheet, so a slot other than training says no more
# than "appointment".
_OCCUPIED: dict[SlotKind | AbsenceReason, tuple[str, Pictogram]] = {
    SlotKind.TRAINING: ("Formation", Pictogram.TRAINING),
    AbsenceReason.WORKSHOP: ("Véhicule à l'atelier", Pictogram.WORKSHOP),
    AbsenceReason.CHARGING: ("Recharge du véhicule", Pictogram.CHARGING),
}
_NEEDS = {
    Need.WHEELCHAIR: Pictogram.WHEELCHAIR,
    Need.COMPANION: Pictogram.COMPANION,
    Need.CHILD_SEAT: Pictogram.CHILD_SEAT,
    Need.HELP: Pictogram.HELP,
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One action as it is read.

    Attributes
    ----------
    pictogram
        What to do, drawn.
    clock
        When.
    title, detail
        Who or what, and a few words more; the detail may be empty.
    place, address, phone, note
        May be empty.
    needs
        What to prepare, drawn.
    aboard
        People aboard afterwards, empty where nobody got in or out.
    """

    pictogram: Pictogram
    clock: str
    title: str
    detail: str
    place: str
    address: str
    phone: str
    note: str
    needs: tuple[Pictogram, ...]
    aboard: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A run sheet as it is read.

    Attributes
    ----------
    title, date, territory, shift
        The heading.
    driver
        Empty when a name is to be written by hand.
    vehicle, seats, hours
        With what, and from when to when.
    rows
        One per action.
    totals
        One line of figures.
    warning
        Empty unless times are estimated.
    """

    title: str
    date: str
    territory: str
    shift: str
    driver: str
    vehicle: str
    seats: str
    hours: str
    rows: tuple[SheetRow, ...]
    totals: str
    warning: str


def sheet_page(sheet: RunSheet) -> SheetPage:
    """Put a run sheet into words.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    SheetPage
        Printable strings of bounded length; the caller still escapes them.
    """
    duty_s = sheet.lines[-1].at - sheet.lines[0].at
    totals = (counted(sheet.n_people, "personne"), kilometres(sheet.total_km), duration(duty_s))
    return SheetPage(
        title="Feuille de route",
        date=long_date(sheet.service_date),
        territory=shortened(sheet.territory, _PLACE),
        shift=shortened(sheet.title, _SHIFT),
        driver=shortened(sheet.driver, _NAME),
        vehicle=shortened(sheet.vehicle, _NAME),
        seats=sheet.configuration,
        hours=f"{sheet.sign_on} – {sheet.sign_off}",
        rows=tuple(_row(sheet, line) for line in sheet.lines),
        totals=" · ".join(totals),
        warning=ESTIMATED if sheet.estimated else "",
    )


def headline(sheet: RunSheet, line: SheetLine) -> str:
    """Return one action as a short phrase, for calendars and navigation devices.

    Parameters
    ----------
    sheet, line
        The sheet and one of its lines.

    Returns
    -------
    str
        For instance ``Awa D. monte, 3 personnes``.
    """
    row = _row(sheet, line)
    return f"{row.title} {row.detail}".strip()


def needs_of(line: SheetLine) -> tuple[Pictogram, ...]:
    """Return the pictograms of what one line asks to prepare."""
    return tuple(_NEEDS[need] for need in line.needs)


def _row(sheet: RunSheet, line: SheetLine) -> SheetRow:
    is_ride = line.kind in {StopKind.PICKUP, StopKind.DROPOFF}
    title, pictogram = _action(line)
    return SheetRow(
        pictogram=pictogram,
        clock=line.clock,
        title=shortened(title, _NAME),
        detail=_detail(sheet, line),
        place=shortened(line.place_name, _PLACE),
        address=shortened(line.address or "", _ADDRESS),
        phone=shortened(line.phone or "", _PHONE),
        note=shortened(line.note or "", _NOTE),
        needs=needs_of(line),
        aboard=str(line.aboard) if is_ride else "",
    )


def _action(line: SheetLine) -> tuple[str, Pictogram]:
    if line.kind is StopKind.PICKUP:
        return line.person, Pictogram.BOARD
    if line.kind is StopKind.DROPOFF:
        return line.person, Pictogram.ALIGHT
    if line.occupation in _OCCUPIED:
        return _OCCUPIED[line.occupation]
    return _PLAIN[line.kind]


def _detail(sheet: RunSheet, line: SheetLine) -> str:
    if line.kind in {StopKind.PICKUP, StopKind.DROPOFF}:
        verb = "monte" if line.kind is StopKind.PICKUP else "descend"
        return f"{verb}, {counted(line.party_size, 'personne')}" if line.party_size > 1 else verb
    until = _clock(line.until_at, sheet.time_zone)
    if line.kind is StopKind.END or until == line.clock:
        return ""
    return f"partir à {until}" if line.kind is StopKind.START else f"jusqu'à {until}"


def _clock(at: int, time_zone: str) -> str:
    local = datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(time_zone))
    return f"{local.hour:02d}:{local.minute:02d}"
