"""A leg that took place, as the yearly return counts it."""

from tus_dispatch.desk.live.participation import participation
from tus_dispatch.desk.live.snapshots import KeptPlan
from tus_dispatch.domain.demand import Booking, Direction, EligibilityGround
from tus_dispatch.domain.legs import leg_id, requests_of
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.plan import Round
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import CompletedLeg
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import BookingId, Metres


def completed_leg(
    kept: KeptPlan,
    tour_round: Round,
    record: Record[DatedBooking],
    direction: Direction,
    settings: Organisation,
) -> CompletedLeg:
    """Write down a leg that took place.

    Parameters
    ----------
    kept
        The published plan; direct road metres are those it was judged by.
    tour_round
        Who drove what.
    record, direction
        Which leg of which booking.
    settings
        Of the association, for what it asks per kilometre.

    Returns
    -------
    CompletedLeg
        By pseudonymous identities. The detour is never billed.
    """
    scenario, booking = kept.plan.scenario, record.value.booking
    vehicle = scenario.vehicle(tour_round.vehicle)
    driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
    billable_m = _direct_m(kept, booking, direction)
    day = record.value.service_date
    return CompletedLeg(
        leg=leg_id(BookingId(record.id), direction),
        direction=direction,
        service_date=day,
        participant=booking.participant,
        driver=tour_round.driver,
        is_volunteer=driver is not None and driver.volunteer,
        vehicle=vehicle.id,
        vehicle_title=vehicle.title,
        seats=max(each.seats + each.wheelchairs for each in vehicle.configurations),
        regime=booking.regime,
        ground=_ground(kept, booking),
        billable_m=billable_m,
        participation_eur_cents=participation(booking, billable_m, settings, day),
    )


def _direct_m(kept: KeptPlan, booking: Booking, direction: Direction) -> Metres:
    """Return the direct road metres of a leg, 0 where the plan did not know it."""
    request = requests_of(booking)[direction]
    ends = (request.origin, request.destination)
    if not set(ends) <= set(kept.matrix.place_ids):
        return 0
    return kept.matrix.metres_between(*ends) or 0


def _ground(kept: KeptPlan, booking: Booking) -> EligibilityGround | None:
    """Return the ground as it was checked when the plan was made, if it was still valid."""
    scenario = kept.plan.scenario
    people = (each for each in scenario.participants if each.id == booking.participant)
    person = next(people, None)
    check = None if person is None else person.eligibility
    if check is None or (check.expires_on is not None and check.expires_on < scenario.day.date):
        return None
    return check.ground
