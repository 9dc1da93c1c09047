"""From a plan to what stands on its map: lines, markers, lists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of, n_people
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.run_sheet import short_name
from tus_dispatch.domain.units import LegId, PlaceId
from tus_dispatch.formats.geojson import LonLat, RouteLines, drive_line, position
from tus_dispatch.formats.map_page import MapPage, MapPill, MapPlace, MapRound, MapStop
from tus_dispatch.formats.map_projection import Projection, fit, line_path, roads_path
from tus_dispatch.formats.map_style import letter, numbers, style
from tus_dispatch.formats.pictograms import Pictogram, name_of
from tus_dispatch.formats.wording import counted, kilometres, printable

_TURNING_POINTS = frozenset({StopKind.START, StopKind.END})
_PICTOGRAMS = {
    StopKind.START: Pictogram.START,
    StopKind.PICKUP: Pictogram.BOARD,
    StopKind.DROPOFF: Pictogram.ALIGHT,
    StopKind.BREAK: Pictogram.BREAK,
    StopKind.PROTECTED: Pictogram.APPOINTMENT,
    StopKind.ABSENCE: Pictogram.PARKED,
    StopKind.END: Pictogram.END,
}


def map_page(plan: Plan, lines: RouteLines, roads: Iterable[Sequence[LonLat]]) -> MapPage:
    """Return what the map of a plan shows.

    Parameters
    ----------
    plan
        Any plan.
    lines
        Route lines by shift and index of the stop they lead to.
    roads
        Polylines of the road network.

    Returns
    -------
    MapPage
        Printable strings; the caller still escapes them.
    """
    drives = [
        [drive_line(plan, tour_round, i, lines) for i in range(len(tour_round.stops))]
        for tour_round in plan.rounds
    ]
    visited = {stop.place for tour_round in plan.rounds for stop in tour_round.stops}
    places = [plan.scenario.place(place_id) for place_id in sorted(visited)]
    points = [position(place.point) for place in places if place.point is not None]
    ways = [(line, on_roads) for drive in drives for line, on_roads in drive if line]
    projection = fit([*points, *(where for line, _ in ways for where in line)])
    rounds = tuple(
        _round(plan, tour_round, index, [line for line, _ in drives[index]], projection)
        for index, tour_round in enumerate(plan.rounds)
    )
    return MapPage(
        rounds=rounds,
        places=_places(plan, rounds, projection) if projection else (),
        roads=roads_path(projection, roads) if projection else "",
        unserved=_unserved(plan),
        undrawn=tuple(printable(place.name) for place in places if place.point is None),
        scale=_scale(projection),
        straight=any(not on_roads for _, on_roads in ways),
        on_roads=any(on_roads for _, on_roads in ways),
    )


def _round(
    plan: Plan,
    tour_round: Round,
    index: int,
    lines: Sequence[Sequence[LonLat]],
    projection: Projection | None,
) -> MapRound:
    scenario = plan.scenario
    vehicle = scenario.vehicle(tour_round.vehicle)
    driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
    legs = {leg.id: leg for leg in legs_of(scenario)}
    first, last = tour_round.stops[0], tour_round.stops[-1]
    people = n_people(legs[stop.leg] for stop in tour_round.stops if stop.leg is not None)
    figures = (
        f"{scenario.day.clock(first.start_s)} – {scenario.day.clock(last.start_s)}",
        counted(people, "personne"),
        kilometres(sum(stop.drive_m for stop in tour_round.stops) / 1000),
    )
    return MapRound(
        letter=letter(index),
        style=style(index),
        title=printable(f"{scenario.shift(tour_round.shift).title} · {vehicle.name}"),
        driver=printable(short_name(driver.first_name, driver.last_name, driver.id))
        if driver
        else "sans agent de conduite",
        figures=" · ".join(figures),
        path=_way(projection, lines),
        stops=_stops(plan, tour_round, legs),
    )


def _way(projection: Projection | None, lines: Sequence[Sequence[LonLat]]) -> str:
    # There and back along the same line would fill the gaps of its dashes.
    once = {min(tuple(line), tuple(reversed(line))): line for line in reversed(lines) if line}
    return "".join(line_path(projection, line) for line in once.values()) if projection else ""


def _stops(plan: Plan, tour_round: Round, legs: dict[LegId, Leg]) -> tuple[MapStop, ...]:
    number = 0
    stops = []
    for stop in tour_round.stops:
        number += stop.kind not in _TURNING_POINTS
        place = plan.scenario.place(stop.place)
        stops.append(
            MapStop(
                number="" if stop.kind in _TURNING_POINTS else str(number),
                clock=plan.scenario.day.clock(stop.start_s),
                pictogram=_PICTOGRAMS[stop.kind],
                words=_words(plan, stop, legs),
                place=printable(place.name),
                place_id=stop.place,
                is_drawn=place.point is not None,
            )
        )
    return tuple(stops)


def _words(plan: Plan, stop: Stop, legs: dict[LegId, Leg]) -> str:
    action = name_of(_PICTOGRAMS[stop.kind])
    if stop.leg is None:
        return action.capitalize()
    return f"{_person(plan, legs[stop.leg])} {action}"


def _person(plan: Plan, leg: Leg) -> str:
    person = plan.scenario.participant(leg.participant)
    return printable(short_name(person.first_name, person.last_name, person.id))


def _places(plan: Plan, rounds: Sequence[MapRound], projection: Projection) -> tuple[MapPlace, ...]:
    pills: dict[PlaceId, list[MapPill]] = defaultdict(list)
    garages: set[PlaceId] = set()
    for index, tour_round in enumerate(rounds):
        here: dict[PlaceId, list[MapStop]] = defaultdict(list)
        for stop in tour_round.stops:
            if stop.number:
                here[stop.place_id].append(stop)
            else:
                garages.add(stop.place_id)
        for place_id, stops in here.items():
            text = tour_round.letter + numbers([int(stop.number) for stop in stops])
            story = [f"{stop.number}. {stop.clock} {stop.words}" for stop in stops]
            title = "\n".join([f"{tour_round.letter} · {stops[0].place}", *story])
            pills[place_id].append(MapPill(index, text, title))
    found = []
    for place_id in sorted({*pills, *garages}):
        place = plan.scenario.place(place_id)
        if place.point is not None:
            x, y = projection.xy(position(place.point))
            shown = tuple(pills[place_id])
            found.append(MapPlace(printable(place.name), x, y, place_id in garages, shown))
    return tuple(found)


def _unserved(plan: Plan) -> tuple[str, ...]:
    legs = {leg.id: leg for leg in legs_of(plan.scenario)}
    lines = []
    for unserved in plan.unserved:
        leg = legs[unserved.leg]
        origin = printable(plan.scenario.place(leg.origin).name)
        destination = printable(plan.scenario.place(leg.destination).name)
        lines.append(f"{_person(plan, leg)}, {origin} → {destination} : {unserved.reason.sentence}")
    return tuple(lines)


def _scale(projection: Projection | None) -> tuple[str, int] | None:
    if projection is None:
        return None
    km, length = projection.scale_km
    return (kilometres(km) if km >= 1 else f"{round(km * 1000)}\u00a0m"), length
