"""A day with one or two more legs, made from the day as it stands without reading it again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.units import LegId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.encode import Encoding
from tus_dispatch.planning.encode_legs import (
    LegArrays,
    door_arrays,
    incompatible_rows,
    link_arrays,
    own_arrays,
)
from tus_dispatch.planning.hours.lawful_day import staffed
from tus_dispatch.planning.leg_windows import node_windows
from tus_dispatch.solver.instance import Instance, Ints

_OWN = ("load", "max_ride_s", "direct_s", "allowed", "penalty")


def with_newcomers(
    encoding: Encoding, newcomers: Sequence[Leg], promises: Mapping[LegId, TimeWindow]
) -> Encoding:
    """Add legs behind those of a day.

    Parameters
    ----------
    encoding
        Its own promises stay.
    newcomers
        Legs the day does not have yet; their places are in its travel times.
    promises
        Pickup windows the newcomers were told.

    Returns
    -------
    Encoding
        The same as :func:`encode.encode` of all legs, newcomers last.
    """
    scenario, old, matrix = encoding.scenario, encoding.instance, encoding.matrix
    windows = node_windows(newcomers, matrix, scenario.day.length_s, promises=promises)
    legs = (*encoding.legs, *newcomers)
    own = own_arrays(staffed(scenario, encoding.around.crew), newcomers, windows, matrix)
    joined: LegArrays = {name: np.concatenate([getattr(old, name), own[name]]) for name in _OWN}
    instance = replace(
        old,
        **_doors(old, door_arrays(newcomers, windows, matrix)),
        **joined,
        **_links(encoding, newcomers),
        incompatible=_incompatible(encoding, newcomers),
    )
    told = {leg.id: promises[leg.id] for leg in newcomers if leg.id in promises}
    return replace(encoding, instance=instance, legs=legs, promises={**encoding.promises, **told})


def renumbered(nodes: Ints, n_before: int, n_newcomers: int) -> Ints:
    """Translate nodes of a day into those of the day with more legs.

    Parameters
    ----------
    nodes
        Pickups, dropoffs and pauses of a day of ``n_before`` legs.
    n_before, n_newcomers
        Legs before, and how many more there are.

    Returns
    -------
    ndarray of int
        Of the same shape.
    """
    shifted: Ints = nodes + n_newcomers * (
        (nodes >= n_before).astype(np.int64) + (nodes >= 2 * n_before)
    )
    return shifted


def _doors(old: Instance, new: LegArrays) -> LegArrays:
    """Put pickups behind pickups and dropoffs behind dropoffs; pauses stay last."""
    n, k = old.n_requests, len(new["location"]) // 2
    joined: LegArrays = {}
    for name, values in new.items():
        before = getattr(old, name)
        parts = [before[:n], values[:k], before[n : 2 * n], values[k:], before[2 * n :]]
        joined[name] = np.concatenate(parts)
    return joined


def _links(encoding: Encoding, newcomers: Sequence[Leg]) -> LegArrays:
    """Link newcomers among themselves and with legs that were waiting for them."""
    old, n = encoding.instance, encoding.instance.n_requests
    links = link_arrays(newcomers)
    partner = np.where(links["partner"] >= 0, links["partner"] + n, -1)
    follows = np.where(links["follows"] >= 0, links["follows"] + n, -1)
    joined = {
        "partner": np.concatenate([old.partner, partner]),
        "follows": np.concatenate([old.follows, follows]),
    }
    at = {leg.id: r for r, leg in enumerate(encoding.legs)}
    for number, leg in enumerate(newcomers, start=n):
        other = at.get(leg.partner) if leg.partner else None
        if other is not None:
            both = link_arrays((encoding.legs[other], leg))
            joined["partner"][[other, number]] = number, other
            joined["follows"][other] = number if both["follows"][0] >= 0 else -1
            joined["follows"][number] = other if both["follows"][1] >= 0 else -1
    return joined


def _incompatible(encoding: Encoding, newcomers: Sequence[Leg]) -> np.ndarray:
    beside = incompatible_rows(newcomers, encoding.legs)
    among = incompatible_rows(newcomers, newcomers)
    return np.block([[encoding.instance.incompatible, beside.T], [beside, among]])
