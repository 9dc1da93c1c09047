"""From bookings to legs: defaults, party and windows resolved once, for everybody who asks."""

from collections.abc import Iterable

from tus_dispatch.domain.demand import Booking, Direction, Leg, LegRequest, Load, Participant
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId, LegId, Seconds
from tus_dispatch.domain.window import TimeWindow


def leg_id(booking: BookingId, direction: Direction) -> LegId:
    """Return ``BOOKING:out`` or ``BOOKING:ret``."""
    return LegId(f"{booking}:{direction.value}")


def legs_of(scenario: Scenario) -> tuple[Leg, ...]:
    """Return all legs of a day, in the order of the bookings, outward first.

    Parameters
    ----------
    scenario
        A checked service day.

    Returns
    -------
    tuple of Leg
        One or two per booking; partners refer to each other.
    """
    return tuple(
        leg
        for booking in scenario.bookings
        for leg in legs_of_booking(
            booking,
            scenario.participant(booking.participant),
            scenario.policy,
            scenario.day.length_s,
        )
    )


def legs_of_booking(
    booking: Booking, participant: Participant, policy: Policy, day_length_s: Seconds
) -> tuple[Leg, ...]:
    """Return the legs of one booking.

    Parameters
    ----------
    booking, participant, policy
        What was asked, by whom, under which defaults.
    day_length_s
        Seconds of the service day; no window reaches beyond.

    Returns
    -------
    tuple of Leg
        The outward leg first.
    """
    requests = requests_of(booking)
    linked = len(requests) == 2
    return tuple(
        _leg(booking, participant, policy, day_length_s, direction, request, linked=linked)
        for direction, request in requests.items()
    )


def requests_of(booking: Booking) -> dict[Direction, LegRequest]:
    """Return what a booking asks for, by direction, the outward leg first."""
    asked = ((Direction.OUTWARD, booking.outward), (Direction.RETURN, booking.return_leg))
    return {direction: request for direction, request in asked if request is not None}


def n_people(legs: Iterable[Leg]) -> int:
    """Return how many people some legs carry.

    Parameters
    ----------
    legs
        Legs of one day, for instance those of a round.

    Returns
    -------
    int
        Someone who rides there and back is one person; of different parties
        of the same participant the largest counts.
    """
    parties: dict[str, int] = {}
    for leg in legs:
        parties[leg.participant] = max(leg.load.people, parties.get(leg.participant, 0))
    return sum(parties.values())


def _leg(  # noqa: PLR0913
    booking: Booking,
    participant: Participant,
    policy: Policy,
    day_length_s: Seconds,
    direction: Direction,
    request: LegRequest,
    *,
    linked: bool,
) -> Leg:
    people = booking.party_size + participant.companions
    boarding_s = request.boarding_s
    if boarding_s is None:
        boarding_s = participant.boarding_s + policy.extra_person_s * (people - 1)
    other = Direction.RETURN if direction is Direction.OUTWARD else Direction.OUTWARD
    return Leg(
        id=leg_id(booking.id, direction),
        booking=booking.id,
        participant=participant.id,
        direction=direction,
        origin=request.origin,
        destination=request.destination,
        pickup_window=_pickup_window(request, policy, day_length_s),
        dropoff_window=_dropoff_window(request, policy),
        target_pickup_s=request.not_before_s,
        target_dropoff_s=request.arrive_by_s,
        load=Load(
            seats=people - int(participant.wheelchair),
            wheelchairs=int(participant.wheelchair),
            child_seats=participant.child_seats,
        ),
        boarding_s=boarding_s,
        alighting_s=(
            participant.alighting_s if request.alighting_s is None else request.alighting_s
        ),
        ride_limit=participant.ride_limit or policy.ride_limit,
        max_ride_s=request.max_ride_s,
        priority=booking.priority,
        price_eur_cents=booking.price_eur_cents,
        requires=tuple(sorted({*participant.requires, *booking.requires})),
        never_with=participant.never_with,
        partner=leg_id(booking.id, other) if linked else None,
        pin=request.pin,
        regime=booking.regime,
    )


def _pickup_window(request: LegRequest, policy: Policy, day_length_s: Seconds) -> TimeWindow | None:
    if request.pickup_window is not None:
        return request.pickup_window
    if request.not_before_s is None:
        return None
    latest_s = min(request.not_before_s + policy.depart_late_s, day_length_s)
    return TimeWindow(request.not_before_s, latest_s)


def _dropoff_window(request: LegRequest, policy: Policy) -> TimeWindow | None:
    if request.dropoff_window is not None:
        return request.dropoff_window
    if request.arrive_by_s is None:
        return None
    return TimeWindow(max(0, request.arrive_by_s - policy.arrive_early_s), request.arrive_by_s)
