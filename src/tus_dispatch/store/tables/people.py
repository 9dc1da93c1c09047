"""People and places. Names, phones, notes and homes stand here and nowhere else."""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Kept, Owned, Table, refers


class OrganisationRow(Table, table=True):
    """An association and how it plans."""

    __tablename__ = "organisation"
    id: str = Field(primary_key=True)
    version: int
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    name: str
    territory_name: str
    time_zone: str
    school_zone: str | None
    terrain: str
    objective_json: str
    policy_json: str
    travel_source: str
    travel_json: str
    retention_months: int
    promise_half_width_s: int
    holiday_area: str
    participation_per_km: int = Field(sa_type=BigInteger)
    law_json: str | None = None
    working_time_json: str | None = None


class PersonRow(Owned, table=True):
    """Who a participant or driver is; emptied when the person is erased."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    kind: str
    first_name: str = ""
    last_name: str = ""
    phone: str | None = None
    note: str | None = None
    erased_at: int | None = Field(default=None, sa_type=BigInteger)


class PlaceRow(Kept, table=True):
    """A place; where it is somebody's home, its name, point and address are personal."""

    __tablename__ = "place"
    __table_args__ = (refers("home_of", "person"),)
    name: str
    lat: float | None
    lon: float | None
    insee: str | None
    address: str | None
    home_of: str | None = Field(index=True)
    opening_json: str
    is_partner: bool
    last_departure_s: int | None = None


class ParticipantRow(Kept, table=True):
    """What a participant's rides must respect."""

    __tablename__ = "participant"
    __table_args__ = (refers("id", "person"),)
    boarding_s: int
    alighting_s: int
    wheelchair: bool
    companions: int
    child_seats: int
    ride_limit_json: str | None
    eligibility_ground: str | None
    eligibility_checked_on: date | None
    eligibility_expires_on: date | None
    eligibility_checked_by: str | None = None
    never_with_json: str
    regular_driver: str | None = None
    requires_json: str


class ReferralRow(Kept, table=True):
    """A prescriber's referral of a participant."""

    __tablename__ = "referral"
    __table_args__ = (
        refers("participant_id", "participant"),
        Index(None, "organisation_id", "participant_id"),
        Index(None, "organisation_id", "prescriber"),
    )
    participant_id: str
    prescriber: str | None
    starts_on: date
    expires_on: date | None


class DriverRow(Kept, table=True):
    """A driver's contract, hours and qualifications."""

    __tablename__ = "driver"
    __table_args__ = (refers("id", "person"), refers("home_id", "place"))
    volunteer: bool
    contract_week_s: int | None
    worked_week_s: int
    night_year_s: int
    last_duty_end_at: int | None = Field(sa_type=BigInteger)
    qualifications_json: str
    home_id: str | None
    medical_until: date | None = None


class ContractRow(Kept, table=True):
    """How a driver's contract spreads its hours over the week."""

    __tablename__ = "contract_pattern"
    __table_args__ = (
        refers("driver_id", "driver"),
        Index(None, "organisation_id", "driver_id"),
    )
    driver_id: str
    days_json: str
    hours_notice: int
    valid_from: date | None
    valid_until: date | None


class ErasureRow(Owned, table=True):
    """The ledger of erased people, by identity alone, replayed after a restore."""

    __tablename__ = "erasure"
    person_id: str = Field(primary_key=True)
    kind: str
    erased_at: int = Field(sa_type=BigInteger)
