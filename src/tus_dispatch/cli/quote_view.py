"""What the dispatcher says on the phone: the offers, or the refusal and what would work."""

from collections.abc import Sequence

from rich.console import Console

from tus_dispatch.cli.layout import say
from tus_dispatch.cli.unserved_words import relaxation_sentence
from tus_dispatch.cli.wording import euros, joined, km, minutes, signed, spaced
from tus_dispatch.cli.words_of_plan import DIRECTIONS, PlanWords
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.offer import Alternative, BookingOffer, Offer, OtherDay, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import force_of
from tus_dispatch.domain.units import BookingId
from tus_dispatch.formats.offer_words import alternative_sentence

_NOTHING_LAWFUL = "Aucune autre heure n’y change rien : voyez ce qui manque au dossier."
_NOTHING_ELSE = (
    "Aucune autre heure, aucun lieu proche ni aucune limite assouplie ne suffit ce jour-là."
)


def show_answer(
    plan: Plan,
    booking: BookingId,
    answer: tuple[BookingOffer, ...] | Refusal,
    console: Console,
    *,
    other_plans: Sequence[Plan] = (),
) -> None:
    """Print the answer to a booking.

    Parameters
    ----------
    plan
        Its day has the booking.
    booking
        What was asked for.
    answer
        Offers or a refusal.
    console
        Where to.
    other_plans
        Days that alternatives may speak of.
    """
    words = PlanWords(plan)
    for leg in words.legs.values():
        if leg.booking == booking:
            say(console, f"{leg.id} · {words.leg(leg.id)}", style="bold")
            say(console, spaced(f"Demande : {words.asked(leg.id)}."), indent=2)
    console.print()
    if isinstance(answer, Refusal):
        _show_refusal(words, booking, answer, console, other_plans)
        return
    for number, offer in enumerate(answer, start=1):
        say(console, f"Proposition {number} · {_sizes(offer)}", style="bold green")
        _show_legs(words, offer, console, indent=2)


def _show_legs(words: PlanWords, offer: BookingOffer, console: Console, *, indent: int) -> None:
    for each in offer.legs:
        # On another day the booking may have another name, and is not in its plan.
        way = DIRECTIONS[Direction(each.leg.rsplit(":", 1)[-1])]
        say(console, spaced(f"{way} : {_ride(words, each)}"), indent=indent)


def _ride(words: PlanWords, offer: Offer) -> str:
    driver = words.driver(offer.new_round.driver)
    company = [words.rider(other) for other in offer.shared_with]
    beside = f"avec {joined(company)}" if company else "personne d'autre à bord"
    times = f"prise en charge {words.clock(offer.pickup_s)}, dépose {words.clock(offer.dropoff_s)}"
    return f"{times} ; {words.shift(offer.shift)}, {driver} ; {beside}"


def _sizes(offer: BookingOffer) -> str:
    return (
        f"{signed(km(offer.marginal_m))}, {signed(minutes(offer.marginal_duty_s))} de service, "
        f"{signed(euros(offer.marginal_cost))}"
    )


def _show_refusal(
    words: PlanWords,
    booking: BookingId,
    refusal: Refusal,
    console: Console,
    other_plans: Sequence[Plan],
) -> None:
    say(console, spaced(f"Refusé : {refusal.reason.sentence}"), style="bold red")
    details = f"Trajet {refusal.leg}, motif {refusal.reason.code}."
    relaxation = relaxation_sentence(refusal.relaxation)
    say(console, f"{details} {relaxation}".rstrip(), indent=2)
    console.print()
    if not refusal.alternatives:
        is_limit = force_of(refusal.reason) is Force.LIMIT
        say(console, _NOTHING_ELSE if is_limit else _NOTHING_LAWFUL)
        return
    say(console, "Ce qui marcherait", style="bold")
    scenario = words.plan.scenario
    for each in refusal.alternatives:
        sentence = alternative_sentence(each, scenario.booking(booking), scenario)
        say(console, spaced(sentence), style="green", indent=2)
        _show_legs(_words_of(words, each, other_plans), each.offer, console, indent=4)
        say(console, _sizes(each.offer), indent=4, style="dim")


def _words_of(words: PlanWords, alternative: Alternative, other_plans: Sequence[Plan]) -> PlanWords:
    """Return the names of the day that the alternative speaks of."""
    change = alternative.change
    if not isinstance(change, OtherDay):
        return words
    return PlanWords(next(each for each in other_plans if each.scenario.day.date == change.date))
