"""What would work instead of a booking that is refused: every alternative is solved for real."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from operator import itemgetter

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.offer import (
    Alternative,
    Change,
    EasedLimit,
    HubTrip,
    OtherDay,
    OtherHours,
    OtherPlace,
    OtherTime,
    Refusal,
)
from tus_dispatch.domain.units import BookingId, Seconds, ShiftId
from tus_dispatch.planning.agreed import date_of, day_under, on_day
from tus_dispatch.planning.changes import changed, times_of
from tus_dispatch.planning.legality import unlawful_legs
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.quote_booking import fits_booking, legs_asked, quote_booking
from tus_dispatch.planning.reach import ORDINARY, Reach, places_near
from tus_dispatch.planning.relax import longer
from tus_dispatch.rules.legal_day import legal_day
from tus_dispatch.rules.trips import lawful_hub

MINUTE_S: Seconds = 60


def alternatives(
    day: OpenDay,
    booking: BookingId,
    *,
    other_days: Sequence[OpenDay] = (),
    reach: Reach = ORDINARY,
) -> tuple[Alternative, ...]:
    """Find what works instead of a booking that has no place.

    Parameters
    ----------
    day
        Has the booking, and refuses it.
    booking
        One that nobody serves.
    other_days
        Days that may be offered instead, the dearest wish first.
    reach
        How far to look.

    Returns
    -------
    tuple of Alternative
        Where the law refuses: the trip to a hub, nearby places, other days.
        Else other times, nearby places and other days, then one limit that
        gives way: by no more than it must, and never one that protects people
        from each other, breaks of drivers or the range of a vehicle.
    """
    search = _Search(day, booking, reach)
    unlawful = unlawful_legs(day.plan.scenario, legs_asked(day.plan, booking), day.matrix)
    # No other hour and no longer shift makes a trip lawful.
    kinds: tuple[Iterator[Alternative], ...] = (
        search.hub_trips(),
        search.other_places(),
        search.other_days(other_days),
    )
    if unlawful:
        found = [each for kind in kinds for each in islice(kind, reach.n_of_a_kind)]
        hubs = {each.change.hub for each in found if isinstance(each.change, HubTrip)}
        return tuple(
            each
            for each in found
            if not (isinstance(each.change, OtherPlace) and each.change.place in hubs)
        )
    kinds = (
        search.other_times(),
        search.other_places(),
        search.other_days(other_days),
        search.longer_rides(),
        search.other_hours(),
        search.done_without(),
    )
    return tuple(each for kind in kinds for each in islice(kind, reach.n_of_a_kind))


def with_alternatives(refusal: Refusal, found: Sequence[Alternative]) -> Refusal:
    """Return a refusal that names what works instead."""
    return replace(refusal, alternatives=tuple(found))


class _Search:
    """Tries changes of one booking, no more than it may."""

    def __init__(self, day: OpenDay, booking: BookingId, reach: Reach) -> None:
        self.day, self.id, self.reach = day, booking, reach
        self.booking = day.plan.scenario.booking(booking)
        self.requests = requests_of(self.booking)
        self.tries_left = reach.most_tries

    def other_times(self) -> Iterator[Alternative]:
        """Move the outward leg or the return, and both where neither alone is enough."""
        wanted = tuple(self.requests)
        found = self._nearest_times([(each,) for each in wanted])
        if not found and len(wanted) > 1:
            found = self._nearest_times([wanted])
        yield from (alternative for _, alternative in sorted(found, key=itemgetter(0)))

    def _nearest_times(
        self, choices: Sequence[tuple[Direction, ...]]
    ) -> list[tuple[Seconds, Alternative]]:
        """Return how far legs must move, later and earlier, and what comes of it."""
        return [
            (abs(change.by_s), found)
            for directions in choices
            for sign in (1, -1)
            if (found := self._nearest_time(directions, sign)) is not None
            if isinstance(change := found.change, OtherTime)
        ]

    def _nearest_time(self, directions: tuple[Direction, ...], sign: int) -> Alternative | None:
        for step in range(1, self.reach.longest_s // self.reach.step_s + 1):
            by_s = sign * step * self.reach.step_s
            if not self._stays_in_day(directions, by_s):
                return None
            found = self.tried(OtherTime(directions, by_s))
            if found is not None:
                return found
        return None

    def _stays_in_day(self, directions: tuple[Direction, ...], by_s: Seconds) -> bool:
        asked = [
            time_s for direction in directions for time_s in times_of(self.requests[direction])
        ]
        return all(0 <= time_s + by_s <= self.day.plan.scenario.day.length_s for time_s in asked)

    def hub_trips(self) -> Iterator[Alternative]:
        """Take the person to the hub that is lawful instead of where they ask to go."""
        law = legal_day(self.day.plan.scenario, self.day.matrix)
        if law is None:
            return
        for direction in self.requests:
            found = lawful_hub(self.booking, direction, law)
            alternative = None if found is None else self.tried(HubTrip(*found))
            if alternative is not None:
                yield alternative
                return

    def other_places(self) -> Iterator[Alternative]:
        """Let the person walk to a meeting place, the nearest first."""
        requests = self.requests.values()
        ends = dict.fromkeys(end for each in requests for end in (each.origin, each.destination))
        known = set(self.day.matrix.place_ids)
        near = [
            other
            for place in ends
            for other in places_near(self.day.plan.scenario, place, self.reach.walk_m)
            if other.place in known and other.place not in ends
        ]
        for other in sorted(near, key=lambda each: (each.walk_m, each.place)):
            found = self.tried(other)
            if found is not None:
                yield found

    def other_days(self, days: Sequence[OpenDay]) -> Iterator[Alternative]:
        """Ask for the same on days that know the places."""
        for other in days:
            if on_day(other, self.booking) is not None:
                found = self._solved(OtherDay(date_of(other)), days)
                if found is not None:
                    yield found

    def longer_rides(self) -> Iterator[Alternative]:
        """Let the ride, or a wait aboard, take a little longer."""
        for limit, most_s in (
            ("ride-limit", self.reach.more_ride_s),
            ("wait-aboard", self.reach.more_wait_s),
        ):
            yield from self._least(most_s, partial(EasedLimit, limit))

    def other_hours(self) -> Iterator[Alternative]:
        """Let one shift begin earlier or end later."""
        for is_early in (True, False):
            for shift, room_s in self._shifts_with_room(is_early=is_early):
                yield from self._least(room_s, _hours(shift, is_early=is_early))

    def _shifts_with_room(self, *, is_early: bool) -> list[tuple[ShiftId, Seconds]]:
        """Return the shifts that would serve the booking if all of them were longer."""
        scenario, most_s = self.day.plan.scenario, self.reach.more_hours_s
        plan, room = self.day.plan, {}
        for shift in scenario.shifts:
            open_shift = longer(scenario, shift, early=is_early)
            room_s = (
                shift.start.earliest_s - open_shift.start.earliest_s
                if is_early
                else open_shift.end.latest_s - shift.end.latest_s
            )
            room[shift.id] = min(room_s, most_s)
            if room_s > 0:
                change = _hours(shift.id, is_early=is_early)(room[shift.id])
                plan = changed(plan, self.id, change, self.day.matrix)
        answer = quote_booking(self.day.under(plan), legs_asked(plan, self.id))
        offers = () if isinstance(answer, Refusal) else answer
        shifts = {leg.shift: None for offer in offers for leg in offer.legs}
        return [(shift, room[shift]) for shift in shifts if room[shift] > 0]

    def done_without(self) -> Iterator[Alternative]:
        """Do without a pin, a wheelchair space, a qualification or part of the party."""
        for change in self._all_or_nothing():
            found = self.tried(change)
            if found is not None:
                yield found
        parties = (EasedLimit("party", fewer=n) for n in range(1, self.booking.party_size))
        yield from islice((found for each in parties if (found := self.tried(each))), 1)

    def _all_or_nothing(self) -> Iterator[Change]:
        scenario = self.day.plan.scenario
        if any(request.pin is not None for request in self.requests.values()):
            yield EasedLimit("pin")
        person = scenario.participant(self.booking.participant)
        n_bookings = sum(each.participant == person.id for each in scenario.bookings)
        # What is changed of a person is changed for all bookings of the day.
        if n_bookings > 1:
            return
        if person.wheelchair:
            yield EasedLimit("wheelchair")
        for word in dict.fromkeys((*person.requires, *self.booking.requires)):
            yield EasedLimit("qualification", word=word)

    def _least(
        self, most_s: Seconds, change_by: Callable[[Seconds], Change]
    ) -> Iterator[Alternative]:
        """Find the least whole minutes that are enough, by halving; what works, works with more."""
        enough = most_s // MINUTE_S
        if enough < 1 or not self.works(change_by(enough * MINUTE_S)):
            return
        too_few = 0
        while enough - too_few > 1:
            middle = (enough + too_few) // 2
            if self.works(change_by(middle * MINUTE_S)):
                enough = middle
            else:
                too_few = middle
        found = self.tried(change_by(enough * MINUTE_S))
        if found is not None:
            yield found

    def works(self, change: Change) -> bool:
        """Tell whether a change lets the booking in."""
        if self.tries_left <= 0:
            return False
        self.tries_left -= 1
        day, booking = day_under(self.day, self.id, change)
        return fits_booking(day, legs_asked(day.plan, booking))

    def tried(self, change: Change) -> Alternative | None:
        """Solve the booking under a change, if that works."""
        return self._solved(change) if self.works(change) else None

    def _solved(self, change: Change, days: Sequence[OpenDay] = ()) -> Alternative | None:
        day, booking = day_under(self.day, self.id, change, days)
        answer = quote_booking(day, legs_asked(day.plan, booking), n_offers=1)
        return None if isinstance(answer, Refusal) else Alternative(change, answer[0])


def _hours(shift: ShiftId, *, is_early: bool) -> Callable[[Seconds], Change]:
    def by(seconds: Seconds) -> Change:
        if is_early:
            return OtherHours(shift, earlier_s=seconds)
        return OtherHours(shift, later_s=seconds)

    return by
