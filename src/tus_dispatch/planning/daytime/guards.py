"""Limits of filling that windows cannot say: nobody twice at once, the evening peak in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.units import BookingId, LegId, ParticipantId, Seconds, ShiftId
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


def nobody_is_in_two_places(
    rounds: Iterable[Round], bookings: Iterable[Booking], confirmed: frozenset[LegId]
) -> bool:
    """Tell whether no optional journey meets another of the same person.

    Parameters
    ----------
    rounds
        With everybody in.
    bookings
        Of the day and of whoever comes in.
    confirmed
        Legs that are not optional; what two of them do is not looked at.

    Returns
    -------
    bool
        A journey lasts from the first pickup of a booking to its last
        dropoff, so that it covers the stay.
    """
    spans: dict[BookingId, Span] = {}
    optional: set[BookingId] = set()
    for stop in (stop for each in rounds for stop in _doors(each)):
        if stop.leg is None:
            continue
        name = booking_of(stop.leg)
        first_s, last_s = spans.get(name, (stop.start_s, stop.start_s))
        spans[name] = min(first_s, stop.start_s), max(last_s, stop.start_s)
        if stop.leg not in confirmed:
            optional.add(name)
    journeys: dict[ParticipantId, list[BookingId]] = {}
    for booking in bookings:
        if booking.id in spans:
            journeys.setdefault(booking.participant, []).append(booking.id)
    return not any(
        _meet(spans[one], spans[other])
        for names in journeys.values()
        for one, other in combinations(names, 2)
        if one in optional or other in optional
    )


def _meet(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _doors(tour_round: Round) -> Iterator[Stop]:
    return (stop for stop in tour_round.stops if stop.kind in _DOORS)
