"""The law of trips told a second time, with its numbers written out, for the second judge."""

from collections.abc import Iterator
from datetime import date

from tus_dispatch.domain.demand import Booking, Leg, Participant
from tus_dispatch.domain.fleet import Driver, Shift, Vehicle
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, PlaceId


def legal_faults(plan: Plan, matrix: TravelMatrix, legs: dict[LegId, Leg]) -> Iterator[str]:
    """Yield everything the law forbids in a plan."""
    law, scenario = plan.scenario.law, plan.scenario
    if law is None or law.trips.value == "flagged":
        return
    for tour_round in plan.rounds:
        vehicle = scenario.vehicle(tour_round.vehicle)
        driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
        for stop in tour_round.stops:
            if stop.kind is StopKind.PICKUP and stop.leg is not None:
                leg = legs[stop.leg]
                booking = scenario.booking(leg.booking)
                regime = booking.regime.value
                yield from _crew(regime, vehicle, driver, law, scenario.day.date)
                if regime == "tus":
                    yield from _social(scenario, law, booking, leg, matrix)


def is_unlawful_crew(scenario: Scenario, shift: Shift, leg: Leg) -> bool:
    """Tell whether the law keeps a leg off a shift, whatever the hour."""
    law = scenario.law
    if law is None or law.trips.value == "flagged":
        return False
    vehicle = scenario.vehicle(shift.vehicle)
    driver = None if shift.driver is None else scenario.driver(shift.driver)
    return any(_crew(leg.regime.value, vehicle, driver, law, scenario.day.date))


def _crew(
    regime: str, vehicle: Vehicle, driver: Driver | None, law: Law, today: date
) -> Iterator[str]:
    if any(each.seats + each.wheelchairs > 8 for each in vehicle.configurations):
        yield "more than nine seats"
    if regime == "rental_self_drive":
        yield "a rental without a driver is driven"
    if regime == "tus" and vehicle.title.value == "hired" and law.hired_vehicles is not True:
        yield "a hired vehicle"
    if regime == "public_contract":
        until = driver.medical_until if driver else None
        if until is None or until < today:
            yield "no medical attestation"


def _social(
    scenario: Scenario, law: Law, booking: Booking, leg: Leg, matrix: TravelMatrix
) -> Iterator[str]:
    today = scenario.day.date
    person = scenario.participant(booking.participant)
    papers = person.eligibility
    if papers is None or papers.checked_on is None or papers.ground.value == "none":
        yield "no papers"
        return
    if not papers.checked_on <= today <= (papers.expires_on or date.max):
        yield "papers of another time"
    if law.referral_required is not False and not _is_referred(person, booking, today):
        yield "no referral"
    if papers.ground.value == "location" and not _in_zone(scenario, law, leg):
        yield "outside the zone"
    if _too_far(law, booking, leg, matrix):
        yield "too far"
    price, metres = booking.participation_eur_cents, matrix.metres_between(*_ends(leg))
    if price is not None and metres is not None and 1000 * price > 32 * metres:
        yield "too dear"


def _ends(leg: Leg) -> tuple[PlaceId, PlaceId]:
    return leg.origin, leg.destination


def _too_far(law: Law, booking: Booking, leg: Leg, matrix: TravelMatrix) -> bool:
    pairs = [_ends(leg)]
    if law.distance_basis is not None and law.distance_basis.value == "booking":
        asked = [booking.outward, booking.return_leg]
        pairs = [(each.origin, each.destination) for each in asked if each is not None]
    lengths = [matrix.metres_between(*pair) for pair in pairs]
    return None not in lengths and sum(each or 0 for each in lengths) > (law.longest_m or 100_000)


def _is_referred(person: Participant, booking: Booking, today: date) -> bool:
    slugs = {each.slug for each in booking.overrides}
    if slugs & {"no-referral", "referral-expired", "referral-not-begun"}:
        # Drawn days and spoilers lift the very reason there is, or none.
        return True
    return any(
        each.starts_on <= today <= (each.expires_on or date.max) for each in person.referrals
    )


def _in_zone(scenario: Scenario, law: Law, leg: Leg) -> bool:
    zone = law.zone
    if zone is None or zone.edition is None or zone.edition > scenario.day.date:
        return False
    listed = [scenario.place(end).insee in zone.communes for end in (leg.origin, leg.destination)]
    to_hub = listed[0] and leg.destination in law.hubs
    from_hub = listed[1] and leg.origin in law.hubs and law.hub_return is not False
    return all(listed) or to_hub or from_hub
