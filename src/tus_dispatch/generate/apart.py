"""A few people who must not be aboard at the same time; the reason is nobody's business."""

from dataclasses import replace

from tus_dispatch.domain.demand import Booking, Participant
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.tour import Tour

_ONE_PAIR_EVERY, _SMALLEST_DAY = 30, 8
Pair = tuple[int, int]


def keep_apart(
    participants: list[Participant], bookings: list[Booking], tours: list[Tour], draws: Draws
) -> None:
    """Name pairs who go to the same place and share no ride so far.

    Parameters
    ----------
    participants
        Changed in place, one per booking in the same order.
    bookings
        Who goes where.
    tours
        Rides that everybody has already; empty when nothing was placed.
    draws
        Where chance comes from.
    """
    if len(participants) < _SMALLEST_DAY:
        return
    wanted = max(1, len(participants) // _ONE_PAIR_EVERY)
    met = _met(bookings, tours)
    strangers = [pair for pair in _same_place(bookings) if pair not in met]
    for a, b in draws.shuffled(strangers)[:wanted]:
        one = participants[a]
        participants[a] = replace(one, never_with=(*one.never_with, participants[b].id))


def _same_place(bookings: list[Booking]) -> list[Pair]:
    by_place: dict[str, list[int]] = {}
    for number, booking in enumerate(bookings):
        if booking.outward is not None:
            by_place.setdefault(booking.outward.destination, []).append(number)
    return [
        (a, b) for group in by_place.values() for i, a in enumerate(group) for b in group[i + 1 :]
    ]


def _met(bookings: list[Booking], tours: list[Tour]) -> set[Pair]:
    """Return pairs of bookings that are aboard at the same moment."""
    number = {booking.id: i for i, booking in enumerate(bookings)}
    met: set[Pair] = set()
    for tour in tours:
        for position in range(1, len(tour.nodes)):
            aboard = tour.aboard_at(position)
            people = sorted(number[tour.requests[index].leg.booking] for index in aboard)
            met |= {(a, b) for i, a in enumerate(people) for b in people[i + 1 :]}
    return met
