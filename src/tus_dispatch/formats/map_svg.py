"""The map of a plan as one HTML file that opens without a network."""

from collections.abc import Iterable, Sequence

from tus_dispatch.domain.plan import Plan
from tus_dispatch.formats.flag_words import flag_sentence, without_notice
from tus_dispatch.formats.geojson import LonLat, RouteLines
from tus_dispatch.formats.map_projection import HEIGHT, WIDTH
from tus_dispatch.formats.map_view import map_page
from tus_dispatch.formats.pages import render
from tus_dispatch.formats.wording import long_date, printable
from tus_dispatch.rules.flags import trips_notice

OSM_ATTRIBUTION = "© les contributeurs d'OpenStreetMap"


def map_html(
    plan: Plan,
    lines: RouteLines,
    roads: Iterable[Sequence[LonLat]] | None = None,
    attribution: str = OSM_ATTRIBUTION,
    *,
    daytime: str | None = None,
) -> str:
    """Return the map of a plan, for the dispatcher.

    Parameters
    ----------
    plan
        Any plan; places may be without a point.
    lines
        By shift and index of a stop, the drive into that stop as longitude
        and latitude; drives without one are straight.
    roads
        Polylines of the road network as longitude and latitude, drawn light
        grey, or None.
    attribution
        Whom to thank for the roads, shown when there are any.
    daytime
        Where the page on the middle of the day is, or None.

    Returns
    -------
    str
        One self-contained French document: rounds in colour and dashes, stops
        numbered, and a list of them beside the map. Without scripts it still
        shows everything; with them it zooms. First names and initials only.
    """
    page = map_page(plan, lines, roads or ())
    scenario = plan.scenario
    notice = trips_notice(scenario)
    return render(
        "map.html",
        page=page,
        title=printable(scenario.name),
        date=long_date(scenario.day.date),
        territory=printable(scenario.territory.name),
        estimated=plan.is_estimated,
        warnings=[printable(each) for each in plan.provenance.warnings] if plan.provenance else [],
        notice="" if notice is None else notice.sentence,
        flags=[flag_sentence(each) for each in without_notice(plan.flags)],
        attribution=attribution if page.roads or page.on_roads else "",
        daytime=daytime,
        width=WIDTH,
        height=HEIGHT,
    )
