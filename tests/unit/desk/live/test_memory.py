"""What was worked out is not worked out again, also when many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from tus_dispatch.desk.live.memory import Memory


class Worker:
    """Counts how often it was asked to work."""

    def __init__(self) -> None:
        self.n_calls = 0

    def __call__(self) -> int:
        self.n_calls += 1
        sleep(0.02)
        return self.n_calls


def test_many_who_ask_at_once_let_one_of_them_work() -> None:
    memory: Memory[int] = Memory(4)
    worker, together = Worker(), Barrier(8)

    def ask(_: int) -> int:
        together.wait()
        return memory.get("same", worker)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))

    assert answers == {1}
    assert worker.n_calls == 1


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    memory: Memory[str] = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, lambda key=key: key)  # type: ignore[misc]

    assert len(memory) == 2
    assert memory.get("a", lambda: "again") == "a"
    assert memory.get("b", lambda: "again") == "again"


def test_what_failed_is_tried_again() -> None:
    memory: Memory[int] = Memory(2)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memory.get("key", fail)

    assert memory.get("key", lambda: 3) == 3


def test_everything_can_be_forgotten() -> None:
    memory: Memory[int] = Memory(2)
    memory.get("key", lambda: 1)

    memory.forget()

    assert memory.get("key", lambda: 2) == 2
