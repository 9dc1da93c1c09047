"""A slot offer is held for a time, and booked inside it or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import BookingOffer, Refusal
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.slot_offer import Hold, SlotOffer
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.codes import daytime_reason
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.quote_booking import quote_booking


def held(offers: Sequence[SlotOffer], holds: Iterable[Hold], now_at: int) -> tuple[SlotOffer, ...]:
    """Return what is left of some offers.

    Parameters
    ----------
    offers
        Of the plan as it is now.
    holds
        Kept for partners, over or not.
    now_at
        UTC epoch seconds.

    Returns
    -------
    tuple of SlotOffer
        With the seats nobody holds; offers without any are left out. Seats
        that a hold has turned into bookings are in the plan already.
    """
    taken: dict[str, int] = {}
    for hold in holds:
        if now_at < hold.until_at:
            taken[hold.offer.id] = taken.get(hold.offer.id, 0) + hold.seats
    left = (replace(each, seats=each.seats - taken.get(each.id, 0)) for each in offers)
    return tuple(each for each in left if each.seats > 0)


def hold_seats(
    offers: Sequence[SlotOffer],
    holds: Iterable[Hold],
    wish: Hold,
    now_at: int,
) -> tuple[Hold, ...] | Reason:
    """Keep seats of an offer for somebody.

    Parameters
    ----------
    offers, holds
        As in :func:`held`.
    wish
        Which offer, how many seats, until when.
    now_at
        UTC epoch seconds.

    Returns
    -------
    tuple of Hold or Reason
        The holds that are still on, the new one last; or why not.
    """
    running = tuple(each for each in holds if now_at < each.until_at)
    left = {each.id: each.seats for each in held(offers, running, now_at)}
    seats = left.get(wish.offer.id, 0)
    if wish.seats > seats:
        return daytime_reason("hold-seats", left=seats, wanted=wish.seats)
    return (*running, wish)


def book_inside(
    day: OpenDay, hold: Hold, booking: Booking, now_at: int
) -> tuple[Hold, Booking, BookingOffer] | Refusal:
    """Book a person inside a held offer.

    Parameters
    ----------
    day
        The plan as it is now, made ready; narrow, so that nobody is moved
        beyond the tolerance.
    hold
        Of one of its offers.
    booking
        Known participant, an outward leg and a return. What it asks for must
        lie inside the offer; hours it leaves open become those of the offer.
    now_at
        UTC epoch seconds.

    Returns
    -------
    tuple or Refusal
        The hold with fewer seats, the booking with the hours of the offer,
        and its place in the plan; or why not, with a code.
    """
    scenario = day.plan.scenario
    person = scenario.participant(booking.participant)
    refused = _outside(hold, booking, scenario, now_at)
    people = booking.party_size + person.companions
    if refused is None and people > hold.seats:
        refused = daytime_reason("hold-seats", left=hold.seats, wanted=people)
    inside = with_hours(booking, hold.offer)
    legs = legs_of_booking(inside, person, scenario.policy, scenario.day.length_s)
    if refused is not None:
        return Refusal(legs[0].id, refused)
    asked = day.under(with_booking(day.plan, inside, person))
    answer = quote_booking(asked, legs, n_offers=1)
    if isinstance(answer, Refusal):
        return answer
    left = replace(hold, seats=hold.seats - people, booked=(*hold.booked, booking.id))
    return left, inside, answer[0]


def _outside(hold: Hold, booking: Booking, scenario: Scenario, now_at: int) -> Reason | None:
    """Return the first thing that is not as it was offered."""
    offer, day = hold.offer, scenario.day
    out, back = booking.outward, booking.return_leg
    if now_at >= hold.until_at:
        clock = f"{day.local(hold.until_at - day.start_at):%H:%M}"
        return daytime_reason("hold-over", clock=clock)
    if out is None or back is None:
        return daytime_reason("no-way-back")
    for place in (out.destination, back.origin):
        if place != offer.place:
            names = [scenario.place(each).name for each in (offer.place, place)]
            return daytime_reason("hold-place", expected=names[0], actual=names[1])
    for place in (out.origin, back.destination):
        if scenario.place(place).insee != offer.sector.insee:
            return daytime_reason("hold-sector", expected=offer.sector.name)
    asked = (
        (_span(out.dropoff_window, out.arrive_by_s), offer.slot),
        (_span(back.pickup_window, back.not_before_s), offer.back),
    )
    for span, slot in asked:
        if span is not None and not _is_within(span, slot):
            earliest, latest = day.wall(slot.earliest_s), day.wall(slot.latest_s)
            return daytime_reason("hold-slot", earliest=earliest, latest=latest)
    return None


def _span(window: TimeWindow | None, hour_s: int | None) -> TimeWindow | None:
    if window is not None or hour_s is None:
        return window
    return TimeWindow(hour_s, hour_s)


def _is_within(span: TimeWindow, slot: TimeWindow) -> bool:
    return slot.earliest_s <= span.earliest_s and span.latest_s <= slot.latest_s


def with_hours(booking: Booking, offer: SlotOffer) -> Booking:
    """Ask for the hours of an offer, or for what was asked for inside them.

    Parameters
    ----------
    booking
        Hours may be left open.
    offer
        What it is to be booked inside.

    Returns
    -------
    Booking
        With a window at the place of the offer for each of its legs. What was
        asked for outside the offer stays outside.
    """
    out, back = booking.outward, booking.return_leg
    if out is not None:
        asked = _span(out.dropoff_window, out.arrive_by_s)
        window = offer.slot if asked is None else _up_to(asked, offer.slot, out.dropoff_window)
        out = replace(out, dropoff_window=window, arrive_by_s=None)
    if back is not None:
        asked = _span(back.pickup_window, back.not_before_s)
        window = offer.back if asked is None else _from(asked, offer.back, back.pickup_window)
        back = replace(back, pickup_window=window, not_before_s=None)
    return replace(booking, outward=out, return_leg=back)


def _up_to(asked: TimeWindow, slot: TimeWindow, window: TimeWindow | None) -> TimeWindow:
    """Turn an hour to arrive by into the part of the slot before it."""
    return window or TimeWindow(min(slot.earliest_s, asked.latest_s), asked.latest_s)


def _from(asked: TimeWindow, slot: TimeWindow, window: TimeWindow | None) -> TimeWindow:
    """Turn an hour not to leave before into the part of the slot after it."""
    return window or TimeWindow(asked.earliest_s, max(slot.latest_s, asked.earliest_s))
