"""The lists of what may fill the middle of a day."""

from collections.abc import Iterable
from dataclasses import replace

from tus_dispatch.api.query import Flag, PageQuery
from tus_dispatch.api.v1.kept import KeptKind, Reference
from tus_dispatch.api.v1.lists import DRIVERS, PARTICIPANTS, PLACES, is_referred, referred
from tus_dispatch.api.v1.schemas import daytime
from tus_dispatch.api.v1.schemas.base import Day
from tus_dispatch.domain.kept_daytime import KeptAttendance, KeptEvent, KeptFlexible, KeptTarget
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.formats.native.texts import Id
from tus_dispatch.store import daytime as store
from tus_dispatch.store.session import Session


class FlexibleQuery(PageQuery):
    """Parameters of the list of flexible bookings."""

    participant: Id | None = None
    is_waiting: Flag | None = None


class EventQuery(PageQuery):
    """Parameters of the list of events."""

    service_date: Day | None = None
    from_date: Day | None = None
    place: Id | None = None


class AttendanceQuery(PageQuery):
    """Parameters of the list of those who want to come to events."""

    event: Id | None = None
    participant: Id | None = None


class TargetQuery(PageQuery):
    """Parameters of the list of protected time that drivers are to have."""

    service_date: Day | None = None
    driver: Id | None = None


def _flexible_references(kept: KeptFlexible) -> Iterable[Reference]:
    yield Reference("/participant", PARTICIPANTS, kept.participant)
    yield Reference("/home", PLACES, kept.home)
    yield Reference("/place", PLACES, kept.place)


def _event_references(kept: KeptEvent) -> Iterable[Reference]:
    yield Reference("/place", PLACES, kept.place)


def _attendance_references(kept: KeptAttendance) -> Iterable[Reference]:
    yield Reference("/event", EVENTS, kept.event)
    yield Reference("/participant", PARTICIPANTS, kept.participant)
    yield Reference("/home", PLACES, kept.home)


def _target_references(kept: KeptTarget) -> Iterable[Reference]:
    yield Reference("/driver", DRIVERS, kept.driver)
    if kept.place is not None:
        yield Reference("/place", PLACES, kept.place)


def is_flexible_within(session: Session, actor: Actor, record: Record[KeptFlexible]) -> bool:
    """Tell whether a flexible booking is of somebody within reach."""
    return is_referred(session, actor, record.value.participant)


def _is_attendance_within(session: Session, actor: Actor, record: Record[KeptAttendance]) -> bool:
    return is_referred(session, actor, record.value.participant)


FLEXIBLE: KeptKind[KeptFlexible] = KeptKind(
    "/v1/flexible-bookings",
    "flexible_booking",
    store.FLEXIBLE,
    daytime.FlexibleBody,
    daytime.FlexibleAnswer,
    daytime.flexible_data,
    query=FlexibleQuery,
    references=_flexible_references,
    narrowing=referred,
    is_within=is_flexible_within,
    told=lambda kept: {"booking": kept.booking},
    carried=lambda before, value: replace(value, booking=before.booking),
)
EVENTS: KeptKind[KeptEvent] = KeptKind(
    "/v1/group-events",
    "group_event",
    store.EVENTS,
    daytime.GroupEventBody,
    daytime.GroupEventAnswer,
    daytime.event_data,
    query=EventQuery,
    references=_event_references,
)
ATTENDANCES: KeptKind[KeptAttendance] = KeptKind(
    "/v1/attendances",
    "attendance",
    store.ATTENDANCES,
    daytime.AttendanceBody,
    daytime.AttendanceAnswer,
    daytime.attendance_data,
    query=AttendanceQuery,
    references=_attendance_references,
    narrowing=referred,
    is_within=_is_attendance_within,
    told=lambda kept: {"booking": kept.booking},
    carried=lambda before, value: replace(value, booking=before.booking),
)
TARGETS: KeptKind[KeptTarget] = KeptKind(
    "/v1/protected-targets",
    "protected_target",
    store.TARGETS,
    daytime.TargetBody,
    daytime.TargetAnswer,
    daytime.target_data,
    query=TargetQuery,
    references=_target_references,
    told=lambda kept: {"is_placed": kept.is_placed},
    # Other wishes are to be placed anew.
    carried=lambda before, value: replace(
        value, is_placed=before.is_placed and replace(value, is_placed=True) == before
    ),
)
