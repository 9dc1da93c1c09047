"""Judge a plan that was made elsewhere: two documents in, every broken rule out."""

import json

from tus_dispatch.desk.live.codes import refused
from tus_dispatch.desk.live.matrices import matrix_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import EstimateSource, MatrixSource, TravelSource
from tus_dispatch.formats.plan import parse_plan
from tus_dispatch.formats.scenario import scenario_from_data
from tus_dispatch.verify.plan import verify_plan
from tus_dispatch.verify.violations import Violation


def check(
    office: Office, scenario_data: object, plan_data: object, own: TravelSource | None = None
) -> tuple[Violation, ...]:
    """Judge a plan against a day, both as plain data.

    Parameters
    ----------
    office
        Remembers travel times.
    scenario_data, plan_data
        As a JSON reader returns them.
    own
        Where the travel times of the association come from, which a document
        may name too.

    Returns
    -------
    tuple of Violation
        Most serious first; empty for a sound plan.

    Raises
    ------
    InputError
        With everything that is wrong in one of the documents, or when the day
        wants travel times from a place this server does not ask.
    """
    scenario = scenario_from_data(scenario_data, "scenario")
    expect_known_travel(scenario, own)
    plan = parse_plan(json.dumps(plan_data), scenario, "plan")
    return verify_plan(plan, matrix_of(office, plan.scenario))


def expect_known_travel(scenario: Scenario, own: TravelSource | None) -> None:
    """Refuse a document that would make the server read files or ask addresses of its choice.

    Parameters
    ----------
    scenario
        From outside.
    own
        Source of the association.

    Raises
    ------
    InputError
        For any road file or server that is not the association's.
    """
    travel = scenario.travel
    if not isinstance(travel, EstimateSource | MatrixSource) and travel != own:
        raise refused("foreign-travel", "/travel", type(travel).__name__)
