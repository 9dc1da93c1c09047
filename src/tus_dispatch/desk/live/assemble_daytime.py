"""What a service day may be filled with, and the law it is held against, from what is kept."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tus_dispatch.domain.daytime import Attendance, FlexibleBooking, GroupEvent, ProtectedTarget
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.kept_daytime import KeptAttendance, KeptEvent, KeptFlexible, KeptTarget
from tus_dispatch.domain.law import Area, Law
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import BookingId, EventId, ParticipantId, PlaceId, TargetId
from tus_dispatch.domain.window import TimeWindow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OptionalRecords:
    """Everything kept that may fill a day.

    Attributes
    ----------
    flexible
        Those still waiting that suit the day, and those that travel on it.
    events, attendances
        Events of the day, and who wants to come.
    targets
        Protected time of the day.
    """

    flexible: Sequence[Record[KeptFlexible]] = ()
    events: Sequence[Record[KeptEvent]] = ()
    attendances: Sequence[Record[KeptAttendance]] = ()
    targets: Sequence[Record[KeptTarget]] = ()

    def people(self) -> Iterator[ParticipantId]:
        """Yield who travels if it comes about."""
        yield from (each.value.participant for each in self.flexible)
        yield from (each.value.participant for each in self.attendances)


@dataclass(frozen=True, slots=True)
class OptionalDemand:
    """What may fill a day.

    Attributes
    ----------
    flexible, events, targets
        As a scenario holds them.
    """

    flexible: tuple[FlexibleBooking, ...] = ()
    events: tuple[GroupEvent, ...] = ()
    targets: tuple[ProtectedTarget, ...] = ()

    def people(self) -> Iterator[ParticipantId]:
        """Yield who is named."""
        yield from (each.participant for each in self.flexible)
        for event in self.events:
            yield from (each.participant for each in event.attendances)

    def places(self) -> Iterator[PlaceId]:
        """Yield where it leads."""
        for flexible in self.flexible:
            yield from (flexible.home, flexible.place)
        for event in self.events:
            yield event.place
            yield from (each.home for each in event.attendances)
        yield from (each.place for each in self.targets if each.place is not None)


def optional_of(
    records: OptionalRecords,
    day: ServiceDay,
    people: Iterable[Record[Participant]],
    booked: Collection[BookingId],
) -> OptionalDemand:
    """Put together what may fill a day.

    Parameters
    ----------
    records
        What is kept.
    day
        Which day.
    people
        Those who are known; what others asked for is left out.
    booked
        Bookings of the day.

    Returns
    -------
    OptionalDemand
        A flexible booking that has been confirmed has the identity of its
        booking, so that what it brought can be counted. Whoever comes to an
        event already takes up room, and is not asked again.
    """
    known = {each.id: each.value for each in people}
    return OptionalDemand(
        tuple(_flexible(records.flexible, day, known, booked)),
        tuple(_event(each, records.attendances, known) for each in _sorted(records.events)),
        tuple(_target(each) for each in _sorted(records.targets) if not each.value.is_placed),
    )


def flexible_of(record: Record[KeptFlexible], day: ServiceDay) -> FlexibleBooking:
    """Return a flexible booking with the hours of a day.

    Parameters
    ----------
    record
        As kept.
    day
        By whose clock its windows are read.

    Returns
    -------
    FlexibleBooking
        Under the identity it is kept by, or that of its booking.
    """
    kept = record.value
    return FlexibleBooking(
        id=kept.booking or BookingId(record.id),
        participant=kept.participant,
        home=kept.home,
        place=kept.place,
        windows=tuple(
            TimeWindow(day.parse_weekly(each.earliest), day.parse_weekly(each.latest))
            for each in kept.windows
        ),
        stay_s=kept.stay_s,
        one_way=kept.one_way,
        dates=kept.dates,
        party_size=kept.party_size,
        purpose=kept.purpose,
        regime=kept.regime,
        requires=kept.requires,
        value_eur_cents=kept.value_eur_cents,
    )


def law_for(law: Law | None, places: Iterable[Place]) -> Law | None:
    """Return the law of an association as far as some places need it.

    Parameters
    ----------
    law
        With the whole list of eligible communes.
    places
        Of a day.

    Returns
    -------
    Law or None
        The same for trips between these places: communes, hubs and areas that
        none of them names are left out.
    """
    if law is None:
        return None
    here = {each.id for each in places}
    communes = frozenset(each.insee for each in places if each.insee is not None)
    zone = law.zone
    if zone is not None:
        zone = replace(zone, communes=zone.communes & communes)

    def cut(area: Area) -> Area:
        return replace(area, communes=area.communes & communes, places=area.places & here)

    return replace(
        law,
        zone=zone,
        hubs=tuple(each for each in law.hubs if each in here),
        authorities=tuple(cut(each) for each in law.authorities),
        public_services=tuple(cut(each) for each in law.public_services),
    )


def _flexible(
    records: Iterable[Record[KeptFlexible]],
    day: ServiceDay,
    known: Collection[str],
    booked: Collection[BookingId],
) -> Iterator[FlexibleBooking]:
    for record in _sorted(records):
        kept = record.value
        is_here = kept.booking is None or kept.booking in booked
        if kept.participant in known and is_here:
            yield flexible_of(record, day)


def _event(
    record: Record[KeptEvent],
    attendances: Iterable[Record[KeptAttendance]],
    known: dict[str, Participant],
) -> GroupEvent:
    kept = record.value
    own = [each.value for each in attendances if each.value.event == record.id]
    coming = sum(_n_people(each, known) for each in own if each.booking is not None)
    return GroupEvent(
        id=EventId(record.id),
        name=kept.name,
        kind=kept.kind,
        place=kept.place,
        window=kept.window,
        capacity=max(0, kept.capacity - coming),
        attendances=tuple(
            Attendance(each.participant, each.home, each.party_size)
            for each in own
            if each.booking is None and each.participant in known
        ),
        early_s=kept.early_s,
        late_s=kept.late_s,
        purpose=kept.purpose,
        regime=kept.regime,
        value_eur_cents=kept.value_eur_cents,
    )


def _n_people(attendance: KeptAttendance, known: dict[str, Participant]) -> int:
    person = known.get(attendance.participant)
    return attendance.party_size + (0 if person is None else person.companions)


def _target(record: Record[KeptTarget]) -> ProtectedTarget:
    kept = record.value
    return ProtectedTarget(
        id=TargetId(record.id),
        driver=kept.driver,
        kind=kept.kind,
        target_s=kept.target_s,
        lengths_s=kept.lengths_s,
        place=kept.place,
    )


def _sorted(records: Iterable[Record[T]]) -> list[Record[T]]:
    # Whoever asked first comes first.
    return sorted(records, key=lambda each: (each.created_at, each.id))
