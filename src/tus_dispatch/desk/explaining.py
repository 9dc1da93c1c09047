"""Explain a plan: read it, and ask which other rounds could take a leg."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.figures import Figures
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import Offer, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import EurCents, LegId
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.participations import participations
from tus_dispatch.planning.quote import quote
from tus_dispatch.planning.retime import without


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan read from its file, with all that is asked about it.

    Attributes
    ----------
    plan
        As written.
    matrix
        Its travel times.
    figures
        What was counted on it.
    """

    plan: Plan
    matrix: TravelMatrix
    figures: Figures


def read_plan(scenario: Path, plan: Path) -> KnownPlan:
    """Read a plan and the day it belongs to.

    Parameters
    ----------
    scenario, plan
        The two files.

    Returns
    -------
    KnownPlan
        Ready for questions.
    """
    known = load_plan(plan, load_scenario(scenario))
    matrix = travel_matrix(known.scenario, scenario.parent)
    return KnownPlan(known, matrix, figures(known, matrix))


def participation_of(plan: Plan, leg: LegId, matrix: TravelMatrix) -> EurCents | None:
    """Return what a person is asked to contribute to a leg.

    Parameters
    ----------
    plan, leg, matrix
        A leg of the plan's day.

    Returns
    -------
    int or None
        Cents; None where the day says nothing about the law, and for legs
        that are no social transport or have no road.
    """
    return participations(plan, matrix).get(leg)


def alternatives(plan: Plan, leg: LegId, matrix: TravelMatrix) -> Sequence[Offer]:
    """Quote a leg into the plan without it.

    Parameters
    ----------
    plan, leg, matrix
        A leg of the plan's day, served or not.

    Returns
    -------
    sequence of Offer
        By rising cost, against the plan without the leg; empty when there is
        none.
    """
    wanted = next(each for each in legs_of(plan.scenario) if each.id == leg)
    others = without(plan, leg, matrix)
    if others is None:
        return ()
    answer = quote(others, wanted, matrix)
    return () if isinstance(answer, Refusal) else answer
