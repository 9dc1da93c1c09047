"""An association with a little of everything, in a database that a test may spoil."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic

from tests.makers import ANNE_OUT, five_legs, five_legs_plan
from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Participant
from tus_dispatch.domain.fleet import Configuration, Driver, Vehicle
from tus_dispatch.domain.organisation import AccountId, Actor, Organisation, OrganisationId, Role
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import FleetItem, FleetKind, KeptPlace
from tus_dispatch.domain.scenario import Territory
from tus_dispatch.domain.service import PlanOrigin
from tus_dispatch.domain.standing import BookingStatus, DatedBooking, LegState
from tus_dispatch.domain.units import BookingId, DriverId, ParticipantId, PlaceId, VehicleId
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import dump_scenario
from tus_dispatch.store import organisations, plans
from tus_dispatch.store.resources import BOOKINGS, DRIVERS, FLEET, PARTICIPANTS, PLACES
from tus_dispatch.store.session import Database, Session

# Monday 9 March 2026, 09:00 in Paris.
NOW_AT = 1_773_043_200
TODAY = date(2026, 3, 9)
DAY = date(2026, 3, 10)
KEY = bytes(range(32))
NEW = PlaceId("new")


class SetClock:
    """A clock that shows what a test sets."""

    def __init__(self, at: int = NOW_AT) -> None:
        self.at = at

    def now_at(self) -> int:
        """Return the instant that was set."""
        return self.at

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        return monotonic()


@dataclass(frozen=True, slots=True)
class World:
    """What there is in the association.

    Attributes
    ----------
    organisation, dispatcher
        Whose data, and whose hand.
    gare, bourg
        Two places.
    anne, driver, vehicle
        Somebody to carry, somebody to drive, something to drive.
    """

    organisation: OrganisationId
    dispatcher: Actor
    gare: Record[KeptPlace]
    bourg: Record[KeptPlace]
    anne: Record[Participant]
    driver: Record[Driver]
    vehicle: Record[FleetItem]


@contextmanager
def opened(url: str, clock: SetClock | None = None) -> Iterator[Database]:
    """Open a database for a test and close it in the end."""
    database = Database.open(url, clock=clock or SetClock(), event_key=KEY)
    try:
        yield database
    finally:
        database.close()


def sqlite_url(folder: Path) -> str:
    """Return the address of a file in a folder."""
    return f"sqlite:///{folder / 'tus.db'}"


def make_world(session: Session, name: str = "Association d’essai") -> World:
    """Found an association and fill it."""
    organisation = organisations.create(session, Organisation(name, Territory("Pays d’essai")))
    hand = Actor(organisation, AccountId("acc_regulation"), Role.DISPATCHER)
    gare = add_place(session, organisation, "Gare", 47.0)
    return World(
        organisation=organisation,
        dispatcher=hand,
        gare=gare,
        bourg=add_place(session, organisation, "Bourg", 47.1),
        anne=PARTICIPANTS.add(session, organisation, anne(), actor=hand),
        driver=DRIVERS.add(
            session, organisation, Driver(DriverId("new"), "Dominique", "Durand"), actor=hand
        ),
        vehicle=FLEET.add(
            session,
            organisation,
            FleetItem(
                Vehicle(VehicleId("new"), "Kangoo", PlaceId(gare.id), (Configuration(4),)),
                FleetKind.CAR,
            ),
            actor=hand,
        ),
    )


def add_place(
    session: Session, organisation: OrganisationId, name: str, lat: float, **details: str
) -> Record[KeptPlace]:
    """Add a place on the meridian of 2 degrees."""
    place = Place(NEW, name, LatLon(lat=lat, lon=2.0), address=details.pop("address", None))
    return PLACES.add(session, organisation, KeptPlace(place, details.get("home_of")), actor=None)


def anne() -> Participant:
    """Return somebody who rides in a wheelchair."""
    return Participant(
        ParticipantId("new"), "Anne", "Aubert", phone="+33 6 39 98 00 01", wheelchair=True
    )


def booking_of(world: World, day: date = DAY, priority: int = 0) -> DatedBooking:
    """Return a booking from the station to the town."""
    leg = LegRequest(PlaceId(world.gare.id), PlaceId(world.bourg.id), arrive_by_s=18_000)
    booking = Booking(
        BookingId("new"), ParticipantId(world.anne.id), outward=leg, priority=priority
    )
    return DatedBooking(day, booking, (LegState(Direction.OUTWARD, BookingStatus.REQUESTED),))


def add_booking(session: Session, world: World, day: date = DAY) -> Record[DatedBooking]:
    """Book a trip."""
    return BOOKINGS.add(session, world.organisation, booking_of(world, day), actor=world.dispatcher)


def save_plan(
    session: Session, world: World, plan: Plan | None = None, *, base: int | None = None
) -> int:
    """Keep a version of the plan everybody knows by heart, or of another one."""
    plan = plan or five_legs_plan()
    return plans.save(
        session,
        world.organisation,
        plan.scenario.day.date,
        plan_text=dump_plan(plan),
        snapshot_text=dump_scenario(plan.scenario),
        origin=PlanOrigin.SOLVE,
        base=base,
        actor=world.dispatcher,
    )


def with_double_use() -> Plan:
    """Return a plan whose minibus drives two rounds at the same time."""
    plan = five_legs_plan()
    first = plan.rounds[0]
    again: Round = replace(first, shift=five_legs().shifts[1].id)
    return replace(plan, rounds=(first, again))


FIRST_LEG = ANNE_OUT
