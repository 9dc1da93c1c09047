"""Regret insertion: first whom it would cost most to serve later."""

from collections.abc import Iterable, Sequence
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tus_dispatch.solver.draft import Draft, groups_of
from tus_dispatch.solver.insertion import scan_requests
from tus_dispatch.solver.instance import Ints

LAST_CHANCE = 10**12
NO_PLACE = np.iinfo(np.int64).max // 4


class _Table:
    """Cheapest place of every candidate in every vehicle's present order."""

    def __init__(self, draft: Draft, candidates: Ints) -> None:
        self.draft = draft
        self.candidates = candidates
        self.at = {int(request): i for i, request in enumerate(candidates)}
        m = draft.instance.n_vehicles
        self.rows = np.full((len(candidates), m, 4), -1, dtype=np.int64)
        self.costs = np.full((len(candidates), m), NO_PLACE, dtype=np.int64)
        for vehicle in range(m):
            self.refresh(vehicle)

    def refresh(self, vehicle: int) -> None:
        self._scan(vehicle, np.flatnonzero(self.draft.vehicle_of[self.candidates] < 0))

    def _scan(self, vehicle: int, waiting: Ints) -> None:
        draft = self.draft
        requests = self.candidates[waiting]
        found = draft.places.of(vehicle, draft.orders[vehicle])
        unknown = requests[~found.is_known[requests]]
        if len(unknown):
            best = np.empty((len(unknown), 4), dtype=np.int64)
            order, cost = draft.orders[vehicle], draft.costs[vehicle]
            scan_requests(draft.arrays, vehicle, order, cost, unknown, best)
            found.rows[unknown] = best
            # The windows of an overlapping pair move with its partner.
            found.is_known[unknown] = ~draft.pairs.is_loose[unknown]
        rows = found.rows[requests]
        self.rows[waiting, vehicle] = rows
        self.costs[waiting, vehicle] = np.where(rows[:, 1] >= 0, rows[:, 0], NO_PLACE)

    def best_and_regret(self) -> tuple[Ints, Ints]:
        if self.costs.shape[1] == 1:
            best = self.costs[:, 0]
            return best, np.where(best < NO_PLACE, LAST_CHANCE, 0)
        two = np.partition(self.costs, 1, axis=1)[:, :2]
        second = np.minimum(two[:, 1], two[:, 0] + LAST_CHANCE)
        return two[:, 0], second - two[:, 0]

    def cheapest_vehicle(self, request: int) -> int | None:
        row = self.costs[self.at[request]]
        vehicle = int(row.argmin())
        return vehicle if row[vehicle] < NO_PLACE else None

    def insert(self, request: int, vehicle: int) -> None:
        self.draft.insert(request, vehicle, self.rows[self.at[request], vehicle])
        self.refresh(vehicle)

    def part(self, request: int) -> None:
        """Keep a request just inserted and its linked one in order."""
        pair = self.draft.pairs.of(request)
        if pair:
            self.draft.part(request)
            self._rescan(pair)

    def release(self, request: int) -> None:
        pair = self.draft.pairs.of(request)
        if pair:
            self.draft.release(request)
            self._rescan(pair)

    def _rescan(self, pair: Sequence[int]) -> None:
        """Look again for places of those of a pair that wait: their windows are others now."""
        vehicle_of = self.draft.vehicle_of
        known = [self.at[request] for request in pair if request in self.at]
        waiting = [at for at in known if vehicle_of[self.candidates[at]] < 0]
        for vehicle in range(self.draft.instance.n_vehicles):
            self._scan(vehicle, np.array(waiting, dtype=np.int64))
        for vehicle in {int(vehicle_of[request]) for request in pair} - {-1}:
            self.refresh(vehicle)

    def undo(self, request: int, vehicle: int, order: Ints, cost: int) -> None:
        self.draft.orders[vehicle] = order
        self.draft.costs[vehicle] = cost
        self.draft.vehicle_of[request] = -1
        self.refresh(vehicle)


def insert_by_regret(
    draft: Draft, requests: Iterable[int], rng: Random, *, noise: float = 0.0
) -> None:
    """Insert whatever fits of the requests, linked ones together or not at all.

    Parameters
    ----------
    draft
        Changed in place.
    requests
        Left out at present; partners are added.
    rng
        Source of the noise.
    noise
        Relative random change of the order in which groups go, 0 for none.

    Notes
    -----
    Required requests go before optional ones; an optional group goes in only
    while it costs less than its penalty. The regret of a group is what its
    members lose if their best vehicle is no longer there.
    """
    groups = list(groups_of(draft.instance, requests))
    candidates = np.array(sorted({request for group in groups for request in group}))
    if len(candidates) == 0 or draft.instance.n_vehicles == 0:
        return
    table = _Table(draft, candidates.astype(np.int64))
    weight = {group: 1.0 + noise * (2.0 * rng.random() - 1.0) for group in groups}
    penalty = draft.instance.penalty
    dearest = int(penalty.max())
    while groups:
        best, regret = table.best_and_regret()
        ranked: list[tuple[bool, float, int]] = []
        alive: list[tuple[int, ...]] = []
        for group in groups:
            places = [table.at[request] for request in group]
            cost = sum(int(best[place]) for place in places)
            price = sum(int(penalty[request]) for request in group)
            if cost < price and cost < NO_PLACE:
                alive.append(group)
                worth = sum(int(regret[place]) for place in places) * weight[group]
                ranked.append((2 * price > dearest, worth, -len(ranked)))
        if not alive:
            return
        group = alive[-max(ranked)[2]]
        groups = [other for other in alive if other != group]
        _insert_group(table, group)


def _insert_group(table: _Table, group: tuple[int, ...]) -> bool:
    """Insert all members or none; the second member is placed after the first one is in.

    Each alone may be cheaper than its part of the price and both together not.
    """
    draft = table.draft
    price = sum(int(draft.instance.penalty[request]) for request in group)
    before = sum(draft.costs)
    for sequence in (group, group[::-1]) if len(group) > 1 else (group,):
        done: list[tuple[int, int, Ints, int]] = []
        for request in sequence:
            vehicle = table.cheapest_vehicle(request)
            if vehicle is None:
                break
            done.append((request, vehicle, draft.orders[vehicle], draft.costs[vehicle]))
            table.insert(request, vehicle)
            table.part(request)
        if len(done) == len(group) and sum(draft.costs) - before < price:
            return True
        for request, vehicle, order, cost in reversed(done):
            table.undo(request, vehicle, order, cost)
        for request in group:
            table.release(request)
    return False
