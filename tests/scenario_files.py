"""Scenario files as plain data, in which every key of the format is used."""

from typing import Any

Data = dict[str, Any]


def full_day() -> Data:
    """Make a file in which every key of the format stands at least once."""
    return {
        "format": "tus-scenario/1",
        "name": "Jeudi ordinaire",
        "note": "Journée inventée.\nDeux lignes.",
        "territory": {
            "name": "Vallée d’essai",
            "time_zone": "Europe/Paris",
            "school_zone": "B",
            "terrain": "hills",
        },
        "service_date": "2026-03-26",
        "objective": {"profile": "cost", "weights": {"per_metre": 25}},
        "policy": {
            "ride_limit": {"ratio_percent": 60, "cap_s": 2400},
            "max_wait_aboard_s": 240,
            "arrive_early_s": 1200,
            "depart_late_s": 1800,
            "promise_tolerance_s": 240,
            "extra_person_s": 30,
            "daytime": {
                "extra_km_eur_cents": 25,
                "extra_paid_minute_eur_cents": 28,
                "values": {"errands": 1800},
                "move_s": 240,
                "peak_buffer_s": 900,
            },
        },
        "law": {
            "trips": "flagged",
            "working_time": "enforced",
            "rules": {"pt_max_gap_s": None, "max_work_day_s": 39600},
            "zone": {"edition": "2026-01-01", "communes": ["18033", "2A004"]},
            "hubs": ["gare"],
            "authorities": [{"name": "Réseau d’essai", "communes": ["18033"]}],
            "public_services": [{"name": "Ligne d’essai", "places": ["gare", "garage"]}],
            "tariff_eur_cents_per_km": 20,
            "strict_cost_share": True,
            "hub_return": False,
            "longest_m": 90000,
            "distance_basis": "booking",
            "hired_vehicles": True,
            "referral_required": False,
            "medical_attestation_for_tus": True,
        },
        "places": [
            {"id": "garage", "name": "Garage", "lat": 47.08, "lon": 2.39, "insee": "18033"},
            {
                "id": "gare",
                "name": "Gare",
                "lat": 47.09,
                "lon": 2.4,
                "address": "1 place d’Essai",
                "last_departure": "19:00",
            },
            {"id": "bourg", "name": "Le Bourg", "lat": 47.2, "lon": 2.5, "insee": "2A004"},
            {"id": "hameau", "name": "Le Hameau", "lat": 47.15, "lon": 2.3},
        ],
        "vehicles": [
            {
                "id": "v1",
                "name": "Minibus",
                "depot": "garage",
                "configurations": [{"seats": 8}, {"seats": 5, "wheelchairs": 1}],
                "child_seats": 2,
                "energy": "electric",
                "range_m": 220000,
                "title": "made_available_non_profit",
                "absences": [{"from": "12:00", "until": "13:00", "reason": "charging"}],
                "features": ["ramp"],
            },
            {"id": "v2", "name": "Voiture", "depot": "garage", "configurations": [{"seats": 4}]},
        ],
        "drivers": [
            {
                "id": "d1",
                "first_name": "Ana",
                "last_name": "Essai",
                "phone": "06 39 98 00 01",
                "contract_week_s": 93600,
                "worked_week_s": 36000,
                "night_year_s": 7200,
                "last_duty_end": "2026-03-25T18:30:00+01:00",
                "qualifications": ["wheelchair"],
                "protected_slots": [
                    {"from": "10:00", "until": "11:00", "kind": "training", "place": "bourg"}
                ],
                "home": "hameau",
                "medical_until": "2027-01-31",
                "past_work": [
                    {"from": "2026-03-24T06:15:00+01:00", "until": "2026-03-24T11:27:00+01:00"},
                    {"from": "2026-03-25T13:30:00+01:00", "until": "2026-03-25T18:30:00+01:00"},
                ],
                "past_weeks_s": [93600, 90000],
                "told_on": "2026-03-10",
            },
            {"id": "d2", "first_name": "Bo", "volunteer": True},
        ],
        "shifts": [
            {
                "id": "matin",
                "name": "Minibus du matin",
                "vehicle": "v1",
                "driver": "d1",
                "start": {"earliest": "06:00", "latest": "06:30"},
                "end": "12:30",
                "start_place": "home",
                "end_place": "gare",
                "break": {
                    "duration_s": 1200,
                    "after_s": 18000,
                    "window": {"earliest": "09:00", "latest": "11:30"},
                },
                "max_duty_s": 25200,
            },
            {"id": "soir", "vehicle": "v2", "driver": None, "start": "15:00", "end": "00:30+1"},
        ],
        "participants": [
            {
                "id": "p1",
                "first_name": "Chloé",
                "last_name": "Modèle",
                "phone": "06 39 98 00 02",
                "boarding_s": 420,
                "alighting_s": 300,
                "wheelchair": True,
                "companions": 1,
                "child_seats": 1,
                "ride_limit": {"ratio_percent": 30},
                "eligibility": {
                    "ground": "location",
                    "checked_on": "2026-01-05",
                    "expires_on": "2027-01-04",
                    "checked_by": "coordination",
                },
                "referrals": [
                    {
                        "starts_on": "2026-01-05",
                        "expires_on": "2026-07-04",
                        "prescriber": "prescripteur-3",
                    }
                ],
                "never_with": ["p2"],
                "regular_driver": "d1",
                "requires": ["ramp"],
                "note": "Sonner deux fois.",
            },
            {"id": "p2", "first_name": "Dédé"},
        ],
        "bookings": [
            {
                "id": "b1",
                "participant": "p1",
                "outward": {
                    "origin": "hameau",
                    "destination": "gare",
                    "arrive_by": "08:30",
                    "max_ride_s": 3000,
                    "boarding_s": 480,
                    "alighting_s": 240,
                    "pin": {"shift": "matin", "pickup": "08:00", "tolerance_s": 600},
                },
                "return": {
                    "origin": "gare",
                    "destination": "hameau",
                    "not_before": "16:00",
                },
                "party_size": 2,
                "purpose": "training",
                "regime": "tus",
                "priority": 10,
                "requires": ["wheelchair"],
                "external_ref": "DOS-0042",
                "participation_eur_cents": 250,
                "overrides": [
                    {
                        "reason": "referral-expired",
                        "motive": "Renouvellement promis pour lundi.",
                        "by": "coordination",
                        "at": "2026-03-25T17:05:00+01:00",
                    }
                ],
            },
            {
                "id": "b2",
                "participant": "p2",
                "outward": {
                    "origin": "bourg",
                    "destination": "gare",
                    "pickup_window": {"earliest": "09:00", "latest": "09:30"},
                    "dropoff_window": {"earliest": "09:10", "latest": "10:30"},
                },
                "required": False,
                "price_eur_cents": 1500,
            },
        ],
        "flexible_bookings": [
            {
                "id": "f1",
                "participant": "p2",
                "home": "bourg",
                "place": "gare",
                "windows": [
                    {"earliest": "09:30", "latest": "12:00"},
                    {"earliest": "13:30", "latest": "15:30"},
                ],
                "stay_s": 1800,
                "one_way": True,
                "dates": ["2026-03-26", "2026-03-27"],
                "party_size": 3,
                "purpose": "errands",
                "regime": "tus",
                "requires": ["ramp"],
                "value_eur_cents": 1200,
            }
        ],
        "group_events": [
            {
                "id": "e1",
                "name": "Atelier mobilité",
                "kind": "workshop",
                "place": "gare",
                "from": "10:00",
                "until": "11:30",
                "capacity": 6,
                "attendances": [
                    {"participant": "p1", "home": "hameau"},
                    {"participant": "p2", "home": "bourg", "party_size": 3},
                ],
                "early_s": 1200,
                "late_s": 1800,
                "purpose": "training",
                "value_eur_cents": 2200,
            }
        ],
        "protected_targets": [
            {
                "id": "t1",
                "driver": "d1",
                "kind": "training",
                "target_s": 3600,
                "lengths_s": [3600, 1800],
                "place": "gare",
            }
        ],
        "travel": {"source": "estimate", "calibration": 1.1},
    }


def matrix_day() -> Data:
    """Make the same day with explicit travel tables and no points."""
    data = full_day()
    names = [place["id"] for place in data["places"]]
    for place in data["places"]:
        place.pop("lat", None)
        place.pop("lon", None)
    # Ten minutes and ten kilometres per step between places, none to the last but one way.
    steps = [[abs(i - j) for j in range(len(names))] for i in range(len(names))]
    data["travel"] = {
        "source": "matrix",
        "places": names,
        "seconds": [[600 * step for step in row] for row in steps],
        "metres": [[10000 * step for step in row] for row in steps],
    }
    data["travel"]["seconds"][0][3] = data["travel"]["metres"][0][3] = None
    return data


def clock_day() -> Data:
    """Make a day on whose night the clocks go back, with both passes of the doubled hour."""
    data = full_day()
    data["service_date"] = "2026-10-24"
    data["shifts"][1]["end"] = {"earliest": "02:30+1A", "latest": "02:30+1B"}
    return data
