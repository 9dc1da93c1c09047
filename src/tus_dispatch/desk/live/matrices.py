"""Travel times between the places of an association, each table worked out once."""

from dataclasses import replace

from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.travel import travel_times
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import RoadsSource
from tus_dispatch.network.times import TravelTimes


def matrix_of(office: Office, scenario: Scenario) -> TravelMatrix:
    """Return the travel times of a day.

    Parameters
    ----------
    office
        Remembers tables and road networks.
    scenario
        Its places, and where times come from.

    Returns
    -------
    TravelMatrix
        In the order of the places.

    Raises
    ------
    InputError
        When a road network is missing, a table lacks a place, or a place has
        no point.
    """
    points = tuple((place.id, place.point) for place in scenario.places)
    key = (scenario.travel, scenario.territory.terrain, _stamp(office, scenario), points)
    return office.matrices.get(key, lambda: times_of(office, scenario).matrix(scenario.places))


def times_of(office: Office, scenario: Scenario) -> TravelTimes:
    """Return where the times of a day come from, opened once.

    Parameters
    ----------
    office
        Remembers road networks.
    scenario
        Names the source.

    Returns
    -------
    TravelTimes
        Ready to be asked.
    """
    key = (scenario.travel, scenario.territory.terrain, _stamp(office, scenario))
    if not isinstance(scenario.travel, RoadsSource):
        # A table knows the places of one day only; the others are made in no time.
        return travel_times(scenario, office.data)
    return office.sources.get(
        key, lambda: travel_times(replace(scenario, bookings=()), office.data)
    )


def _stamp(office: Office, scenario: Scenario) -> tuple[int, int] | None:
    """Tell one road network from another that took its place under the same name."""
    if not isinstance(scenario.travel, RoadsSource):
        return None
    path = office.data / scenario.travel.file
    if not path.is_file():
        return None
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
