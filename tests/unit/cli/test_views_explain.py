"""Why a booking is where it is or why it is out, as told on the phone."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.makers import (
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.cli.explain_view import show_explanation
from tus_dispatch.cli.wording import NBSP
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.offer import Offer
from tus_dispatch.domain.plan import Plan, Promise, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.units import LegId
from tus_dispatch.planning.figures import figures


def explained(plan: Plan, leg: LegId, *offers: Offer) -> str:
    page = io.StringIO()
    console = Console(file=page, width=80)
    show_explanation(plan, figures(plan, five_legs_matrix()), leg, console, offers=offers)
    return page.getvalue().replace(NBSP, " ")


def offer(leg: LegId, plan: Plan, number: int, marginal_cost: int = 1_234_500) -> Offer:
    tour_round = plan.rounds[number]
    return Offer(
        leg=leg,
        shift=tour_round.shift,
        pickup_s=at("09:10"),
        dropoff_s=at("09:25"),
        marginal_m=12_500,
        marginal_duty_s=-240,
        marginal_cost=marginal_cost,
        shared_with=(),
        new_round=tour_round,
    )


SERVED = """\
R3:out · Chloé C., aller, Le Bourg → Centre de formation
  Demande       arriver à 08:30 au plus tard, pas avant 08:00
  Prévu         prise en charge 08:05, dépose 08:24
  Tournée       voiture-journee, à pourvoir, Voiture
  À bord        17 min (direct 15 min, limite 30 min)
  Avec          Anne A.
  Arrivée       6 min avant l'heure demandée
  Souplesse     la prise en charge supporte 5 min de retard avant qu'une limite
                soit dépassée
"""


def test_a_served_leg_shows_time_aboard_beside_the_direct_drive_and_the_limit() -> None:
    assert explained(five_legs_plan(), CHLOE_OUT) == SERVED


def test_a_return_shows_its_outward_leg_and_its_departure() -> None:
    page = explained(five_legs_plan(), ANNE_RET)

    assert "Demande       partir à 13:00 au plus tôt, à 13:40 au plus tard\n" in page
    assert "Départ        à l'heure demandée\n" in page
    assert "Avec          personne d'autre à bord\n" in page
    assert "Aller         R1:out, 08:12–08:25, voiture-journee\n" in page


def test_a_pickup_on_the_last_minute_is_said_to_bear_no_delay() -> None:
    plan = five_legs_plan()
    bookings = list(plan.scenario.bookings)
    out = bookings[2].outward
    assert out is not None
    # Chloé is dropped at 08:24 sharp.
    bookings[2] = replace(bookings[2], outward=replace(out, arrive_by_s=at("08:24")))
    plan = replace(plan, scenario=replace(plan.scenario, bookings=tuple(bookings)))

    page = explained(plan, CHLOE_OUT)

    assert "Arrivée       à l'heure demandée\n" in page
    assert "Souplesse     la prise en charge ne supporte aucun retard\n" in page


def test_what_was_promised_and_pinned_is_told() -> None:
    plan = five_legs_plan()
    bookings = list(plan.scenario.bookings)
    pin = Pin(shift=OPEN, pickup_s=at("13:00"), tolerance_s=300)
    back = bookings[0].return_leg
    assert back is not None
    bookings[0] = replace(bookings[0], return_leg=replace(back, pin=pin))
    plan = replace(
        plan,
        scenario=replace(plan.scenario, bookings=tuple(bookings)),
        promises=(Promise(ANNE_RET, window("12:55", "13:05")),),
    )

    page = explained(plan, ANNE_RET)

    assert "Annoncé       prise en charge 12:55–13:05\n" in page
    assert "Verrouillé    sur voiture-journee, prise en charge à 13:00, à 5 min près\n" in page


def test_a_leg_left_out_shows_the_reason_what_would_help_and_its_partner() -> None:
    plan = five_legs_plan()
    left_out = (
        Unserved(BASILE_OUT, reason_for("capacity"), "capacity"),
        Unserved(BASILE_RET, reason_for("linked-leg")),
    )
    plan = replace(plan, rounds=plan.rounds[1:], unserved=left_out)

    page = explained(plan, BASILE_OUT)

    assert "Prévu         non servi\n" in page
    assert "Motif         Il manque une place à bord au moment voulu. (TUS-3103)\n" in page
    assert "Solution      Entrerait avec des places de plus à bord.\n" in page
    assert "Trajet        direct 10 min, limite 25 min\n" in page
    assert "Retour        R2:ret, non servi non plus\n" in page


def test_other_rounds_are_shown_with_what_they_add_cheapest_per_shift() -> None:
    plan = five_legs_plan()
    offers = (
        offer(CHLOE_OUT, plan, 0, marginal_cost=2_000_000),
        offer(CHLOE_OUT, plan, 0),
        # The round it is on already is no other round.
        offer(CHLOE_OUT, plan, 1),
    )

    page = explained(plan, CHLOE_OUT, *offers)

    table = page.split("Autres tournées possibles, et ce qu'elles ajoutent\n")[1].splitlines()
    assert table[0].split() == [
        *("vacation", "conduite", "monte", "descend", "distance", "service", "coût")
    ]
    assert [line.split() for line in table[1:]] == [
        [WITH_DRIVER, "Léa", "L.", "09:10", "09:25", "+12,5", "km", "−4", "min", "+12,35", "€"]
    ]


def test_without_offers_no_other_round_is_mentioned() -> None:
    assert "Autres tournées" not in explained(five_legs_plan(), CHLOE_OUT)


def test_an_unknown_leg_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        explained(five_legs_plan(), LegId("R9:out"))
