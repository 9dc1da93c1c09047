"""Taps come once, in any order and late; legs follow them, and those that took place count."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, booking_of, offered, without_bookings
from tus_dispatch.desk.live.driver_events import Recorded, record
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.publishing import publish
from tus_dispatch.domain.demand import Direction, Eligibility, EligibilityGround
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.service import CompletedLeg, DriverEvent, DriverEventKind
from tus_dispatch.domain.standing import BookingStatus, TripResult
from tus_dispatch.domain.units import DriverId, LegId, ParticipantId, ShiftId
from tus_dispatch.errors import NotFoundError
from tus_dispatch.store import completed, organisations, plans
from tus_dispatch.store.resources import PARTICIPANTS

LEFT, ARRIVED, ABOARD, DROPPED, NO_SHOW = DriverEventKind


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


class Day:
    """A published day on which Basile rides on the minibus."""

    def __init__(self, desk: Desk, made: Imported) -> None:
        self.desk = desk
        self.basile = booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0]).id
        with desk.office.database.read() as session:
            number = plans.pointer(session, desk.organisation, THE_DAY).current
        assert number is not None
        publish(desk.office, desk.dispatcher, THE_DAY, number)
        self.shift = made.shifts[ShiftId("minibus-matin")]
        self.driver = Actor(
            desk.organisation, None, Role.DRIVER, driver=made.drivers[DriverId("lea")]
        )

    def tap(
        self, kind: DriverEventKind, way: str | None = "out", identity: str | None = None
    ) -> DriverEvent:
        leg = None if way is None else LegId(f"{self.basile}:{way}")
        name = identity or f"{kind.value}-{way}"
        at = self.desk.clock.now_at()
        return DriverEvent(name, THE_DAY, self.shift, kind, leg, at, at)

    def send(self, *taps: DriverEvent, actor: Actor | None = None) -> Recorded:
        with self.desk.office.database.write() as session:
            return record(session, actor or self.driver, THE_DAY, taps)

    def statuses(self) -> list[BookingStatus]:
        return [each.status for each in booking_of(self.desk, self.basile).value.states]

    def done(self) -> tuple[CompletedLeg, ...]:
        with self.desk.office.database.read() as session:
            return completed.between(session, self.desk.organisation, THE_DAY, THE_DAY)


@pytest.fixture
def day(desk: Desk) -> Day:
    made = without_bookings(desk)
    with desk.office.database.write() as session:
        settings = organisations.load(session, desk.organisation)
        organisations.change(
            session,
            desk.organisation,
            settings.version,
            replace(settings.value, participation_per_km=25_000),
            actor=None,
        )
        person = PARTICIPANTS.get(
            session, desk.organisation, made.participants[ParticipantId("P2")]
        )
        PARTICIPANTS.change(
            session,
            desk.organisation,
            person.id,
            person.version,
            replace(person.value, eligibility=Eligibility(EligibilityGround.INCOME)),
            actor=None,
        )
    return Day(desk, made)


def test_a_leg_follows_the_taps_and_counts_when_it_took_place(day: Day) -> None:
    way = [day.statuses()[0]]

    for kind in (LEFT, ARRIVED, ABOARD, DROPPED):
        day.send(day.tap(kind))
        way.append(day.statuses()[0])

    (leg,) = day.done()
    assert way == [
        BookingStatus.CONFIRMED,
        BookingStatus.APPROACHING,
        BookingStatus.ARRIVED,
        BookingStatus.ABOARD,
        BookingStatus.DONE,
    ]
    # Ten kilometres between the hamlet and the centre, at 25 cents.
    assert (leg.direction, leg.billable_m, leg.participation_eur_cents) == (
        Direction.OUTWARD,
        10_000,
        250,
    )
    assert (leg.ground, leg.seats, leg.is_volunteer) == (EligibilityGround.INCOME, 8, False)


def test_a_repeated_tap_is_accepted_once(day: Day) -> None:
    first = day.send(day.tap(ABOARD))
    again = day.send(day.tap(ABOARD), day.tap(DROPPED))

    assert first == Recorded(("aboard-out",), ())
    assert again == Recorded(("dropped-out",), ("aboard-out",))
    assert len(day.done()) == 1


@pytest.mark.parametrize("order", list(permutations((ARRIVED, ABOARD, DROPPED))))
def test_taps_in_any_order_end_in_the_same_place(
    day: Day, order: tuple[DriverEventKind, ...]
) -> None:
    for kind in order:
        day.send(day.tap(kind))

    states = booking_of(day.desk, day.basile).value.states
    assert states[0].status is BookingStatus.DONE
    assert states[0].result is TripResult.COMPLETED
    assert states[1].status is BookingStatus.CONFIRMED
    assert len(day.done()) == 1


def test_leaving_the_depot_is_on_the_way_to_the_first_pickup(day: Day) -> None:
    day.send(day.tap(LEFT, None))

    assert day.statuses() == [BookingStatus.APPROACHING, BookingStatus.CONFIRMED]


def test_somebody_who_was_not_there_is_not_counted(day: Day) -> None:
    day.send(day.tap(ARRIVED), day.tap(NO_SHOW))

    assert day.statuses()[0] is BookingStatus.NO_SHOW
    assert day.done() == ()


def test_an_absence_tapped_by_mistake_is_forgotten_when_the_person_rides(day: Day) -> None:
    day.send(day.tap(NO_SHOW))
    day.send(day.tap(DROPPED))

    assert day.statuses()[0] is BookingStatus.DONE
    assert len(day.done()) == 1


def test_a_tap_on_an_older_plan_is_kept_although_the_leg_is_unknown(day: Day) -> None:
    unknown = replace(day.tap(ABOARD), leg=LegId("bkg_parti:out"))

    assert day.send(unknown).accepted == ("aboard-out",)
    assert day.statuses() == [BookingStatus.CONFIRMED] * 2


def test_a_stranger_cannot_tap(day: Day) -> None:
    stranger = replace(day.driver, driver=DriverId("drv_autre"))

    with pytest.raises(NotFoundError):
        day.send(day.tap(DROPPED), actor=stranger)

    assert day.statuses() == [BookingStatus.CONFIRMED] * 2


def test_the_office_may_tap_for_a_driver_whose_telephone_is_dead(day: Day) -> None:
    day.send(day.tap(DROPPED), actor=day.desk.dispatcher)

    assert day.statuses()[0] is BookingStatus.DONE
