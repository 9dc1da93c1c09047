"""Limits of filling that windows cannot say: nobody twice at once, the evening peak in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.units import LegId, ParticipantId, Seconds, ShiftId
from tus_dispatch.planning.daytime.frozen import booking_of

Span = tuple[Seconds, Seconds]
_DOORS = (StopKind.PICKUP, StopKind.DROPOFF)


@dataclass(frozen=True, slots=True)
class PeakStart:
    """Where the evening peak of a round begins.

    Attributes
    ----------
    leg, kind
        Its first door.
    arrival_s
        When the round gets there without the filling.
    """

    leg: LegId
    kind: StopKind
    arrival_s: Seconds


def peak_starts(plan: Plan) -> dict[ShiftId, PeakStart]:
    """Find the first stop of the evening peak of every round that has one.

    Parameters
    ----------
    plan
        Before it is filled.

    Returns
    -------
    dict
        By shift.
    """
    from_s = plan.scenario.policy.daytime.evening_peak_s
    found = {}
    for tour_round in plan.rounds:
        first = next((each for each in _doors(tour_round) if each.start_s >= from_s), None)
        if first is not None and first.leg is not None:
            found[tour_round.shift] = PeakStart(first.leg, first.kind, first.arrival_s)
    return found


def keeps_buffer(
    tour_round: Round, peak: PeakStart | None, confirmed: frozenset[LegId], buffer_s: Seconds
) -> bool:
    """Tell whether a round is in time for its evening peak.

    Parameters
    ----------
    tour_round
        With optional legs in it.
    peak
        Where its peak begins, or None without one.
    confirmed
        Legs that are not optional.
    buffer_s
        Time it must have before that stop.

    Returns
    -------
    bool
        True also where it has less time than that, but no less than without
        the filling, and where nothing optional comes before.
    """
    if peak is None:
        return True
    has_optional = False
    for stop in _doors(tour_round):
        if (stop.leg, stop.kind) == (peak.leg, peak.kind):
            in_time = stop.arrival_s <= max(stop.start_s - buffer_s, peak.arrival_s)
            return in_time or not has_optional
        has_optional = has_optional or stop.leg not in confirmed
    return True


def journeys(plan: Plan) -> Mapping[ParticipantId, tuple[Span, ...]]:
    """Return when each person is under way or away.

    Parameters
    ----------
    plan
        Its served bookings count.

    Returns
    -------
    mapping
        By participant, from the first pickup to the last dropoff of every
        booking.
    """
    spans: dict[str, Span] = {}
    for tour_round in plan.rounds:
        for stop in _doors(tour_round):
            if stop.leg is not None:
                name = booking_of(stop.leg)
                before = spans.get(name, (stop.start_s, stop.start_s))
                spans[name] = (
                    min(before[0], stop.start_s),
                    max(before[1], stop.departure_s),
                )
    away: dict[ParticipantId, list[Span]] = {}
    for booking in plan.scenario.bookings:
        if booking.id in spans:
            away.setdefault(booking.participant, []).append(spans[booking.id])
    return {person: tuple(each) for person, each in away.items()}


def span_of(offer: BookingOffer) -> Span:
    """Return from when until when an offer takes the person away from home."""
    return offer.legs[0].pickup_s, offer.legs[-1].dropoff_s


def is_apart(span: Span, others: tuple[Span, ...]) -> bool:
    """Tell whether a span meets none of some others."""
    return all(span[1] <= start_s or end_s <= span[0] for start_s, end_s in others)


def _doors(tour_round: Round) -> Iterator[Stop]:
    return (stop for stop in tour_round.stops if stop.kind in _DOORS)
