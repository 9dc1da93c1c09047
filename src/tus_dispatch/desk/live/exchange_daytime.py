"""What may fill the middle of a day comes in with its file."""

from typing import Protocol

from tus_dispatch.domain.daytime import FlexibleBooking, GroupEvent
from tus_dispatch.domain.kept_daytime import KeptAttendance, KeptEvent, KeptFlexible, KeptTarget
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId, DriverId, ParticipantId, PlaceId
from tus_dispatch.planning.daytime.frozen import attendance_id
from tus_dispatch.store import daytime
from tus_dispatch.store.session import Session


class NewNames(Protocol):
    """What the identities of a file became."""

    places: dict[PlaceId, PlaceId]
    drivers: dict[DriverId, DriverId]
    participants: dict[ParticipantId, ParticipantId]
    bookings: dict[BookingId, BookingId]


def keep_optional(session: Session, actor: Actor, scenario: Scenario, made: NewNames) -> None:
    """Keep flexible bookings, events and protected time of a day.

    Parameters
    ----------
    session
        Of a write.
    actor
        Whose hand, and whose association.
    scenario
        The day of the file.
    made
        New identities of everything else.

    Notes
    -----
    Hours of flexible bookings become clock times. What the file serves
    already is kept with its booking.
    """
    organisation = actor.organisation
    for flexible in scenario.flexible_bookings:
        value = _flexible(flexible, scenario, made)
        daytime.FLEXIBLE.add(session, organisation, value, actor=actor)
    for event in scenario.group_events:
        record = daytime.EVENTS.add(
            session, organisation, _event(event, scenario, made), actor=actor
        )
        for each in event.attendances:
            attendance = KeptAttendance(
                record.id,
                made.participants[each.participant],
                made.places[each.home],
                each.party_size,
                made.bookings.get(attendance_id(event.id, each.participant)),
            )
            daytime.ATTENDANCES.add(session, organisation, attendance, actor=actor)
    for target in scenario.protected_targets:
        kept = KeptTarget(
            service_date=scenario.day.date,
            driver=made.drivers[target.driver],
            kind=target.kind,
            target_s=target.target_s,
            lengths_s=target.lengths_s,
            place=None if target.place is None else made.places[target.place],
        )
        daytime.TARGETS.add(session, organisation, kept, actor=actor)


def _flexible(flexible: FlexibleBooking, scenario: Scenario, made: NewNames) -> KeptFlexible:
    wall = scenario.day.wall
    return KeptFlexible(
        participant=made.participants[flexible.participant],
        home=made.places[flexible.home],
        place=made.places[flexible.place],
        windows=tuple(
            WallBand(wall(each.earliest_s), wall(each.latest_s)) for each in flexible.windows
        ),
        stay_s=flexible.stay_s,
        one_way=flexible.one_way,
        dates=flexible.dates,
        party_size=flexible.party_size,
        purpose=flexible.purpose,
        regime=flexible.regime,
        requires=flexible.requires,
        value_eur_cents=flexible.value_eur_cents,
        booking=made.bookings.get(flexible.id),
    )


def _event(event: GroupEvent, scenario: Scenario, made: NewNames) -> KeptEvent:
    return KeptEvent(
        service_date=scenario.day.date,
        name=event.name,
        kind=event.kind,
        place=made.places[event.place],
        window=event.window,
        capacity=event.capacity,
        early_s=event.early_s,
        late_s=event.late_s,
        purpose=event.purpose,
        regime=event.regime,
        value_eur_cents=event.value_eur_cents,
    )
