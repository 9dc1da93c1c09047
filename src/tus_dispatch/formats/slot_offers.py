"""Slot offers as plain data, `tus-slot-offers/1`, and as partners read them: without names."""

from collections.abc import Sequence
from typing import Any

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.slot_offer import SlotOffer
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.wording import counted, kilometres, printable

FORMAT = "tus-slot-offers/1"


def slot_offers_text(offers: Sequence[SlotOffer], scenario: Scenario) -> str:
    """Write offers as the text of their file."""
    return lay_out(slot_offers_data(offers, scenario))


def slot_offers_data(offers: Sequence[SlotOffer], scenario: Scenario) -> dict[str, Any]:
    """Write offers as plain data.

    Parameters
    ----------
    offers, scenario
        Of one day.

    Returns
    -------
    dict
        Places, half hours, communes and numbers; nobody is named.
    """
    wall = scenario.day.wall
    return {
        "format": FORMAT,
        "service_date": scenario.day.date.isoformat(),
        "offers": [
            {
                "id": each.id,
                "place": each.place,
                "place_name": scenario.place(each.place).name,
                "from": wall(each.slot.earliest_s),
                "until": wall(each.slot.latest_s),
                "back_from": wall(each.back.earliest_s),
                "back_until": wall(each.back.latest_s),
                "sector": {"insee": each.sector.insee, "name": each.sector.name},
                "seats": each.seats,
                "marginal_m": each.marginal_m,
                "marginal_paid_s": each.marginal_paid_s,
            }
            for each in offers
        ],
    }


def slot_offer_sentence(offer: SlotOffer, scenario: Scenario) -> str:
    """Say an offer as a partner reads it.

    Parameters
    ----------
    offer, scenario
        Of one day.

    Returns
    -------
    str
        French, without the place, which is the heading above it.
    """
    clock = [
        f"{scenario.day.local(second):%H:%M}"
        for second in (
            offer.slot.earliest_s,
            offer.slot.latest_s,
            offer.back.earliest_s,
            offer.back.latest_s,
        )
    ]
    cost = f"+{kilometres(offer.marginal_m / 1000)}"
    if offer.marginal_paid_s > 30:
        cost += f", +{(offer.marginal_paid_s + 30) // 60}\u00a0min payées"
    return (
        f"{clock[0]}–{clock[1]}, retour {clock[2]}–{clock[3]} : {counted(offer.seats, 'place')} "
        f"depuis le secteur {printable(offer.sector.name)}, {cost}"
    )
