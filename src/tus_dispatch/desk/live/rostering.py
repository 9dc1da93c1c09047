"""Patterns of driver days compared on the demand of a day, each of them really planned."""

from dataclasses import replace
from datetime import date

from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.matrices import matrix_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.planning import expect_plannable
from tus_dispatch.desk.rostering import compare_rosters
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.planning.hours.patterns import PATTERNS
from tus_dispatch.planning.hours.roster import RosterRow


def compare_rosters_of_a_day(
    office: Office, organisation: OrganisationId, service_date: date, time_limit_s: float
) -> tuple[RosterRow, ...]:
    """Compare the lawful patterns on the demand of a day.

    Parameters
    ----------
    office
        Of the installation.
    organisation, service_date
        Whose demand.
    time_limit_s
        Of all searches together; each pattern has its equal part.

    Returns
    -------
    tuple of RosterRow
        In the order of the patterns; nothing of the day is changed.

    Raises
    ------
    InputError
        When the day cannot be planned as it is.
    """
    with office.database.read() as session:
        scenario = scenario_of(session, organisation, service_date)
    expect_plannable(scenario)
    matrix = matrix_of(office, scenario)
    each_s = time_limit_s / len(PATTERNS)
    options = replace(office.solving, time_limit_s=each_s, proves=False)
    return compare_rosters(scenario, matrix, options)
