"""What is idle in the middle of a day: measured on its plan, and beside the day filled."""

from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.filling import fill_day
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.settling import planned_day
from tus_dispatch.domain.daytime_figures import DaytimeFigures
from tus_dispatch.domain.daytime_report import DaytimeReport, FreeVehicle
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.plan import Plan
from tus_dispatch.planning.daytime.idle import daytime_figures
from tus_dispatch.planning.daytime.release import free_vehicles

# Each of the searches that the comparison needs, so that somebody can wait for all.
SEARCH_S = 0.6


@dataclass(frozen=True, slots=True)
class Idleness:
    """The middle of a day.

    Attributes
    ----------
    plan
        What was measured.
    figures
        Its idle times.
    report
        The day filled beside the day without, where that was asked for.
    """

    plan: Plan
    figures: DaytimeFigures
    report: DaytimeReport | None = None


def idleness(
    office: Office,
    organisation: OrganisationId,
    service_date: date,
    *,
    is_published: bool = False,
    is_compared: bool = False,
) -> Idleness:
    """Measure the middle of a day.

    Parameters
    ----------
    office
        Of the installation.
    organisation, service_date
        Which day.
    is_published
        Whether the plan that drivers read is measured, not the current one.
    is_compared
        Whether the day is also filled, beside the same day without.

    Returns
    -------
    Idleness
        Nothing is kept of the filled day; it is what filling would bring.

    Raises
    ------
    ConflictError
        When there is no such plan, or the day must be planned again first.
    """
    with office.database.read() as session:
        planned = planned_day(
            office, session, organisation, service_date, is_published=is_published
        )
    plan, matrix = planned.plan, planned.matrix
    figures = daytime_figures(plan, matrix, plan)
    if not is_compared:
        return Idleness(plan, figures)
    options = replace(office.solving, time_limit_s=SEARCH_S, proves=False)
    return Idleness(plan, figures, fill_day(plan, matrix, options))


def free_on(
    office: Office, organisation: OrganisationId, service_date: date
) -> tuple[Plan, tuple[FreeVehicle, ...]]:
    """Tell which vehicles nobody needs around noon, and for how long.

    Parameters
    ----------
    office
        Of the installation.
    organisation, service_date
        Which day.

    Returns
    -------
    plan : Plan
        That leaves them free.
    free : tuple of FreeVehicle
        What is in the calendar already is not free.

    Raises
    ------
    ConflictError
        When the day has no plan, or must be planned again first.
    """
    with office.database.read() as session:
        plan = planned_day(office, session, organisation, service_date).plan
    return plan, free_vehicles(plan)
