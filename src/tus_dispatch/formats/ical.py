"""A run sheet as a calendar: one event per action, whose identity survives a new plan."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tus_dispatch.domain.run_sheet import RunSheet, SheetLine
from tus_dispatch.formats.pictograms import name_of
from tus_dispatch.formats.run_sheet_words import ESTIMATED, headline, needs_of
from tus_dispatch.formats.wording import counted, printable

_SHORTEST_S = 60


def run_sheet_ics(sheet: RunSheet) -> bytes:
    """Return a run sheet as an iCalendar file.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    bytes
        A ``VCALENDAR`` with its time zone, lines folded, one event per action.

    Notes
    -----
    The stamp is the service day and the ``UID`` a hash of the day and the
    stop: the same plan gives the same bytes, and an action that moves to
    another hour or shift stays the same event. Booking numbers do not leave
    the sheet.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//tus-dispatch//run sheet//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(f"Feuille de route {sheet.title}"))
    for line in sheet.lines:
        calendar.add_component(_event(sheet, line))
    calendar.add_missing_timezones(
        first_date=sheet.service_date - timedelta(days=366),
        last_date=sheet.service_date + timedelta(days=366),
    )
    return cast("bytes", calendar.to_ical())


def _event(sheet: RunSheet, line: SheetLine) -> Event:
    event = Event()
    event.add("uid", _uid(sheet, line))
    event.add("dtstamp", datetime.combine(sheet.service_date, time(0), tzinfo=UTC))
    event.add("dtstart", _moment(sheet, line.at))
    # Some calendars drop an event that lasts no time at all.
    event.add("dtend", _moment(sheet, max(line.until_at, line.at + _SHORTEST_S)))
    event.add("summary", f"{headline(sheet, line)} · {printable(line.place_name)}")
    event.add("location", _location(line))
    if line.point is not None:
        event.add("geo", (line.point.lat, line.point.lon))
    description = _description(sheet, line)
    if description:
        event.add("description", description)
    event.add("categories", [line.kind.value])
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    return event


def _uid(sheet: RunSheet, line: SheetLine) -> str:
    identity = f"{sheet.territory}\x1f{sheet.service_date.isoformat()}\x1f{line.stop_id}"
    return f"{sha256(identity.encode('utf-8', 'replace')).hexdigest()[:32]}@tus-dispatch"


def _moment(sheet: RunSheet, at: int) -> datetime:
    local = datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(sheet.time_zone))
    # A calendar reads a doubled hour as its first pass; the second needs UTC.
    return datetime.fromtimestamp(at, tz=UTC) if local.fold else local


def _location(line: SheetLine) -> str:
    parts = (printable(line.place_name), printable(line.address or ""))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _description(sheet: RunSheet, line: SheetLine) -> str:
    parts = [name_of(need).capitalize() for need in needs_of(line)]
    if line.phone:
        parts.append(f"Téléphone : {printable(line.phone)}")
    if line.note:
        parts.append(printable(line.note))
    if line.party_size:
        parts.append(f"À bord ensuite : {counted(line.aboard, 'personne')}")
    if sheet.estimated:
        parts.append(ESTIMATED)
    return "\n".join(parts)
