"""A day taken apart into what an association keeps, and put together again, is the same day."""

from dataclasses import replace
from typing import TypeVar

from hypothesis import given, settings

from tests.makers import five_legs
from tests.strategies import Day, days
from tus_dispatch.desk.live.assemble import DayRecords, scenario_from
from tus_dispatch.desk.live.assemble_daytime import law_for
from tus_dispatch.desk.live.take_apart import KeptDay, one_after_another, take_apart
from tus_dispatch.domain.fleet import Absence, Vehicle
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.verify.plan import verify_plan

T = TypeVar("T")


def record(identity: str, value: T) -> Record[T]:
    return Record(identity, 1, value, 0, 0)


def organisation(scenario: Scenario) -> Organisation:
    return Organisation(
        "Association d’essai",
        scenario.territory,
        scenario.objective,
        scenario.policy,
        scenario.travel,
        law=scenario.law,
        working_time=scenario.working_time,
    )


def records(scenario: Scenario, kept: KeptDay) -> DayRecords:
    return DayRecords(
        organisation=organisation(scenario),
        service_date=scenario.day.date,
        places=[record(each.place.id, each) for each in kept.places],
        fleet=[record(each.vehicle.id, each) for each in kept.fleet],
        drivers=[record(each.id, each) for each in kept.drivers],
        uses=kept.uses,
        driver_times=kept.driver_times,
        shift_rules=[record(shift.id, rule) for shift, rule in kept.rules],
        participants=[record(each.id, each) for each in kept.participants],
        referrals=kept.referrals,
        bookings=[record(each.booking.id, each) for each in kept.bookings],
    )


def together_again(scenario: Scenario) -> Scenario:
    return scenario_from(records(scenario, take_apart(scenario)))


def in_order(scenario: Scenario) -> Scenario:
    """Return a day in the order, and with the words, that keeping it gives."""
    named = [replace(each, name=each.title) for each in scenario.shifts]
    referred = [
        replace(
            each,
            referrals=tuple(
                sorted(each.referrals, key=lambda r: (r.starts_on, str(r.expires_on), r.prescriber))
            ),
        )
        for each in scenario.participants
    ]
    numbered = [
        replace(each, external_ref=each.external_ref or each.id) for each in scenario.bookings
    ]
    return replace(
        scenario,
        name="",
        note=None,
        places=tuple(sorted(scenario.places, key=lambda each: each.id)),
        vehicles=tuple(
            replace(each, absences=in_turn(each))
            for each in sorted(scenario.vehicles, key=lambda each: each.id)
        ),
        drivers=tuple(
            replace(
                each,
                protected_slots=tuple(
                    sorted(each.protected_slots, key=lambda slot: slot.window.earliest_s)
                ),
            )
            for each in sorted(scenario.drivers, key=lambda each: each.id)
        ),
        shifts=tuple(sorted(named, key=lambda each: each.id)),
        participants=tuple(sorted(referred, key=lambda each: each.id)),
        bookings=tuple(sorted(numbered, key=lambda each: each.id)),
        travel=_ordered(scenario.travel),
        law=law_for(scenario.law, scenario.places),
        # What may fill the day is kept apart from it.
        flexible_bookings=(),
        group_events=(),
        protected_targets=(),
    )


def in_turn(vehicle: Vehicle) -> tuple[Absence, ...]:
    """Return the absences of a vehicle as its calendar holds them: one at a time."""
    return tuple(replace(each, window=rest) for each, rest in one_after_another(vehicle.absences))


def _ordered(travel: object) -> MatrixSource:
    assert isinstance(travel, MatrixSource)
    return travel


@given(days())
@settings(max_examples=100)
def test_a_day_comes_back_as_it_was(day: Day) -> None:
    scenario, _, _ = day

    assert in_order(together_again(scenario)) == in_order(scenario)


@given(days())
@settings(max_examples=30)
def test_a_plan_of_the_day_is_as_sound_on_the_day_that_came_back(day: Day) -> None:
    scenario, matrix, plan = day
    shifts = [each.id for each in together_again(scenario).shifts]
    rounds = tuple(sorted(plan.rounds, key=lambda each: shifts.index(each.shift)))

    same = Plan(together_again(scenario), rounds, plan.unserved, plan.promises, plan.cost)

    assert verify_plan(same, matrix) == ()


def test_homes_are_the_places_where_one_person_lives_and_nobody_goes() -> None:
    kept = take_apart(five_legs())

    homes = {each.place.id: each.home_of for each in kept.places}
    assert homes == {
        "garage": None,
        "bourg": "P3",
        "moulin": "P1",
        "centre": None,
        "hameau": "P2",
    }


def test_the_home_of_somebody_who_does_not_travel_is_no_part_of_the_day() -> None:
    scenario = five_legs()
    kept = take_apart(scenario)
    without_chloe = replace(kept, bookings=kept.bookings[:2])

    day = scenario_from(records(scenario, without_chloe))

    assert {each.id for each in day.participants} == {"P1", "P2"}
    assert PlaceId("bourg") not in {each.id for each in day.places}
    assert PlaceId("bourg") not in day.travel.places  # type: ignore[union-attr]
