"""The small parts of a made-up day: chance, names, numbers, communes, place names."""

import re
from collections import Counter
from importlib.resources import files
from statistics import median

import pytest

from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.people import LANDLINE_RANGES, MOBILE_RANGE, People
from tus_dispatch.generate.settlements import crow_flies_m, settlements_of
from tus_dispatch.generate.sites import of

DEPARTEMENTS = {
    "cher_multidepot": {"18"},
    "somme_vallees": {"80"},
    "alencon_19h": {"61", "72", "53"},
    "landes_epci": {"40"},
    "essonne_132communes": {"91"},
    "ambert_montagne": {"63", "43"},
}


def test_chance_is_the_stream_that_python_promises() -> None:
    # The first number of random.Random(1), in every version since 3.2.
    assert Draws(1).real(0, 1) == pytest.approx(0.13436424411240122, abs=0)


def test_whole_numbers_reach_both_bounds_equally_often() -> None:
    draws = Draws(7)

    seen = Counter(draws.whole(2, 4) for _ in range(3000))

    assert set(seen) == {2, 3, 4}
    assert min(seen.values()) > 900


def test_steps_never_leave_their_grid() -> None:
    draws = Draws(7)

    assert {draws.stepped(60, 180, 30) for _ in range(200)} == {60, 90, 120, 150, 180}


def test_an_item_without_weight_is_never_drawn() -> None:
    draws = Draws(3)

    assert {draws.weighted("abc", (1.0, 0.0, 3.0)) for _ in range(500)} == {"a", "c"}


def test_distances_have_the_median_asked_for() -> None:
    draws = Draws(5)

    km = [draws.lognormal(13.0, 0.77) for _ in range(4000)]

    assert 12.4 <= median(km) <= 13.6
    # Three quarters lie below 13 * exp(0.77 * 0.6745), about 21.9.
    assert 0.72 <= sum(one < 21.9 for one in km) / len(km) <= 0.78


def test_shuffling_keeps_every_item() -> None:
    shuffled = Draws(9).shuffled(range(20))

    assert sorted(shuffled) == list(range(20))
    assert shuffled != list(range(20))


@pytest.mark.parametrize("zone", LANDLINE_RANGES)
def test_telephone_numbers_are_from_ranges_kept_for_fiction(zone: int) -> None:
    people = People(Draws(zone), zone)

    phones = [people.meet().phone for _ in range(100)]

    ranges = {MOBILE_RANGE, LANDLINE_RANGES[zone]}
    assert {phone[:8] for phone in phones} == ranges
    assert all(re.fullmatch(r"0\d( \d\d){4}", phone) for phone in phones)


def test_the_ranges_are_those_of_the_numbering_plan() -> None:
    assert {MOBILE_RANGE, *LANDLINE_RANGES.values()} == {
        "06 39 98",
        "01 99 00",
        "02 61 91",
        "03 53 01",
        "04 65 71",
        "05 36 49",
    }


def test_a_thousand_people_have_a_thousand_names() -> None:
    people = People(Draws(1), 2)

    names = {(one.first, one.last) for one in (people.meet() for _ in range(1000))}

    assert len(names) == 1000


@pytest.mark.parametrize("key", FAMILIES)
def test_communes_of_a_family_are_where_it_works(key: str) -> None:
    communes = settlements_of(key)
    codes = [commune.insee or "" for commune in communes]

    assert len(communes) >= 30
    assert {code[:2] for code in codes} == DEPARTEMENTS[key]
    assert codes == sorted(set(codes))
    assert all(commune.population > 0 for commune in communes)


@pytest.mark.parametrize("key", FAMILIES)
def test_depots_and_stations_are_among_the_communes(key: str) -> None:
    family = FAMILIES[key]
    codes = {commune.insee for commune in settlements_of(key)}

    assert {*family.depots, *family.hubs} <= codes


def test_the_landes_have_four_groups_of_communes() -> None:
    assert len({commune.epci for commune in settlements_of("landes_epci")}) == 4


def test_the_table_of_communes_names_its_source() -> None:
    readme = (files("tus_dispatch.generate") / "README.md").read_text(encoding="utf-8")

    assert "GeoNames" in readme
    assert "CC BY 4.0" in readme


def test_bourges_and_vierzon_are_30_km_apart() -> None:
    towns = {commune.name: commune.point for commune in settlements_of("cher_multidepot")}

    # 0.1385 degrees north, 0.3316 degrees west at latitude 47.15: 15.4 and 25.1 km.
    assert crow_flies_m(towns["Bourges"], towns["Vierzon"]) == pytest.approx(29_430, abs=50)


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Étampes", "d’Étampes"),
        ("Le Crotoy", "du Crotoy"),
        ("Les Molières", "des Molières"),
        ("Lieu-dit 4", "du lieu-dit 4"),
        ("Sancerre", "de Sancerre"),
    ],
)
def test_places_are_named_in_good_french(name: str, joined: str) -> None:
    assert of(name) == joined
