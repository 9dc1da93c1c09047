"""Whether short sequences of stops can be timed, many at once."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from tus_dispatch.solver.event_ground import Ground
from tus_dispatch.solver.instance import Bools, Ints

N_SWEEPS_MORE = 3
NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Sequences of one pattern.

    Attributes
    ----------
    nodes
        Shape ``(rows, length)``.
    mates
        Positions of a pickup and its dropoff, for those that have both.
    direct
        Position after which the vehicle drives on without any other stop, or
        ``NOWHERE``; between all others there may be more.
    """

    nodes: Ints
    mates: tuple[tuple[int, int], ...]
    direct: int


def can_be_timed(ground: Ground, paths: Paths) -> Bools:
    """Tell which sequences keep their windows and ride limits.

    Parameters
    ----------
    ground
        Drives and windows.
    paths
        What is to be timed.

    Returns
    -------
    ndarray of bool, shape (rows,)
        False only where no feasible route can contain the sequence.

    Notes
    -----
    The least schedule above all lower bounds, as in ``timing``: forwards by
    driving, backwards by ride limits, until nothing moves.
    """
    nodes = paths.nodes
    length = nodes.shape[1]
    service_s = ground.instance.service_s[nodes]
    latest_s = ground.latest_s[nodes]
    step_s = ground.reach_s[nodes[:, :-1], nodes[:, 1:]]
    at = paths.direct
    if at != NOWHERE:
        step_s[:, at] = ground.drive_s[nodes[:, at], nodes[:, at + 1]]
    step_s += service_s[:, :-1]
    stay_s = [ground.instance.max_ride_s[nodes[:, a]] + service_s[:, a] for a, _ in paths.mates]
    x = ground.earliest_s[nodes]
    for _ in range(length + N_SWEEPS_MORE):
        for i in range(1, length):
            np.maximum(x[:, i], x[:, i - 1] + step_s[:, i - 1], out=x[:, i])
        before = x.copy()
        for (a, b), longest_s in zip(paths.mates, stay_s, strict=True):
            np.maximum(x[:, a], x[:, b] - longest_s, out=x[:, a])
        if np.array_equal(x, before):
            break
    is_stable = (x == before).all(axis=1)
    fits: Bools = is_stable & (x <= latest_s).all(axis=1)
    return fits


def arc_patterns(kinds: tuple[bool, bool], *, is_same: bool, n_others: int) -> list[list[int]]:
    """List the orders in which the people around one drive can get in and out.

    Parameters
    ----------
    kinds
        Whether the drive begins, and ends, with a pickup.
    is_same
        Whether both ends belong to one request, picked up and dropped at once.
    n_others
        People aboard all along.

    Returns
    -------
    list of list of int
        Doors in order: ``2 p`` is the pickup of person ``p`` and ``2 p + 1``
        the dropoff. Person 0 is at the first end, person 1 at the second, the
        others follow. The doors of the drive itself stand side by side.
    """
    first, second = 0, 0 if is_same else 1
    begins_in, ends_in = kinds
    middle = [2 * first + (not begins_in), 2 * second + (not ends_in)]
    others = list(range(2, 2 + n_others))
    before = [2 * p for p in others]
    after = [2 * p + 1 for p in others]
    before += [] if begins_in else [2 * first]
    after += [2 * first + 1] if begins_in and not is_same else []
    before += [2 * second] if not ends_in and not is_same else []
    after += [2 * second + 1] if ends_in else []
    return [[*ins, *middle, *outs] for ins in permutations(before) for outs in permutations(after)]


def arcs_can_be_timed(
    ground: Ground, people: Ints, kinds: tuple[bool, bool], *, is_same: bool
) -> Bools:
    """Tell which drives some route can contain, with the people aboard meanwhile.

    Parameters
    ----------
    ground
        Drives and windows.
    people
        Requests at the first end, at the second end, then others aboard all
        along, shape ``(rows, 2 + others)``.
    kinds, is_same
        As in :func:`arc_patterns`.

    Returns
    -------
    ndarray of bool, shape (rows,)
        Whether some order of getting in and out can be timed.
    """
    patterns = arc_patterns(kinds, is_same=is_same, n_others=people.shape[1] - 2)
    begins = 0 if kinds[0] else 1
    return _any_can_be_timed(ground, people, [(doors, doors.index(begins)) for doors in patterns])


def sets_can_be_timed(ground: Ground, people: Ints) -> Bools:
    """Tell which people can be aboard all at once.

    Parameters
    ----------
    ground
        Drives and windows.
    people
        Requests, shape ``(rows, people)``.

    Returns
    -------
    ndarray of bool, shape (rows,)
        Whether some order of getting in and out can be timed.
    """
    each = range(people.shape[1])
    patterns = [
        ([2 * p for p in ins] + [2 * p + 1 for p in outs], NOWHERE)
        for ins in permutations(each)
        for outs in permutations(each)
    ]
    return _any_can_be_timed(ground, people, patterns)


def _any_can_be_timed(ground: Ground, people: Ints, patterns: list[tuple[list[int], int]]) -> Bools:
    """Try one pattern after the other on the rows without success so far."""
    found = np.zeros(len(people), dtype=np.bool_)
    for doors, direct in patterns:
        rows = np.flatnonzero(~found)
        if not len(rows):
            break
        who = people[rows][:, [door // 2 for door in doors]]
        nodes = who + ground.n * np.array([door % 2 for door in doors], dtype=np.int64)
        mates = tuple(
            (doors.index(door - 1), at)
            for at, door in enumerate(doors)
            if door % 2 and door - 1 in doors
        )
        found[rows] = can_be_timed(ground, Paths(nodes, mates, direct))
    return found
