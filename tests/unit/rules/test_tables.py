import re
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from tus_dispatch.domain.law import DistanceBasis, Law
from tus_dispatch.errors import InputError
from tus_dispatch.rules.settings import settings_on
from tus_dispatch.rules.tables import dated_table, value_on, whole_on, yes_on

TABLES = sorted(
    each.name.removesuffix(".toml")
    for each in (files("tus_dispatch.rules") / "fr").iterdir()
    if each.name.endswith(".toml")
)


@pytest.mark.parametrize("table", TABLES)
def test_every_value_is_dated_in_order_and_says_whether_it_is_verified(table: str) -> None:
    for key, entries in dated_table(table).items():
        assert entries, key
        assert all(before.since < after.since for before, after in pairwise(entries)), key


@pytest.mark.parametrize("table", TABLES)
def test_every_value_has_its_source_in_a_comment_above(table: str) -> None:
    text = (files("tus_dispatch.rules") / "fr" / f"{table}.toml").read_text(encoding="utf-8")
    blocks = text.split("\n\n")[1:]

    assert all(re.match(r"# .*\n(#.*\n)*\[\[\w+\]\]\n", block) for block in blocks), blocks
    assert len(blocks) == text.count("[[") == text.count("since = ")


def test_the_value_of_the_day_is_the_latest_that_has_begun() -> None:
    assert whole_on("transport", "cap_eur_cents_per_km", date(2019, 10, 17)) == 32
    assert whole_on("transport", "longest_m", date(2019, 8, 20)) == 100_000
    assert yes_on("transport", "hub_return", date(2030, 1, 1))
    assert not yes_on("transport", "hired_vehicles", date(2030, 1, 1))
    assert not value_on("transport", "hub_return", date(2030, 1, 1)).is_verified


def test_a_day_before_the_first_value_is_refused_with_its_date() -> None:
    with pytest.raises(InputError) as refused:
        settings_on(Law(), date(2019, 10, 16))

    (problem,) = refused.value.problems
    assert problem.code == "TUS-1071"
    assert problem.where == "transport.toml/cap_eur_cents_per_km"
    assert problem.value == "2019-10-16"
    assert problem.expected == "une date à partir du 2019-10-17"


def test_a_word_is_no_number() -> None:
    with pytest.raises(TypeError, match="distance_basis"):
        whole_on("transport", "distance_basis", date(2026, 1, 1))


def test_what_an_association_sets_wins_over_the_table() -> None:
    own = Law(
        tariff_eur_cents_per_km=10,
        strict_cost_share=True,
        hub_return=False,
        longest_m=40_000,
        distance_basis=DistanceBasis.BOOKING,
        hired_vehicles=True,
        referral_required=False,
        medical_attestation_for_tus=True,
    )

    usual, settings = (settings_on(law, date(2026, 1, 1)) for law in (Law(), own))

    assert (usual.tariff_eur_cents_per_km, settings.tariff_eur_cents_per_km) == (32, 10)
    assert (usual.strict_cost_share, settings.strict_cost_share) == (False, True)
    assert (usual.hub_return, settings.hub_return) == (True, False)
    assert (usual.longest_m, settings.longest_m) == (100_000, 40_000)
    assert settings.distance_basis is DistanceBasis.BOOKING
    assert (usual.hired_vehicles, settings.hired_vehicles) == (False, True)
    assert (usual.referral_required, settings.referral_required) == (True, False)
    assert usual.medical_attestation_for_tus is False
    assert settings.medical_attestation_for_tus is True
    # Nobody sets the cap or the number of seats.
    assert settings.cap_eur_cents_per_km == usual.cap_eur_cents_per_km == 32
    assert settings.most_seats == usual.most_seats == 9
