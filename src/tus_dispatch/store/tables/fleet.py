"""Vehicles and their calendar, drivers' times, shifts of weeks and days."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Kept, refers


class VehicleRow(Kept, table=True):
    """A vehicle of the association, planned or lent out."""

    __tablename__ = "vehicle"
    __table_args__ = (refers("depot_id", "place"),)
    kind: str
    name: str
    depot_id: str
    configurations_json: str
    child_seats: int
    energy: str
    range_m: int | None
    title: str
    features_json: str


class VehicleUseRow(Kept, table=True):
    """A period in a vehicle's calendar; the database refuses a second one at the same time."""

    __tablename__ = "vehicle_use"
    __table_args__ = (
        refers("vehicle_id", "vehicle"),
        refers("participant_id", "participant"),
        CheckConstraint("from_at < until_at", name="order"),
        Index(None, "organisation_id", "vehicle_id", "from_at"),
        Index(None, "organisation_id", "participant_id"),
    )
    vehicle_id: str
    state: str
    from_at: int = Field(sa_type=BigInteger)
    until_at: int = Field(sa_type=BigInteger)
    participant_id: str | None


class DriverTimeRow(Kept, table=True):
    """A driver's absence or protected slot."""

    __tablename__ = "driver_time"
    __table_args__ = (
        refers("driver_id", "driver"),
        refers("place_id", "place"),
        CheckConstraint("from_at < until_at", name="order"),
        Index(None, "organisation_id", "driver_id", "from_at"),
    )
    driver_id: str
    slot: str | None
    from_at: int = Field(sa_type=BigInteger)
    until_at: int = Field(sa_type=BigInteger)
    place_id: str | None


class ShiftRuleRow(Kept, table=True):
    """A shift of every week, or of one day."""

    __tablename__ = "shift_rule"
    __table_args__ = (
        refers("vehicle_id", "vehicle"),
        refers("driver_id", "driver"),
        refers("start_place_id", "place"),
        refers("end_place_id", "place"),
        refers("replaces_id", "shift_rule"),
        # One day says once what becomes of a weekly shift.
        Index(None, "organisation_id", "replaces_id", "service_date", unique=True),
        Index(None, "organisation_id", "service_date"),
    )
    name: str
    vehicle_id: str
    driver_id: str | None
    start_earliest: str
    start_latest: str
    end_earliest: str
    end_latest: str
    start_place_id: str
    end_place_id: str
    weekdays_json: str
    valid_from: date | None
    valid_until: date | None
    service_date: date | None
    replaces_id: str | None
    is_cancelled: bool
    break_rule_json: str | None
    max_duty_s: int | None
