"""What happened and who looked at whom: rows are added, never changed."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Owned


class EventRow(Owned, table=True):
    """One link of the chain of an association's events or views; identities only."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "organisation_id", "stream", "at"),)
    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger)
    kind: str
    actor: str
    subjects_json: str
    data_json: str
    previous: str
    hash: str


class EventSubjectRow(Owned, table=True):
    """Which events a thing or person appears in."""

    __tablename__ = "event_subject"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "stream", "seq"],
            ["event.organisation_id", "event.stream", "event.seq"],
        ),
        Index(None, "organisation_id", "subject_id"),
    )
    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    subject_id: str = Field(primary_key=True)


class RetentionGateRow(Owned, table=True):
    """While retention clears an association, and only then, old plans and views may go."""

    __tablename__ = "retention_gate"
    opened_at: int = Field(sa_type=BigInteger)
