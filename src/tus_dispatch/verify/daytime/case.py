"""Two plans under judgement: before and after the middle of the day was filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tus_dispatch.domain.daytime import FlexibleBooking, GroupEvent
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.units import BookingId, LegId, ParticipantId, Seconds
from tus_dispatch.verify.daytime.codes import CODES
from tus_dispatch.verify.violations import Violation, violation_of


@dataclass(frozen=True, slots=True)
class Doors:
    """The two stops of a served leg.

    Attributes
    ----------
    pickup, dropoff
        As they stand in the plan.
    """

    pickup: Stop
    dropoff: Stop


@dataclass(frozen=True, slots=True)
class FilledCase:
    """What the guards look at.

    Attributes
    ----------
    before, after
        The plan as it was, and with optional bookings in it.
    doors_before, doors_after
        Stops of every served leg.
    flexible
        Flexible bookings of the day, by identity.
    events
        By identity of an attendance's booking, the event.
    who_asked
        By identity of a booking that may come in, for whom.
    """

    before: Plan
    after: Plan
    doors_before: Mapping[LegId, Doors]
    doors_after: Mapping[LegId, Doors]
    flexible: Mapping[BookingId, FlexibleBooking]
    events: Mapping[BookingId, GroupEvent]
    who_asked: Mapping[BookingId, ParticipantId]

    def new_bookings(self) -> Iterator[Booking]:
        """Yield bookings that the plan before did not have."""
        known = {each.id for each in self.before.scenario.bookings}
        return (each for each in self.after.scenario.bookings if each.id not in known)

    def doors(self, booking: BookingId, direction: str) -> Doors | None:
        """Return the stops of a leg after filling, or None when it is not served."""
        return self.doors_after.get(LegId(f"{booking}:{direction}"))

    def clock(self, second: Seconds) -> str:
        """Write a time as people read it."""
        return self.after.scenario.day.wall(second)


def open_filled_case(before: Plan, after: Plan) -> FilledCase:
    """Look up what two plans refer to.

    Parameters
    ----------
    before
        A sound plan.
    after
        A plan of the same day with more bookings.

    Returns
    -------
    FilledCase
        Ready for the guards.
    """
    scenario = after.scenario
    coming = {
        BookingId(f"{event.id}-{each.participant}"): (event, each.participant)
        for event in scenario.group_events
        for each in event.attendances
    }
    asking = {each.id: each.participant for each in scenario.flexible_bookings}
    return FilledCase(
        before=before,
        after=after,
        doors_before=_doors_of(before),
        doors_after=_doors_of(after),
        flexible={each.id: each for each in scenario.flexible_bookings},
        events={booking: event for booking, (event, _) in coming.items()},
        who_asked=asking | {booking: person for booking, (_, person) in coming.items()},
    )


def guarded(slug: str, where: str, by: int = 1, **details: object) -> Violation:
    """Return the violation of a guard."""
    return violation_of(CODES[slug], where, by, **details)


def round_of(plan: Plan, shift: str) -> Round | None:
    """Return the round of a shift, or None."""
    return next((each for each in plan.rounds if each.shift == shift), None)


def _doors_of(plan: Plan) -> dict[LegId, Doors]:
    doors = {}
    for tour_round in plan.rounds:
        picked: dict[LegId, Stop] = {}
        for stop in tour_round.stops:
            if stop.leg is None:
                continue
            if stop.kind is StopKind.PICKUP:
                picked[stop.leg] = stop
            elif stop.leg in picked:
                doors[stop.leg] = Doors(picked[stop.leg], stop)
    return doors
