"""Compare patterns of driver days: the same demand, planned for real with each of them."""

from collections.abc import Callable
from pathlib import Path

from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import Progress, SolveOptions
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.hours.patterns import PATTERNS, day_with
from tus_dispatch.planning.hours.roster import RosterRow, roster_row


def compare_rosters_of_a_file(
    scenario: Path,
    options: SolveOptions,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[RosterRow, ...]:
    """Read a day and compare the patterns on its demand.

    Parameters
    ----------
    scenario
        File of the day.
    options
        Limits of the search, for each pattern.
    on_progress
        Called with the best so far.

    Returns
    -------
    tuple of RosterRow
        As :func:`compare_rosters`.

    Raises
    ------
    InputError
        When the file cannot be used.
    PlanRefusedError
        When the judge finds a violation, which is a fault of the solver.
    """
    day = load_scenario(scenario)
    matrix = travel_matrix(day, scenario.parent)
    return compare_rosters(day, matrix, options, on_progress=on_progress)


def compare_rosters(
    scenario: Scenario,
    matrix: TravelMatrix,
    options: SolveOptions,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[RosterRow, ...]:
    """Plan the demand of a day with every pattern.

    Parameters
    ----------
    scenario, matrix
        The day and its travel times.
    options
        Limits of the search, for each pattern.
    on_progress
        Called with the best so far.

    Returns
    -------
    tuple of RosterRow
        In the order of the patterns; data that any page can show.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, which is a fault of the solver.
    """
    return tuple(
        roster_row(
            pattern,
            plan_day(day_with(scenario, pattern), matrix, options, on_progress=on_progress).plan,
        )
        for pattern in PATTERNS
    )
