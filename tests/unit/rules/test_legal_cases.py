"""The table of hand-written legal cases: each has its code and its sentence."""

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    Eligibility,
    EligibilityGround,
    LegRequest,
    Override,
    Participant,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.fleet import Configuration, Driver, Vehicle, VehicleTitle
from tus_dispatch.domain.law import Area, DistanceBasis, Law, TripMode, Zone
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    ParticipantId,
    PlaceId,
    VehicleId,
)
from tus_dispatch.rules.cost_share import participation_eur_cents, shared_eur_cents
from tus_dispatch.rules.crews import crew_reasons
from tus_dispatch.rules.flags import leg_flags
from tus_dispatch.rules.legal_day import LegalDay
from tus_dispatch.rules.settings import settings_on
from tus_dispatch.rules.trips import trip_legality

TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("legal_cases.toml").read_text(encoding="utf-8")
)
CASES, CONTRIBUTIONS = TABLE["case"], TABLE["contribution"]
TODAY = date(2026, 3, 26)
NO_ROAD = -1
# Name and commune of each place, and its road metres from bourg.
PLACES: dict[str, tuple[str, str | None, int]] = {
    "bourg": ("Le Bourg", "18197", 0),
    "hameau": ("Le Hameau", "18015", 12_345),
    "atelier": ("Atelier", "18197", 2_000),
    "hopital": ("Hôpital de Bourges", "18033", 27_000),
    "gare": ("Gare de Bourges", "18033", 25_000),
    "halte": ("Gare de Vierzon", "18279", 40_000),
    "mi_chemin": ("Mi-chemin", "18085", 70_000),
    "loin": ("Loin", "18085", 100_000),
    "plus_loin": ("Plus loin", "18085", 100_001),
    "trop_loin": ("Trop loin", "18085", 101_000),
    "sans_commune": ("Lieu-dit", None, 9_000),
    "arret": ("Arrêt des deux lignes", None, 11_000),
    "ile": ("Embarcadère", "18279", NO_ROAD),
}
COMMUNES = frozenset({"18197", "18015", "18085"})
AREAS = {
    "Agglobus": Area("Agglobus", frozenset({"18033"})),
    "Ligne 160": Area("Ligne 160", frozenset({"18197"}), frozenset({PlaceId("gare")})),
}
KEYS = {
    *("ground", "checked_on", "checked_by", "expires_on"),
    *("referral", "referral_from", "referral_until", "older_referrals_until"),
    *("from", "to", "return", "regime", "participation_eur_cents", "lifted"),
    *("title", "seats", "medical_until", "date", "zone", "zone_edition", "law"),
}


def metres(origin: PlaceId, destination: PlaceId) -> int | None:
    """Every place lies on one road, so far from bourg, but the island."""
    at, to = PLACES[origin][2], PLACES[destination][2]
    return None if NO_ROAD in (at, to) else abs(at - to)


def person_of(given: dict[str, Any]) -> Participant:
    ground, checked_on = given.get("ground", "location"), given.get("checked_on", date(2026, 1, 5))
    eligibility = None
    if ground != "unknown":
        eligibility = Eligibility(
            EligibilityGround(ground),
            checked_on=None if checked_on == "never" else checked_on,
            expires_on=given.get("expires_on"),
            checked_by=given.get("checked_by", "coordination") or None,
        )
    starts_on = given.get("referral_from", date(2026, 1, 5))
    referral = Referral(starts_on, given.get("referral_until"), "prescripteur-1")
    older = [Referral(date(2025, 1, 1), until) for until in given.get("older_referrals_until", ())]
    has_referral = given.get("referral", True)
    return Participant(
        ParticipantId("P1"),
        eligibility=eligibility,
        referrals=(referral, *older) if has_referral else (),
    )


def booking_of(given: dict[str, Any]) -> Booking:
    origin, destination = PlaceId(given.get("from", "bourg")), PlaceId(given.get("to", "hameau"))
    lifted = given.get("lifted")
    motive = "Renouvellement promis pour lundi."
    # Wednesday 25 March 2026, 17:05 in Paris.
    override = None if lifted is None else Override(lifted, motive, "coordination", 1_774_454_700)
    back = LegRequest(destination, origin, not_before_s=30_000)
    only_back = given.get("return") == "only"
    return Booking(
        id=BookingId("B1"),
        participant=ParticipantId("P1"),
        outward=None if only_back else LegRequest(origin, destination, arrive_by_s=20_000),
        return_leg=back if given.get("return") else None,
        regime=ServiceRegime(given.get("regime", "tus")),
        participation_eur_cents=given.get("participation_eur_cents"),
        overrides=() if override is None else (override,),
    )


def law_of(given: dict[str, Any]) -> Law:
    changes: dict[str, Any] = dict(given.get("law", {}))
    for name in ("authorities", "public_services"):
        changes[name] = tuple(AREAS[each] for each in changes.get(name, ()))
    if "distance_basis" in changes:
        changes["distance_basis"] = DistanceBasis(changes["distance_basis"])
    zone = Zone(given.get("zone_edition", date(2026, 1, 1)), COMMUNES)
    hubs = tuple(PlaceId(each) for each in changes.pop("hubs", ("halte", "gare")))
    law = Law(TripMode.ENFORCED, zone if given.get("zone", True) else None, hubs)
    return replace(law, **changes)


def day_of(given: dict[str, Any]) -> LegalDay:
    day, law, person = given.get("date", TODAY), law_of(given), person_of(given)
    places = (Place(PlaceId(id_), name, None, insee) for id_, (name, insee, _) in PLACES.items())
    return LegalDay(
        date=day,
        law=law,
        settings=settings_on(law, day),
        participants={person.id: person},
        places={place.id: place for place in places},
        direct_m=metres,
    )


def reasons_of(given: dict[str, Any]) -> tuple[Reason, ...]:
    """Look at the booking, then at vehicle and driver where the case speaks of them."""
    booking, day = booking_of(given), day_of(given)
    found = trip_legality(booking, day)
    if not {"title", "seats", "medical_until"} & set(given):
        return found
    vehicle = Vehicle(
        VehicleId("V1"),
        "Minibus",
        PlaceId("bourg"),
        (Configuration(given.get("seats", 8)),),
        title=VehicleTitle(given.get("title", "owned")),
    )
    driver = Driver(DriverId("D1"), medical_until=given.get("medical_until"))
    return (*found, *crew_reasons(vehicle, driver, booking.regime, day.settings, day.date))


def plain(reason: Reason) -> tuple[str, str]:
    return reason.code, reason.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_legal_case_has_its_code_and_its_sentence(case: dict[str, Any]) -> None:
    found = [plain(each) for each in reasons_of(case["given"])]

    if case["code"]:
        assert found[0] == (case["code"], case["sentence"])
    else:
        assert found == []


@pytest.mark.parametrize(
    "case", [each for each in CASES if "flag" in each], ids=lambda case: case["id"]
)
def test_what_is_only_flagged_is_said_and_not_refused(case: dict[str, Any]) -> None:
    booking, day = booking_of(case["given"]), day_of(case["given"])

    found = [plain(each) for each in leg_flags(booking, Direction.OUTWARD, day)]

    assert found == ([(case["flag"], case["sentence"])] if case["flag"] else [])


@pytest.mark.parametrize("case", CONTRIBUTIONS, ids=lambda case: case["id"])
def test_a_contribution_is_what_the_table_says(case: dict[str, Any]) -> None:
    settings = settings_on(Law(**case.get("law", {})), TODAY)

    asked = [participation_eur_cents(metres, settings) for metres in case["direct_m"]]
    shared = shared_eur_cents(asked, case.get("loaded_m", sum(case["direct_m"])), settings)

    assert list(shared) == case["cents"]


def test_the_table_is_large_and_says_nothing_twice() -> None:
    ids = Counter(case["id"] for case in (*CASES, *CONTRIBUTIONS))

    assert len(CASES) >= 40
    assert max(ids.values()) == 1
    assert {key for case in CASES for key in case["given"]} <= KEYS
    assert all(case.get("sentence") for case in CASES if case["code"] or case.get("flag"))
