"""Flexible bookings, events and protected time as the plain data of their file."""

from tus_dispatch.domain.daytime import FlexibleBooking, GroupEvent, ProtectedTarget
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.native.daytime import (
    AttendanceShape,
    FlexibleBookingShape,
    GroupEventShape,
    ProtectedTargetShape,
)
from tus_dispatch.formats.native.sparse import Data, period, sparse, window


def flexible_data(flexible: FlexibleBooking, day: ServiceDay) -> Data:
    """Write a flexible booking."""
    return sparse(
        FlexibleBookingShape,
        id=flexible.id,
        participant=flexible.participant,
        home=flexible.home,
        place=flexible.place,
        windows=[window(each, day) for each in flexible.windows],
        stay_s=flexible.stay_s,
        one_way=flexible.one_way,
        dates=[each.isoformat() for each in flexible.dates],
        party_size=flexible.party_size,
        purpose=flexible.purpose.value,
        regime=flexible.regime.value,
        requires=list(flexible.requires),
        value_eur_cents=flexible.value_eur_cents,
    )


def event_data(event: GroupEvent, day: ServiceDay) -> Data:
    """Write an event."""
    return sparse(
        GroupEventShape,
        id=event.id,
        name=event.name,
        kind=event.kind.value,
        place=event.place,
        **period(event.window, day),
        capacity=event.capacity,
        attendances=[
            sparse(
                AttendanceShape,
                participant=each.participant,
                home=each.home,
                party_size=each.party_size,
            )
            for each in event.attendances
        ],
        early_s=event.early_s,
        late_s=event.late_s,
        purpose=event.purpose.value,
        regime=event.regime.value,
        value_eur_cents=event.value_eur_cents,
    )


def target_data(target: ProtectedTarget) -> Data:
    """Write the protected time a driver is to have."""
    return sparse(
        ProtectedTargetShape,
        id=target.id,
        driver=target.driver,
        kind=target.kind.value,
        target_s=target.target_s,
        lengths_s=list(target.lengths_s),
        place=target.place,
    )
