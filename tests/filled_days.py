"""Made-up days with their middle filled, worked out once and kept for every test."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.daytime_report import Proposal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.generate.day import generate_with_reference
from tus_dispatch.generate.daytime import with_daytime
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.fill import fill, settled
from tus_dispatch.planning.daytime.frozen import frozen, restored
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price


class FilledPair(NamedTuple):
    """A sound plan, and the same with optional legs in it."""

    before: Plan
    after: Plan
    matrix: TravelMatrix
    proposals: tuple[Proposal, ...]


@cache
def planned_day(family: str = "somme_vallees", seed: int = 1) -> tuple[Plan, TravelMatrix]:
    """Return the plan a made-up day was built around, with demand for its middle."""
    day, plan, _ = generate_with_reference(family, seed=seed, n_legs=24, n_shifts=5)
    scenario = with_daytime(day, seed=seed, n_flexible=8, n_events=2, n_targets=2)
    return replace(plan, scenario=scenario), travel_matrix(scenario, Path())


@cache
def filled_pair(family: str = "somme_vallees", seed: int = 1) -> FilledPair:
    """Fill a made-up day."""
    plan, matrix = planned_day(family, seed)
    filled = fill(frozen(plan), matrix, limits_of(plan))
    after = priced(restored(filled.plan, plan), matrix)
    return FilledPair(plan, after, matrix, settled(filled.proposals, after))


def priced(plan: Plan, matrix: TravelMatrix) -> Plan:
    """Give a plan the price its stops have."""
    plan = replace(plan, certificate=Certificate())
    return replace(plan, cost=price(open_case(plan, matrix)))
