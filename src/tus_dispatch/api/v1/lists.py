"""The kinds of things whose lists need nothing beyond their shapes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from tus_dispatch.api.errors import failure
from tus_dispatch.api.query import Flag, PageQuery
from tus_dispatch.api.v1.kept import KeptKind, Reference, with_unseen
from tus_dispatch.api.v1.schemas import drivers, fleet, people, places, shifts, standing
from tus_dispatch.api.v1.schemas.base import Day
from tus_dispatch.desk.live.vehicle_calendar import expect_free
from tus_dispatch.domain.demand import LegRequest, Participant
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import (
    ContractPattern,
    DriverTime,
    FleetItem,
    FleetKind,
    KeptPlace,
    KeptReferral,
    ShiftRule,
    VehicleUse,
)
from tus_dispatch.domain.standing import StandingBooking, WallLeg
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.formats.native.texts import Id
from tus_dispatch.store import resources
from tus_dispatch.store.session import Session


class PlaceQuery(PageQuery):
    """Parameters of the list of places."""

    is_partner: Flag | None = None
    home_of: Id | None = None


class VehicleQuery(PageQuery):
    """Parameters of the list of vehicles."""

    kind: Annotated[FleetKind, Field(strict=False)] | None = None


class VehicleUseQuery(PageQuery):
    """Parameters of the calendar of vehicles."""

    vehicle: Id | None = None
    participant: Id | None = None


class ContractQuery(PageQuery):
    """Parameters of the list of contract patterns."""

    driver: Id | None = None


class DriverTimeQuery(PageQuery):
    """Parameters of the list of absences and protected slots."""

    driver: Id | None = None


class ShiftQuery(PageQuery):
    """Parameters of the list of shifts."""

    service_date: Day | None = None
    applies_on: Day | None = None
    driver: Id | None = None
    vehicle: Id | None = None


class PersonQuery(PageQuery):
    """Parameters of lists that belong to a participant."""

    participant: Id | None = None


def referred(actor: Actor) -> Mapping[str, object]:
    """Return the filter that keeps a prescriber to the people referred on that behalf."""
    return {"referred_by": actor.prescriber} if actor.role is Role.PRESCRIBER else {}


def is_referred(session: Session, actor: Actor, participant: str) -> bool:
    """Tell whether a participant is within a caller's reach.

    Parameters
    ----------
    session, actor
        Where and for whom.
    participant
        Who.

    Returns
    -------
    bool
        True for everybody but prescribers, who reach whom they referred.
    """
    if actor.role is not Role.PRESCRIBER:
        return True
    person = ParticipantId(participant)
    found = resources.referrals_of(session, actor.organisation, (person,)).get(person, ())
    return any(each.prescriber == actor.prescriber for each in found)


def _is_place_within(session: Session, actor: Actor, record: Record[KeptPlace]) -> bool:
    home_of = record.value.home_of
    return home_of is None or is_referred(session, actor, home_of)


def _is_participant_within(session: Session, actor: Actor, record: Record[Participant]) -> bool:
    return is_referred(session, actor, record.id)


def _is_referral_within(_session: Session, actor: Actor, record: Record[KeptReferral]) -> bool:
    return actor.role is not Role.PRESCRIBER or record.value.referral.prescriber == actor.prescriber


def is_standing_within(session: Session, actor: Actor, record: Record[StandingBooking]) -> bool:
    """Tell whether a standing booking is of somebody within reach."""
    return is_referred(session, actor, record.value.participant)


def _own_referral(actor: Actor, kept: KeptReferral) -> KeptReferral:
    if actor.role is not Role.PRESCRIBER:
        return kept
    return replace(kept, referral=replace(kept.referral, prescriber=actor.prescriber))


def _own_place(actor: Actor, kept: KeptPlace) -> KeptPlace:
    """Let a prescriber add homes of people within reach, and no places for everybody."""
    if actor.role is Role.PRESCRIBER and kept.home_of is None:
        detail = "Une personne prescriptrice ajoute seulement le domicile d’une personne suivie."
        raise failure("home-missing", detail, "/home_of", "l’identifiant de cette personne")
    return kept


def _place_references(kept: KeptPlace) -> Iterable[Reference]:
    # A home may be a participant's or a driver's; prescribers know participants only.
    if kept.home_of is not None:
        kind = DRIVERS if kept.home_of.startswith("drv_") else PARTICIPANTS
        yield Reference("/home_of", kind, kept.home_of)


def _vehicle_references(item: FleetItem) -> Iterable[Reference]:
    yield Reference("/depot", PLACES, item.vehicle.depot)


def _use_references(use: VehicleUse) -> Iterable[Reference]:
    yield Reference("/vehicle", VEHICLES, use.vehicle)
    if use.participant is not None:
        yield Reference("/participant", PARTICIPANTS, use.participant)


def _expect_vehicle(session: Session, actor: Actor, use: VehicleUse, own: str | None) -> None:
    expect_free(session, actor.organisation, use, own)


def _driver_references(driver: Driver) -> Iterable[Reference]:
    if driver.home is not None:
        yield Reference("/home", PLACES, driver.home)


def _contract_references(pattern: ContractPattern) -> Iterable[Reference]:
    yield Reference("/driver", DRIVERS, pattern.driver)


def _time_references(time: DriverTime) -> Iterable[Reference]:
    yield Reference("/driver", DRIVERS, time.driver)
    if time.place is not None:
        yield Reference("/place", PLACES, time.place)


def _shift_references(rule: ShiftRule) -> Iterable[Reference]:
    yield Reference("/vehicle", VEHICLES, rule.vehicle)
    yield Reference("/start_place", PLACES, rule.start_place)
    yield Reference("/end_place", PLACES, rule.end_place)
    if rule.driver is not None:
        yield Reference("/driver", DRIVERS, rule.driver)
    if rule.replaces is not None:
        yield Reference("/replaces", SHIFTS, rule.replaces)


def _participant_references(participant: Participant) -> Iterable[Reference]:
    for number, other in enumerate(participant.never_with):
        yield Reference(f"/never_with/{number}", PARTICIPANTS, other)
    if participant.regular_driver is not None:
        yield Reference("/regular_driver", DRIVERS, participant.regular_driver)


def _referral_references(kept: KeptReferral) -> Iterable[Reference]:
    yield Reference("/participant", PARTICIPANTS, kept.participant)


def leg_references(
    participant: str, legs: Mapping[str, WallLeg | LegRequest | None]
) -> Iterable[Reference]:
    """Name what a booking of either kind refers to.

    Parameters
    ----------
    participant
        Who travels.
    legs
        By the name of their field.

    Yields
    ------
    Reference
        The participant, then the places.
    """
    yield Reference("/participant", PARTICIPANTS, participant)
    for name, leg in legs.items():
        if leg is not None:
            yield Reference(f"/{name}/origin", PLACES, leg.origin)
            yield Reference(f"/{name}/destination", PLACES, leg.destination)


def _standing_references(standing: StandingBooking) -> Iterable[Reference]:
    legs = {"outward": standing.outward, "return": standing.return_leg}
    return leg_references(standing.participant, legs)


PLACES: KeptKind[KeptPlace] = KeptKind(
    "/v1/places",
    "place",
    resources.PLACES,
    places.PlaceBody,
    places.PlaceAnswer,
    places.place_data,
    query=PlaceQuery,
    references=_place_references,
    narrowing=referred,
    is_within=_is_place_within,
    owned=_own_place,
    shown=lambda record: (record.value.home_of,) if record.value.home_of else (),
    is_personal=True,
)
VEHICLES: KeptKind[FleetItem] = KeptKind(
    "/v1/vehicles",
    "vehicle",
    resources.FLEET,
    fleet.VehicleBody,
    fleet.VehicleAnswer,
    fleet.vehicle_data,
    query=VehicleQuery,
    references=_vehicle_references,
)
VEHICLE_CALENDAR: KeptKind[VehicleUse] = KeptKind(
    "/v1/vehicle-calendar",
    "vehicle_use",
    resources.VEHICLE_USES,
    fleet.VehicleUseBody,
    fleet.VehicleUseAnswer,
    fleet.vehicle_use_data,
    query=VehicleUseQuery,
    references=_use_references,
    expect_room=_expect_vehicle,
)
DRIVERS: KeptKind[Driver] = KeptKind(
    "/v1/drivers",
    "driver",
    resources.DRIVERS,
    drivers.DriverBody,
    drivers.DriverAnswer,
    drivers.driver_data,
    references=_driver_references,
    shown=lambda record: (record.id,),
    is_personal=True,
    carried=lambda before, after: with_unseen(before, after, drivers.DriverBody),
)
CONTRACTS: KeptKind[ContractPattern] = KeptKind(
    "/v1/contracts",
    "contract_pattern",
    resources.CONTRACTS,
    drivers.ContractBody,
    drivers.ContractAnswer,
    drivers.contract_data,
    query=ContractQuery,
    references=_contract_references,
)
DRIVER_TIMES: KeptKind[DriverTime] = KeptKind(
    "/v1/driver-times",
    "driver_time",
    resources.DRIVER_TIMES,
    drivers.DriverTimeBody,
    drivers.DriverTimeAnswer,
    drivers.driver_time_data,
    query=DriverTimeQuery,
    references=_time_references,
)
SHIFTS: KeptKind[ShiftRule] = KeptKind(
    "/v1/shifts",
    "shift",
    resources.SHIFT_RULES,
    shifts.ShiftBody,
    shifts.ShiftAnswer,
    shifts.shift_data,
    query=ShiftQuery,
    references=_shift_references,
)
PARTICIPANTS: KeptKind[Participant] = KeptKind(
    "/v1/participants",
    "participant",
    resources.PARTICIPANTS,
    people.ParticipantBody,
    people.ParticipantAnswer,
    people.participant_data,
    references=_participant_references,
    narrowing=referred,
    is_within=_is_participant_within,
    shown=lambda record: (record.id,),
    is_personal=True,
    carried=lambda before, after: with_unseen(before, after, people.ParticipantBody),
)
REFERRALS: KeptKind[KeptReferral] = KeptKind(
    "/v1/referrals",
    "referral",
    resources.REFERRALS,
    people.ReferralBody,
    people.ReferralAnswer,
    people.referral_data,
    query=PersonQuery,
    references=_referral_references,
    narrowing=lambda actor: (
        {"prescriber": actor.prescriber} if actor.role is Role.PRESCRIBER else {}
    ),
    is_within=_is_referral_within,
    shown=lambda record: (record.value.participant,),
    owned=_own_referral,
)
STANDING: KeptKind[StandingBooking] = KeptKind(
    "/v1/standing-bookings",
    "standing_booking",
    resources.STANDING,
    standing.StandingBody,
    standing.StandingAnswer,
    standing.standing_data,
    query=PersonQuery,
    references=_standing_references,
    narrowing=referred,
    is_within=is_standing_within,
)
