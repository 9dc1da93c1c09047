"""Fill the day of a file: read, decide, verify, write."""

from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.desk.filling import fill_day
from tus_dispatch.desk.outputs import (
    DAYTIME_DATA,
    DAYTIME_PAGE,
    expect_writable,
    write_contents,
    write_outputs,
)
from tus_dispatch.desk.planning_a_file import drawn_lines
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.desk.travel import road_lines, travel_times
from tus_dispatch.domain.daytime_report import DaytimeReport
from tus_dispatch.formats.daytime_data import daytime_text
from tus_dispatch.formats.daytime_page import daytime_html
from tus_dispatch.formats.map_svg import map_html
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import dump_scenario, load_scenario

SCENARIO = "scenario.json"
_MAP = "map.html"


@dataclass(frozen=True, slots=True)
class FillOrder:
    """What is to be filled, and where the result goes.

    Attributes
    ----------
    scenario, plan
        Files of the day.
    options
        Limits of each search.
    out
        Folder for the results, or None for none.
    keeps_plan
        Whether the filled plan and its day are written too, or only the
        measures with their page.
    """

    scenario: Path
    plan: Path
    options: SolveOptions
    out: Path | None = None
    keeps_plan: bool = True


def fill_a_file(order: FillOrder) -> tuple[DaytimeReport, tuple[str, ...]]:
    """Fill the middle of a planned day.

    Parameters
    ----------
    order
        What to fill.

    Returns
    -------
    report : DaytimeReport
        Judged, found sound, and written where that was asked for.
    notes : tuple of str
        French sentences about what the folder lacks.

    Raises
    ------
    InputError
        When a file or the folder cannot be used.
    PlanRefusedError
        When the judge refuses the plan that is given.
    """
    if order.out is not None:
        expect_writable(order.out)
    day = load_scenario(order.scenario)
    plan = load_plan(order.plan, day)
    times = travel_times(day, order.scenario.parent)
    matrix = times.matrix(day.places)

    report = fill_day(plan, matrix, order.options)

    if order.out is None:
        return report, ()
    shown = report.plan if order.keeps_plan else report.planned
    lines, notes = drawn_lines(shown, times)
    extra = {
        DAYTIME_PAGE: daytime_html(report, map_page=_MAP),
        DAYTIME_DATA: daytime_text(report),
    }
    if order.keeps_plan:
        extra[SCENARIO] = dump_scenario(report.plan.scenario)
        write_outputs(
            report.plan, matrix, order.out, lines=lines, roads=road_lines(times), extra=extra
        )
    else:
        page = map_html(shown, lines, road_lines(times), daytime=DAYTIME_PAGE)
        write_contents(extra | {_MAP: page}, order.out)
    return report, notes
