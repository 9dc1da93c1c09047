"""A day as a file comes in and goes out; what is known already is not kept twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from tus_dispatch.desk.live.assemble import among_themselves
from tus_dispatch.desk.live.check import expect_known_travel
from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.exchange_daytime import keep_optional
from tus_dispatch.desk.live.renaming import (
    renamed_booking,
    renamed_law,
    renamed_person,
    renamed_travel,
)
from tus_dispatch.desk.live.take_apart import KeptDay, take_apart
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import FleetItem, KeptPlace
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    ParticipantId,
    PlaceId,
    ShiftId,
    VehicleId,
)
from tus_dispatch.store import organisations
from tus_dispatch.store.resource import Resource
from tus_dispatch.store.resources import (
    BOOKINGS,
    DRIVER_TIMES,
    DRIVERS,
    FLEET,
    PARTICIPANTS,
    PLACES,
    REFERRALS,
    SHIFT_RULES,
    VEHICLE_USES,
)
from tus_dispatch.store.session import Session

T = TypeVar("T")


@dataclass(slots=True)
class Imported:
    """What a file's identities became.

    Attributes
    ----------
    places, vehicles, drivers, shifts, participants, bookings
        New identity by the one in the file.
    """

    places: dict[PlaceId, PlaceId] = field(default_factory=dict)
    vehicles: dict[VehicleId, VehicleId] = field(default_factory=dict)
    drivers: dict[DriverId, DriverId] = field(default_factory=dict)
    shifts: dict[ShiftId, ShiftId] = field(default_factory=dict)
    participants: dict[ParticipantId, ParticipantId] = field(default_factory=dict)
    bookings: dict[BookingId, BookingId] = field(default_factory=dict)


def import_day(session: Session, actor: Actor, scenario: Scenario) -> Imported:
    """Keep a day that comes from a file.

    Parameters
    ----------
    session
        Of a write.
    actor
        Whose hand, and whose association.
    scenario
        A checked day.

    Returns
    -------
    Imported
        New identities. Places, vehicles, drivers and people that the
        association knows, the same in everything but their identity, are not
        kept twice. An association without any place takes over territory,
        objective, policy, law and travel times of the file.

    Raises
    ------
    ConflictError
        When the day has shifts or bookings already, or the file's clocks or
        travel times are not those of the association.
    """
    organisation = actor.organisation
    _expect_empty(session, organisation, scenario.day.date)
    expect_known_travel(scenario, organisations.load(session, organisation).value.travel)
    is_new = not PLACES.page(session, organisation, limit=1).records
    if not is_new:
        _expect_clock(session, organisation, scenario)
    importer = _Importer(session, actor, take_apart(scenario))
    importer.run()
    keep_optional(session, actor, scenario, importer.made)
    if is_new:
        _take_settings(session, actor, scenario, importer.made)
    return importer.made


def export_day(session: Session, organisation: OrganisationId, service_date: date) -> Scenario:
    """Return a day as a file holds it, with names and addresses.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    Scenario
        As it is now, without plans.
    """
    return among_themselves(scenario_of(session, organisation, service_date))


def _expect_empty(session: Session, organisation: OrganisationId, service_date: date) -> None:
    has_shifts = SHIFT_RULES.page(session, organisation, limit=1, service_date=service_date).records
    has_bookings = BOOKINGS.page(session, organisation, limit=1, service_date=service_date).records
    if has_shifts or has_bookings:
        raise conflicting("day-not-empty", "service_date", service_date)


def _expect_clock(session: Session, organisation: OrganisationId, scenario: Scenario) -> None:
    territory = organisations.load(session, organisation).value.territory
    if territory.time_zone != scenario.day.time_zone:
        raise conflicting("other-time-zone", "/territory/time_zone", scenario.day.time_zone)


def _take_settings(session: Session, actor: Actor, scenario: Scenario, made: Imported) -> None:
    record = organisations.load(session, actor.organisation)
    value = replace(
        record.value,
        territory=scenario.territory,
        objective=scenario.objective,
        policy=scenario.policy,
        travel=renamed_travel(scenario.travel, made.places),
        law=None if scenario.law is None else renamed_law(scenario.law, made.places),
        working_time=scenario.working_time,
    )
    organisations.change(session, actor.organisation, record.version, value, actor=actor)


class _Importer:
    """Keeps the parts of a day in an order in which nothing names what is not there yet."""

    def __init__(self, session: Session, actor: Actor, kept: KeptDay) -> None:
        self.session, self.actor, self.kept = session, actor, kept
        self.made = Imported()

    def run(self) -> None:
        """Keep everything."""
        new = self._participants()
        drivers = self._drivers()
        self._acquaintances(new)
        self._places()
        self._homes(drivers)
        self._fleet()
        self._calendars()
        self._rules()
        self._bookings()

    def _add(self, resource: Resource[T], value: T) -> Record[T]:
        return resource.add(self.session, self.actor.organisation, value, actor=self.actor)

    def _known(self, resource: Resource[T], key: Callable[[T], object]) -> dict[object, str]:
        records = resource.all(self.session, self.actor.organisation)
        return {key(each.value): each.id for each in reversed(records)}

    def _participants(self) -> list[tuple[Participant, Record[Participant]]]:
        """Keep people, and return those who are new."""
        known = self._known(PARTICIPANTS, _person_key)
        new: list[tuple[Participant, Record[Participant]]] = []
        for person in self.kept.participants:
            identity = known.get(_person_key(person)) if person.last_name else None
            if identity is None:
                record = self._add(
                    PARTICIPANTS, replace(person, never_with=(), regular_driver=None)
                )
                new.append((person, record))
                identity = record.id
            self.made.participants[person.id] = ParticipantId(identity)
        added = {person.id for person, _ in new}
        for referral in self.kept.referrals:
            if referral.participant in added:
                participant = self.made.participants[referral.participant]
                self._add(REFERRALS, replace(referral, participant=participant))
        return new

    def _acquaintances(self, new: list[tuple[Participant, Record[Participant]]]) -> None:
        """Note whom people are never to meet and who usually drives them, once all are kept."""
        for person, record in new:
            if person.never_with or person.regular_driver is not None:
                named = renamed_person(person, self.made.participants, self.made.drivers)
                self._change(PARTICIPANTS, record, named)

    def _change(self, resource: Resource[T], record: Record[T], value: T) -> None:
        resource.change(
            self.session,
            self.actor.organisation,
            record.id,
            record.version,
            value,
            actor=self.actor,
        )

    def _drivers(self) -> list[tuple[Driver, Record[Driver]]]:
        known = self._known(DRIVERS, _driver_key)
        new = []
        for driver in self.kept.drivers:
            identity = known.get(_driver_key(driver)) if driver.last_name else None
            if identity is None:
                record = self._add(DRIVERS, replace(driver, home=None))
                new.append((driver, record))
                identity = record.id
            self.made.drivers[driver.id] = DriverId(identity)
        return new

    def _places(self) -> None:
        people: dict[str, str] = dict(self.made.participants.items())
        people.update(self.made.drivers.items())
        named = [
            replace(each, home_of=None if each.home_of is None else people[each.home_of])
            for each in self.kept.places
        ]
        known = self._known(PLACES, _place_key)
        for place in named:
            identity = known.get(_place_key(place)) or self._add(PLACES, place).id
            self.made.places[place.place.id] = PlaceId(identity)

    def _homes(self, drivers: Iterable[tuple[Driver, Record[Driver]]]) -> None:
        for driver, record in drivers:
            if driver.home is not None:
                home = self.made.places[driver.home]
                self._change(DRIVERS, record, replace(driver, id=DriverId(record.id), home=home))

    def _fleet(self) -> None:
        known = self._known(FLEET, _vehicle_key)
        for item in self.kept.fleet:
            depot = self.made.places[item.vehicle.depot]
            moved = replace(item, vehicle=replace(item.vehicle, depot=depot))
            identity = known.get(_vehicle_key(moved)) or self._add(FLEET, moved).id
            self.made.vehicles[item.vehicle.id] = VehicleId(identity)

    def _calendars(self) -> None:
        for use in self.kept.uses:
            self._add(VEHICLE_USES, replace(use, vehicle=self.made.vehicles[use.vehicle]))
        for time in self.kept.driver_times:
            place = None if time.place is None else self.made.places[time.place]
            self._add(
                DRIVER_TIMES, replace(time, driver=self.made.drivers[time.driver], place=place)
            )

    def _rules(self) -> None:
        places = self.made.places
        for shift, rule in self.kept.rules:
            driver = None if rule.driver is None else self.made.drivers[rule.driver]
            record = self._add(
                SHIFT_RULES,
                replace(
                    rule,
                    vehicle=self.made.vehicles[rule.vehicle],
                    driver=driver,
                    start_place=places[rule.start_place],
                    end_place=places[rule.end_place],
                ),
            )
            self.made.shifts[shift.id] = ShiftId(record.id)

    def _bookings(self) -> None:
        made = self.made
        for dated in self.kept.bookings:
            asked = renamed_booking(
                dated.booking,
                places=made.places,
                shifts=made.shifts,
                participants=made.participants,
            )
            record = self._add(BOOKINGS, replace(dated, booking=asked))
            made.bookings[dated.booking.id] = BookingId(record.id)


def _place_key(kept: KeptPlace) -> object:
    return replace(kept.place, id=PlaceId("")), kept.home_of


def _vehicle_key(item: FleetItem) -> object:
    return replace(item, vehicle=replace(item.vehicle, id=VehicleId(""), absences=()))


def _driver_key(driver: Driver) -> object:
    return driver.first_name, driver.last_name, driver.phone


def _person_key(person: Participant) -> object:
    return person.first_name, person.last_name, person.phone
