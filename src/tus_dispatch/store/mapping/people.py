"""Participants, referrals, drivers, contracts and accounts as rows, and back."""

from typing import Any

from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Participant, Referral
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.organisation import Account, PrescriberId, Role
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.roster import ContractDay, ContractPattern, KeptReferral
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId
from tus_dispatch.store.tables.access import AccountRow
from tus_dispatch.store.tables.people import (
    ContractRow,
    DriverRow,
    ParticipantRow,
    PersonRow,
    ReferralRow,
)
from tus_dispatch.store.values import WORDS, Codec

_RIDE_LIMIT: Codec[RideLimit] = Codec(RideLimit)
_DAYS: Codec[tuple[ContractDay, ...]] = Codec(tuple[ContractDay, ...])


def participant_person(value: Participant) -> dict[str, Any]:
    """Return the personal columns of a participant."""
    return {
        "kind": "participant",
        "first_name": value.first_name,
        "last_name": value.last_name,
        "phone": value.phone,
        "note": value.note,
    }


def participant_fields(value: Participant) -> dict[str, Any]:
    """Return the other columns of a participant.

    Parameters
    ----------
    value
        Without referrals: each is a record of its own.

    Returns
    -------
    dict
        By column.

    Raises
    ------
    ValueError
        When it has referrals, which would be lost.
    """
    if value.referrals:
        raise ValueError("referrals are records of their own: use REFERRALS")
    eligibility = value.eligibility
    return {
        "boarding_s": value.boarding_s,
        "alighting_s": value.alighting_s,
        "wheelchair": value.wheelchair,
        "companions": value.companions,
        "child_seats": value.child_seats,
        "ride_limit_json": _RIDE_LIMIT.dump_maybe(value.ride_limit),
        "eligibility_ground": None if eligibility is None else eligibility.ground.value,
        "eligibility_checked_on": None if eligibility is None else eligibility.checked_on,
        "eligibility_expires_on": None if eligibility is None else eligibility.expires_on,
        "eligibility_checked_by": None if eligibility is None else eligibility.checked_by,
        "never_with_json": WORDS.dump(value.never_with),
        "regular_driver": value.regular_driver,
        "requires_json": WORDS.dump(value.requires),
    }


def participant_of(row: ParticipantRow, person: PersonRow) -> Participant:
    """Return the participant two rows hold, without referrals."""
    return Participant(
        id=ParticipantId(row.id),
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        boarding_s=row.boarding_s,
        alighting_s=row.alighting_s,
        wheelchair=row.wheelchair,
        companions=row.companions,
        child_seats=row.child_seats,
        ride_limit=_RIDE_LIMIT.load_maybe(row.ride_limit_json),
        eligibility=_eligibility(row),
        never_with=tuple(map(ParticipantId, WORDS.load(row.never_with_json))),
        regular_driver=None if row.regular_driver is None else DriverId(row.regular_driver),
        requires=WORDS.load(row.requires_json),
        note=person.note,
    )


def _eligibility(row: ParticipantRow) -> Eligibility | None:
    if row.eligibility_ground is None:
        return None
    return Eligibility(
        EligibilityGround(row.eligibility_ground),
        row.eligibility_checked_on,
        row.eligibility_expires_on,
        row.eligibility_checked_by,
    )


def referral_fields(value: KeptReferral) -> dict[str, Any]:
    """Return the columns of a referral."""
    return {
        "participant_id": value.participant,
        "prescriber": value.referral.prescriber,
        "starts_on": value.referral.starts_on,
        "expires_on": value.referral.expires_on,
    }


def referral_of(row: ReferralRow) -> KeptReferral:
    """Return the referral a row holds."""
    return KeptReferral(
        ParticipantId(row.participant_id), Referral(row.starts_on, row.expires_on, row.prescriber)
    )


def driver_person(value: Driver) -> dict[str, Any]:
    """Return the personal columns of a driver."""
    return {
        "kind": "driver",
        "first_name": value.first_name,
        "last_name": value.last_name,
        "phone": value.phone,
        "note": None,
    }


def driver_fields(value: Driver) -> dict[str, Any]:
    """Return the other columns of a driver.

    Parameters
    ----------
    value
        Without protected slots: they are records of their own.

    Returns
    -------
    dict
        By column.

    Raises
    ------
    ValueError
        When it has protected slots, which would be lost.
    """
    if value.protected_slots:
        raise ValueError("protected slots are records of their own: use DRIVER_TIMES")
    return {
        "volunteer": value.volunteer,
        "contract_week_s": value.contract_week_s,
        "worked_week_s": value.worked_week_s,
        "night_year_s": value.night_year_s,
        "last_duty_end_at": value.last_duty_end_at,
        "qualifications_json": WORDS.dump(value.qualifications),
        "home_id": value.home,
        "medical_until": value.medical_until,
    }


def driver_of(row: DriverRow, person: PersonRow) -> Driver:
    """Return the driver two rows hold, without protected slots."""
    return Driver(
        id=DriverId(row.id),
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        volunteer=row.volunteer,
        contract_week_s=row.contract_week_s,
        worked_week_s=row.worked_week_s,
        night_year_s=row.night_year_s,
        last_duty_end_at=row.last_duty_end_at,
        qualifications=WORDS.load(row.qualifications_json),
        home=None if row.home_id is None else PlaceId(row.home_id),
        medical_until=row.medical_until,
    )


def contract_fields(value: ContractPattern) -> dict[str, Any]:
    """Return the columns of a contract's pattern."""
    return {
        "driver_id": value.driver,
        "days_json": _DAYS.dump(value.days),
        "hours_notice": value.hours_notice,
        "valid_from": value.valid_from,
        "valid_until": value.valid_until,
    }


def contract_of(row: ContractRow) -> ContractPattern:
    """Return the pattern a row holds."""
    return ContractPattern(
        DriverId(row.driver_id),
        _DAYS.load(row.days_json),
        row.hours_notice,
        row.valid_from,
        row.valid_until,
    )


def account_fields(value: Account) -> dict[str, Any]:
    """Return the columns of an account."""
    return {
        "login": value.login,
        "login_folded": value.login.casefold(),
        "role": value.role.value,
        "display_name": value.display_name,
        "driver_id": value.driver,
        "prescriber_id": value.prescriber,
        "is_disabled": value.is_disabled,
        "expires_on": value.expires_on,
        "needs_second_factor": value.needs_second_factor,
    }


def account_of(row: AccountRow) -> Account:
    """Return the account a row holds."""
    return Account(
        login=row.login,
        role=Role(row.role),
        display_name=row.display_name,
        driver=None if row.driver_id is None else DriverId(row.driver_id),
        prescriber=None if row.prescriber_id is None else PrescriberId(row.prescriber_id),
        is_disabled=row.is_disabled,
        expires_on=row.expires_on,
        needs_second_factor=row.needs_second_factor,
    )
