"""A day is planned as a job: nothing is lost, nobody's promise is broken, nobody is overtaken."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, current, offered, pickups_of, without_bookings
from tests.makers import five_legs
from tus_dispatch.desk.live.booking import request
from tus_dispatch.desk.live.cancelling import Wish, cancel
from tus_dispatch.desk.live.planning import (
    MOST_ATTEMPTS,
    PlanOptions,
    solve_queued,
    start,
    status,
    stop,
)
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.domain.service import DayPointer, JobState, PlanOrigin, SolveJob
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.errors import ConflictError, InputError
from tus_dispatch.store import jobs, plans
from tus_dispatch.store.resources import SHIFT_RULES

SHORT = PlanOptions(time_limit_s=10.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def started(desk: Desk, options: PlanOptions = SHORT) -> SolveJob:
    with desk.office.database.write() as session:
        return start(desk.office, session, desk.dispatcher, THE_DAY, options)


def now(desk: Desk, job: SolveJob) -> SolveJob:
    with desk.office.database.read() as session:
        return status(session, desk.dispatcher, job.id)


def solved(desk: Desk, job: SolveJob) -> SolveJob:
    assert solve_queued(desk.office, desk.organisation, job.id)
    return now(desk, job)


def pointer(desk: Desk) -> DayPointer:
    with desk.office.database.read() as session:
        return plans.pointer(session, desk.organisation, THE_DAY)


def test_a_day_is_planned_and_its_plan_becomes_the_current_one(desk: Desk) -> None:
    desk.imported(five_legs())

    job = solved(desk, started(desk))

    plan = current(desk)
    assert desk.queued == [job.id]
    assert (job.state, job.n_requests, job.n_served) == (JobState.COMPLETED, 5, 5)
    assert (job.cost, job.result_number, job.is_outdated) == (plan.cost.total, 1, False)
    assert pointer(desk).current == 1
    assert len(pickups_of(plan)) == 5


def test_nobody_is_told_of_a_job_that_was_not_kept(desk: Desk) -> None:
    desk.imported(five_legs())

    def begun_and_broken() -> None:
        with desk.office.database.write() as session:
            start(desk.office, session, desk.dispatcher, THE_DAY, SHORT)
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        begun_and_broken()

    assert desk.queued == []


def test_a_day_is_planned_once_at_a_time(desk: Desk) -> None:
    desk.imported(five_legs())
    started(desk)

    with pytest.raises(ConflictError):
        started(desk)


def test_what_was_promised_is_kept_by_planning(desk: Desk) -> None:
    made = without_bookings(desk)
    anne = booked(desk, offered(desk, asking(made))[0])
    told = {each.leg: each.pickup_window for each in current(desk).promises}
    with desk.office.database.write() as session:
        for who, hours in (("P2", ("09:30", "11:00")), ("P3", ("08:30", None))):
            request(desk.office, session, desk.dispatcher, asking(made, who, *hours))

    solved(desk, started(desk))

    plan = current(desk)
    pickups = pickups_of(plan)
    assert len(pickups) == 5
    assert {each.leg: each.pickup_window for each in plan.promises} == told
    assert all(w.earliest_s <= pickups[leg] <= w.latest_s for leg, w in told.items())
    assert {f"{anne.id}:out", f"{anne.id}:ret"} == set(map(str, told))


def test_a_result_on_an_older_day_is_only_offered(desk: Desk) -> None:
    made = without_bookings(desk)
    first = booked(desk, offered(desk, asking(made))[0])
    overtaken = replace(desk.office, database=_BookingMeanwhile(desk, made))  # type: ignore[arg-type]
    job = started(desk)

    assert solve_queued(overtaken, desk.organisation, job.id)

    after = now(desk, job)
    assert (after.state, after.is_outdated) == (JobState.COMPLETED, True)
    assert pointer(desk).current == 2
    assert after.result_number == 3
    with desk.office.database.read() as session:
        kept = plans.load(session, desk.organisation, THE_DAY, 3)
    assert kept.origin is PlanOrigin.SOLVE
    # Both bookings are still in the plan that counts.
    assert {str(leg).partition(":")[0] for leg in pickups_of(current(desk))} > {first.id}


class _BookingMeanwhile:
    """The same database, in which somebody books as soon as a solve has read it."""

    def __init__(self, desk: Desk, made: object) -> None:
        self.database, self.desk, self.made = desk.office.database, desk, made
        self.reads = 0

    def __getattr__(self, name: str) -> object:
        if name == "read":
            self.reads += 1
        if name == "write" and self.reads == 1:
            self.reads += 1
            offer = offered(self.desk, asking(self.made, "P2", "09:30", "11:00"))[0]  # type: ignore[arg-type]
            booked(self.desk, offer)
        return getattr(self.database, name)


def test_a_solve_stops_when_asked_and_keeps_its_best(desk: Desk) -> None:
    desk.imported(five_legs())
    long = replace(desk, office=replace(desk.office, solving=SolveOptions(proves=False)))
    job = started(long, PlanOptions(time_limit_s=60.0))

    class Ticking:
        """A clock on which a second passes every time somebody looks."""

        def __init__(self) -> None:
            self.now_s = 0.0

        def now_at(self) -> int:
            return desk.clock.now_at()

        def monotonic_s(self) -> float:
            self.now_s += 1.0
            if self.now_s > 4:
                with desk.office.database.write() as session:
                    stop(session, desk.dispatcher, job.id)
            return self.now_s

    assert solve_queued(replace(long.office, clock=Ticking()), desk.organisation, job.id)

    after = now(desk, job)
    assert after.state is JobState.STOPPED
    assert after.result_number == 1
    assert after.elapsed_s < 30
    assert len(pickups_of(current(desk))) == 5


def test_a_solve_that_has_not_begun_stops_at_once(desk: Desk) -> None:
    desk.imported(five_legs())
    job = started(desk)

    with desk.office.database.write() as session:
        stop(session, desk.dispatcher, job.id)

    assert now(desk, job).state is JobState.STOPPED
    assert solve_queued(desk.office, desk.organisation, job.id)
    assert pointer(desk).current is None


def test_one_solve_at_a_time_in_an_association(desk: Desk) -> None:
    desk.imported(five_legs())
    job = started(desk)
    with desk.office.database.write() as session:
        other = jobs.add(
            session,
            desk.organisation,
            replace(job, service_date=THE_DAY.replace(day=11)),
        )
        jobs.claim(session, desk.organisation, other.id)

    assert solve_queued(desk.office, desk.organisation, job.id) is False
    assert now(desk, job).state is JobState.QUEUED


def test_a_solve_that_was_cut_off_too_often_fails_and_the_plan_stays(desk: Desk) -> None:
    desk.imported(five_legs())
    job = started(desk)
    for _ in range(MOST_ATTEMPTS):
        with desk.office.database.write() as session:
            jobs.claim(session, desk.organisation, job.id)
            jobs.queue_again(session, desk.organisation, job.id)

    after = solved(desk, job)

    assert after.state is JobState.FAILED
    assert after.failure is not None
    assert "reste valable" in after.failure


def test_a_solver_process_that_is_killed_costs_no_plan(desk: Desk) -> None:
    desk.imported(five_legs())
    job = started(desk)

    class Killer:
        """A clock whose first look ends every solver process."""

        def __init__(self) -> None:
            self.now_s = 0.0

        def now_at(self) -> int:
            return desk.clock.now_at()

        def monotonic_s(self) -> float:
            self.now_s += 1.0
            for child in multiprocessing.active_children():
                if child.pid is not None:
                    os.kill(child.pid, signal.SIGKILL)
            return self.now_s

    assert solve_queued(replace(desk.office, clock=Killer()), desk.organisation, job.id)

    assert now(desk, job).state is JobState.COMPLETED
    assert current(desk).cost.total > 0


def test_a_day_that_does_not_fit_together_is_not_planned(desk: Desk) -> None:
    made = desk.imported(five_legs())
    with desk.office.database.write() as session:
        identity = made.shifts[ShiftId("minibus-matin")]
        rule = SHIFT_RULES.get(session, desk.organisation, identity)
        SHIFT_RULES.add(session, desk.organisation, rule.value, actor=None)

    with pytest.raises(InputError) as caught:
        started(desk)

    assert {each.code for each in caught.value.problems} == {"TUS-1052"}
    assert desk.queued == []


def test_a_cancelled_seat_is_used_by_the_next_plan(desk: Desk) -> None:
    made = without_bookings(desk)
    twice = asking(made, "P2", "09:30", "11:00")
    first = booked(desk, offered(desk, twice)[0])
    with desk.office.database.write() as session:
        second = request(desk.office, session, desk.dispatcher, twice)
        cancel(desk.office, session, desk.dispatcher, first, Wish())

    solved(desk, started(desk))

    assert set(pickups_of(current(desk))) == {f"{second.id}:out", f"{second.id}:ret"}
