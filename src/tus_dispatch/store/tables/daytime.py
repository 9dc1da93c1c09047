"""What may fill the middle of a day: flexible trips, events, protected time, seats on hold."""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Kept, refers


class FlexibleRow(Kept, table=True):
    """A trip whose day and hour are still to be agreed."""

    __tablename__ = "flexible_booking"
    __table_args__ = (
        refers("participant_id", "participant"),
        refers("home_id", "place"),
        refers("place_id", "place"),
        refers("booking_id", "booking"),
        Index(None, "organisation_id", "participant_id"),
        Index(None, "organisation_id", "booking_id"),
    )
    participant_id: str
    home_id: str
    place_id: str
    windows_json: str
    stay_s: int
    one_way: bool
    dates_json: str
    party_size: int
    purpose: str
    regime: str
    requires_json: str
    value_eur_cents: int | None
    booking_id: str | None


class GroupEventRow(Kept, table=True):
    """A workshop, a food distribution, a permanence or a market of one day."""

    __tablename__ = "group_event"
    __table_args__ = (
        refers("place_id", "place"),
        Index(None, "organisation_id", "service_date"),
    )
    service_date: date
    name: str
    kind: str
    place_id: str
    from_s: int
    until_s: int
    capacity: int
    early_s: int
    late_s: int
    purpose: str
    regime: str
    value_eur_cents: int | None


class AttendanceRow(Kept, table=True):
    """Somebody who wants to come to an event; the database refuses the same person twice."""

    __tablename__ = "attendance"
    __table_args__ = (
        refers("event_id", "group_event"),
        refers("participant_id", "participant"),
        refers("home_id", "place"),
        refers("booking_id", "booking"),
        Index(None, "organisation_id", "event_id", "participant_id", unique=True),
        Index(None, "organisation_id", "participant_id"),
        Index(None, "organisation_id", "booking_id"),
    )
    event_id: str
    participant_id: str
    home_id: str
    party_size: int
    booking_id: str | None


class ProtectedTargetRow(Kept, table=True):
    """Protected time that a driver is to have on a day."""

    __tablename__ = "protected_target"
    __table_args__ = (
        refers("driver_id", "driver"),
        refers("place_id", "place"),
        Index(None, "organisation_id", "service_date"),
        Index(None, "organisation_id", "driver_id"),
    )
    service_date: date
    driver_id: str
    kind: str
    target_s: int
    lengths_json: str
    place_id: str | None
    is_placed: bool


class SlotHoldRow(Kept, table=True):
    """Seats of a slot offer kept for a partner until an instant."""

    __tablename__ = "slot_hold"
    __table_args__ = (
        refers("place_id", "place"),
        Index(None, "organisation_id", "service_date"),
    )
    service_date: date
    place_id: str
    offer_json: str
    seats: int
    until_at: int = Field(sa_type=BigInteger)
    held_by: str | None
    booked_json: str
