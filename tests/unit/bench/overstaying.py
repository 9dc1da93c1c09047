"""A peer that never answers."""

from time import sleep

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem


def solve(problem: PeerProblem, budget: Budget) -> Orders:
    sleep(600)
    return ()
