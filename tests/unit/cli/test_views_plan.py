"""What the terminal shows of a plan, read as a dispatcher reads it."""

import io
import re
from dataclasses import replace
from random import Random  # noqa: TID251 - seeded

import pytest
from rich.console import Console

from tests.makers import (
    ANNE_OUT,
    BASILE_OUT,
    BASILE_RET,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
)
from tests.strategies import random_day
from tus_dispatch.cli.figures_view import CAUSES
from tus_dispatch.cli.plan_view import show_plan
from tus_dispatch.cli.round_view import ACTIONS
from tus_dispatch.cli.unserved_words import RELAXATIONS, relaxation_sentence
from tus_dispatch.cli.wording import NBSP
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.plan import Plan, Provenance, StopKind, Unserved
from tus_dispatch.domain.reason import REASONS, reason_for
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.planning.figures import figures


def shown(plan: Plan, *, width: int = 80, full: bool = False) -> str:
    """Return what is printed where there is no terminal."""
    page = io.StringIO()
    console = Console(file=page, width=width)
    show_plan(plan, figures(plan, five_legs_matrix()), console, full=full)
    return page.getvalue()


def read(plan: Plan, *, width: int = 80) -> str:
    """Return the page as the eye takes it: one line, one kind of space."""
    return " ".join(shown(plan, width=width).replace(NBSP, " ").split())


def without_basile() -> Plan:
    plan = five_legs_plan()
    left_out = (
        Unserved(BASILE_OUT, reason_for("qualification"), "qualification"),
        Unserved(BASILE_RET, reason_for("linked-leg")),
    )
    return replace(plan, rounds=plan.rounds[1:], unserved=left_out)


def large_day() -> tuple[Plan, str, str]:
    """Return a day of ten rounds, in short and in full."""
    _, matrix, plan = random_day(Random(5), n_legs=40, n_shifts=10)  # noqa: S311
    pages = []
    for full in (False, True):
        page = io.StringIO()
        show_plan(plan, figures(plan, matrix), Console(file=page, width=80), full=full)
        pages.append(page.getvalue())
    return plan, pages[0], pages[1]


ROUND = """\
Tournée voiture-journee · à pourvoir · Voiture
08:00–13:23 (5 h 23), 40,0 km dont 15,0 km à vide, 2 personnes, 3 trajets
  heure  action            personne          lieu                         à bord
  08:00  début de service                    Garage de l'association
  08:05  prise en charge   Chloé C.          Le Bourg                          1
  08:12  prise en charge   Anne A.           Le Moulin                         2
  08:24  dépose            Chloé C.          Centre de formation               1
  08:25  dépose            Anne A.           Centre de formation               0
  11:30  pause                               Centre de formation
                                             attente 3 h 04, dès 08:26
                                             jusqu'à 11:50
  13:00  prise en charge   Anne A.           Centre de formation               1
                                             attente 1 h 10, dès 11:50
  13:12  dépose            Anne A.           Le Moulin                         0
  13:23  fin de service                      Garage de l'association
"""


def test_a_round_is_a_table_of_times_people_and_places() -> None:
    assert ROUND in shown(five_legs_plan()).replace(NBSP, " ")


def test_the_heading_says_the_day_and_how_many_are_served() -> None:
    lines = shown(five_legs_plan()).replace(NBSP, " ").splitlines()

    assert lines[0] == "Mardi 10 mars 2026 · Pays d'essai · Cinq trajets"
    assert lines[1] == "5 trajets servis sur 5, 2 tournées, 3 personnes transportées"
    assert lines[2] == "Écart au meilleur possible : inconnu."


def test_the_figures_of_the_day_are_those_counted_by_hand() -> None:
    page = read(five_legs_plan())

    # 120 km, 45 loaded; A 280 of 372 minutes at midday; B 648 minutes.
    assert "120,0 km : 45,0 km en charge, 75,0 km à vide (63 %)" in page
    assert "attente payée 4 h 40 (75 %), véhicules à l'arrêt 10 h 48 cumulées" in page
    assert "1,22 personne à bord par km en charge, 25 % des places" in page
    # 36 + 153,60 + 30 euros of distance, duty and rounds; comfort is no money.
    assert "219,60 € selon l'objectif « équilibré » : km 36,00 €, heures 153,60 €" in page
    assert "(facteurs 2025, non vérifiés)" in page


def test_literature_distances_are_not_shown_as_money() -> None:
    plan = five_legs_plan()
    objective = Objective(Profile.DISTANCE, Weights.of(Profile.DISTANCE))
    plan = replace(plan, scenario=replace(plan.scenario, objective=objective))

    assert "€" not in shown(plan)


def test_people_left_out_come_with_what_they_asked_why_and_what_would_help() -> None:
    page = read(without_basile())

    assert "Trajets non servis (2)" in page
    assert "R2:out · Basile B., aller, Le Hameau → Centre de formation" in page
    assert "Demande : arriver à 09:30 au plus tard, pas avant 09:00." in page
    assert reason_for("qualification").sentence in page
    assert RELAXATIONS["qualification"] in page
    assert "Non servis trajet associé 1, qualification ou équipement 1" in page


def test_estimated_times_are_announced_before_anything_else() -> None:
    plan = five_legs_plan()
    plan = replace(plan, scenario=replace(plan.scenario, travel=EstimateSource()))

    assert shown(plan).startswith(f"Attention{NBSP}: Temps de trajet estimés")


def test_warnings_of_the_travel_times_come_first() -> None:
    provenance = Provenance("essai", "0", 1, 1, "00", "roads", ("Deux lieux loin d'une route.",))

    page = shown(replace(five_legs_plan(), provenance=provenance))

    assert page.startswith(f"Attention{NBSP}: Deux lieux loin d'une route.\n\nMardi")


@pytest.mark.parametrize("width", [66, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    plan = without_basile()
    lines = shown(plan, width=width).splitlines()

    assert max(len(line) for line in lines) <= width
    assert "…" not in "".join(lines)
    assert all(line == line.rstrip() for line in lines)
    # The same words at every width, except where a table parts them.
    assert "Centre de formation" in read(plan, width=width)
    assert "(facteurs 2025, non vérifiés)" in read(plan, width=width)


def test_a_page_that_is_piped_holds_no_colour() -> None:
    assert "\x1b" not in shown(five_legs_plan())


def test_a_terminal_gets_emphasis() -> None:
    page = io.StringIO()
    plan = five_legs_plan()
    console = Console(file=page, width=80, force_terminal=True, color_system="standard")

    show_plan(plan, figures(plan, five_legs_matrix()), console)

    assert "\x1b[1m" in page.getvalue()


def test_names_are_shown_as_they_are_written_and_surnames_are_not() -> None:
    scenario = five_legs()
    people = list(scenario.participants)
    people[0] = replace(people[0], first_name="[red]Anne[/red]\x1b[31m", last_name="Aubert")
    plan = replace(five_legs_plan(), scenario=replace(scenario, participants=tuple(people)))

    page = shown(plan)

    assert "[red]Anne" in page
    assert "\x1b" not in page
    assert [name for name in ("Aubert", "Blanc", "Caron", "Lemaire") if name in page] == []


def test_a_large_day_is_one_line_per_round_and_says_where_the_rest_is() -> None:
    plan, short, full = large_day()

    heading = next(line for line in short.splitlines() if "vacation" in line and "km" in line)
    assert heading.split() == [
        *("vacation", "conduite", "horaires", "durée", "km", "à", "vide", "pers.")
    ]
    assert "feuilles de route" in short
    assert "prise en charge   " not in short
    for tour_round in plan.rounds:
        assert re.search(rf"^  {tour_round.shift}  +\S", short, re.MULTILINE)
        assert f"Tournée {tour_round.shift} · " in full
    assert len(full.splitlines()) > len(short.splitlines()) + sum(
        len(tour_round.stops) for tour_round in plan.rounds
    ) - len(plan.rounds)


def test_a_plan_without_rounds_still_makes_a_page() -> None:
    plan = five_legs_plan()
    legs = (ANNE_OUT, BASILE_OUT)
    left_out = tuple(Unserved(leg, reason_for("no-vehicle")) for leg in legs)

    page = read(replace(plan, rounds=(), unserved=left_out))

    assert "0 trajet servi sur 5, 0 tournée" in page
    assert "aucune vacation ne convient 2" in page


def test_every_reason_has_its_words() -> None:
    # These name no limit that somebody could give way on.
    without = {"unreachable", "no-vehicle", "several-limits", "search-limit", "not-planned-yet"}
    without |= {slug for slug, kind in REASONS.items() if kind.force is not Force.LIMIT}

    assert set(CAUSES) == set(REASONS)
    assert set(RELAXATIONS) == set(REASONS) - without
    assert relaxation_sentence(None) == ""
    assert set(ACTIONS) == set(StopKind)
