"""What only several objects together can get wrong: overlaps, homes, returns, pins, tables."""

from collections.abc import Iterator

from tus_dispatch.domain.demand import Leg, Participant
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.document import Document
from tus_dispatch.formats.native.fleet import ShiftShape
from tus_dispatch.formats.native.matrix import matrix_problems
from tus_dispatch.formats.native.problems import Part, pointer, problem, shorten
from tus_dispatch.formats.native.setting import MatrixShape

_HOME = "home"


def meaning_problems(document: Document) -> Iterator[Problem]:
    """Tell what does not fit together, among the objects that could be read.

    Parameters
    ----------
    document
        The file as far as it could be read.

    Yields
    ------
    Problem
        Nothing that follows from a mistake told already.
    """
    yield from _points(document)
    yield from _homes(document)
    yield from _past_work(document)
    yield from _overlaps(document)
    yield from _leg_times(document)
    if isinstance(document.travel, MatrixShape):
        yield from matrix_problems(document.travel)
        yield from _places_without_row(document, document.travel)


def _points(document: Document) -> Iterator[Problem]:
    if document.travel is None or isinstance(document.travel, MatrixShape):
        return
    for i, place in document.places.items():
        if place.lat is None:
            expected = "lat et lon, sauf avec une table de temps (travel)"
            yield problem(
                "place-without-point", pointer(("places", i)), shorten(place.id), expected
            )


def _past_work(document: Document) -> Iterator[Problem]:
    day = document.day
    # A day that cannot be read has a stand-in, which says nothing about the past.
    if document.head is None or document.head.service_date != day.date:
        return
    if document.territory is None or document.territory.time_zone != day.time_zone:
        return
    for i, driver in document.drivers.items():
        for j, span in enumerate(driver.past_work):
            if span.until > document.day.start_at:
                where = pointer(("drivers", i, "past_work", j, "until"))
                value = f"la fin d’un travail après {document.day.wall(0)} ce jour-là"
                yield problem("work-not-past", where, value, "un travail terminé avant la journée")


def _homes(document: Document) -> Iterator[Problem]:
    drivers = {driver.id: driver for driver in document.drivers.values()}
    for i, shift in document.shifts.items():
        for key in ("start_place", "end_place"):
            if getattr(shift, key) != _HOME:
                continue
            driver = drivers.get(shift.driver) if shift.driver is not None else None
            if shift.driver is None or (driver is not None and driver.home is None):
                expected = "un agent de conduite dont le domicile est connu"
                yield problem("no-home", pointer(("shifts", i, key)), shorten(_HOME), expected)


def _overlaps(document: Document) -> Iterator[Problem]:
    for key in ("vehicle", "driver"):
        groups: dict[str, list[tuple[int, ShiftShape]]] = {}
        for i, shift in document.shifts.items():
            if (name := getattr(shift, key)) is not None:
                groups.setdefault(name, []).append((i, shift))
        for group in groups.values():
            yield from _overlaps_among(group, key, document)


def _overlaps_among(
    group: list[tuple[int, ShiftShape]], key: str, document: Document
) -> Iterator[Problem]:
    """Compare shifts with the one before that ends last, in the order of their starts."""
    ordered = sorted(group, key=lambda each: (each[1].start.earliest, each[0]))
    busy = ordered[0]
    for later in ordered[1:]:
        # A shift copied whole is told as a doubled id.
        if later[1].start.earliest < busy[1].end.latest and later[1].id != busy[1].id:
            until = document.day.wall(busy[1].end.latest)
            expected = f"un début à partir de {until}, fin de « {busy[1].id} »"
            where = pointer(("shifts", later[0]))
            value = f"{getattr(later[1], key)} dès {document.day.wall(later[1].start.earliest)}"
            yield problem("shifts-overlap", where, value, expected)
        busy = max(busy, later, key=lambda each: each[1].end.latest)


def _leg_times(document: Document) -> Iterator[Problem]:
    if document.policy is None:
        return
    policy = document.policy.to_domain()
    # Times do not depend on the person, so anybody will do.
    anybody = Participant(ParticipantId("-"))
    for i, shape in document.bookings.items():
        legs = legs_of_booking(shape.to_domain(), anybody, policy, document.day.length_s)
        keys = [key for key in ("outward", "return_leg") if getattr(shape, key) is not None]
        for key, leg in zip(keys, legs, strict=True):
            yield from _pin_problems(leg, ("bookings", i, key.removesuffix("_leg")), document)
        if len(legs) == 2:
            yield from _return_problems(*legs, ("bookings", i, "return"), document)


def _pin_problems(leg: Leg, at: tuple[Part, ...], document: Document) -> Iterator[Problem]:
    if leg.pin is None or leg.pin.pickup_s is None:
        return
    earliest_s = 0 if leg.pickup_window is None else leg.pickup_window.earliest_s
    latest_s = _latest_pickup_s(leg, document)
    if (
        leg.pin.pickup_s + leg.pin.tolerance_s < earliest_s
        or leg.pin.pickup_s - leg.pin.tolerance_s > latest_s
    ):
        wall = document.day.wall
        expected = f"une heure de {wall(earliest_s)} à {wall(latest_s)}, créneau du trajet"
        where = pointer((*at, "pin", "pickup"))
        yield problem("pin", where, shorten(wall(leg.pin.pickup_s)), expected)


def _return_problems(
    outward: Leg, back: Leg, at: tuple[Part, ...], document: Document
) -> Iterator[Problem]:
    windows = (outward.pickup_window, outward.dropoff_window)
    arrival_s = max([w.earliest_s for w in windows if w is not None], default=0)
    latest_s = _latest_pickup_s(back, document)
    if latest_s < arrival_s:
        expected = f"un départ à partir de {document.day.wall(arrival_s)}, arrivée de l’aller"
        value = f"au plus tard {document.day.wall(latest_s)}"
        yield problem("return-too-early", pointer(at), value, expected)


def _latest_pickup_s(leg: Leg, document: Document) -> int:
    windows = (leg.pickup_window, leg.dropoff_window)
    return min([w.latest_s for w in windows if w is not None], default=document.day.length_s)


def _places_without_row(document: Document, travel: MatrixShape) -> Iterator[Problem]:
    rows = set(travel.places)
    known = {place.id for place in document.places.values()}
    if not rows <= known:
        # A row under a misspelt name is told once, where it stands.
        return
    for place, user in _uses(document):
        if place in known and place not in rows:
            rows.add(place)
            expected = f"ce lieu, utilisé par {pointer(user)}"
            where = pointer(("travel", "places"))
            yield problem("matrix-lacks-place", where, shorten(place), expected)


def _uses(document: Document) -> Iterator[tuple[str | None, tuple[Part, ...]]]:
    for i, vehicle in document.vehicles.items():
        yield vehicle.depot, ("vehicles", i, "depot")
    for i, driver in document.drivers.items():
        yield driver.home, ("drivers", i, "home")
        for j, slot in enumerate(driver.protected_slots):
            yield slot.place, ("drivers", i, "protected_slots", j, "place")
    for i, shift in document.shifts.items():
        yield shift.start_place, ("shifts", i, "start_place")
        yield shift.end_place, ("shifts", i, "end_place")
    for i, booking in document.bookings.items():
        for key, leg in (("outward", booking.outward), ("return", booking.return_leg)):
            if leg is not None:
                yield leg.origin, ("bookings", i, key, "origin")
                yield leg.destination, ("bookings", i, key, "destination")
    yield from _optional_uses(document)


def _optional_uses(document: Document) -> Iterator[tuple[str | None, tuple[Part, ...]]]:
    for i, flexible in document.flexible_bookings.items():
        yield flexible.home, ("flexible_bookings", i, "home")
        yield flexible.place, ("flexible_bookings", i, "place")
    for i, event in document.group_events.items():
        yield event.place, ("group_events", i, "place")
        for j, attendance in enumerate(event.attendances):
            yield attendance.home, ("group_events", i, "attendances", j, "home")
    for i, target in document.protected_targets.items():
        yield target.place, ("protected_targets", i, "place")
