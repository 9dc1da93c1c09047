"""The kinds of records that may fill the middle of a day, and the days they touch."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from tus_dispatch.domain.kept_daytime import (
    KeptAttendance,
    KeptEvent,
    KeptFlexible,
    KeptHold,
    KeptTarget,
)
from tus_dispatch.store.days import Days
from tus_dispatch.store.kind import Kind
from tus_dispatch.store.mapping import daytime
from tus_dispatch.store.resource import Resource
from tus_dispatch.store.resources import booked_for
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.daytime import (
    AttendanceRow,
    FlexibleRow,
    GroupEventRow,
    ProtectedTargetRow,
    SlotHoldRow,
)
from tus_dispatch.store.tables.demand import BookingRow

_FLEXIBLE = columns(FlexibleRow)
_EVENT = columns(GroupEventRow)
_ATTENDANCE = columns(AttendanceRow)
_TARGET = columns(ProtectedTargetRow)
_HOLD = columns(SlotHoldRow)
_BOOKING = columns(BookingRow)


def _of_day(_session: Session, _organisation: str, value: KeptEvent | KeptTarget) -> Days:
    return Days(exact=(value.service_date,))


def _waits_or_travels_on(day: date) -> ColumnElement[bool]:
    """Leave out what suits other days only, or has become a booking of another day."""
    booked = select(_BOOKING.id).where(
        _BOOKING.organisation_id == _FLEXIBLE.organisation_id, _BOOKING.service_date == day
    )
    waits = _FLEXIBLE.booking_id.is_(None) & or_(
        _FLEXIBLE.dates_json == "[]", _FLEXIBLE.dates_json.contains(day.isoformat())
    )
    return or_(waits, _FLEXIBLE.booking_id.in_(booked))


def _of_event(value: Any) -> ColumnElement[bool]:
    return _ATTENDANCE.event_id == value  # type: ignore[no-any-return]


def _of_events_on(day: date) -> ColumnElement[bool]:
    events = select(_EVENT.id).where(
        _EVENT.organisation_id == _ATTENDANCE.organisation_id, _EVENT.service_date == day
    )
    return _ATTENDANCE.event_id.in_(events)


FLEXIBLE: Resource[KeptFlexible] = Resource(
    Kind(
        "flexible_booking",
        "flx",
        FlexibleRow,
        daytime.flexible_fields,
        daytime.flexible_of,
        filters={
            "participant": lambda person: _FLEXIBLE.participant_id == person,
            "is_waiting": lambda wanted: _FLEXIBLE.booking_id.is_(None) == wanted,
            "on": _waits_or_travels_on,
            "referred_by": booked_for(FlexibleRow),
        },
        subjects=("participant_id", "booking_id"),
    )
)

EVENTS: Resource[KeptEvent] = Resource(
    Kind(
        "group_event",
        "evt",
        GroupEventRow,
        daytime.event_fields,
        daytime.event_of,
        filters={
            "service_date": lambda day: _EVENT.service_date == day,
            "from_date": lambda day: _EVENT.service_date >= day,
            "place": lambda place: _EVENT.place_id == place,
        },
        subjects=("place_id",),
        days=_of_day,
        unplanned=frozenset({"name"}),
    )
)

ATTENDANCES: Resource[KeptAttendance] = Resource(
    Kind(
        "attendance",
        "att",
        AttendanceRow,
        daytime.attendance_fields,
        daytime.attendance_of,
        filters={
            "event": _of_event,
            "participant": lambda person: _ATTENDANCE.participant_id == person,
            "on": _of_events_on,
            "referred_by": booked_for(AttendanceRow),
        },
        subjects=("event_id", "participant_id", "booking_id"),
    )
)

TARGETS: Resource[KeptTarget] = Resource(
    Kind(
        "protected_target",
        "tgt",
        ProtectedTargetRow,
        daytime.target_fields,
        daytime.target_of,
        filters={
            "service_date": lambda day: _TARGET.service_date == day,
            "driver": lambda driver: _TARGET.driver_id == driver,
        },
        subjects=("driver_id",),
        days=_of_day,
    )
)

HOLDS: Resource[KeptHold] = Resource(
    Kind(
        "slot_hold",
        "hld",
        SlotHoldRow,
        daytime.hold_fields,
        daytime.hold_of,
        filters={
            "service_date": lambda day: _HOLD.service_date == day,
            "place": lambda place: _HOLD.place_id == place,
            "running_at": lambda now_at: _HOLD.until_at > now_at,
        },
        subjects=("place_id",),
    )
)
