"""What drivers did on the days before is part of every later day, as its plans say."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, current, offered, without_bookings
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.publishing import publish
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.service import KeptOffer
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import DriverId
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.store import plans


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(desk: Desk) -> Imported:
    return without_bookings(desk)


def on_the_minibus(desk: Desk, asked: DatedBooking) -> KeptOffer:
    """Choose what the one shift with a driver can do."""
    return next(
        each
        for each in offered(desk, asked)
        if all(tour_round.driver for tour_round in each.offer.new_rounds)
    )


def duties_of(plan: Plan) -> dict[DriverId | None, tuple[WorkSpan, ...]]:
    start_at = ServiceDay(THE_DAY, "Europe/Paris").start_at
    return {
        each.driver: (
            WorkSpan(start_at + each.stops[0].arrival_s, start_at + each.stops[-1].departure_s),
        )
        for each in plan.rounds
        if each.driver is not None
    }


def seen_on(desk: Desk, day: date) -> dict[DriverId | None, tuple[WorkSpan, ...]]:
    with desk.office.database.read() as session:
        drivers = scenario_of(session, desk.organisation, day).drivers
    return {each.id: each.past_work for each in drivers if each.past_work}


def test_a_plan_is_behind_its_drivers_on_later_days_only(desk: Desk, made: Imported) -> None:
    booked(desk, on_the_minibus(desk, asking(made, "P2", "09:30", "11:00")))

    duties = duties_of(current(desk))

    assert duties
    assert seen_on(desk, THE_DAY + timedelta(days=1)) == duties
    assert seen_on(desk, THE_DAY + timedelta(weeks=13)) == duties
    assert seen_on(desk, THE_DAY + timedelta(weeks=13, days=1)) == {}
    assert seen_on(desk, THE_DAY) == {}


def test_what_is_published_counts_and_not_what_is_planned_since(desk: Desk, made: Imported) -> None:
    booked(desk, on_the_minibus(desk, asking(made, "P2", "09:30", "11:00")))
    before = duties_of(current(desk))
    with desk.office.database.read() as session:
        pointer = plans.pointer(session, desk.organisation, THE_DAY)
    assert pointer.current is not None
    publish(desk.office, desk.dispatcher, THE_DAY, pointer.current, pointer.revision)

    booked(desk, on_the_minibus(desk, asking(made, "P3", "11:30", None)))

    assert before
    assert duties_of(current(desk)) != before
    assert seen_on(desk, THE_DAY + timedelta(days=1)) == before
