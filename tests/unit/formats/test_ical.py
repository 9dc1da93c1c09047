"""The calendar of a sheet: right instants, stable identities, the same bytes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from tests.makers import five_legs, five_legs_plan
from tests.unit.formats.sheet_material import long_sheet, sheets
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.ical import run_sheet_ics
from tus_dispatch.planning.run_sheet import run_sheets


def _instant(event: Event) -> float:
    assert isinstance(event.start, datetime)
    return event.start.timestamp()


def test_every_action_is_an_event_at_its_instant() -> None:
    minibus, _ = sheets()

    events = Calendar.from_ical(run_sheet_ics(minibus)).events

    assert [_instant(event) for event in events] == [line.at for line in minibus.lines]
    assert all(event.end > event.start for event in events)
    assert events[1]["SUMMARY"] == "Basile B. monte · Le Hameau"
    assert events[1]["LOCATION"] == "Le Hameau, 30 route de la Vallée"
    assert events[1]["GEO"].to_ical() == "46.74;2.6"
    assert events[1].end - events[1].start == timedelta(minutes=5)


def test_times_are_local_and_the_zone_is_in_the_file() -> None:
    minibus, _ = sheets()

    written = run_sheet_ics(minibus).decode()

    assert "DTSTART;TZID=Europe/Paris:20260310T091000" in written
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris" in written


def test_an_action_keeps_its_identity_when_its_hour_changes() -> None:
    minibus, _ = sheets()
    later = replace(
        minibus,
        lines=tuple(
            replace(line, at=line.at + 600, until_at=line.until_at + 600) for line in minibus.lines
        ),
    )

    before, after = (Calendar.from_ical(run_sheet_ics(each)).events for each in (minibus, later))

    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == len(before)


def test_the_same_stop_on_another_day_is_another_event() -> None:
    minibus, _ = sheets()
    tomorrow = replace(minibus, service_date=minibus.service_date + timedelta(days=1))

    today_uids, other_uids = (
        {event["UID"] for event in Calendar.from_ical(run_sheet_ics(each)).events}
        for each in (minibus, tomorrow)
    )

    assert today_uids.isdisjoint(other_uids)


def test_the_second_pass_of_a_doubled_hour_keeps_its_instant() -> None:
    # On 25 October 2026 the clocks go back at 03:00; the service day before
    # runs through the doubled hour between 22 and 24 hours after its start.
    scenario = replace(five_legs(), day=ServiceDay(date(2026, 10, 24), "Europe/Paris"))
    plan = replace(five_legs_plan(), scenario=scenario)
    first_pass, second_pass = (scenario.day.parse(f"02:30+1{fold}") for fold in "AB")
    minibus = plan.rounds[0]
    stops = tuple(
        replace(stop, start_s=start_s, departure_s=start_s + 60)
        for stop, start_s in zip(minibus.stops[1:3], (first_pass, second_pass), strict=True)
    )
    shifted = replace(minibus, stops=(minibus.stops[0], *stops, minibus.stops[-1]))
    sheet = run_sheets(replace(plan, rounds=(shifted,)))[0]

    events = Calendar.from_ical(run_sheet_ics(sheet)).events

    assert _instant(events[1]) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    assert _instant(events[2]) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp()


def test_lines_are_folded_and_bytes_repeat() -> None:
    written = run_sheet_ics(long_sheet(16))

    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert written == run_sheet_ics(long_sheet(16))


def test_the_description_says_what_to_prepare_and_whom_to_call() -> None:
    _, car = sheets()
    events = Calendar.from_ical(run_sheet_ics(replace(car, estimated=True))).events

    assert events[2]["DESCRIPTION"] == (
        "Téléphone : 01 99 00 00 11\n"
        "À bord ensuite : 2\u00a0personnes\n"
        "Temps estimés : l'heure peut changer."
    )
