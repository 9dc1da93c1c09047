"""What the report on the middle of a day says in French, for the page and the terminal alike."""

from collections.abc import Iterator
from datetime import date

from tus_dispatch.domain.daytime_report import (
    DaytimeReport,
    EmptyRun,
    FreeVehicle,
    LeftOut,
    Proposal,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId, Seconds
from tus_dispatch.domain.vehicle_use import UseKind, VehicleUse
from tus_dispatch.formats.daytime_rows import MEASURES, Measure, Number
from tus_dispatch.formats.wording import counted, kilometres, long_date, printable

NBSP = "\u00a0"
MINUS = "\u2212"
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_USES = {
    UseKind.RENTAL: "location",
    UseKind.SCHOOL: "auto-école",
    UseKind.WORKSHOP: "atelier",
    UseKind.GOODS_FOR_HIRE: "marchandises",
}
_KINDS = {
    "training": "formation",
    "accompaniment": "accompagnement",
    "other": "créneau protégé",
}


def measure_rows(report: DaytimeReport) -> list[tuple[str, str, str]]:
    """Return the table of measures: name, without filling, with it."""
    return [
        (each.french, cell(each, each.value(report.before)), cell(each, each.value(report.after)))
        for each in MEASURES
    ]


def cell(measure: Measure, value: Number) -> str:
    """Write one value of the table.

    Parameters
    ----------
    measure
        Its line.
    value
        As the file holds it.

    Returns
    -------
    str
        With its unit; a dash where there is nothing to count.
    """
    if value is None:
        return "–"
    if measure.unit in _SECONDS:
        return hours(round(_SECONDS[measure.unit] * value))
    if measure.unit == "ratio":
        return f"{100 * value:.1f}".replace(".", ",") + f"{NBSP}%"
    if measure.unit == "km":
        return kilometres(float(value))
    return f"{value:.{min(2, measure.decimals)}f}".replace(".", ",")


def hours(seconds: Seconds) -> str:
    """Write a length of time, rounded to the nearest minute."""
    sign = MINUS if seconds < 0 else ""
    whole, rest = divmod((abs(seconds) + 30) // 60, 60)
    return f"{sign}{whole}{NBSP}h{NBSP}{rest:02d}" if whole else f"{sign}{rest}{NBSP}min"


def round_rows(report: DaytimeReport) -> list[tuple[str, str, str, str, str]]:
    """Return, by shift, paid idle time around noon and empty kilometres, without and with."""
    without = {each.shift: each for each in report.before.rounds}
    filled = {each.shift: each for each in report.after.rounds}
    rows = []
    for name in dict.fromkeys((*filled, *without)):
        pair = (without.get(name), filled.get(name))
        idle = ["–" if each is None else hours(each.paid_idle_midday_s) for each in pair]
        empty = ["–" if each is None else kilometres(each.empty_m / 1000) for each in pair]
        rows.append((str(name), idle[0], idle[1], empty[0], empty[1]))
    return rows


def headline(report: DaytimeReport) -> str:
    """Say in one or two sentences what filling the day has brought."""
    gain = report.gain
    if not gain.legs and not gain.protected_s:
        return (
            "Rien n’a été ajouté : aucune demande ne vaut plus que ce qu’elle coûterait, "
            "ou aucune ne trouve de place."
        )
    parts = [
        counted(gain.legs, "trajet gagné", "trajets gagnés"),
        f"{signed(kilometres(abs(gain.extra_m) / 1000), gain.extra_m)} au compteur",
        f"{hours(gain.idle_saved_s)} d’attente payée évitée à la mi-journée",
    ]
    used = gain.idle_used
    if used is not None:
        parts[-1] += f" ({100 * used:.0f}{NBSP}% de l’attente)"
    text = f"{', '.join(parts)}."
    if gain.protected_s:
        text += f" Dont {hours(gain.protected_s)} de formation ou d’accompagnement."
    return text


def signed(text: str, value: int) -> str:
    """Put the sign of a value before its text."""
    return f"{MINUS if value < 0 else '+'}{text}"


def run_words(report: DaytimeReport) -> str:
    """Say how both plans were searched for."""
    run = report.run
    limits = []
    if run.time_limit_s is not None:
        limits.append(f"{run.time_limit_s:g}{NBSP}s")
    if run.iterations is not None:
        limits.append(counted(run.iterations, "itération"))
    return (
        f"« Sans » est le même jour, avec la même demande ferme, recalculé sans rien de "
        f"facultatif. Les deux calculs : tus-dispatch {run.version}, moteur {run.engine}, "
        f"graine {run.seed}, limite {' ou '.join(limits) or 'aucune'}."
    )


def proposal_lines(report: DaytimeReport) -> list[str]:
    """Say what came in: who, where, when, on which shift."""
    return [_proposal(each, report.plan.scenario) for each in report.proposals]


def left_out_lines(report: DaytimeReport) -> list[str]:
    """Say who is still waiting, and why."""
    return [_left_out(each, report.plan.scenario) for each in report.left_out]


def protected_lines(report: DaytimeReport) -> list[str]:
    """Say which protected slots were placed, and what found no place."""
    scenario = report.plan.scenario
    lines = []
    for placed in report.placed:
        window = placed.slot.window
        name = _driver(scenario, placed.target.driver)
        lines.append(
            f"{name} : {_KINDS[placed.slot.kind.value]} de {_clock(scenario, window.earliest_s)} "
            f"à {_clock(scenario, window.latest_s)}"
        )
    lines += [
        f"{_driver(scenario, each.target.driver)} : {hours(each.missing_s)} sans place ce jour"
        for each in report.missing
    ]
    return lines


def run_lines(report: DaytimeReport) -> list[str]:
    """Say which empty drives somebody could ride along, and whether they do."""
    served = {each.booking.id for each in report.proposals}
    return [_empty_run(each, served, report.plan.scenario) for each in report.empty_runs]


def vehicle_lines(report: DaytimeReport) -> list[str]:
    """Say which vehicles are free for others, and when."""
    return [free_line(each, report.plan.scenario) for each in report.free_vehicles]


def free_line(free: FreeVehicle, scenario: Scenario) -> str:
    """Say when a vehicle is free."""
    window = free.window
    text = (
        f"{printable(scenario.vehicle(free.vehicle).name)} ({free.vehicle}) : "
        f"de {_clock(scenario, window.earliest_s)} à {_clock(scenario, window.latest_s)}"
    )
    return f"{text}, toute la mi-journée" if free.is_all_midday else text


def use_line(use: VehicleUse) -> str:
    """Say who has a vehicle from when until when; the referral is not shown."""
    return f"{use.vehicle} : {_USES[use.kind]}, du {use.said_from()} au {use.said_until()}"


def day_proposal_line(day: date, proposal: Proposal, scenario: Scenario) -> str:
    """Say a proposal with its day."""
    return f"{long_date(day)} : {_proposal(proposal, scenario)}"


def lists_of(report: DaytimeReport) -> Iterator[tuple[str, list[str], str]]:
    """Yield heading, lines, and what is said where there are none."""
    yield "À confirmer", proposal_lines(report), "Rien à confirmer."
    yield "Encore en attente", left_out_lines(report), "Personne n’attend."
    yield "Formation et accompagnement", protected_lines(report), "Rien à placer."
    yield "Trajets à vide et demandes proches", run_lines(report), "Aucune demande sur ces trajets."
    yield "Véhicules disponibles de 9 h 30 à 15 h 30", vehicle_lines(report), "Aucun véhicule."


def _proposal(proposal: Proposal, scenario: Scenario) -> str:
    legs = proposal.offer.legs
    booking = proposal.booking
    request = booking.outward or booking.return_leg
    place = "" if request is None else printable(scenario.place(request.destination).name)
    times = [
        f"{'aller' if number == 0 else 'retour'} {_clock(scenario, leg.pickup_s)}–"
        f"{_clock(scenario, leg.dropoff_s)} ({leg.shift})"
        for number, leg in enumerate(legs)
    ]
    more_m = proposal.offer.marginal_m
    return (
        f"{booking.id}, {person_of(scenario, booking.participant)} → {place} : "
        f"{', '.join(times)} ; {signed(kilometres(abs(more_m) / 1000), more_m)}"
    )


def _left_out(each: LeftOut, scenario: Scenario) -> str:
    people = {flexible.id: flexible.participant for flexible in scenario.flexible_bookings}
    for event in scenario.group_events:
        if event.id == each.source:
            who = each.booking.removeprefix(f"{event.id}-")
            name = next(a.participant for a in event.attendances if a.participant == who)
            return f"{printable(event.name)}, {person_of(scenario, name)} : {each.reason.sentence}"
    return f"{each.booking}, {person_of(scenario, people[each.booking])} : {each.reason.sentence}"


def _empty_run(run: EmptyRun, served: set[BookingId], scenario: Scenario) -> str:
    names = [f"{name} (prise)" if name in served else str(name) for name in run.corridor]
    places = [printable(scenario.place(each).name) for each in (run.origin, run.destination)]
    return (
        f"{run.shift}, {_clock(scenario, run.start_s)}–{_clock(scenario, run.end_s)}, "
        f"{places[0]} → {places[1]}, {kilometres(run.metres / 1000)} : {', '.join(names)}"
    )


def person_of(scenario: Scenario, participant: str) -> str:
    """Return the first name and the initial of a participant, or the identity."""
    person = next(each for each in scenario.participants if each.id == participant)
    initial = f" {person.last_name[:1]}." if person.last_name else ""
    return printable(f"{person.first_name}{initial}".strip() or str(person.id))


def _driver(scenario: Scenario, driver: str) -> str:
    person = next(each for each in scenario.drivers if each.id == driver)
    return printable(f"{person.first_name} {person.last_name[:1]}".strip() or str(person.id))


def _clock(scenario: Scenario, second: Seconds) -> str:
    return scenario.day.local(second).strftime("%H:%M")
