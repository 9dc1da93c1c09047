"""What erasing a person leaves: anonymous counts, and nothing that tells who it was."""

from datetime import date
from typing import Any

from sqlalchemy import delete, or_, select, update

from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.units import DriverId, ParticipantId
from tus_dispatch.store.idempotency import ERASED
from tus_dispatch.store.mapping.people import (
    driver_fields,
    driver_person,
    participant_fields,
    participant_person,
)
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.access import (
    AccountRow,
    ApiTokenRow,
    CredentialRow,
    DriverLinkRow,
    SigninSessionRow,
)
from tus_dispatch.store.tables.base import Table, columns
from tus_dispatch.store.tables.daytime import AttendanceRow, FlexibleRow, ProtectedTargetRow
from tus_dispatch.store.tables.demand import BookingRow, StandingRow
from tus_dispatch.store.tables.fleet import DriverTimeRow, ShiftRuleRow, VehicleUseRow
from tus_dispatch.store.tables.people import (
    ContractRow,
    DriverRow,
    ParticipantRow,
    PersonRow,
    PlaceRow,
    ReferralRow,
)
from tus_dispatch.store.tables.work import IdempotencyRow, OfferRow
from tus_dispatch.store.values import WORDS

_ENDED_STATUSES = (
    "cancelled_by_user",
    "cancelled_by_service",
    "refused",
    "not_served",
    "done",
    "no_show",
)
_PERSON, _PLACE = columns(PersonRow), columns(PlaceRow)
_BOOKING, _STANDING = columns(BookingRow), columns(StandingRow)
_PARTICIPANT, _ACCOUNT = columns(ParticipantRow), columns(AccountRow)
_IDEMPOTENCY = columns(IdempotencyRow)


def booked_days(session: Session, organisation: str, identity: str, today: date) -> list[date]:
    """Return days from today on for which a participant is still booked."""
    query = (
        select(_BOOKING.service_date)
        .where(
            _BOOKING.organisation_id == organisation,
            _BOOKING.participant_id == identity,
            _BOOKING.service_date >= today,
            or_(
                _BOOKING.out_status.not_in(_ENDED_STATUSES),
                _BOOKING.ret_status.not_in(_ENDED_STATUSES),
            ),
        )
        .order_by(_BOOKING.service_date)
    )
    return list(session.scalars(query))


def cancel_booked(session: Session, organisation: str, identity: str) -> None:
    """Cancel what a participant is booked for, where a backup brought it back."""
    which = _BOOKING.participant_id == identity
    for prefix in ("out", "ret"):
        status = _BOOKING[f"{prefix}_status"]
        alive = which & status.is_not(None) & status.not_in(_ENDED_STATUSES)
        values = {f"{prefix}_status": "cancelled_by_service"}
        _set(session, organisation, BookingRow, alive, values)


def names_of(session: Session, organisation: str, identity: str) -> list[str]:
    """Return the identities under which answers may speak of a person."""
    names = [identity]
    for table, column in (
        (ReferralRow, "participant_id"),
        (BookingRow, "participant_id"),
        (StandingRow, "participant_id"),
        (PlaceRow, "home_of"),
        (OfferRow, "participant_id"),
        (AccountRow, "driver_id"),
        (DriverTimeRow, "driver_id"),
        (ContractRow, "driver_id"),
        (VehicleUseRow, "participant_id"),
        (FlexibleRow, "participant_id"),
        (AttendanceRow, "participant_id"),
        (ProtectedTargetRow, "driver_id"),
    ):
        c = columns(table)
        query = select(c.id).where(c.organisation_id == organisation, c[column] == identity)
        names += session.scalars(query)
    return names


def empty_person(session: Session, organisation: str, identity: str, kind: str) -> None:
    """Empty names, phone, note and homes; the identity stays, and tells nothing."""
    blank = (
        participant_person(Participant(ParticipantId(identity)))
        if kind == "participant"
        else driver_person(Driver(DriverId(identity)))
    )
    erased = {"erased_at": session.clock.now_at()}
    _set(session, organisation, PersonRow, _PERSON.id == identity, blank | erased)
    home = {"name": "", "lat": None, "lon": None, "insee": None, "address": None}
    home["opening_json"] = "[]"
    _set(session, organisation, PlaceRow, _PLACE.home_of == identity, home)


def empty_participant(session: Session, organisation: str, identity: str) -> None:
    """Forget needs, referrals, standing bookings and offers; keep trips as counts."""
    needs = participant_fields(Participant(ParticipantId(identity)))
    _set(session, organisation, ParticipantRow, _PARTICIPANT.id == identity, needs)
    past = {"external_ref": None, "standing_id": None, "requires_json": "[]", "purpose": "other"}
    past |= {"overrides_json": "[]", "refusal_json": None}
    _set(session, organisation, BookingRow, _BOOKING.participant_id == identity, past)
    uses = columns(VehicleUseRow).participant_id == identity
    _set(session, organisation, VehicleUseRow, uses, {"participant_id": None})
    for table in (ReferralRow, StandingRow, OfferRow, FlexibleRow, AttendanceRow):
        _remove(session, organisation, table, columns(table).participant_id == identity)
    _leave_company(session, organisation, identity)


def empty_driver(session: Session, organisation: str, identity: str) -> None:
    """Forget hours, contract, absences, links and the account; shifts become open."""
    c = columns(DriverRow)
    _set(
        session,
        organisation,
        DriverRow,
        c.id == identity,
        driver_fields(Driver(DriverId(identity))),
    )
    shifts = columns(ShiftRuleRow).driver_id == identity
    _set(session, organisation, ShiftRuleRow, shifts, {"driver_id": None})
    for table in (ContractRow, DriverTimeRow, DriverLinkRow, ProtectedTargetRow):
        _remove(session, organisation, table, columns(table).driver_id == identity)
    accounts = select(_ACCOUNT.id).where(
        _ACCOUNT.organisation_id == organisation, _ACCOUNT.driver_id == identity
    )
    for account in list(session.scalars(accounts)):
        empty_account(session, organisation, account)


def empty_account(session: Session, organisation: str, identity: str) -> None:
    """Close an account and forget whose it was."""
    for table in (CredentialRow, SigninSessionRow, ApiTokenRow):
        _remove(session, organisation, table, columns(table).account_id == identity)
    blank = {
        "login": identity,
        "login_folded": identity,
        "display_name": "",
        "is_disabled": True,
        "prescriber_id": None,
    }
    _set(session, organisation, AccountRow, _ACCOUNT.id == identity, blank)


def empty_answers(session: Session, organisation: str, names: list[str]) -> None:
    """Empty kept answers that speak of a person; their keys stay used."""
    query = select(_IDEMPOTENCY.account, _IDEMPOTENCY.key, _IDEMPOTENCY.body).where(
        _IDEMPOTENCY.organisation_id == organisation
    )
    about = [name.encode() for name in names]
    for account, key, body in session.execute(query).all():
        if any(name in bytes(body) for name in about):
            which = (_IDEMPOTENCY.account == account) & (_IDEMPOTENCY.key == key)
            blank = {"fingerprint": ERASED, "headers_json": "{}", "body": b""}
            _set(session, organisation, IdempotencyRow, which, blank)


def _leave_company(session: Session, organisation: str, identity: str) -> None:
    query = select(_PARTICIPANT.id, _PARTICIPANT.never_with_json).where(
        _PARTICIPANT.organisation_id == organisation,
        _PARTICIPANT.never_with_json.contains(identity, autoescape=True),
    )
    for other, text in session.execute(query).all():
        left = tuple(each for each in WORDS.load(text) if each != identity)
        values = {"never_with_json": WORDS.dump(left)}
        _set(session, organisation, ParticipantRow, _PARTICIPANT.id == other, values)
    usual = _PARTICIPANT.regular_driver == identity
    _set(session, organisation, ParticipantRow, usual, {"regular_driver": None})


def _set(
    session: Session, organisation: str, table: type[Table], which: Any, values: dict[str, Any]
) -> None:
    session.execute(
        update(table)
        .where(columns(table).organisation_id == organisation, which)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def _remove(session: Session, organisation: str, table: type[Table], which: Any) -> None:
    session.execute(
        delete(table)
        .where(columns(table).organisation_id == organisation, which)
        .execution_options(synchronize_session=False)
    )
