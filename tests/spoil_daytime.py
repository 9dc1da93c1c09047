"""The table of spoilt fillings: at least one way to break every guard."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tests.spoil_edits import edit_each, edit_round, edit_scenario, edit_stop
from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.fleet import ProtectedSlot, SlotKind
from tus_dispatch.domain.plan import Plan, Stop, StopKind
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.verify.daytime.codes import CODES

Pair = tuple[Plan, Plan]


class FillSpoiler(NamedTuple):
    """One way to spoil a filling; None where the day offers nothing to spoil this way."""

    slug: str
    spoil: Callable[[Plan, Plan], Pair | None]

    @property
    def code(self) -> str:
        return CODES[self.slug].code


def _confirmed(before: Plan, after: Plan) -> Iterator[tuple[int, int, Stop]]:
    """Yield stops of the filled plan that the plan before had."""
    known = {stop.leg for each in before.rounds for stop in each.stops if stop.leg}
    for number, tour_round in enumerate(after.rounds):
        for index, stop in enumerate(tour_round.stops):
            if stop.leg in known:
                yield number, index, stop


def _new_flexible(before: Plan, after: Plan, *, both_ways: bool = True) -> FlexibleBooking | None:
    known = {each.id for each in before.scenario.bookings}
    new = {each.id for each in after.scenario.bookings} - known
    return next(
        (
            each
            for each in after.scenario.flexible_bookings
            if each.id in new and each.one_way is not both_ways
        ),
        None,
    )


def _stop(plan: Plan, leg: str, kind: StopKind) -> Stop:
    return next(
        stop for each in plan.rounds for stop in each.stops if stop.leg == leg and stop.kind is kind
    )


def _without_leg(plan: Plan, leg: str) -> Plan:
    for number, tour_round in enumerate(plan.rounds):
        stops = tuple(stop for stop in tour_round.stops if stop.leg != leg)
        if len(stops) < len(tour_round.stops):
            return edit_round(plan, number, stops=stops)
    raise LookupError(leg)


def _dropped(before: Plan, after: Plan) -> Pair | None:
    _, _, stop = next(_confirmed(before, after))
    return before, _without_leg(after, str(stop.leg))


def _moved(before: Plan, after: Plan) -> Pair | None:
    number, index, stop = next(
        each for each in _confirmed(before, after) if each[2].kind is StopKind.PICKUP
    )
    planned = _stop(before, str(stop.leg), StopKind.PICKUP)
    # Five minutes are allowed; this is one second more.
    return before, edit_stop(after, number, index, start_s=planned.start_s + 301)


def _later_end(before: Plan, after: Plan) -> Pair | None:
    shift = before.rounds[0].shift
    number = next(i for i, each in enumerate(after.rounds) if each.shift == shift)
    end = after.rounds[number].stops[-1]
    last = len(after.rounds[number].stops) - 1
    return before, edit_stop(after, number, last, start_s=end.start_s + 60)


def _lost_slot(before: Plan, after: Plan) -> Pair | None:
    slot = ProtectedSlot(TimeWindow(30_000, 31_800), SlotKind.TRAINING)
    driver = before.scenario.drivers[0]
    kept = (*driver.protected_slots, slot)
    return edit_each(before, "drivers", driver.id, protected_slots=kept), after


def _no_buffer(before: Plan, after: Plan) -> Pair | None:
    known = {stop.leg for each in before.rounds for stop in each.stops if stop.leg}
    for number, tour_round in enumerate(after.rounds):
        at = next(
            (
                i
                for i, each in enumerate(tour_round.stops)
                if each.leg is not None and each.leg not in known
            ),
            len(tour_round.stops),
        )
        later = [
            (i, stop) for i, stop in enumerate(tour_round.stops) if i > at and stop.leg in known
        ]
        if not later:
            continue
        index, stop = later[0]
        planned = _stop(before, str(stop.leg), stop.kind)
        # Everything from here on counts as the evening peak, and there is no time to spare.
        early = _with_arrival(before, planned, planned.start_s - 3600)
        daytime = replace(before.scenario.policy.daytime, evening_peak_s=planned.start_s)
        policy = replace(before.scenario.policy, daytime=daytime)
        return (
            edit_scenario(early, policy=policy),
            edit_stop(after, number, index, arrival_s=stop.start_s),
        )
    return None


def _with_arrival(plan: Plan, wanted: Stop, arrival_s: int) -> Plan:
    for number, tour_round in enumerate(plan.rounds):
        for index, stop in enumerate(tour_round.stops):
            if stop is wanted:
                return edit_stop(plan, number, index, arrival_s=arrival_s)
    raise LookupError(wanted)


def _stranded(before: Plan, after: Plan) -> Pair | None:
    flexible = _new_flexible(before, after)
    if flexible is None:
        return None
    return before, _without_leg(after, f"{flexible.id}:ret")


def _short_stay(before: Plan, after: Plan) -> Pair | None:
    flexible = _new_flexible(before, after)
    if flexible is None:
        return None
    return before, edit_each(after, "flexible_bookings", flexible.id, stay_s=20 * 3600)


def _other_window(before: Plan, after: Plan) -> Pair | None:
    flexible = _new_flexible(before, after)
    windows = (TimeWindow(0, 60),)
    if flexible is None:
        return None
    return before, edit_each(after, "flexible_bookings", flexible.id, windows=windows)


def _too_late_for_the_train(before: Plan, after: Plan) -> Pair | None:
    flexible = _new_flexible(before, after)
    if flexible is None:
        return None
    there = _stop(after, f"{flexible.id}:out", StopKind.DROPOFF)
    late = edit_each(after, "places", flexible.place, last_departure_s=there.departure_s + 60)
    return before, edit_each(late, "flexible_bookings", flexible.id, one_way=True)


def _event_of(before: Plan, after: Plan) -> tuple[str, BookingId] | None:
    known = {each.id for each in before.scenario.bookings}
    new = [each.id for each in after.scenario.bookings if each.id not in known]
    for event in after.scenario.group_events:
        for booking in new:
            if booking.startswith(f"{event.id}-"):
                return event.id, booking
    return None


def _event_too_early(before: Plan, after: Plan) -> Pair | None:
    found = _event_of(before, after)
    if found is None:
        return None
    there = _stop(after, f"{found[1]}:out", StopKind.DROPOFF)
    window = TimeWindow(there.departure_s - 60, there.departure_s)
    return before, edit_each(after, "group_events", found[0], window=window)


def _event_too_long(before: Plan, after: Plan) -> Pair | None:
    found = _event_of(before, after)
    if found is None:
        return None
    back = _stop(after, f"{found[1]}:ret", StopKind.PICKUP)
    window = TimeWindow(back.start_s - 60, back.start_s + 60)
    return before, edit_each(after, "group_events", found[0], window=window)


def _event_too_small(before: Plan, after: Plan) -> Pair | None:
    found = _event_of(before, after)
    return found and (before, edit_each(after, "group_events", found[0], capacity=0))


def _in_two_places(before: Plan, after: Plan) -> Pair | None:
    flexible = _new_flexible(before, after)
    if flexible is None:
        return None
    busy = _stop(after, f"{flexible.id}:out", StopKind.PICKUP).start_s
    for booking in before.scenario.bookings:
        times = [
            stop.start_s
            for each in after.rounds
            for stop in each.stops
            if stop.leg in {f"{booking.id}:out", f"{booking.id}:ret"}
        ]
        if times and min(times) <= busy < max(times):
            return before, edit_each(
                after, "bookings", flexible.id, participant=booking.participant
            )
    return None


def _new_open_round(before: Plan, after: Plan) -> Pair | None:
    fewer = replace(before, rounds=before.rounds[1:])
    number = next(i for i, each in enumerate(after.rounds) if each.shift == before.rounds[0].shift)
    return fewer, edit_round(after, number, driver=None)


def _dear(before: Plan, after: Plan) -> Pair | None:
    daytime = replace(before.scenario.policy.daytime, extra_km_eur_cents=1_000_000)
    policy = replace(before.scenario.policy, daytime=daytime)
    return edit_scenario(before, policy=policy), after


def _changed_booking(before: Plan, after: Plan) -> Pair | None:
    booking = before.scenario.bookings[0]
    return before, edit_each(after, "bookings", booking.id, party_size=booking.party_size + 1)


def _made_up_booking(before: Plan, after: Plan) -> Pair | None:
    booking = replace(after.scenario.bookings[0], id=BookingId("personne"))
    return before, edit_scenario(after, bookings=(*after.scenario.bookings, booking))


FILL_SPOILERS: tuple[FillSpoiler, ...] = (
    FillSpoiler("filled-dropped", _dropped),
    FillSpoiler("filled-moved", _moved),
    FillSpoiler("filled-end", _later_end),
    FillSpoiler("filled-slot", _lost_slot),
    FillSpoiler("filled-buffer", _no_buffer),
    FillSpoiler("filled-stranded", _stranded),
    FillSpoiler("filled-hours", _short_stay),
    FillSpoiler("filled-hours", _other_window),
    FillSpoiler("filled-departure", _too_late_for_the_train),
    FillSpoiler("event-hours", _event_too_early),
    FillSpoiler("event-hours", _event_too_long),
    FillSpoiler("event-capacity", _event_too_small),
    FillSpoiler("person-twice", _in_two_places),
    FillSpoiler("filled-open-shift", _new_open_round),
    FillSpoiler("filled-worth", _dear),
    FillSpoiler("filled-demand", _changed_booking),
    FillSpoiler("filled-demand", _made_up_booking),
)
