"""What is allowed in a scenario and still worth a second look."""

from collections.abc import Iterator

from tus_dispatch.domain.scenario import Scenario


def hints_of(scenario: Scenario) -> Iterator[str]:
    """Say in French what looks odd.

    Parameters
    ----------
    scenario
        A service day.

    Yields
    ------
    str
        One sentence per place whose point would lie in metropolitan France
        if latitude and longitude were exchanged, and does not as it is.
    """
    for place in scenario.places:
        point = place.point
        if point is not None and -6 <= point.lat <= 10 and 41 <= point.lon <= 52:
            yield (
                f"Le lieu « {place.name} » est à la latitude {point.lat} et à la longitude "
                f"{point.lon} : les deux semblent échangées."
            )
