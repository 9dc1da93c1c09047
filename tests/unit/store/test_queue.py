"""Solves wait in their queue, hold identities only, and are found again when it is lost."""

import threading
from pathlib import Path

from tests.kept import DAY, SetClock, World
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.store import jobs
from tus_dispatch.store.queue import open_queue
from tus_dispatch.store.session import Database

LONGEST_S = 20.0


def test_solves_are_done_in_the_order_they_came(
    database: Database, world: World, tmp_path: Path
) -> None:
    done: list[str] = []
    is_done = threading.Event()

    def solve(organisation: OrganisationId, job: str) -> bool:
        assert organisation == world.organisation
        done.append(job)
        if len(done) == 3:
            is_done.set()
        return True

    queue = open_queue(database, tmp_path)
    for number in range(3):
        queue.put(world.organisation, f"job_{number}")
    waiting = queue.waiting()
    queue.start(solve)
    assert is_done.wait(LONGEST_S)
    queue.stop()

    assert waiting == 3
    assert done == ["job_0", "job_1", "job_2"]


def test_a_solve_that_must_wait_comes_again_behind_the_others(
    database: Database, world: World, tmp_path: Path
) -> None:
    begun: list[str] = []
    is_done = threading.Event()

    def solve(_organisation: OrganisationId, job: str) -> bool:
        begun.append(job)
        if begun.count("job_a") == 2:
            is_done.set()
        return job != "job_a" or begun.count("job_a") == 2

    queue = open_queue(database, tmp_path)
    queue.put(world.organisation, "job_a")
    queue.put(world.organisation, "job_b")
    queue.start(solve)
    assert is_done.wait(LONGEST_S)
    queue.stop()

    assert begun == ["job_a", "job_b", "job_a"]


def test_what_was_cut_off_or_forgotten_is_queued_again_at_the_start(
    database: Database, world: World, tmp_path: Path
) -> None:
    with database.write() as session:
        days = (DAY, DAY.replace(day=11), DAY.replace(day=12))
        cut, waiting, ended = (
            jobs.add(session, world.organisation, SolveJob("", day, None, 0, JobState.QUEUED, 10.0))
            for day in days
        )
        jobs.claim(session, world.organisation, cut.id)
        jobs.ask_to_stop(session, world.organisation, ended.id)
    queue = open_queue(database, tmp_path)
    # Left over from before, and put again below.
    queue.put(world.organisation, waiting.id)

    clock = database.clock
    assert isinstance(clock, SetClock)
    clock.at += 119
    early = queue.refill(database)
    clock.at += 1
    count = queue.refill(database)

    with database.read() as session:
        states = [jobs.get(session, world.organisation, each.id).state for each in (cut, ended)]
    # On PostgreSQL another worker may still be at it until two minutes have passed.
    assert early == (2 if database.path is not None else 1)
    assert (count, queue.waiting()) == (2, 2)
    assert states == [JobState.QUEUED, JobState.STOPPED]
    queue.stop()


def test_the_queue_is_no_part_of_the_database(
    database: Database, world: World, tmp_path: Path
) -> None:
    queue = open_queue(database, tmp_path)
    queue.put(world.organisation, "job_a")
    queue.stop()

    with database.readers.connect() as connection:
        from tus_dispatch.store.migrate import differences

        assert list(differences(connection)) == []
    if database.path is not None:
        content = (tmp_path / "queue.db").read_bytes()
        assert b"job_a" in content
        assert b"pickle" not in content
