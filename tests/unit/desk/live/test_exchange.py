"""A day is imported, kept, and exported as it was, under identities nobody can guess."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.desks import THE_DAY, Desk, open_desk
from tests.makers import five_legs
from tests.property.test_days_kept import in_order
from tests.strategies import Day, days
from tus_dispatch.desk.live.exchange import Imported, export_day
from tus_dispatch.desk.live.renaming import (
    renamed_booking,
    renamed_law,
    renamed_person,
    renamed_travel,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.errors import ConflictError
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.store.resources import FLEET, PARTICIPANTS, PLACES


def exported(desk: Desk, day: date = THE_DAY) -> Scenario:
    with desk.office.database.read() as session:
        return export_day(session, desk.organisation, day)


def renamed(scenario: Scenario, made: Imported) -> Scenario:
    """Return a day under the identities it was kept by."""
    return replace(
        scenario,
        places=tuple(replace(each, id=made.places[each.id]) for each in scenario.places),
        vehicles=tuple(
            replace(each, id=made.vehicles[each.id], depot=made.places[each.depot])
            for each in scenario.vehicles
        ),
        drivers=tuple(
            replace(
                each,
                id=made.drivers[each.id],
                home=None if each.home is None else made.places[each.home],
                protected_slots=tuple(
                    replace(slot, place=None if slot.place is None else made.places[slot.place])
                    for slot in each.protected_slots
                ),
            )
            for each in scenario.drivers
        ),
        shifts=tuple(
            replace(
                each,
                id=made.shifts[each.id],
                name=each.title,
                vehicle=made.vehicles[each.vehicle],
                driver=None if each.driver is None else made.drivers[each.driver],
                start_place=made.places[each.start_place],
                end_place=made.places[each.end_place],
            )
            for each in scenario.shifts
        ),
        participants=tuple(
            renamed_person(each, made.participants, made.drivers) for each in scenario.participants
        ),
        bookings=tuple(
            replace(
                renamed_booking(
                    each,
                    places=made.places,
                    shifts=made.shifts,
                    participants=made.participants,
                ),
                id=made.bookings[each.id],
                external_ref=each.external_ref or each.id,
            )
            for each in scenario.bookings
        ),
        travel=renamed_travel(scenario.travel, made.places),
        law=None if scenario.law is None else renamed_law(scenario.law, made.places),
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@given(day=days(max_legs=8))
@settings(max_examples=15)
def test_an_imported_day_comes_back_as_it_was_up_to_identities(desk: Desk, day: Day) -> None:
    scenario = with_usual_drivers(day[0])
    new = desk.another()

    made = new.imported(scenario)
    back = exported(new, scenario.day.date)

    assert set_of(in_order(back)) == set_of(in_order(renamed(scenario, made)))


def with_usual_drivers(scenario: Scenario) -> Scenario:
    """Let every second person usually ride with the first driver, where there is one."""
    usual = scenario.drivers[0].id if scenario.drivers else None
    people = (
        replace(each, regular_driver=usual if number % 2 else None)
        for number, each in enumerate(scenario.participants)
    )
    return replace(scenario, participants=tuple(people))


def set_of(scenario: Scenario) -> Scenario:
    """Forget the order in which random identities put people never to meet."""
    return replace(
        scenario,
        participants=tuple(
            replace(each, never_with=tuple(sorted(each.never_with)))
            for each in scenario.participants
        ),
    )


def test_an_exported_day_is_a_file_that_can_be_read(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.imported(five_legs())
        back = exported(desk)

    assert scenario_from_data(scenario_data(back), "export") == back
    assert [each.external_ref for each in back.bookings].count("R1") == 1


def test_what_is_known_already_is_not_kept_twice(tmp_path: Path) -> None:
    wednesday = replace(five_legs(), day=ServiceDay(date(2026, 3, 11), "Europe/Paris"))
    with open_desk(tmp_path) as desk:
        first = desk.imported(five_legs())
        second = desk.imported(wednesday)
        with desk.office.database.read() as session:
            counts = [
                len(resource.all(session, desk.organisation))
                for resource in (PLACES, FLEET, PARTICIPANTS)
            ]

    assert counts == [5, 2, 3]
    assert (first.places, first.participants) == (second.places, second.participants)
    assert set(first.bookings.values()).isdisjoint(second.bookings.values())


def test_a_day_is_not_imported_over_another(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.imported(five_legs())

        with pytest.raises(ConflictError) as caught:
            desk.imported(five_legs())

    assert caught.value.problem.code == "TUS-5106"


def test_a_day_with_other_clocks_is_refused(tmp_path: Path) -> None:
    elsewhere = replace(five_legs(), day=ServiceDay(date(2026, 3, 11), "Indian/Reunion"))
    with open_desk(tmp_path) as desk:
        desk.imported(five_legs())

        with pytest.raises(ConflictError) as caught:
            desk.imported(elsewhere)

    assert caught.value.problem.code == "TUS-5107"
