"""Service days read from the store: as they are now, and with the plans they have."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tus_dispatch.desk.live.assemble import DayRecords, place_of, scenario_from
from tus_dispatch.desk.live.assemble_daytime import OptionalRecords
from tus_dispatch.desk.live.snapshots import KeptPlan, KeptTexts, Names, read_texts, with_names
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service import DayPointer, PlanVersion
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId
from tus_dispatch.store import daytime, organisations, plans
from tus_dispatch.store.plans import PlanRecord
from tus_dispatch.store.resources import (
    BOOKINGS,
    DRIVER_TIMES,
    DRIVERS,
    FLEET,
    PARTICIPANTS,
    PLACES,
    SHIFT_RULES,
    VEHICLE_USES,
    referrals_of,
)
from tus_dispatch.store.session import Session
from tus_dispatch.store.uses import duties_before

_REMEMBERED_PLANS = 64
# The mean of weekly hours is taken over twelve weeks; what lies further back, as the
# night minutes of a year, is told by the driver's own counters.
_LOOKED_BACK = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class DayNow:
    """A day as it is at one moment.

    Attributes
    ----------
    pointer
        Which versions count.
    records
        What it is made of.
    scenario
        The day itself.
    """

    pointer: DayPointer
    records: DayRecords
    scenario: Scenario

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of the association, also those the day does not use."""
        return tuple(place_of(each) for each in self.records.places)


def scenario_of(session: Session, organisation: OrganisationId, service_date: date) -> Scenario:
    """Return a service day as it is now.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    Scenario
        With everybody's names.
    """
    return scenario_from(records_of(session, organisation, service_date))


def day_now(session: Session, organisation: OrganisationId, service_date: date) -> DayNow:
    """Return a service day with what it is made of.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    DayNow
        One moment of it.
    """
    records = records_of(session, organisation, service_date)
    pointer = plans.pointer(session, organisation, service_date)
    return DayNow(pointer, records, scenario_from(records))


def records_of(session: Session, organisation: OrganisationId, service_date: date) -> DayRecords:
    """Return everything kept that a day is made of.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    DayRecords
        Ready to be put together.
    """
    settings = organisations.load(session, organisation).value
    day = ServiceDay(service_date, settings.territory.time_zone)
    period = (day.start_at, day.start_at + day.length_s)
    bookings = BOOKINGS.all(session, organisation, service_date=service_date)
    optional = OptionalRecords(
        flexible=daytime.FLEXIBLE.all(session, organisation, on=service_date),
        events=daytime.EVENTS.all(session, organisation, service_date=service_date),
        attendances=daytime.ATTENDANCES.all(session, organisation, on=service_date),
        targets=daytime.TARGETS.all(session, organisation, service_date=service_date),
    )
    asking = (each.value.booking.participant for each in bookings)
    travelling = tuple(dict.fromkeys((*asking, *optional.people())))
    return DayRecords(
        organisation=settings,
        service_date=service_date,
        places=PLACES.all(session, organisation),
        fleet=FLEET.all(session, organisation),
        drivers=DRIVERS.all(session, organisation),
        uses=[each.value for each in VEHICLE_USES.all(session, organisation, overlaps=period)],
        driver_times=[
            each.value for each in DRIVER_TIMES.all(session, organisation, overlaps=period)
        ],
        shift_rules=SHIFT_RULES.all(session, organisation, applies_on=service_date),
        participants=PARTICIPANTS.many(session, organisation, travelling),
        referrals=_referrals(session, organisation, travelling),
        bookings=bookings,
        optional=optional,
        duties=duties_before(session, organisation, service_date - _LOOKED_BACK, service_date),
    )


def with_asked(
    session: Session, organisation: OrganisationId, records: DayRecords, asked: Record[DatedBooking]
) -> DayRecords:
    """Add a booking that is only asked for to what a day is made of.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose.
    records
        Of the day.
    asked
        Under an identity that is free.

    Returns
    -------
    DayRecords
        With the person and the person's referrals.

    Raises
    ------
    NotFoundError
        When the association does not know the person.
    """
    person = asked.value.booking.participant
    bookings = (*records.bookings, asked)
    if any(each.id == person for each in records.participants):
        return replace(records, bookings=bookings)
    known = PARTICIPANTS.get(session, organisation, person)
    return replace(
        records,
        bookings=bookings,
        participants=(*records.participants, known),
        referrals=(*records.referrals, *_referrals(session, organisation, (person,))),
    )


def load_version(
    session: Session, organisation: OrganisationId, service_date: date, number: int
) -> PlanVersion:
    """Return a version of a plan with everybody's names as they are now.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date, number
        Which version.

    Returns
    -------
    PlanVersion
        Whoever was erased is nameless.

    Raises
    ------
    NotFoundError
        When there is no such version.
    """
    record = plans.load(session, organisation, service_date, number)
    return PlanVersion(
        id=record.id,
        number=record.number,
        parent=record.parent,
        sha256=record.sha256,
        origin=record.origin,
        made_at=record.made_at,
        plan=with_names(kept_plan(record).plan, names_of(session, organisation, record)),
    )


def kept_plan(record: PlanRecord) -> KeptPlan:
    """Return a version as it was kept, read once while it is in use."""
    return _read(KeptTexts(record.plan_text, record.snapshot_text))


def names_of(session: Session, organisation: OrganisationId, record: PlanRecord) -> Names:
    """Return who and what the identities of a version stand for now.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, record
        Which version.

    Returns
    -------
    Names
        Without those who were erased.
    """
    scenario = kept_plan(record).plan.scenario
    places = PLACES.many(session, organisation, [each.id for each in scenario.places])
    people = PARTICIPANTS.many(session, organisation, [each.id for each in scenario.participants])
    drivers = DRIVERS.many(session, organisation, [each.id for each in scenario.drivers])
    return Names(
        places={PlaceId(each.id): place_of(each) for each in places},
        participants={ParticipantId(each.id): each.value for each in people},
        drivers={DriverId(each.id): each.value for each in drivers},
        travel=organisations.load(session, organisation).value.travel,
    )


@lru_cache(maxsize=_REMEMBERED_PLANS)
def _read(texts: KeptTexts) -> KeptPlan:
    return read_texts(texts)


def _referrals(
    session: Session, organisation: OrganisationId, people: tuple[ParticipantId, ...]
) -> list[KeptReferral]:
    found = referrals_of(session, organisation, people)
    return [KeptReferral(person, each) for person, own in found.items() for each in own]
