"""From a document without mistakes to the scenario it stands for."""

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.native.document import Document
from tus_dispatch.formats.native.fleet import ShiftShape


def build_scenario(document: Document) -> Scenario:
    """Make the scenario.

    Parameters
    ----------
    document
        A file in which nothing is wrong.

    Returns
    -------
    Scenario
        With every default filled in.

    Raises
    ------
    ValueError
        When a part is missing, which a document without mistakes has not.
    """
    head, territory, travel = document.head, document.territory, document.travel
    objective, policy = document.objective, document.policy
    if not (head and territory and travel and objective and policy):
        raise ValueError("only a document without mistakes can become a scenario")
    return Scenario(
        name=head.name,
        territory=territory.to_domain(),
        day=document.day,
        places=tuple(each.to_domain() for each in document.places.values()),
        vehicles=tuple(each.to_domain() for each in document.vehicles.values()),
        drivers=tuple(each.to_domain() for each in document.drivers.values()),
        shifts=tuple(each.to_domain(_words(each, document)) for each in document.shifts.values()),
        participants=tuple(each.to_domain() for each in document.participants.values()),
        bookings=tuple(each.to_domain() for each in document.bookings.values()),
        objective=objective.to_domain(),
        policy=policy.to_domain(),
        travel=travel.to_domain(),
        note=head.note,
        flexible_bookings=tuple(each.to_domain() for each in document.flexible_bookings.values()),
        group_events=tuple(each.to_domain() for each in document.group_events.values()),
        protected_targets=tuple(each.to_domain() for each in document.protected_targets.values()),
        law=None
        if document.law is None or document.law.is_about_hours_only
        else document.law.to_domain(),
        working_time=None if document.law is None else document.law.to_working_time(),
    )


def _words(shift: ShiftShape, document: Document) -> dict[str, PlaceId]:
    """Say what ``depot`` and ``home`` mean on a shift."""
    depots = {vehicle.id: vehicle.depot for vehicle in document.vehicles.values()}
    homes = {driver.id: driver.home for driver in document.drivers.values()}
    words = {"depot": PlaceId(depots[shift.vehicle])}
    home = None if shift.driver is None else homes[shift.driver]
    return words if home is None else words | {"home": PlaceId(home)}
