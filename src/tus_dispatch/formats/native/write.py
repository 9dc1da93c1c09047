"""From a scenario to the plain data of its file; what is as usual is left out."""

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.native.document import FORMAT, ScenarioFile
from tus_dispatch.formats.native.sparse import Data, sparse
from tus_dispatch.formats.native.write_daytime import event_data, flexible_data, target_data
from tus_dispatch.formats.native.write_demand import booking_data, participant_data
from tus_dispatch.formats.native.write_fleet import driver_data, shift_data, vehicle_data
from tus_dispatch.formats.native.write_law import law_section
from tus_dispatch.formats.native.write_setting import (
    objective_data,
    place_data,
    policy_data,
    territory_data,
    travel_data,
)


def write_scenario(scenario: Scenario) -> Data:
    """Return the plain data of a scenario file.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    dict
        Keys in the order of the documentation.
    """
    day = scenario.day
    data = sparse(
        ScenarioFile,
        format=FORMAT,
        name=scenario.name,
        note=scenario.note,
        territory=territory_data(scenario.territory),
        service_date=day.date.isoformat(),
        objective=objective_data(scenario.objective),
        policy=policy_data(scenario.policy),
        law=law_section(scenario.law, scenario.working_time),
        places=[place_data(each, day) for each in scenario.places],
        vehicles=[vehicle_data(each, day) for each in scenario.vehicles],
        drivers=[driver_data(each, day) for each in scenario.drivers],
        shifts=[shift_data(each, scenario) for each in scenario.shifts],
        participants=[participant_data(each) for each in scenario.participants],
        bookings=[booking_data(each, day) for each in scenario.bookings],
        flexible_bookings=[flexible_data(each, day) for each in scenario.flexible_bookings],
        group_events=[event_data(each, day) for each in scenario.group_events],
        protected_targets=[target_data(each) for each in scenario.protected_targets],
        travel=travel_data(scenario.travel),
    )
    return {key: value for key, value in data.items() if value != {}}
