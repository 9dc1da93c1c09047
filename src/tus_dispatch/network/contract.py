"""Points that are not junctions become bends of an edge, so searches visit junctions only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.segments import Segments
from tus_dispatch.network.tags import Flag

Ints = NDArray[np.int64]

# A half-edge is one end of a segment: 2s is the tail of segment s, 2s + 1 its
# head. Leaving by the other end of the same segment is "h ^ 1".
_NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Runs of segments between junctions; each run becomes one edge.

    Attributes
    ----------
    points
        Indices of the points of all runs, one run after the other, both
        junctions included.
    start
        Where each run begins in ``points``, shape ``(m + 1,)``.
    segment
        First segment of each run, whose tags hold for the whole, shape ``(m,)``.
    """

    points: Ints
    start: Ints
    segment: Ints


def chains(segments: Segments, n_points: int, *, contract: bool = True) -> Chains:
    """Join segments at every point where a driver has no choice and nothing changes.

    Parameters
    ----------
    segments
        Pieces of road.
    n_points
        Number of points they refer to.
    contract
        False leaves one edge per segment, which tests compare with.

    Returns
    -------
    chains : Chains
        Every segment is in exactly one run. A run follows the direction of
        traffic. A ring without any junction keeps
        all its points.
    """
    link = np.full(2 * len(segments.tail), _NONE, dtype=np.int64)
    if contract:
        link = _links(segments, n_points)
        link = _open_rings(link)
    run, half = _walk(link)
    return _chosen(segments, run, half)


def _links(segments: Segments, n_points: int) -> Ints:
    """Pair the two half-edges that meet where tags and direction go on unchanged."""
    point = np.column_stack((segments.tail, segments.head)).ravel()
    order = np.argsort(point, kind="stable")
    count = np.bincount(point, minlength=n_points)
    first = (np.cumsum(count) - count)[count == 2]
    a, b = order[first], order[first + 1]
    same = (segments.line[a // 2] == segments.line[b // 2]) & (a // 2 != b // 2)
    oneway = (segments.flags[a // 2] & Flag.ONEWAY) != 0
    passes = same & (~oneway | (a % 2 != b % 2))
    link = np.full(2 * len(segments.tail), _NONE, dtype=np.int64)
    link[a[passes]] = b[passes]
    link[b[passes]] = a[passes]
    return link


def _open_rings(link: Ints) -> Ints:
    """Undo the joints of runs that bite their own tail, for they would have no beginning."""
    _, half = _walk(link)
    seen = np.zeros(len(link), dtype=bool)
    seen[half] = True
    opened = link.copy()
    opened[~(seen | seen[np.arange(len(link)) ^ 1])] = _NONE
    return opened


def _walk(link: Ints) -> tuple[Ints, Ints]:
    """Follow every run from each of its two ends, all runs one step at a time.

    Returns the number of the run and the half-edge by which it enters each
    segment, sorted by run and then by position along it.
    """
    onward = link[np.arange(len(link)) ^ 1]
    here = np.flatnonzero(link == _NONE)
    run = np.arange(len(here))
    runs, halves = [], []
    while len(here):
        runs.append(run)
        halves.append(here)
        ahead = onward[here]
        run, here = run[ahead != _NONE], ahead[ahead != _NONE]
    if not runs:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    all_runs, all_halves = np.concatenate(runs), np.concatenate(halves)
    order = np.argsort(all_runs, kind="stable")
    return all_runs[order], all_halves[order]


def _chosen(segments: Segments, run: Ints, half: Ints) -> Chains:
    """Keep one of the two walks of each run, the one that follows the traffic."""
    begin = np.flatnonzero(np.r_[True, run[1:] != run[:-1]]) if len(run) else np.empty(0, np.int64)
    end = np.r_[begin[1:], len(run)] - 1 if len(run) else begin
    enters, leaves = half[begin], half[end] ^ 1
    oneway = (segments.flags[enters // 2] & Flag.ONEWAY) != 0
    kept = np.where(oneway, enters % 2 == 0, enters < leaves)
    size = (end - begin + 1)[kept]
    steps = half[np.repeat(kept, end - begin + 1)]
    point = np.column_stack((segments.tail, segments.head)).ravel()
    start = np.r_[0, np.cumsum(size + 1)]
    points = np.empty(start[-1], dtype=np.int64)
    is_first = np.zeros(start[-1], dtype=bool)
    is_first[start[:-1]] = True
    points[is_first] = point[enters[kept]]
    points[~is_first] = point[steps ^ 1]
    return Chains(points, start, enters[kept] // 2)
