"""Run sheets and plans for the tests of everything that is printed or drawn."""

from dataclasses import replace
from datetime import date

from tests.makers import five_legs, five_legs_plan
from tus_dispatch.domain.demand import (
    Eligibility,
    EligibilityGround,
    Purpose,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.run_sheet import Need, RunSheet
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.planning.run_sheet import run_sheets

PEOPLE = ("Awa D.", "Marie-Christine L.", "Jean-Pierre B.", "Fatoumata K.", "Élodie M.", "Bob Z.")
PLACES = (
    ("Gare de Bourges", "12 place du Général Leclerc, Bourges"),
    ("La Borne d'en Bas", "Henrichemont"),
    ("Usine, porte 3", "Rue de la Vallée, Saint-Doulchard"),
    ("Mairie", "1 place de la Mairie, Saint-Amand-Montrond"),
    ("Foyer rural", None),
    ("12 rue des Écoles, Lignières", None),
)

# Words that must never leave the plan; none of them is part of another word.
SURNAMES = ("Zquisurname", "Zquitwoname", "Zquithreename")
SECRETS = (
    *(surname[1:] for surname in SURNAMES),
    "Zquidriver"[1:],
    "quiprescriber",
    "quiexternal",
    "quirequires",
    "quinever",
    "quinote",
    "quifeature",
    "2031",
    "medical",
    "private_staff",
    "income",
    "4242",
)


def sheets() -> tuple[RunSheet, RunSheet]:
    """Return the two sheets of the five-leg day: the minibus's and the open car's."""
    minibus, car = run_sheets(five_legs_plan())
    return minibus, car


def long_sheet(n_lines: int) -> RunSheet:
    """Return a sheet of ``n_lines`` actions: one person after the other, all ten minutes apart."""
    _, base = sheets()
    start, ride, end = base.lines[0], base.lines[1], base.lines[-1]
    lines = [start]
    for i in range(1, n_lines - 1):
        is_pickup = i % 2 == 1
        person = (i - 1) // 2
        hours, minutes = divmod(480 + 10 * i, 60)
        place_name, address = PLACES[i % len(PLACES)]
        lines.append(
            replace(
                ride,
                kind=StopKind.PICKUP if is_pickup else StopKind.DROPOFF,
                at=start.at + 600 * i,
                until_at=start.at + 600 * i + 120,
                clock=f"{hours:02d}:{minutes:02d}",
                person=PEOPLE[person % len(PEOPLE)],
                party_size=3 if person == 2 else 1,
                place_name=place_name,
                address=address,
                phone=f"01 99 00 01 {i:02d}" if is_pickup else None,
                needs=(Need.WHEELCHAIR, Need.HELP) if person == 1 else (),
                note="Sonner deux fois." if person == 1 else None,
                aboard=int(is_pickup),
                stop_id=f"R{person}:out/{'pickup' if is_pickup else 'dropoff'}",
            )
        )
    last = start.at + 600 * n_lines
    lines.append(replace(end, at=last, until_at=last))
    return replace(
        base,
        driver="Léa L.",
        vehicle="Minibus bleu",
        configuration="5 places + 1 fauteuil",
        lines=tuple(lines),
        estimated=True,
    )


def renamed(sheet: RunSheet, text: str) -> RunSheet:
    """Return a sheet on which everything people typed reads ``text``."""
    lines = tuple(
        replace(
            line,
            person=text if line.person else "",
            place_name=text,
            address=f"{text} bis",
            phone=text if line.phone else None,
            note=text if line.note else None,
        )
        for line in sheet.lines
    )
    return replace(
        sheet, shift=text, territory=text, driver=text, vehicle=text, lines=lines, estimated=True
    )


def secret_plan() -> Plan:
    """Return the five-leg plan with a secret in every field that nobody may see on paper."""
    scenario = five_legs()
    participants = tuple(
        replace(
            participant,
            last_name=surname,
            eligibility=Eligibility(EligibilityGround.INCOME, date(2031, 12, 24)),
            referrals=(Referral(date(2031, 12, 24), None, "quiprescriber"),),
            never_with=(*participant.never_with, ParticipantId("quinever")),
            requires=(*participant.requires, "quirequires"),
        )
        for participant, surname in zip(scenario.participants, SURNAMES, strict=True)
    )
    bookings = tuple(
        replace(
            booking,
            purpose=Purpose.MEDICAL,
            regime=ServiceRegime.PRIVATE_STAFF,
            priority=42,
            price_eur_cents=4242,
            requires=("quirequires",),
            external_ref="quiexternal",
        )
        for booking in scenario.bookings
    )
    drivers = tuple(replace(driver, last_name="Zquidriver") for driver in scenario.drivers)
    vehicles = tuple(
        replace(vehicle, features=(*vehicle.features, "quifeature"))
        for vehicle in scenario.vehicles
    )
    return replace(
        five_legs_plan(),
        scenario=replace(
            scenario,
            participants=participants,
            bookings=bookings,
            drivers=drivers,
            vehicles=vehicles,
            note="quinote",
        ),
    )
