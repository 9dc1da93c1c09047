"""Why a booking is where it is, or why it is out, for the person who is asked on the phone."""

from collections.abc import Iterator, Sequence

from rich.console import Console

from tus_dispatch.cli.layout import Column, say, show_pairs, show_table
from tus_dispatch.cli.unserved_words import relaxation_sentence
from tus_dispatch.cli.wording import NOTHING_S, euros, joined, km, minutes, signed, spaced
from tus_dispatch.cli.words_of_plan import DIRECTIONS, PlanWords
from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.figures import Figures
from tus_dispatch.domain.leg_figures import LeftOutFigures, LegFigures
from tus_dispatch.domain.offer import Offer
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import LegId, Seconds, ShiftId

_OFFERS = (
    Column("vacation", 0),
    Column("conduite", 12),
    Column("monte", 5),
    Column("descend", 7),
    Column("distance", 9, right=True),
    Column("service", 8, right=True),
    Column("coût", 10, right=True),
)


def show_explanation(
    plan: Plan,
    figures: Figures,
    leg: LegId,
    console: Console,
    *,
    offers: Sequence[Offer] = (),
    participation: str | None = None,
) -> None:
    """Print why a leg is where it is or why it is out.

    Parameters
    ----------
    plan, figures
        The plan and what was counted on it.
    leg
        A leg of its day.
    console
        Where to.
    offers
        Other ways to take the leg, against the plan without it; the cheapest
        per shift is shown.
    participation
        What the person contributes to the costs, in words.

    Raises
    ------
    KeyError
        When the day has no such leg.
    """
    words = PlanWords(plan)
    found = words.legs[leg]
    say(console, f"{leg} · {words.leg(leg)}", style="bold")
    pairs = [("Demande", words.asked(leg))]
    served = next((each for each in figures.legs if each.leg == leg), None)
    if served is None:
        out = next(each for each in figures.left_out if each.leg == leg)
        pairs += _left_out(words, found, out)
    else:
        pairs += _served(words, found, served)
    pairs += _partner(words, found, figures)
    pairs += [("À vérifier", each.reason.sentence) for each in plan.flags if each.where == leg]
    pairs += [] if participation is None else [("À demander", participation)]
    show_pairs(console, ((label, spaced(text)) for label, text in pairs))
    _show_offers(words, offers, None if served is None else served.shift, console)


def _served(words: PlanWords, leg: Leg, served: LegFigures) -> Iterator[tuple[str, str]]:
    tour_round = next(each for each in words.plan.rounds if each.shift == served.shift)
    yield (
        "Prévu",
        (f"prise en charge {words.clock(served.pickup_s)}, dépose {words.clock(served.dropoff_s)}"),
    )
    names = (words.shift(served.shift), words.driver(tour_round.driver))
    yield "Tournée", ", ".join((*names, words.vehicle(tour_round.vehicle)))
    yield "À bord", f"{minutes(served.ride_s)} ({_limits(served.direct_s, served.max_ride_s)})"
    company = [words.rider(other) for other in served.shared_with]
    yield "Avec", joined(company) if company else "personne d'autre à bord"
    if served.wait_aboard_s:
        yield (
            "Attente",
            (
                f"{minutes(served.wait_aboard_s)} à bord, à l'arrêt ; limite "
                f"{minutes(words.plan.scenario.policy.max_wait_aboard_s)} par arrêt"
            ),
        )
    yield from _punctuality(served)
    promises = [each for each in words.plan.promises if each.leg == leg.id]
    for promise in promises:
        window = promise.pickup_window
        yield (
            "Annoncé",
            f"prise en charge {words.between(window.earliest_s, window.latest_s)}",
        )
    if leg.pin is not None:
        yield "Verrouillé", _pin(words, leg)
    yield "Souplesse", _slack(served)


def _punctuality(served: LegFigures) -> Iterator[tuple[str, str]]:
    margin_s, deviation_s = served.arrival_margin_s, served.pickup_deviation_s
    if margin_s is not None:
        yield "Arrivée", _beside_asked(-margin_s)
    if deviation_s is not None:
        yield "Départ", _beside_asked(deviation_s)


def _beside_asked(late_s: Seconds) -> str:
    if abs(late_s) < NOTHING_S:
        return "à l'heure demandée"
    return f"{minutes(abs(late_s))} {'après' if late_s > 0 else 'avant'} l'heure demandée"


def _slack(served: LegFigures) -> str:
    slack_s = served.pickup_slack_s
    if slack_s is None:
        return "aucune limite plus loin dans la tournée"
    if slack_s < NOTHING_S:
        return "la prise en charge ne supporte aucun retard"
    return (
        f"la prise en charge supporte {minutes(slack_s)} de retard "
        "avant qu'une limite soit dépassée"
    )


def _pin(words: PlanWords, leg: Leg) -> str:
    parts = []
    if leg.pin is not None and leg.pin.shift is not None:
        parts.append(f"sur {words.shift(leg.pin.shift)}")
    if leg.pin is not None and leg.pin.pickup_s is not None:
        parts.append(
            f"prise en charge à {words.clock(leg.pin.pickup_s)}, "
            f"à {minutes(leg.pin.tolerance_s)} près"
        )
    return ", ".join(parts)


def _left_out(words: PlanWords, leg: Leg, out: LeftOutFigures) -> Iterator[tuple[str, str]]:
    unserved = [each for each in words.plan.unserved if each.leg == leg.id]
    yield "Prévu", "non servi"
    for each in unserved:
        yield "Motif", f"{each.reason.sentence} ({each.reason.code})"
        relaxation = relaxation_sentence(each.relaxation)
        if relaxation:
            yield "Solution", relaxation
    yield "Trajet", _limits(out.direct_s, out.max_ride_s)


def _limits(direct_s: Seconds | None, max_ride_s: Seconds | None) -> str:
    direct = "aucune route directe" if direct_s is None else f"direct {minutes(direct_s)}"
    return direct if max_ride_s is None else f"{direct}, limite {minutes(max_ride_s)}"


def _partner(words: PlanWords, leg: Leg, figures: Figures) -> Iterator[tuple[str, str]]:
    if leg.partner is None:
        return
    partner = words.legs[leg.partner]
    label = DIRECTIONS[partner.direction].capitalize()
    served = next((each for each in figures.legs if each.leg == partner.id), None)
    if served is None:
        yield label, f"{partner.id}, non servi non plus"
    else:
        yield (
            label,
            (
                f"{partner.id}, {words.between(served.pickup_s, served.dropoff_s)}, "
                f"{words.shift(served.shift)}"
            ),
        )


def _show_offers(
    words: PlanWords, offers: Sequence[Offer], current: ShiftId | None, console: Console
) -> None:
    best: dict[ShiftId, Offer] = {}
    for offer in sorted(offers, key=lambda each: each.marginal_cost):
        if offer.shift != current:
            best.setdefault(offer.shift, offer)
    if not best:
        return
    console.print()
    say(console, "Autres tournées possibles, et ce qu'elles ajoutent", style="bold")
    rows = [
        (
            words.shift(offer.shift),
            words.driver(offer.new_round.driver),
            words.clock(offer.pickup_s),
            words.clock(offer.dropoff_s),
            signed(km(offer.marginal_m)),
            signed(minutes(offer.marginal_duty_s)),
            signed(euros(offer.marginal_cost)),
        )
        for offer in best.values()
    ]
    show_table(console, _OFFERS, rows)
