"""The kinds of records that people keep, each with its lists and the days it touches."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from tus_dispatch.domain.demand import Participant, Referral
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.organisation import Account, OrganisationId
from tus_dispatch.domain.roster import (
    ContractPattern,
    DriverTime,
    FleetItem,
    KeptPlace,
    KeptReferral,
    ShiftRule,
    VehicleUse,
)
from tus_dispatch.domain.standing import DatedBooking, StandingBooking
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store.days import Days, today, touching
from tus_dispatch.store.kind import Kind
from tus_dispatch.store.mapping import demand, fleet, people, places
from tus_dispatch.store.resource import Resource
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.access import AccountRow
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.demand import BookingRow, StandingRow
from tus_dispatch.store.tables.fleet import DriverTimeRow, ShiftRuleRow, VehicleRow, VehicleUseRow
from tus_dispatch.store.tables.people import (
    ContractRow,
    DriverRow,
    ParticipantRow,
    PersonRow,
    PlaceRow,
    ReferralRow,
)

_ACCOUNT = columns(AccountRow)
_BOOKING = columns(BookingRow)
_CONTRACT = columns(ContractRow)
_DRIVER = columns(DriverRow)
_DRIVER_TIME = columns(DriverTimeRow)
_PARTICIPANT = columns(ParticipantRow)
_PERSON = columns(PersonRow)
_PLACE = columns(PlaceRow)
_REFERRAL = columns(ReferralRow)
_SHIFT_RULE = columns(ShiftRuleRow)
_STANDING = columns(StandingRow)
_VEHICLE = columns(VehicleRow)
_VEHICLE_USE = columns(VehicleUseRow)


def _from_today(session: Session, organisation: str, _value: object) -> Days:
    return Days(first=today(session, organisation))


def _of_period(session: Session, organisation: str, value: VehicleUse | DriverTime) -> Days:
    # The end itself is free again, so the day it begins is not touched.
    return touching(session, organisation, (value.from_at, value.until_at - 1))


def _of_rule(session: Session, organisation: str, value: ShiftRule) -> Days:
    if value.service_date is not None:
        return Days(exact=(value.service_date,))
    first = today(session, organisation)
    return Days(first=max(first, value.valid_from or first), last=value.valid_until)


def _of_booking(_session: Session, _organisation: str, value: DatedBooking) -> Days:
    return Days(exact=(value.service_date,))


def _of_participant(session: Session, organisation: str, value: Participant) -> Days:
    query = (
        select(_BOOKING.service_date)
        .where(
            _BOOKING.organisation_id == organisation,
            _BOOKING.participant_id == value.id,
            _BOOKING.service_date >= today(session, organisation),
        )
        .distinct()
    )
    return Days(exact=tuple(session.scalars(query)))


def _of_referral(session: Session, organisation: str, value: KeptReferral) -> Days:
    return _of_participant(session, organisation, Participant(value.participant))


def _is_here(table: Any) -> ColumnElement[bool]:
    erased = select(_PERSON.id).where(
        _PERSON.organisation_id == table.organisation_id, _PERSON.erased_at.is_not(None)
    )
    return ~table.id.in_(erased)  # type: ignore[no-any-return]


def _overlaps(table: Any) -> Any:
    def condition(period: tuple[int, int]) -> ColumnElement[bool]:
        return (table.from_at < period[1]) & (table.until_at > period[0])  # type: ignore[no-any-return]

    return condition


def _rule_applies_on(day: date) -> ColumnElement[bool]:
    weekly = (
        _SHIFT_RULE.service_date.is_(None)
        & or_(_SHIFT_RULE.valid_from.is_(None), _SHIFT_RULE.valid_from <= day)
        & or_(_SHIFT_RULE.valid_until.is_(None), _SHIFT_RULE.valid_until >= day)
    )
    return or_(_SHIFT_RULE.service_date == day, weekly)


def _referred_by(prescriber: str) -> ColumnElement[bool]:
    referred = select(_REFERRAL.participant_id).where(
        _REFERRAL.organisation_id == _PARTICIPANT.organisation_id,
        _REFERRAL.prescriber == prescriber,
    )
    return _PARTICIPANT.id.in_(referred)


def booked_for(table: Any) -> Any:
    """Make the filter that keeps a prescriber to the people referred on that behalf."""

    def condition(prescriber: str) -> ColumnElement[bool]:
        referred = select(_REFERRAL.participant_id).where(
            _REFERRAL.organisation_id == table.organisation_id,
            _REFERRAL.prescriber == prescriber,
        )
        return table.participant_id.in_(referred)  # type: ignore[no-any-return]

    return condition


def _nobodys_or_referred(prescriber: str) -> ColumnElement[bool]:
    referred = select(_REFERRAL.participant_id).where(
        _REFERRAL.organisation_id == _PLACE.organisation_id,
        _REFERRAL.prescriber == prescriber,
    )
    return or_(_PLACE.home_of.is_(None), _PLACE.home_of.in_(referred))


PLACES: Resource[KeptPlace] = Resource(
    Kind(
        "place",
        "plc",
        PlaceRow,
        places.place_fields,
        places.place_of,
        filters={
            "is_partner": _PLACE.is_partner.is_,
            "home_of": lambda person: _PLACE.home_of == person,
            "referred_by": _nobodys_or_referred,
        },
        subjects=("home_of",),
        days=_from_today,
        unplanned=frozenset({"name", "address", "insee", "is_partner", "home_of"}),
    )
)

FLEET: Resource[FleetItem] = Resource(
    Kind(
        "vehicle",
        "veh",
        VehicleRow,
        fleet.vehicle_fields,
        fleet.vehicle_of,
        filters={"kind": lambda kind: _VEHICLE.kind == kind},
        days=_from_today,
        unplanned=frozenset({"name"}),
    )
)

VEHICLE_USES: Resource[VehicleUse] = Resource(
    Kind(
        "vehicle_use",
        "use",
        VehicleUseRow,
        fleet.use_fields,
        fleet.use_of,
        filters={
            "vehicle": lambda vehicle: _VEHICLE_USE.vehicle_id == vehicle,
            "participant": lambda person: _VEHICLE_USE.participant_id == person,
            "state": lambda state: _VEHICLE_USE.state == state,
            "overlaps": _overlaps(VehicleUseRow),
        },
        subjects=("vehicle_id", "participant_id"),
        days=_of_period,
    )
)

DRIVERS: Resource[Driver] = Resource(
    Kind(
        "driver",
        "drv",
        DriverRow,
        people.driver_fields,
        people.driver_of,
        person=people.driver_person,
        filters={"volunteer": _DRIVER.volunteer.is_},
        listed=(_is_here(DriverRow),),
        days=_from_today,
    )
)

CONTRACTS: Resource[ContractPattern] = Resource(
    Kind(
        "contract_pattern",
        "ctr",
        ContractRow,
        people.contract_fields,
        people.contract_of,
        filters={"driver": lambda driver: _CONTRACT.driver_id == driver},
        subjects=("driver_id",),
    )
)

DRIVER_TIMES: Resource[DriverTime] = Resource(
    Kind(
        "driver_time",
        "dtm",
        DriverTimeRow,
        fleet.time_fields,
        fleet.time_of,
        filters={
            "driver": lambda driver: _DRIVER_TIME.driver_id == driver,
            "overlaps": _overlaps(DriverTimeRow),
        },
        subjects=("driver_id",),
        days=_of_period,
    )
)

SHIFT_RULES: Resource[ShiftRule] = Resource(
    Kind(
        "shift",
        "shf",
        ShiftRuleRow,
        fleet.rule_fields,
        fleet.rule_of,
        filters={
            "service_date": lambda day: _SHIFT_RULE.service_date == day,
            "applies_on": _rule_applies_on,
            "is_weekly": lambda wanted: _SHIFT_RULE.service_date.is_(None) == wanted,
            "driver": lambda driver: _SHIFT_RULE.driver_id == driver,
            "vehicle": lambda vehicle: _SHIFT_RULE.vehicle_id == vehicle,
            "replaces": lambda rule: _SHIFT_RULE.replaces_id == rule,
        },
        subjects=("vehicle_id", "driver_id", "replaces_id"),
        days=_of_rule,
        unplanned=frozenset({"name"}),
    )
)

PARTICIPANTS: Resource[Participant] = Resource(
    Kind(
        "participant",
        "prt",
        ParticipantRow,
        people.participant_fields,
        people.participant_of,
        person=people.participant_person,
        filters={"referred_by": _referred_by},
        listed=(_is_here(ParticipantRow),),
        days=_of_participant,
    )
)

REFERRALS: Resource[KeptReferral] = Resource(
    Kind(
        "referral",
        "ref",
        ReferralRow,
        people.referral_fields,
        people.referral_of,
        filters={
            "participant": lambda person: _REFERRAL.participant_id == person,
            "prescriber": lambda prescriber: _REFERRAL.prescriber == prescriber,
        },
        subjects=("participant_id",),
        days=_of_referral,
    )
)

BOOKINGS: Resource[DatedBooking] = Resource(
    Kind(
        "booking",
        "bkg",
        BookingRow,
        demand.booking_fields,
        demand.booking_of,
        filters={
            "service_date": lambda day: _BOOKING.service_date == day,
            "from_date": lambda day: _BOOKING.service_date >= day,
            "until_date": lambda day: _BOOKING.service_date <= day,
            "participant": lambda person: _BOOKING.participant_id == person,
            "standing": lambda standing: _BOOKING.standing_id == standing,
            "external_ref": lambda reference: _BOOKING.external_ref == reference,
            "referred_by": booked_for(BookingRow),
        },
        subjects=("participant_id", "standing_id"),
        days=_of_booking,
        unplanned=frozenset(
            {"external_ref", "out_status", "out_result", "ret_status", "ret_result"}
        ),
    )
)

STANDING: Resource[StandingBooking] = Resource(
    Kind(
        "standing_booking",
        "stb",
        StandingRow,
        demand.standing_fields,
        demand.standing_of,
        filters={
            "participant": lambda person: _STANDING.participant_id == person,
            "referred_by": booked_for(StandingRow),
        },
        subjects=("participant_id",),
    )
)

ACCOUNTS: Resource[Account] = Resource(
    Kind(
        "account",
        "acc",
        AccountRow,
        people.account_fields,
        people.account_of,
        filters={
            "role": lambda role: _ACCOUNT.role == role,
            "login": lambda login: _ACCOUNT.login_folded == login.casefold(),
            "driver": lambda driver: _ACCOUNT.driver_id == driver,
            "prescriber": lambda prescriber: _ACCOUNT.prescriber_id == prescriber,
        },
    )
)


def referrals_of(
    session: Session, organisation: OrganisationId, participants: tuple[ParticipantId, ...]
) -> dict[ParticipantId, tuple[Referral, ...]]:
    """Return the referrals of several people at once.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose.
    participants
        Who.

    Returns
    -------
    dict
        By participant, oldest first; a participant without any is missing.
    """
    found: dict[ParticipantId, tuple[Referral, ...]] = {}
    query = (
        select(ReferralRow)
        .where(
            _REFERRAL.organisation_id == organisation,
            _REFERRAL.participant_id.in_(participants),
        )
        .order_by(_REFERRAL.starts_on, _REFERRAL.id)
    )
    for row in session.scalars(query):
        kept = people.referral_of(row)
        found[kept.participant] = (*found.get(kept.participant, ()), kept.referral)
    return found
