"""Offers, answers to repeat, solves, taps of drivers and legs that took place."""

from datetime import date

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from tus_dispatch.store.tables.base import Owned, refers

_UNFINISHED = text("state IN ('queued', 'solving')")
_SOLVING = text("state = 'solving'")


class OfferRow(Owned, table=True):
    """An offer that somebody may still take."""

    __tablename__ = "offer"
    __table_args__ = (
        refers("participant_id", "participant"),
        Index(None, "organisation_id", "participant_id"),
    )
    id: str = Field(primary_key=True)
    participant_id: str
    service_date: date
    made_on: int
    asked_json: str
    offer_json: str
    made_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    taken_at: int | None = Field(sa_type=BigInteger)


class IdempotencyRow(Owned, table=True):
    """The answer given to a key, for whoever did not hear it."""

    __tablename__ = "idempotency"
    account: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    headers_json: str
    body: bytes
    kept_at: int = Field(sa_type=BigInteger, index=True)


class SolveJobRow(Owned, table=True):
    """A solve of a day; one unfinished per association and day."""

    __tablename__ = "solve_job"
    __table_args__ = (
        Index(
            "ux_solve_job_one_unfinished",
            "organisation_id",
            "service_date",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        # One association solves one day at a time.
        Index(
            "ux_solve_job_one_solving",
            "organisation_id",
            unique=True,
            sqlite_where=_SOLVING,
            postgresql_where=_SOLVING,
        ),
    )
    id: str = Field(primary_key=True)
    service_date: date
    base_number: int | None
    base_revision: int
    state: str
    time_limit_s: float
    seed: int = Field(sa_type=BigInteger)
    workers: int
    attempts: int
    heartbeat_at: int | None = Field(sa_type=BigInteger)
    n_requests: int
    n_served: int
    cost: int | None = Field(sa_type=BigInteger)
    gap: float | None
    elapsed_s: float
    result_number: int | None
    is_outdated: bool
    failure: str | None
    is_stop_asked: bool
    queued_at: int = Field(sa_type=BigInteger)


class DriverEventRow(Owned, table=True):
    """A tap of a driver; its identity was made on the phone."""

    __tablename__ = "driver_event"
    __table_args__ = (Index(None, "organisation_id", "service_date"),)
    id: str = Field(primary_key=True)
    service_date: date
    shift_id: str
    kind: str
    leg: str | None
    device_at: int = Field(sa_type=BigInteger)
    received_at: int = Field(sa_type=BigInteger)


class CompletedLegRow(Owned, table=True):
    """A leg that took place, as the yearly return counts it."""

    __tablename__ = "completed_leg"
    __table_args__ = (
        refers("participant_id", "participant"),
        refers("driver_id", "driver"),
        refers("vehicle_id", "vehicle"),
        Index(None, "organisation_id", "service_date"),
        Index(None, "organisation_id", "participant_id"),
    )
    leg: str = Field(primary_key=True)
    direction: str
    service_date: date
    participant_id: str
    driver_id: str | None
    is_volunteer: bool
    vehicle_id: str
    vehicle_title: str
    seats: int
    regime: str
    ground: str | None
    billable_m: int
    participation_eur_cents: int
