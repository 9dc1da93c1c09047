"""A peer runs in a process of its own, which is ended when it overstays its time."""

import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import perf_counter, process_time
from typing import NamedTuple

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem
from tus_dispatch.bench.peers.registry import Peer

START_UP_S = 60.0
GRACE_S = 30.0
STDOUT = 1
# Read by libraries when they start their threads.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}


class PeerReady(NamedTuple):
    """Sent first: the library is loaded, solving begins."""


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """What a peer found.

    Attributes
    ----------
    orders
        Nodes per vehicle used; empty when it found nothing or was ended.
    wall_s
        Seconds from the loaded library to the answer, its own model included.
    cpu_s
        Processor time of its process in those seconds.
    complaint
        Why there is no answer, or an empty text.
    """

    orders: Orders
    wall_s: float
    cpu_s: float = 0.0
    complaint: str = ""


def ask(
    peer: Peer, problem: PeerProblem, budget: Budget, *, grace_s: float = GRACE_S
) -> PeerAnswer:
    """Let a peer solve a problem.

    Parameters
    ----------
    peer
        Installed.
    problem, budget
        What to solve, and for how long.
    grace_s
        Seconds for its model and beyond its limit, before it is ended.

    Returns
    -------
    PeerAnswer
        Also when its process dies or has to be ended.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, peer, problem, budget), daemon=True)
    process.start()
    there.close()
    try:
        return _listen(here, budget.limit_s + grace_s)
    finally:
        process.kill()
        process.join()
        here.close()


def _listen(connection: Connection, longest_s: float) -> PeerAnswer:
    wait_s = START_UP_S
    began_at = perf_counter()
    try:
        while connection.poll(wait_s):
            message = connection.recv()
            if isinstance(message, PeerAnswer):
                return message
            began_at = perf_counter()
            wait_s = longest_s
    except (EOFError, OSError):
        return PeerAnswer((), perf_counter() - began_at, complaint="its process died")
    complaint = "its process was ended: no answer in time"
    return PeerAnswer((), perf_counter() - began_at, complaint=complaint)


def _run(connection: Connection, peer: Peer, problem: PeerProblem, budget: Budget) -> None:
    # What a library prints has no place among our results.
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
    os.environ.update(ONE_THREAD)
    solve = peer.load()
    connection.send(PeerReady())
    began_at, cpu_at = perf_counter(), process_time()
    orders = solve(problem, budget)
    wall_s, cpu_s = perf_counter() - began_at, process_time() - cpu_at
    connection.send(PeerAnswer(orders, wall_s, cpu_s))
    connection.close()
