"""A run sheet holds what a driver needs for one shift and nothing a driver must not know."""

from collections import Counter

from tus_dispatch.domain.demand import Leg, Participant
from tus_dispatch.domain.fleet import AbsenceReason, Configuration, SlotKind
from tus_dispatch.domain.legs import legs_of, n_people
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.run_sheet import Need, RunSheet, SheetLine, short_name
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import LegId
from tus_dispatch.domain.window import TimeWindow

_REPEATED = (StopKind.BREAK, StopKind.PROTECTED, StopKind.ABSENCE)


def run_sheets(plan: Plan) -> tuple[RunSheet, ...]:
    """Return the sheets of all rounds of a plan.

    Parameters
    ----------
    plan
        A plan that was judged.

    Returns
    -------
    tuple of RunSheet
        In the order of the plan's rounds.
    """
    return tuple(run_sheet(plan, tour_round) for tour_round in plan.rounds)


def run_sheet(plan: Plan, tour_round: Round) -> RunSheet:
    """Return what the driver of one round reads.

    Parameters
    ----------
    plan
        The plan the round belongs to.
    tour_round
        One of its rounds.

    Returns
    -------
    RunSheet
        First name and initial, place, phone and needs of each person; never a
        surname, a purpose, a prescriber or an eligibility.
    """
    scenario = plan.scenario
    legs = {leg.id: leg for leg in legs_of(scenario)}
    vehicle = scenario.vehicle(tour_round.vehicle)
    driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
    stop_ids = _stop_ids(tour_round)
    return RunSheet(
        shift=tour_round.shift,
        service_date=scenario.day.date,
        time_zone=scenario.day.time_zone,
        territory=scenario.territory.name,
        driver=short_name(driver.first_name, driver.last_name, driver.id) if driver else "",
        vehicle=vehicle.name,
        configuration=_seats(vehicle.configurations[tour_round.configuration]),
        sign_on=scenario.day.clock(tour_round.stops[0].start_s),
        sign_off=scenario.day.clock(tour_round.stops[-1].start_s),
        lines=tuple(
            _line(scenario, legs, tour_round, stop, stop_id)
            for stop, stop_id in zip(tour_round.stops, stop_ids, strict=True)
        ),
        total_km=round(sum(stop.drive_m for stop in tour_round.stops) / 1000, 1),
        n_people=n_people(legs[stop.leg] for stop in tour_round.stops if stop.leg is not None),
        estimated=plan.is_estimated,
        shift_name=scenario.shift(tour_round.shift).name,
    )


def _line(
    scenario: Scenario, legs: dict[LegId, Leg], tour_round: Round, stop: Stop, stop_id: str
) -> SheetLine:
    place = scenario.place(stop.place)
    leg = None if stop.leg is None else legs[stop.leg]
    person = None if leg is None else scenario.participant(leg.participant)
    return SheetLine(
        kind=stop.kind,
        at=scenario.day.start_at + stop.start_s,
        until_at=scenario.day.start_at + stop.departure_s,
        clock=scenario.day.clock(stop.start_s),
        person=short_name(person.first_name, person.last_name, person.id) if person else "",
        party_size=leg.load.people if leg else 0,
        place_name=place.name,
        address=place.address,
        point=place.point,
        # Once aboard, a person needs no call: the number stands where it helps.
        phone=person.phone if person and stop.kind is StopKind.PICKUP else None,
        needs=_needs(person) if person else (),
        note=person.note if person else None,
        aboard=stop.load.people,
        stop_id=stop_id,
        occupation=_occupation(scenario, tour_round, stop),
    )


def _stop_ids(tour_round: Round) -> tuple[str, ...]:
    # A break has no leg to be named after, so the breaks of a shift are counted.
    seen: Counter[StopKind] = Counter()
    stop_ids = []
    for stop in tour_round.stops:
        seen[stop.kind] += 1
        owner = tour_round.shift if stop.leg is None else stop.leg
        number = f"/{seen[stop.kind]}" if stop.kind in _REPEATED else ""
        stop_ids.append(f"{owner}/{stop.kind.value}{number}")
    return tuple(stop_ids)


def _needs(person: Participant) -> tuple[Need, ...]:
    wanted = (
        (Need.WHEELCHAIR, person.wheelchair),
        (Need.COMPANION, person.companions > 0),
        (Need.CHILD_SEAT, person.child_seats > 0),
        (Need.HELP, bool(person.note)),
    )
    return tuple(need for need, is_needed in wanted if is_needed)


def _occupation(
    scenario: Scenario, tour_round: Round, stop: Stop
) -> SlotKind | AbsenceReason | None:
    if stop.kind is StopKind.PROTECTED and tour_round.driver is not None:
        for slot in scenario.driver(tour_round.driver).protected_slots:
            if _overlaps(slot.window, stop):
                return slot.kind
    if stop.kind is StopKind.ABSENCE:
        for absence in scenario.vehicle(tour_round.vehicle).absences:
            if _overlaps(absence.window, stop):
                return absence.reason
    return None


def _overlaps(window: TimeWindow, stop: Stop) -> bool:
    return window.earliest_s < stop.departure_s and stop.start_s < window.latest_s


def _seats(configuration: Configuration) -> str:
    seats = _counted(configuration.seats, "place")
    if not configuration.wheelchairs:
        return seats
    return f"{seats} + {_counted(configuration.wheelchairs, 'fauteuil')}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number < 2 else f"{number} {word}s"
