"""Every change that may be offered is one French sentence."""

from dataclasses import replace

import pytest

from tests.makers import BOURG, HAMEAU, at, five_legs, window
from tus_dispatch.domain.demand import Booking, Direction
from tus_dispatch.domain.offer import (
    Alternative,
    BookingOffer,
    Change,
    EasedLimit,
    OtherDay,
    OtherHours,
    OtherPlace,
    OtherTime,
)
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.formats.offer_words import alternative_sentence, spoken_time

OUT, RET = Direction.OUTWARD, Direction.RETURN


def said(change: Change, booking: Booking | None = None) -> str:
    """The sentence, for Anne's booking: there by 08:30, back from 13:00."""
    scenario = five_legs()
    asked = booking or scenario.bookings[0]
    sentence = alternative_sentence(Alternative(change, BookingOffer(())), asked, scenario)
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (OtherTime((OUT,), 2400), "L'aller à 9 h 10 au lieu de 8 h 30, oui."),
        (OtherTime((RET,), -600), "Le retour à 12 h 50 au lieu de 13 h 00, oui."),
        (
            OtherTime((OUT, RET), 600),
            "L'aller à 8 h 40 au lieu de 8 h 30 et le retour à 13 h 10 au lieu de 13 h 00, oui.",
        ),
        (OtherDay(five_legs().day.date), "Le mardi 10 mars 2026, aux mêmes heures, oui."),
        (
            OtherPlace(HAMEAU, BOURG, 641),
            "À « Le Bourg », à 650 mètres à pied de « Le Hameau », oui.",
        ),
        (
            OtherHours(ShiftId("S1"), earlier_s=480),
            "Si la vacation S1 commençait 8 min plus tôt, oui.",
        ),
        (
            OtherHours(ShiftId("S1"), later_s=60),
            "Si la vacation S1 finissait 1 min plus tard, oui.",
        ),
        (EasedLimit("ride-limit", 480), "Avec 8 min de plus à bord, oui."),
        (
            EasedLimit("wait-aboard", 120),
            "Si les personnes à bord attendaient 2 min de plus à un arrêt, oui.",
        ),
        (EasedLimit("pin"), "Sans le verrouillage, oui."),
        (
            EasedLimit("wheelchair"),
            "Si la personne peut voyager sur un siège, fauteuil plié, oui.",
        ),
        (EasedLimit("qualification", word="ramp"), "Sans « ramp », oui."),
        (EasedLimit("party", fewer=2), "Avec 2 personnes de moins, oui."),
    ],
)
def test_a_change_is_one_sentence(change: Change, sentence: str) -> None:
    assert said(change) == sentence


def test_a_single_leg_is_not_called_outward() -> None:
    chloe = five_legs().bookings[2]

    assert said(OtherTime((OUT,), 2400), chloe) == "À 9 h 10 au lieu de 8 h 30, oui."


def test_a_window_is_said_with_both_ends() -> None:
    chloe = five_legs().bookings[2]
    assert chloe.outward is not None
    outward = replace(chloe.outward, arrive_by_s=None, pickup_window=window("08:00", "08:20"))

    sentence = said(OtherTime((OUT,), 600), replace(chloe, outward=outward))

    assert sentence == "Entre 8 h 10 et 8 h 30 plutôt qu'entre 8 h 00 et 8 h 20, oui."


def test_a_time_after_midnight_has_no_mark_when_spoken() -> None:
    day = ServiceDay(five_legs().day.date, "Europe/Paris")

    # 24:30 is half past midnight.
    assert spoken_time(day, at("24:30")) == "0\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"
