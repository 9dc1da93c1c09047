"""Days, versions of their plans, what is published, and who and what is in use when."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from tus_dispatch.store.tables.base import Owned


class PlanRow(Owned, table=True):
    """An immutable version of a plan; identities only, no names."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("organisation_id", "service_date", "number"),)
    id: str = Field(primary_key=True)
    service_date: date
    number: int
    parent: int | None
    sha256: str
    snapshot_sha256: str
    origin: str
    made_at: int = Field(sa_type=BigInteger)
    plan_body: bytes
    snapshot_body: bytes


class DayRow(Owned, table=True):
    """The pointer to the current version of a day, moved by compare-and-swap."""

    __tablename__ = "service_day"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "service_date", "current_number"],
            ["plan.organisation_id", "plan.service_date", "plan.number"],
        ),
    )
    service_date: date = Field(primary_key=True)
    current_number: int | None
    revision: int


class PublicationRow(Owned, table=True):
    """Which version drivers read from when until when; one per day counts."""

    __tablename__ = "publication"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "service_date", "number"],
            ["plan.organisation_id", "plan.service_date", "plan.number"],
        ),
        Index(
            "ux_publication_one_per_day",
            "organisation_id",
            "service_date",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: str = Field(primary_key=True)
    service_date: date
    number: int
    published_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(sa_type=BigInteger)


class PlanUseRow(Owned, table=True):
    """When a vehicle or driver is in use by the current or the published plan."""

    __tablename__ = "plan_use"
    __table_args__ = (
        CheckConstraint("from_at <= until_at", name="order"),
        Index(None, "organisation_id", "layer", "subject_id", "from_at"),
    )
    layer: str = Field(primary_key=True)
    service_date: date = Field(primary_key=True)
    shift_id: str = Field(primary_key=True)
    subject_kind: str = Field(primary_key=True)
    subject_id: str
    number: int
    from_at: int = Field(sa_type=BigInteger)
    until_at: int = Field(sa_type=BigInteger)
