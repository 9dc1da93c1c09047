"""Offers are taken once, answers repeated, solves begun once, taps accepted once."""

from dataclasses import replace

import pytest

from tests.kept import DAY, NOW_AT, SetClock, World, make_world
from tus_dispatch.domain.demand import Direction, EligibilityGround, ServiceRegime
from tus_dispatch.domain.fleet import VehicleTitle
from tus_dispatch.domain.service import (
    CompletedLeg,
    DriverEvent,
    DriverEventKind,
    JobState,
    SolveJob,
)
from tus_dispatch.domain.units import DriverId, LegId, ParticipantId, ShiftId, VehicleId
from tus_dispatch.errors import ConflictError, IdempotencyMismatchError, NotFoundError
from tus_dispatch.store import completed, driver_events, idempotency, jobs, offers
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.offers import NewOffer
from tus_dispatch.store.session import Database

QUEUED = SolveJob("", DAY, None, 0, JobState.QUEUED, time_limit_s=60.0, seed=3)
ANSWER = Kept("abc", 201, {"ETag": '"1"'}, b'{"id": "bkg_x"}')
TAP = DriverEvent(
    "7b1f", DAY, ShiftId("shf_a"), DriverEventKind.ABOARD, LegId("bkg_a:out"), NOW_AT, NOW_AT + 5
)


def offer_for(world: World) -> NewOffer:
    return NewOffer(ParticipantId(world.anne.id), DAY, 4, "{}", '{"legs": []}', NOW_AT + 600)


def test_an_offer_is_taken_once(database: Database, world: World) -> None:
    with database.write() as session:
        identity = offers.add(session, world.organisation, offer_for(world))
    with database.write() as session:
        taken = offers.take(session, world.organisation, identity, NOW_AT + 599)

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        offers.take(session, world.organisation, identity, NOW_AT + 599)

    assert taken.offer == offer_for(world)
    assert refusal.value.problem.code == "TUS-5012"


def test_an_offer_that_expired_or_is_a_strangers_is_refused(
    database: Database, world: World
) -> None:
    with database.write() as session:
        identity = offers.add(session, world.organisation, offer_for(world))
        other = make_world(session, "Une autre")

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        offers.take(session, world.organisation, identity, NOW_AT + 600)
    with pytest.raises(NotFoundError), database.write() as session:
        offers.take(session, other.organisation, identity, NOW_AT)

    assert refusal.value.problem.code == "TUS-5011"


def test_an_answer_is_given_again_and_another_request_is_refused(
    database: Database, world: World
) -> None:
    with database.write() as session:
        idempotency.keep(session, world.organisation, "acc_a", "k1", ANSWER)

    with database.read() as session:
        found = idempotency.find(session, world.organisation, "acc_a", "k1")
        assert idempotency.find(session, world.organisation, "acc_b", "k1") is None
        assert idempotency.find(session, world.organisation, "acc_a", "k2") is None
    assert found == ANSWER
    idempotency.expect_same(found, "k1", "abc")
    with pytest.raises(IdempotencyMismatchError, match="TUS-5008"):
        idempotency.expect_same(found, "k1", "xyz")


def test_work_done_with_a_used_key_is_undone(database: Database, world: World) -> None:
    with database.write() as session:
        idempotency.keep(session, world.organisation, "acc_a", "k1", ANSWER)

    def work() -> None:
        with database.write() as session:
            offers.add(session, world.organisation, offer_for(world))
            idempotency.keep(session, world.organisation, "acc_a", "k1", ANSWER)

    with pytest.raises(ConflictError):
        work()

    with database.read() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM offer").scalar()
    assert count == 0


def test_a_solve_runs_from_queued_to_completed(database: Database, world: World) -> None:
    organisation = world.organisation
    with database.write() as session:
        job = jobs.add(session, organisation, QUEUED)
        begun = jobs.claim(session, organisation, job.id)
        again = jobs.claim(session, organisation, job.id)
        assert begun is not None
        best = replace(begun, n_requests=5, n_served=4, cost=120, gap=0.25, elapsed_s=1.5)
        jobs.progress(session, organisation, best)
        done = replace(best, state=JobState.COMPLETED, result_number=1)
        jobs.finish(session, organisation, done)

    with database.read() as session:
        assert jobs.get(session, organisation, job.id) == replace(done, heartbeat_at=NOW_AT)
        assert jobs.unfinished(session) == ()
        assert [each.id for each in jobs.of_day(session, organisation, DAY)] == [job.id]
    assert (job.state, begun.attempts, begun.heartbeat_at) == (JobState.QUEUED, 1, NOW_AT)
    assert again is None


def test_a_day_has_one_unfinished_solve_and_an_association_one_running(
    database: Database, world: World
) -> None:
    organisation = world.organisation
    tomorrow = replace(QUEUED, service_date=DAY.replace(day=11))
    with database.write() as session:
        first = jobs.add(session, organisation, QUEUED)
        second = jobs.add(session, organisation, tomorrow)
        jobs.claim(session, organisation, first.id)
        must_wait = jobs.claim(session, organisation, second.id)

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        jobs.add(session, organisation, QUEUED)

    assert must_wait is None
    assert refusal.value.problem.code == "TUS-5013"


def test_a_solve_that_was_cut_off_is_queued_again_and_counted(
    database: Database, world: World
) -> None:
    organisation = world.organisation
    with database.write() as session:
        job = jobs.add(session, organisation, QUEUED)
        jobs.claim(session, organisation, job.id)

    with database.write() as session:
        ((owner, cut),) = jobs.unfinished(session)
        jobs.queue_again(session, owner, cut.id)
        begun = jobs.claim(session, owner, cut.id)

    assert (owner, cut.state) == (organisation, JobState.SOLVING)
    assert begun is not None
    assert begun.attempts == 2


def test_stopping_ends_a_queued_solve_and_asks_a_running_one(
    database: Database, world: World
) -> None:
    organisation = world.organisation
    with database.write() as session:
        waiting = jobs.add(session, organisation, replace(QUEUED, service_date=DAY.replace(day=11)))
        running = jobs.add(session, organisation, QUEUED)
        jobs.claim(session, organisation, running.id)
        stopped = jobs.ask_to_stop(session, organisation, waiting.id)
        asked = jobs.ask_to_stop(session, organisation, running.id)
        is_asked = jobs.is_stop_asked(session, organisation, running.id)

    assert (stopped.state, asked.state, is_asked) == (JobState.STOPPED, JobState.SOLVING, True)


def test_a_finished_solve_stays_as_it_ended(database: Database, world: World) -> None:
    organisation = world.organisation
    with database.write() as session:
        job = jobs.add(session, organisation, QUEUED)
        ended = replace(job, state=JobState.FAILED, failure="Mémoire insuffisante.")
        jobs.finish(session, organisation, ended)
        late = jobs.finish(session, organisation, replace(job, state=JobState.COMPLETED))

    assert late == ended


def test_a_tap_is_accepted_once_in_whatever_order(database: Database, world: World) -> None:
    organisation = world.organisation
    earlier = replace(TAP, id="1a", kind=DriverEventKind.ARRIVED, device_at=NOW_AT - 60)
    with database.write() as session:
        first = driver_events.add_new(session, organisation, [TAP, TAP])
        second = driver_events.add_new(session, organisation, [TAP, earlier])

    with database.read() as session:
        kept = driver_events.of_day(session, organisation, DAY)
    assert (first, second) == (("7b1f",), ("1a",))
    assert kept == (earlier, TAP)


def test_a_leg_that_took_place_is_counted_once_and_can_be_taken_back(
    database: Database, world: World
) -> None:
    leg = CompletedLeg(
        leg=LegId("bkg_a:out"),
        direction=Direction.OUTWARD,
        service_date=DAY,
        participant=ParticipantId(world.anne.id),
        driver=DriverId(world.driver.id),
        is_volunteer=False,
        vehicle=VehicleId(world.vehicle.id),
        vehicle_title=VehicleTitle.OWNED,
        seats=4,
        regime=ServiceRegime.TUS,
        ground=EligibilityGround.BOTH,
        billable_m=12_400,
        participation_eur_cents=310,
    )
    with database.write() as session:
        completed.put(session, world.organisation, replace(leg, billable_m=1))
        completed.put(session, world.organisation, leg)
        kept = completed.between(session, world.organisation, DAY, DAY)
        completed.withdraw(session, world.organisation, leg.leg)
        left = completed.between(session, world.organisation, DAY, DAY)

    assert (kept, left) == ((leg,), ())


def test_time_passes_by_the_clock_that_was_given(database: Database, world: World) -> None:
    clock = database.clock
    assert isinstance(clock, SetClock)
    with database.write() as session:
        job = jobs.add(session, world.organisation, QUEUED)
        clock.at += 30
        begun = jobs.claim(session, world.organisation, job.id)

    assert begun is not None
    assert begun.heartbeat_at == NOW_AT + 30
