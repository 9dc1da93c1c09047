"""The map: self-contained, honest about what it does not know, readable without colours."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import ANNE_RET, HAMEAU, WITH_DRIVER, five_legs_plan
from tests.unit.formats.page_text import read
from tus_dispatch.domain.plan import Plan, Provenance, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.geojson import LonLat
from tus_dispatch.formats.map_projection import HEIGHT, WIDTH, fit, line_path, roads_path
from tus_dispatch.formats.map_style import style
from tus_dispatch.formats.map_svg import OSM_ATTRIBUTION, map_html

ROUTE_LINE = [(2.3, 46.72), (2.41, 46.75), (2.6, 46.74)]
ROADS = [[(2.3, 46.7), (2.4, 46.75), (2.5, 46.73)], [(8.0, 42.0), (8.1, 42.1)]]
POSITIONS = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=8, unique=True
)


def _without_points(plan: Plan, *place_ids: PlaceId) -> Plan:
    places = tuple(
        replace(place, point=None) if not place_ids or place.id in place_ids else place
        for place in plan.scenario.places
    )
    return replace(plan, scenario=replace(plan.scenario, places=places))


def _made_from(plan: Plan, source: str, *warnings: str) -> Plan:
    return replace(plan, provenance=Provenance("first", "1", 1, 1, "0" * 64, source, warnings))


def test_each_round_is_listed_with_vehicle_hours_people_and_kilometres() -> None:
    words = read(map_html(five_legs_plan(), {})).text

    assert "minibus-matin · Minibus" in words
    assert "Léa L. · 08:40 – 11:49 · 1\u00a0personne · 80\u00a0km".replace("\u00a0", " ") in words
    assert "sans agent de conduite" in words
    assert "1 08:05 Chloé C. monte , Le Bourg" in words


def test_each_stop_is_numbered_on_the_map_with_its_time() -> None:
    titles = read(map_html(five_legs_plan(), {})).titles

    assert "A · Le Hameau\n1. 09:10 Basile B. monte\n4. 11:15 Basile B. descend" in titles
    assert "Garage de l'association (garage)" in titles


def test_the_map_opens_without_a_network() -> None:
    html = map_html(five_legs_plan(), {(WITH_DRIVER, 1): ROUTE_LINE}, ROADS)
    page = read(html)

    assert page.all_of("html") == [{"lang": "fr"}]
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "use"}
    assert not [each for _, each in page.elements if {"src", "href", "onload"} & set(each)]
    assert not re.search(r"https?://|url\(|@import|fetch\(", html)


def test_without_scripts_nothing_is_hidden_but_the_buttons() -> None:
    page = read(map_html(five_legs_plan(), {}))

    hidden = [(tag, each["class"]) for tag, each in page.elements if "hidden" in each]
    assert hidden == [("div", "buttons"), ("p", "all")]


def test_roads_are_drawn_and_their_authors_thanked() -> None:
    html = map_html(five_legs_plan(), {}, ROADS)

    roads = [each for each in read(html).all_of("path") if each.get("class") == "roads"]
    # Corsica is far outside and left out, so one line is drawn.
    assert str(roads[0]["d"]).count("M") == 1
    assert OSM_ATTRIBUTION in read(html).text


def test_without_roads_nobody_is_thanked_and_straight_lines_are_admitted() -> None:
    words = read(map_html(five_legs_plan(), {})).text

    assert "OpenStreetMap" not in words
    assert "Traits droits : le trajet exact n'est pas connu." in words


@pytest.mark.parametrize(("source", "told"), [("estimate", True), ("roads", False)])
def test_estimated_times_are_announced(source: str, told: bool) -> None:
    plan = _made_from(five_legs_plan(), source, "Un lieu est loin de toute route.")

    words = read(map_html(plan, {})).text

    assert ("Temps estimés" in words) is told
    assert "Un lieu est loin de toute route." in words


def test_a_place_without_a_point_is_listed_and_the_others_are_drawn() -> None:
    page = read(map_html(_without_points(five_legs_plan(), HAMEAU), {}))

    assert "Lieux sans coordonnées Le Hameau" in page.text
    assert not [title for title in page.titles if "A · Le Hameau" in title]
    assert [title for title in page.titles if title.startswith("A · Centre")]


def test_a_plan_without_any_point_says_that_there_is_nothing_to_draw() -> None:
    page = read(map_html(_without_points(five_legs_plan()), {}))

    assert "Aucun lieu n'a de coordonnées" in page.text
    assert page.all_of("script") == []
    assert "Basile B. monte" in page.text


def test_who_is_left_out_is_told_with_the_reason() -> None:
    plan = replace(
        five_legs_plan(), unserved=(Unserved(ANNE_RET, reason_for("capacity"), "capacity"),)
    )

    words = read(map_html(plan, {})).text

    assert (
        "Trajets non servis Anne A., Centre de formation → Le Moulin : "
        "Il manque une place à bord au moment voulu." in words
    )


def test_a_drive_there_and_back_is_drawn_once_so_that_dashes_stay_dashes() -> None:
    page = read(map_html(five_legs_plan(), {}))

    minibus = next(each for each in page.all_of("path") if each.get("class") == "way")
    # Garage to hamlet and hamlet to centre; both ways back are the same lines.
    assert str(minibus["d"]).count("M") == 2


def test_thirty_five_rounds_look_different_and_neighbours_differ_twice() -> None:
    styles = [style(index) for index in range(35)]

    assert len({(each.colour, each.dash) for each in styles}) == 35
    for one, other in pairwise(styles):
        assert one.colour != other.colour
        assert one.dash != other.dash


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><svg onload=x>', "</style>"])
def test_what_people_typed_is_never_markup(text: str) -> None:
    plan = five_legs_plan()
    scenario = plan.scenario
    hostile = replace(
        scenario,
        name=text,
        territory=replace(scenario.territory, name=text),
        places=tuple(replace(each, name=text) for each in scenario.places),
        participants=tuple(replace(each, first_name=text) for each in scenario.participants),
        drivers=tuple(replace(each, first_name=text) for each in scenario.drivers),
        vehicles=tuple(replace(each, name=text) for each in scenario.vehicles),
    )

    page = read(map_html(_made_from(replace(plan, scenario=hostile), "roads", text), {}, ROADS))

    assert len(page.all_of("script")) == len(page.all_of("style")) == 1
    assert not [each for _, each in page.elements if "onload" in each]
    assert text in page.text


@given(positions=POSITIONS)
def test_every_position_lands_inside_the_drawing(positions: list[LonLat]) -> None:
    projection = fit(positions)

    assert projection is not None
    for where in positions:
        x, y = projection.xy(where)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_north_is_up_and_east_is_right() -> None:
    projection = fit([(2.0, 46.0), (3.0, 47.0)])

    assert projection is not None
    (x_south_west, y_south_west), (x_north_east, y_north_east) = (
        projection.xy(where) for where in ((2.0, 46.0), (3.0, 47.0))
    )
    assert x_south_west < x_north_east
    assert y_north_east < y_south_west


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    projection = fit([(2.0, 46.0), (2.0, 47.0)])

    assert projection is not None
    km, length = projection.scale_km
    _, south = projection.xy((2.0, 46.0))
    _, north = projection.xy((2.0, 47.0))
    # One degree of latitude is 111.195 km on a sphere of 6371 km.
    assert length / (south - north) == pytest.approx(km / 111.195, rel=0.01)


def test_a_path_keeps_its_ends_and_drops_what_cannot_be_seen() -> None:
    projection = fit([(2.0, 46.0), (3.0, 47.0)])
    assert projection is not None
    far = [(2.0, 46.0), (2.0 + 1e-7, 46.0), (3.0, 47.0)]

    path = line_path(projection, far)

    x, y = projection.xy((2.0, 46.0))
    x_end, y_end = projection.xy((3.0, 47.0))
    assert path == f"M{x} {y}l{x_end - x} {y_end - y}"
    assert roads_path(projection, [[(2.0, 46.0), (2.0, 46.0)]]) == ""
