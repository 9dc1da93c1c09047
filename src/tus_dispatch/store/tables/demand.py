"""Bookings: of one day, and standing ones they are rolled out from."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Kept, refers


class StandingRow(Kept, table=True):
    """A booking that repeats."""

    __tablename__ = "standing_booking"
    __table_args__ = (
        refers("participant_id", "participant"),
        refers("out_origin_id", "place"),
        refers("out_destination_id", "place"),
        refers("ret_origin_id", "place"),
        refers("ret_destination_id", "place"),
        Index(None, "organisation_id", "participant_id"),
    )
    participant_id: str
    rule: str
    starts_on: date
    ends_on: date | None
    except_on_json: str
    also_on_json: str
    on_public_holidays: bool
    in_school_holidays: bool
    out_origin_id: str | None
    out_destination_id: str | None
    out_json: str | None
    ret_origin_id: str | None
    ret_destination_id: str | None
    ret_json: str | None
    party_size: int
    purpose: str
    regime: str
    priority: int


class BookingRow(Kept, table=True):
    """A booking of one service day with the state of each of its legs."""

    __tablename__ = "booking"
    __table_args__ = (
        refers("participant_id", "participant"),
        refers("out_origin_id", "place"),
        refers("out_destination_id", "place"),
        refers("ret_origin_id", "place"),
        refers("ret_destination_id", "place"),
        refers("standing_id", "standing_booking"),
        # A standing booking is rolled out once per day.
        Index(None, "organisation_id", "standing_id", "service_date", unique=True),
        Index(None, "organisation_id", "service_date"),
        Index(None, "organisation_id", "participant_id"),
    )
    service_date: date
    participant_id: str
    out_origin_id: str | None
    out_destination_id: str | None
    out_json: str | None
    out_status: str | None = Field(default=None)
    out_result: str | None = Field(default=None)
    ret_origin_id: str | None
    ret_destination_id: str | None
    ret_json: str | None
    ret_status: str | None = Field(default=None)
    ret_result: str | None = Field(default=None)
    party_size: int
    purpose: str
    regime: str
    priority: int
    price_eur_cents: int | None
    requires_json: str
    external_ref: str | None
    standing_id: str | None
    participation_eur_cents: int | None = Field(default=None)
    overrides_json: str = Field(default="[]")
    refusal_json: str | None = Field(default=None)
