"""The board of the day: everything the office needs, nothing it need not know."""

from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    BASILE_OUT,
    BASILE_RET,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    five_legs_plan,
)
from tests.unit.formats.page_text import read
from tests.unit.formats.sheet_material import SECRETS, long_sheet, secret_plan
from tests.unit.formats.test_sheet_hostile_text import HOSTILE
from tests.unit.planning.test_told import later, without, without_booking
from tus_dispatch.domain.day_board import BoardRound, DayBoard
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.formats.day_board_html import day_board_html
from tus_dispatch.formats.day_board_words import board_page
from tus_dispatch.formats.wording import counted
from tus_dispatch.planning.day_board import day_board


def text_of(plan: Plan, previous: Plan | None = None) -> str:
    return read(day_board_html(day_board(plan, previous))).text


def test_every_stop_driver_and_phone_of_the_day_is_on_the_board() -> None:
    plan = five_legs_plan()

    text = text_of(plan)

    for tour_round in plan.rounds:
        assert tour_round.shift in text
        for stop in tour_round.stops:
            if stop.kind not in {StopKind.START, StopKind.END}:
                assert plan.scenario.day.clock(stop.start_s) in text
    assert "Léa L. 01 99 00 00 01" in text
    # The car has no driver yet: a name can be written by hand.
    assert "Nom :" in text
    assert f"{counted(2, 'tournée')} · 3\u00a0personnes transportées" in day_board_html(
        day_board(plan)
    )


def test_who_is_left_out_is_named_with_what_they_asked_and_why() -> None:
    before = five_legs_plan()

    text = text_of(without(before, BASILE_OUT, BASILE_RET), before)

    assert "Sans véhicule" in text
    assert (
        "Basile B., aller : Le Hameau → Centre de formation, arrivée à 09:30, "
        "était prévu à 09:10. Aucun agent de conduite n'est en service à cette heure."
    ) in text
    assert "Basile B., retour : Centre de formation → Le Hameau, départ à 11:00" in text


def test_a_leg_of_windows_is_named_with_both_ends() -> None:
    plan = without(five_legs_plan(), CHLOE_OUT)
    *others, last = plan.scenario.bookings
    assert last.outward is not None
    pickup = plan.scenario.shifts[0].start
    asked = replace(last, outward=replace(last.outward, arrive_by_s=None, pickup_window=pickup))
    scenario = replace(plan.scenario, bookings=(*others, asked))

    text = text_of(replace(plan, scenario=scenario))

    assert "Le Bourg → Centre de formation, départ entre 07:30 et 09:00." in text


def test_changes_are_those_people_are_called_about_and_other_rounds() -> None:
    before = five_legs_plan()
    plan = without_booking(later(before, CHLOE_OUT, 900), "R2")

    board = day_board(plan, before)

    assert [(each.person, each.before_clock, each.clock) for each in board.changes or ()] == [
        ("Chloé C.", "08:05", "08:20"),
        ("Basile B.", "09:10", None),
        ("Basile B.", "11:00", None),
    ]
    text = text_of(plan, before)
    assert "08:05 → 08:20 Chloé C., aller" in text
    assert "09:10 Basile B., aller (annulé)" in text


def test_the_same_minute_on_another_round_is_a_change() -> None:
    before = five_legs_plan()
    minibus, car = before.rounds
    swapped = (replace(minibus, shift=OPEN), replace(car, shift=WITH_DRIVER))

    text = text_of(replace(before, rounds=swapped), before)

    assert f"08:12 Anne A., aller ({OPEN} → {WITH_DRIVER})" in text


def test_the_first_board_says_nothing_of_changes_and_an_equal_one_that_there_are_none() -> None:
    plan = five_legs_plan()

    assert "changement" not in text_of(plan).lower()
    assert "Aucun changement depuis le dernier tableau" in text_of(plan, plan)


def test_somebody_new_is_a_change_with_the_round() -> None:
    before = without(five_legs_plan(), ANNE_OUT)

    text = text_of(five_legs_plan(), before)

    assert f"08:12 Anne A., aller (nouveau, {OPEN})" in text


@pytest.mark.parametrize("secret", SECRETS)
def test_no_board_tells_a_secret(secret: str) -> None:
    plan = secret_plan()

    assert secret not in day_board_html(day_board(without(plan, CHLOE_OUT), plan))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_on_a_board_is_shown_not_obeyed(text: str) -> None:
    plan = five_legs_plan()
    people = tuple(
        replace(each, first_name=text, last_name="") for each in plan.scenario.participants
    )
    spoilt = replace(plan, scenario=replace(plan.scenario, participants=people))

    page = read(day_board_html(day_board(without(spoilt, CHLOE_OUT))))

    plain = read(day_board_html(day_board(without(plan, CHLOE_OUT))))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    assert page.text.count(" ".join(text.split())) >= 5


def board_of(n_rounds: int, n_lines: int) -> DayBoard:
    base = day_board(five_legs_plan())
    rounds = tuple(BoardRound(long_sheet(n_lines), "01 99 00 00 01") for _ in range(n_rounds))
    return replace(base, rounds=rounds)


def test_letters_shrink_with_the_day_but_never_below_the_smallest_size() -> None:
    sizes = [board_page(board_of(n, 16)).density for n in (1, 2, 4, 6, 8, 30)]

    assert sizes[0] == "large"
    assert sizes[-1] == "small"
    assert sizes == sorted(sizes, key=["large", "medium", "small"].index)


def test_the_board_needs_neither_script_nor_network() -> None:
    page = read(day_board_html(day_board(five_legs_plan())))

    assert page.all_of("script") == page.all_of("link") == page.all_of("img") == []
