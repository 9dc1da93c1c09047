"""What the code refuses, the database refuses too, when somebody goes round the code."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.kept import World, add_booking, save_plan
from tests.makers import five_legs_plan
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.store import idempotency, jobs, plans
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.session import Database

PLAN_DAY = five_legs_plan().scenario.day.date

# What somebody tries, by hand, on a database with a published plan, a job, an
# answer and events.
ATTEMPTS = {
    "use a vehicle twice": (
        "INSERT INTO plan_use SELECT organisation_id, layer, service_date, shift_id || '-3', "
        "subject_kind, subject_id, number, from_at + 60, until_at FROM plan_use"
    ),
    "stretch a use over another": (
        "UPDATE plan_use SET until_at = until_at + 600 WHERE from_at > 0"
    ),
    "publish a second plan": (
        "INSERT INTO publication SELECT organisation_id, 'pub_x', service_date, number, "
        "published_at, NULL FROM publication"
    ),
    "reopen a publication": "UPDATE publication SET number = 2",
    "take a publication away": "DELETE FROM publication",
    "use a key again": (
        "INSERT INTO idempotency SELECT organisation_id, account, key, 'other', 201, '{}', body, "
        "kept_at FROM idempotency"
    ),
    "solve a day twice": (
        "INSERT INTO solve_job SELECT organisation_id, 'job_x', service_date, base_number, "
        "base_revision, state, time_limit_s, seed, workers, attempts, heartbeat_at, n_requests, "
        "n_served, cost, gap, elapsed_s, result_number, is_outdated, failure, is_stop_asked, "
        "queued_at FROM solve_job"
    ),
    "change a plan": "UPDATE plan SET origin = 'import'",
    "remove a plan": "DELETE FROM plan",
    "change an event": "UPDATE event SET kind = 'nothing happened'",
    "remove an event": "DELETE FROM event WHERE seq = 1",
    "change whom an event is about": "UPDATE event_subject SET subject_id = 'x'",
    "book for nobody": "UPDATE booking SET participant_id = 'prt_x'",
    "go to no place": "UPDATE booking SET out_origin_id = 'plc_x'",
    "point to no plan": "UPDATE service_day SET current_number = 99",
}


@pytest.fixture
def full(database: Database, world: World) -> Database:
    with database.write() as session:
        save_plan(session, world)
        plans.publish(session, world.organisation, PLAN_DAY, 1)
        add_booking(session, world)
        jobs.add(
            session,
            world.organisation,
            SolveJob("", PLAN_DAY, 1, 1, JobState.QUEUED, time_limit_s=10.0),
        )
        idempotency.keep(session, world.organisation, "acc_a", "k", Kept("f", 201, {}, b"{}"))
        # A second round of the same vehicle, right after the first.
        session.execute(
            text(
                "INSERT INTO plan_use SELECT organisation_id, layer, service_date, "
                "shift_id || '-2', subject_kind, subject_id, number, until_at, until_at + 600 "
                "FROM plan_use"
            )
        )
    return database


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_going_round_the_code_is_refused(full: Database, attempt: str) -> None:
    with full.writer.connect() as connection:
        with pytest.raises(IntegrityError):
            connection.execute(text(ATTEMPTS[attempt]))
        connection.rollback()


def test_a_table_that_is_never_changed_is_not_emptied_either(full: Database) -> None:
    # SQLite has no TRUNCATE: its DELETE is refused above, row by row.
    statement = "TRUNCATE event CASCADE" if full.path is None else "DELETE FROM event"

    with full.writer.connect() as connection:
        with pytest.raises(IntegrityError, match="never-changed"):
            connection.execute(text(statement))
        connection.rollback()


def test_a_reader_cannot_write(full: Database) -> None:
    with full.read() as session, pytest.raises(DBAPIError, match="read"):
        session.execute(text("UPDATE booking SET priority = 1"))
