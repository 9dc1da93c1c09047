"""What may fill a day comes in with its file, stands in the day, and goes out again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.daytime_makers import flexible, quiet_day, training, workshop
from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import current
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.flexible import confirm, propose_days
from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.planning.daytime.frozen import optional_ids
from tus_dispatch.store import daytime


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def trip() -> FlexibleBooking:
    """Return a trip that is worth a round of its own."""
    return replace(flexible(), value_eur_cents=10_000)


def noon() -> Scenario:
    """Return the five-leg day with everything that may fill it."""
    return replace(
        quiet_day().scenario,
        flexible_bookings=(trip(),),
        group_events=(workshop(),),
        protected_targets=(training(),),
    )


def kept_day(desk: Desk) -> Scenario:
    with desk.office.database.read() as session:
        return scenario_of(session, desk.organisation, THE_DAY)


def test_an_imported_day_may_be_filled_with_what_its_file_asks_for(desk: Desk) -> None:
    made = desk.imported(noon())

    day = kept_day(desk)

    (kept,), (event,), (target,) = (
        day.flexible_bookings,
        day.group_events,
        day.protected_targets,
    )
    asked = trip()
    assert kept == replace(
        asked,
        id=kept.id,
        participant=made.participants[asked.participant],
        home=made.places[asked.home],
        place=made.places[asked.place],
    )
    assert (event.window, event.capacity) == (workshop().window, workshop().capacity)
    assert {each.participant for each in event.attendances} == {
        made.participants[each.participant] for each in workshop().attendances
    }
    assert (target.driver, target.target_s) == (made.drivers[training().driver], 1800)


def confirmed_trip(desk: Desk) -> str:
    """Import the day and confirm its flexible booking; returns what it became."""
    desk.imported(noon())
    with desk.office.database.read() as session:
        (waiting,) = daytime.FLEXIBLE.all(session, desk.organisation)
    found = propose_days(desk.office, desk.dispatcher, waiting.id, [THE_DAY])
    assert found.refused == ()
    proposal = found.proposals[0].id
    booked = confirm(desk.office, desk.dispatcher, waiting.id, proposal, lambda *_: None)
    return booked.id


def test_a_confirmed_trip_stays_optional_in_its_day_so_that_its_gain_can_be_counted(
    desk: Desk,
) -> None:
    booked = confirmed_trip(desk)

    day = kept_day(desk)

    assert booked in {each.id for each in day.bookings}
    assert booked in optional_ids(day)
    assert [each.id for each in day.flexible_bookings] == [booked]


def test_a_kept_plan_names_nobody_who_only_asked(desk: Desk) -> None:
    confirmed_trip(desk)

    scenario = current(desk).scenario

    assert scenario.flexible_bookings == ()
    assert scenario.group_events == ()
    assert scenario.protected_targets == ()
