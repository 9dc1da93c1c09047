"""Which keys go together: what a leg or a booking says too much, too little, or twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.demand import BookingShape, LegShape
from tus_dispatch.formats.native.problems import Part, pointer, problem, shorten
from tus_dispatch.formats.native.refusal import keys_at

_TIMES = ("arrive_by", "not_before", "pickup_window", "dropoff_window")
_EITHER = (("not_before", "pickup_window"), ("arrive_by", "dropoff_window"))
_LEGS = ("outward", "return")


def presence_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Tell what keys contradict or lack each other, whatever their values.

    Parameters
    ----------
    raw
        The file as plain data.

    Yields
    ------
    Problem
        Objects with an unknown key are not told that something is missing:
        it may stand there under a misspelt name.
    """
    for i, person in _objects(raw.get("participants")):
        yield from _person_problems(person, ("participants", i))
    for i, booking in _objects(raw.get("bookings")):
        at: tuple[Part, ...] = ("bookings", i)
        yield from _booking_problems(booking, at)
        for key in _LEGS:
            if isinstance(booking.get(key), Mapping):
                yield from _leg_problems(booking[key], (*at, key))


def _objects(items: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for i, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping):
            yield i, item


def _person_problems(person: Mapping[str, Any], at: tuple[Part, ...]) -> Iterator[Problem]:
    others = person.get("never_with")
    for i, other in enumerate(others if isinstance(others, list) else ()):
        if isinstance(other, str) and other == person.get("id"):
            where = pointer((*at, "never_with", i))
            yield problem("never-with-oneself", where, shorten(other), "une autre personne")


def _booking_problems(booking: Mapping[str, Any], at: tuple[Part, ...]) -> Iterator[Problem]:
    is_spelt_right = set(booking) <= set(keys_at(BookingShape, ()))
    if is_spelt_right and all(booking.get(key) is None for key in _LEGS):
        expected = "un aller (outward), un retour (return) ou les deux"
        yield problem("booking-without-leg", pointer(at), shorten(booking), expected)
    required, price = booking.get("required", True), booking.get("price_eur_cents")
    if required is True and price is not None:
        where = pointer((*at, "price_eur_cents"))
        yield problem("price", where, shorten(price), "required: false avec un prix")
    if is_spelt_right and required is False and price is None:
        where = pointer((*at, "required"))
        yield problem("price", where, "false", "un prix (price_eur_cents)")


def _leg_problems(leg: Mapping[str, Any], at: tuple[Part, ...]) -> Iterator[Problem]:
    is_spelt_right = set(leg) <= set(keys_at(LegShape, ()))
    if is_spelt_right and all(leg.get(key) is None for key in _TIMES):
        expected = "arrive_by, not_before ou un créneau"
        yield problem("leg-without-time", pointer(at), shorten(leg), expected)
    for hour, window in _EITHER:
        if leg.get(hour) is not None and leg.get(window) is not None:
            where = pointer((*at, window))
            yield problem("two-times", where, shorten(leg[window]), f"{hour} ou {window}")
    destination = leg.get("destination")
    if isinstance(destination, str) and destination == leg.get("origin"):
        where = pointer((*at, "destination"))
        yield problem("same-place", where, shorten(destination), "un autre lieu que le départ")
