"""The figures of a day on the terminal, grouped as a dispatcher asks for them."""

from collections.abc import Iterator

from rich.console import Console

from tus_dispatch.cli.layout import say, show_pairs
from tus_dispatch.cli.legal_words import LEGAL_CAUSES
from tus_dispatch.cli.wording import (
    NBSP,
    NOTHING_S,
    decimal,
    duration_of,
    euros,
    joined,
    km,
    minutes,
    percent,
    spaced,
)
from tus_dispatch.cli.words_of_plan import PlanWords
from tus_dispatch.domain.figures import (
    Balance,
    Climate,
    Figures,
    Production,
    Robustness,
    Service,
    Spread,
)
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.plan import Plan
from tus_dispatch.formats.wording import counted

_GAPS_SHOWN = 3
CAUSES = {
    "unreachable": "sans route",
    "no-vehicle": "aucune vacation ne convient",
    "time-window": "horaire",
    "ride-limit": "temps à bord",
    "capacity": "places",
    "shift-hours": "heures des vacations",
    "wait-aboard": "attente à bord",
    "incompatibility": "incompatibilité",
    "qualification": "qualification ou équipement",
    "pin": "verrouillage",
    "break": "pause ou créneau protégé",
    "range": "autonomie",
    "working-time": "droit du travail",
    "linked-leg": "trajet associé",
    "price": "facultatif, trop cher",
    "search-limit": "calcul arrêté trop tôt",
    "not-planned-yet": "pas encore planifié",
    "several-limits": "plusieurs limites",
    **LEGAL_CAUSES,
}
PROFILES = {Profile.COST: "coût", Profile.BALANCED: "équilibré", Profile.DISTANCE: "distance"}


def show_figures(words: PlanWords, figures: Figures, console: Console) -> None:
    """Print the figures of the day.

    Parameters
    ----------
    words
        Names of the plan.
    figures
        What was counted on it.
    console
        Where to.
    """
    say(console, "Chiffres du jour", style="bold")
    pairs: list[tuple[str, str]] = [("Service", _service(figures.service))]
    pairs += _people(figures.service)
    pairs += _production(figures)
    pairs += _idleness(words, figures)
    pairs += _steering(words, figures)
    show_pairs(console, ((label, spaced(text)) for label, text in pairs))


def _service(service: Service) -> str:
    served, asked = service.requests_accepted, service.requests
    share = f" ({percent(served / asked)})" if asked else ""
    parts = [
        f"{counted(served, 'trajet servi', 'trajets servis')} sur {asked}{share}",
        counted(service.people, "personne"),
    ]
    if service.served_communes:
        parts.append(counted(service.served_communes, "commune"))
    return ", ".join(parts)


def _people(service: Service) -> Iterator[tuple[str, str]]:
    if service.refused_by_cause:
        causes = [f"{CAUSES[slug]} {n}" for slug, n in service.refused_by_cause]
        yield "Non servis", ", ".join(causes)
    excess, ratio = service.excess_ride_s, service.ride_ratio
    if excess is not None:
        yield (
            "Détours",
            (
                f"en moyenne {minutes(excess.mean)}, 95 % à {minutes(excess.p95)} ou moins, "
                f"le plus long {minutes(excess.max)}"
            ),
        )
    if ratio is not None:
        yield (
            "",
            (
                f"temps à bord : {decimal(ratio.mean, 2)} fois le trajet direct en moyenne, "
                f"{decimal(ratio.max, 2)} au plus"
            ),
        )
    if service.wait_aboard_total_s:
        yield (
            "Attente",
            (
                f"à bord, à l'arrêt : {minutes(service.wait_aboard_total_s)} en tout, "
                f"{minutes(service.wait_aboard_max_s)} au plus d'affilée"
            ),
        )
    else:
        yield "Attente", "personne n'attend à bord"
    margin_s, deviation = service.arrival_margin_mean_s, service.pickup_deviation_s
    if margin_s is not None and service.arrival_margin_min_s is not None:
        yield (
            "Ponctualité",
            (
                f"arrivée {minutes(margin_s)} avant l'heure demandée en moyenne, "
                f"{minutes(service.arrival_margin_min_s)} au plus juste"
            ),
        )
    if deviation is not None:
        yield "Ponctualité" if margin_s is None else "", _pickups(deviation)


def _pickups(deviation: Spread) -> str:
    if deviation.max < NOTHING_S:
        return "prises en charge à l'heure demandée"
    return (
        f"prise en charge {minutes(deviation.mean)} après l'heure demandée en moyenne, "
        f"{minutes(deviation.max)} au plus"
    )


def _production(figures: Figures) -> Iterator[tuple[str, str]]:
    production = figures.production
    yield "Tournées", _rounds(production)
    if not production.rounds:
        return
    yield "Temps", _time(figures)
    empty = f" ({percent(production.empty_km_rate)})" if production.empty_km_rate else ""
    yield (
        "Distance",
        (
            f"{km(production.total_m)} : {km(production.loaded_m)} en charge, "
            f"{km(production.empty_m)} à vide{empty}"
        ),
    )
    yield "Remplissage", _filling(production)


def _rounds(production: Production) -> str:
    to_fill = f" (dont {production.open_rounds} à pourvoir)" if production.open_rounds else ""
    parts = [
        f"{counted(production.rounds, 'tournée')}{to_fill}",
        counted(production.vehicles, "véhicule"),
    ]
    if production.drivers:
        parts.append(counted(production.drivers, "agent de conduite", "agents de conduite"))
    if production.unused_shifts:
        nouns = ("vacation non utilisée", "vacations non utilisées")
        parts.append(counted(production.unused_shifts, *nouns))
    return ", ".join(parts)


def _time(figures: Figures) -> str:
    production = figures.production
    idle_s = sum(each.idle_s for each in figures.rounds)
    parts = [
        f"{duration_of(production.driving_s, production.duty_s)} de conduite",
        f"{minutes(production.service_s)} aux portes",
    ]
    if production.breaks:
        breaks = f"pauses ({production.breaks})" if production.breaks > 1 else "pause"
        parts.append(f"{minutes(production.break_s)} de {breaks}")
    if production.protected_s:
        parts.append(f"{minutes(production.protected_s)} de créneaux protégés")
    parts.append(f"{duration_of(idle_s, production.duty_s)} d'attente")
    paid = "payées" if production.paid_s == production.duty_s else "de service"
    text = f"{minutes(production.duty_s)} {paid} : {', '.join(parts)}"
    if production.paid_s != production.duty_s:
        text += f" ; {minutes(production.paid_s)} payées"
    return text


def _filling(production: Production) -> str:
    parts = []
    if production.occupancy_km is not None:
        parts.append(f"{_quantity(production.occupancy_km, 2, 'personne')} à bord par km en charge")
    if production.seat_fill is not None:
        parts.append(f"{percent(production.seat_fill)} des places")
    if production.trips_per_driver_hour is not None:
        parts.append(f"{_quantity(production.trips_per_driver_hour, 1, 'trajet')} par heure payée")
    return ", ".join(parts)


def _quantity(value: float, digits: int, noun: str) -> str:
    return f"{decimal(value, digits)}{NBSP}{noun}{'s' if value >= 2 else ''}"


def _idleness(words: PlanWords, figures: Figures) -> Iterator[tuple[str, str]]:
    idleness = figures.idleness
    parts = []
    if idleness.paid_idle_rate_midday is not None:
        parts.append(
            f"attente payée {duration_of(idleness.paid_idle_midday_s, idleness.paid_midday_s)}"
        )
    parts.append(f"véhicules à l'arrêt {minutes(idleness.vehicle_idle_midday_s)} cumulées")
    yield "Mi-journée", f"de 9 h 30 à 15 h 30 : {', '.join(parts)}"
    for number, gap in enumerate(idleness.gaps[:_GAPS_SHOWN]):
        yield (
            "" if number else "Temps creux",
            (
                f"{minutes(gap.length_s)} à l'arrêt, {words.between(gap.start_s, gap.end_s)}, "
                f"{words.place(gap.place)} ({words.shift(gap.shift)})"
            ),
        )


def _steering(words: PlanWords, figures: Figures) -> Iterator[tuple[str, str]]:
    yield from _robustness(figures.robustness)
    yield from _balance(words, figures.balance)
    if figures.rounds:
        yield "Climat", _climate(figures.climate)
        if words.plan.scenario.objective.profile is not Profile.DISTANCE:
            yield "Coût", _cost(words.plan)


def _robustness(robustness: Robustness) -> Iterator[tuple[str, str]]:
    if robustness.slack_mean_s is not None and robustness.slack_min_s is not None:
        yield (
            "Solidité",
            (
                f"retard supportable par arrêt : {minutes(robustness.slack_min_s)} au plus juste, "
                f"{minutes(robustness.slack_mean_s)} en moyenne"
            ),
        )
    if robustness.stops_with_window:
        yield "", _slower(robustness)


def _slower(robustness: Robustness) -> str:
    prefix = "si chaque route prend 10 % de plus : "
    if not robustness.slower_10_broken:
        return f"{prefix}aucun retard"
    return (
        f"{prefix}{counted(robustness.slower_10_broken, 'arrêt')} en retard "
        f"sur {robustness.stops_with_window}, de {minutes(robustness.slower_10_late_max_s)} au plus"
    )


def _balance(words: PlanWords, balance: Balance) -> Iterator[tuple[str, str]]:
    if len(balance.drivers) > 1 and balance.duty_min_s is not None:
        yield (
            "Équilibre",
            f"journées de {minutes(balance.duty_min_s)} à {minutes(balance.duty_max_s or 0)}",
        )
    over = [
        f"{words.driver(each.driver)} {minutes(each.over_contract_s)}"
        for each in balance.drivers
        if each.over_contract_s
    ]
    if over:
        yield "Contrats", f"heures au-delà du contrat de la semaine : {joined(over)}"


def _climate(climate: Climate) -> str:
    unsure = "" if climate.factors.is_verified else ", non vérifiés"
    avoided = f"{decimal(abs(climate.co2e_avoided_mg) / 1e6)} kg"
    sharing = (
        f"{avoided} évités par le partage"
        if climate.co2e_avoided_mg >= 0
        else f"{avoided} de plus que des trajets séparés, à cause des détours"
    )
    return (
        f"{decimal(climate.co2e_mg / 1e6)} kg de CO2e, {sharing} "
        f"(facteurs {climate.factors.dated}{unsure})"
    )


def _cost(plan: Plan) -> str:
    cost, profile = plan.cost, PROFILES[plan.scenario.objective.profile]
    return (
        f"{euros(cost.distance + cost.duty + cost.rounds)} selon l'objectif « {profile} » : "
        f"km {euros(cost.distance)}, heures {euros(cost.duty)}, tournées {euros(cost.rounds)}"
    )
