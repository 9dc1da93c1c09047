"""The five-leg day with people who would like to come along around noon.

Denise Durand lives in the village of Le Bourg, 15 minutes from the centre, and would
like to be there for half an hour between 09:00 and 13:00. The car stands at the centre
from 08:26 to 13:00, but for its break. Three more people could come to a workshop in the
mill, 10 minutes from the centre, from 10:00 to 10:30. Léa is to have half an hour of
training; her minibus stands at the centre from 09:29 to 11:00.
"""

from dataclasses import replace

from tests.makers import BOURG, CENTRE, HAMEAU, MOULIN, five_legs_plan, window
from tus_dispatch.domain.daytime import (
    Attendance,
    EventKind,
    FlexibleBooking,
    GroupEvent,
    ProtectedTarget,
)
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import BookingId, DriverId, EventId, ParticipantId, TargetId

DENISE, FLEXIBLE, EVENT, TARGET = (
    ParticipantId("P4"),
    BookingId("F1"),
    EventId("E1"),
    TargetId("T1"),
)
LEA = DriverId("lea")


def flexible() -> FlexibleBooking:
    return FlexibleBooking(
        FLEXIBLE, DENISE, BOURG, CENTRE, (window("09:00", "13:00"),), stay_s=1800
    )


def workshop() -> GroupEvent:
    return GroupEvent(
        EVENT,
        "Atelier vélo",
        EventKind.WORKSHOP,
        MOULIN,
        window("10:00", "10:30"),
        capacity=2,
        attendances=tuple(
            Attendance(ParticipantId(name), home)
            for name, home in (("P5", CENTRE), ("P6", CENTRE), ("P7", HAMEAU))
        ),
    )


def training() -> ProtectedTarget:
    return ProtectedTarget(TARGET, LEA, SlotKind.TRAINING, 1800, (1800,))


def quiet_day(
    *,
    bookings: tuple[FlexibleBooking, ...] = (),
    events: tuple[GroupEvent, ...] = (),
    targets: tuple[ProtectedTarget, ...] = (),
) -> Plan:
    """Return the plan of the five-leg day, in a day with more people."""
    plan = five_legs_plan()
    newcomers = (
        Participant(DENISE, "Denise", "Durand"),
        *(Participant(ParticipantId(name), name) for name in ("P5", "P6", "P7")),
    )
    scenario = replace(
        plan.scenario,
        participants=(*plan.scenario.participants, *newcomers),
        flexible_bookings=bookings,
        group_events=events,
        protected_targets=targets,
    )
    return replace(plan, scenario=scenario)
