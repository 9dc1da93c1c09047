"""Chores of the server go on whatever happens to one of them."""

import threading

import pytest

from tus_dispatch.desk.running.minder import Chore, Minder


def test_every_chore_is_done_again_and_again_until_the_minder_stops() -> None:
    done = [0, 0]
    often = threading.Event()

    def count(number: int) -> None:
        done[number] += 1
        if done[0] >= 3:
            often.set()

    minder = Minder(
        Chore("quick", 0.01, lambda: count(0)),
        Chore("slow", 3600, lambda: count(1)),
        Chore("later", 3600, lambda: count(1), at_once=False),
    )
    minder.start()
    assert often.wait(10)
    minder.stop()

    # The slow one was done at once, the other waits for its hour.
    assert done[1] == 1
    at_the_end = done[0]
    assert not threading.Event().wait(0.05)
    assert done[0] == at_the_end


def test_a_chore_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries = []
    twice = threading.Event()

    def fail() -> None:
        tries.append(1)
        if len(tries) == 2:
            twice.set()
        raise OSError("no space left")

    minder = Minder(Chore("backup", 0.01, fail))
    minder.start()
    assert twice.wait(10)
    minder.stop()

    assert "backup failed" in caplog.text
