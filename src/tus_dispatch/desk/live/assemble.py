"""From what an association keeps to one service day: a pure function of its records."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from tus_dispatch.desk.live.assemble_daytime import (
    OptionalRecords,
    law_for,
    optional_of,
)
from tus_dispatch.desk.live.leg_states import ACTIVE
from tus_dispatch.desk.live.shifts import shifts_on
from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Participant
from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    Driver,
    ProtectedSlot,
    Shift,
    Vehicle,
)
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import (
    DriverTime,
    FleetItem,
    KeptPlace,
    KeptReferral,
    ShiftRule,
    VehicleState,
    VehicleUse,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.travel_source import MatrixSource, TravelSource
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    ParticipantId,
    PlaceId,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.formats.wording import long_date
from tus_dispatch.rules.working_time.case import joined

T = TypeVar("T")

# What a vehicle does when it does not carry passengers; dispatch is no absence.
_REASONS = {
    VehicleState.RENTED: AbsenceReason.RENTED,
    VehicleState.WORKSHOP: AbsenceReason.WORKSHOP,
    VehicleState.CHARGING: AbsenceReason.CHARGING,
    VehicleState.SCHOOL: AbsenceReason.OTHER,
    VehicleState.UNAVAILABLE: AbsenceReason.OTHER,
    VehicleState.GOODS_FOR_HIRE: AbsenceReason.OTHER,
}


@dataclass(frozen=True, slots=True)
class DayRecords:
    """Everything kept that a service day is made of.

    Attributes
    ----------
    organisation
        Settings.
    service_date
        Which day.
    places, fleet, drivers
        All there are.
    uses, driver_times
        Those that touch the day.
    shift_rules
        Weekly ones, and those of the day.
    participants, referrals
        At least those of whoever travels.
    bookings
        Those of the day.
    optional
        What the day may be filled with.
    duties
        By driver, sign-on and sign-off on the days before, as far as the law
        of working time looks back.
    """

    organisation: Organisation
    service_date: date
    places: Sequence[Record[KeptPlace]] = ()
    fleet: Sequence[Record[FleetItem]] = ()
    drivers: Sequence[Record[Driver]] = ()
    uses: Sequence[VehicleUse] = ()
    driver_times: Sequence[DriverTime] = ()
    shift_rules: Sequence[Record[ShiftRule]] = ()
    participants: Sequence[Record[Participant]] = ()
    referrals: Sequence[KeptReferral] = ()
    bookings: Sequence[Record[DatedBooking]] = ()
    optional: OptionalRecords = field(default_factory=OptionalRecords)
    duties: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)


def scenario_from(records: DayRecords) -> Scenario:
    """Put a service day together.

    Parameters
    ----------
    records
        What is kept.

    Returns
    -------
    Scenario
        Places are those in use and all that are nobody's home, so that a
        caller can be taken to any of them. A driver who is absent leaves the
        shift open where its hours cannot give way. People never to meet are
        named even when they do not travel, as they may still ask to.
    """
    organisation = records.organisation
    day = ServiceDay(records.service_date, organisation.territory.time_zone)
    vehicles = _vehicles(records, day)
    drivers = _drivers(records, day)
    away = _away(records, day)
    shifts = shifts_on(records.shift_rules, day, vehicles, drivers, away)
    bookings = _bookings(records, {shift.id for shift in shifts})
    optional = optional_of(
        records.optional, day, records.participants, {each.id for each in bookings}
    )
    people = {*(each.participant for each in bookings), *optional.people()}
    used = {*_used_places(vehicles, drivers, shifts, bookings), *optional.places()}
    places = _places(records, used)
    return Scenario(
        name=f"Journée du {long_date(records.service_date)}",
        territory=organisation.territory,
        day=day,
        places=places,
        vehicles=vehicles,
        drivers=drivers,
        shifts=shifts,
        participants=_participants(records, people),
        bookings=bookings,
        objective=organisation.objective,
        policy=organisation.policy,
        travel=travel_for(organisation.travel, [each.id for each in places]),
        working_time=organisation.working_time,
        flexible_bookings=optional.flexible,
        group_events=optional.events,
        protected_targets=optional.targets,
        law=law_for(organisation.law, places),
    )


def travel_for(travel: TravelSource, places: Collection[PlaceId]) -> TravelSource:
    """Return where times come from, a table of one's own cut to some places.

    Parameters
    ----------
    travel
        Of the association.
    places
        Those of the day.

    Returns
    -------
    TravelSource
        The same, or the part of a table that these places need.
    """
    if not isinstance(travel, MatrixSource):
        return travel
    wanted = set(places)
    rows = [at for at, place in enumerate(travel.places) if place in wanted]

    def cut(table: tuple[tuple[int | None, ...], ...]) -> tuple[tuple[int | None, ...], ...]:
        return tuple(tuple(table[i][j] for j in rows) for i in rows)

    return MatrixSource(
        tuple(travel.places[at] for at in rows), cut(travel.seconds), cut(travel.metres)
    )


def among_themselves(scenario: Scenario) -> Scenario:
    """Return a day in which people never to meet are named only when they travel too."""
    here = {each.id for each in scenario.participants}
    people = tuple(
        replace(each, never_with=tuple(other for other in each.never_with if other in here))
        for each in scenario.participants
    )
    return replace(scenario, participants=people)


def place_of(record: Record[KeptPlace]) -> Place:
    """Return a place under the identity it is kept by."""
    return replace(record.value.place, id=PlaceId(record.id))


def person_of(record: Record[Participant], referrals: Iterable[KeptReferral]) -> Participant:
    """Return a participant with their referrals.

    Parameters
    ----------
    record
        The person.
    referrals
        Of anybody.

    Returns
    -------
    Participant
        Under the identity it is kept by; those never to meet are still named.
    """
    own = [each.referral for each in referrals if each.participant == record.id]
    own.sort(key=lambda each: (each.starts_on, each.expires_on or date.max, each.prescriber or ""))
    return replace(record.value, id=ParticipantId(record.id), referrals=tuple(own))


def booking_of(record: Record[DatedBooking], *, only_active: bool = True) -> Booking | None:
    """Return what is still asked for, or None when nothing is.

    Parameters
    ----------
    record
        A booking with the state of its legs.
    only_active
        Whether legs that were cancelled or refused are left out.

    Returns
    -------
    Booking or None
        Under the identity it is kept by.
    """
    kept = record.value
    gone = {each.direction for each in kept.states if each.status not in ACTIVE}
    if not only_active:
        gone = set()
    asked = replace(
        kept.booking,
        id=BookingId(record.id),
        outward=None if Direction.OUTWARD in gone else kept.booking.outward,
        return_leg=None if Direction.RETURN in gone else kept.booking.return_leg,
    )
    return asked if asked.outward or asked.return_leg else None


def clipped(day: ServiceDay, from_at: int, until_at: int) -> TimeWindow | None:
    """Return the part of a period that lies in a service day, or None.

    Parameters
    ----------
    day
        Which day.
    from_at, until_at
        UTC epoch seconds.

    Returns
    -------
    TimeWindow or None
        Seconds of the day.
    """
    earliest_s = max(0, from_at - day.start_at)
    latest_s = min(day.length_s, until_at - day.start_at)
    return TimeWindow(earliest_s, latest_s) if earliest_s < latest_s else None


def _vehicles(records: DayRecords, day: ServiceDay) -> tuple[Vehicle, ...]:
    return tuple(
        replace(
            each.value.vehicle,
            id=VehicleId(each.id),
            absences=tuple(_absences(records.uses, VehicleId(each.id), day)),
        )
        for each in sorted(records.fleet, key=lambda each: (each.value.vehicle.name, each.id))
        if each.value.kind.is_dispatched
    )


def _absences(uses: Iterable[VehicleUse], vehicle: VehicleId, day: ServiceDay) -> Iterator[Absence]:
    for use in sorted(uses, key=lambda each: each.from_at):
        reason = _REASONS.get(use.state)
        window = clipped(day, use.from_at, use.until_at)
        if use.vehicle == vehicle and reason is not None and window is not None:
            yield Absence(window, reason)


def _drivers(records: DayRecords, day: ServiceDay) -> tuple[Driver, ...]:
    return tuple(
        replace(
            each.value,
            id=DriverId(each.id),
            protected_slots=tuple(_slots(records.driver_times, DriverId(each.id), day)),
            past_work=joined(
                # A break inside a duty counts as work here, so nobody is planned too long.
                WorkSpan(*span)
                for span in records.duties.get(each.id, ())
                if span[0] < span[1]
            ),
        )
        for each in sorted(records.drivers, key=lambda each: each.id)
    )


def _slots(
    times: Iterable[DriverTime], driver: DriverId, day: ServiceDay
) -> Iterator[ProtectedSlot]:
    for each in sorted(times, key=lambda each: each.from_at):
        window = clipped(day, each.from_at, each.until_at)
        if each.driver == driver and each.slot is not None and window is not None:
            yield ProtectedSlot(window, each.slot, each.place)


def _away(records: DayRecords, day: ServiceDay) -> dict[DriverId, tuple[TimeWindow, ...]]:
    away: dict[DriverId, tuple[TimeWindow, ...]] = {}
    for each in records.driver_times:
        window = clipped(day, each.from_at, each.until_at)
        if each.slot is None and window is not None:
            away[each.driver] = (*away.get(each.driver, ()), window)
    return away


def _bookings(records: DayRecords, shifts: Collection[ShiftId]) -> tuple[Booking, ...]:
    known = {each.id for each in records.participants}
    found = (booking_of(each) for each in sorted(records.bookings, key=lambda each: each.id))
    return tuple(
        replace(
            each,
            outward=_unpinned(each.outward, shifts),
            return_leg=_unpinned(each.return_leg, shifts),
        )
        for each in found
        if each is not None and each.participant in known
    )


def _unpinned(request: LegRequest | None, shifts: Collection[ShiftId]) -> LegRequest | None:
    """Forget a pin to a shift that the day does not have any more."""
    if request is None or request.pin is None or request.pin.shift is None:
        return request
    if request.pin.shift in shifts:
        return request
    pin = None if request.pin.pickup_s is None else replace(request.pin, shift=None)
    return replace(request, pin=pin)


def _participants(
    records: DayRecords, travelling: Collection[ParticipantId]
) -> tuple[Participant, ...]:
    drivers = {each.id for each in records.drivers}
    people = (
        person_of(each, records.referrals)
        for each in sorted(records.participants, key=lambda each: each.id)
        if each.id in travelling
    )
    # A driver who has left is nobody's usual driver any more.
    return tuple(
        each if each.regular_driver in drivers else replace(each, regular_driver=None)
        for each in people
    )


def _places(records: DayRecords, used: Collection[PlaceId]) -> tuple[Place, ...]:
    return tuple(
        place_of(each)
        for each in sorted(records.places, key=lambda each: each.id)
        if each.id in used or each.value.home_of is None
    )


def _used_places(
    vehicles: Iterable[Vehicle],
    drivers: Iterable[Driver],
    shifts: Iterable[Shift],
    bookings: Iterable[Booking],
) -> Iterator[PlaceId]:
    yield from (vehicle.depot for vehicle in vehicles)
    for driver in drivers:
        yield from () if driver.home is None else (driver.home,)
        yield from (slot.place for slot in driver.protected_slots if slot.place is not None)
    for shift in shifts:
        yield from (shift.start_place, shift.end_place)
    for booking in bookings:
        for request in (booking.outward, booking.return_leg):
            yield from () if request is None else (request.origin, request.destination)
