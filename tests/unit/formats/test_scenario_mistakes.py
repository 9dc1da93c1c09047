"""Each mistake of a scenario file is told with its own code, at its own place, and alone."""

from time import process_time
from typing import Any

import pytest

from tests.scenario_files import Data, clock_day, full_day, matrix_day
from tus_dispatch.errors import CODES, InputError, Problem
from tus_dispatch.formats.scenario import scenario_from_data
from tus_dispatch.network.codes import CODES as TRAVEL_CODES

GONE = object()
NEW_BOOKING = {
    "id": "b3",
    "participant": "p2",
    "outward": {"origin": "bourg", "destination": "gare", "arrive_by": "12:00"},
}


def problems(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        scenario_from_data(data, "jour.json")
    return caught.value.problems


def told(data: object) -> list[tuple[str, str]]:
    slugs = {code.code: slug for slug, code in (TRAVEL_CODES | CODES).items()}
    return [(slugs[each.code], each.where) for each in problems(data)]


def change(data: Data, where: str, value: Any) -> Data:
    *path, last = where.split("/")[1:]
    inner: Any = data
    for part in path:
        inner = inner[int(part)] if isinstance(inner, list) else inner[part]
    key = int(last) if isinstance(inner, list) else last
    if value is GONE:
        del inner[key]
    elif isinstance(inner, list) and key == len(inner):
        inner.append(value)
    else:
        inner[key] = value
    return data


# What is changed, to what, and the code; the place told is the place changed
# unless a fourth word says otherwise.
CASES: list[tuple[Any, ...]] = [
    ("/law", "enforced", "wrong-type"),
    ("/law/trips", "hard", "unknown-choice"),
    ("/law/zone/file", "communes.csv", "zone-list", "/law/zone"),
    ("/law/zone/edition", GONE, "zone-list", "/law/zone"),
    ("/law/zone/communes/0", "1803", "unusable-text"),
    ("/law/zone", {"file": "communes.csv"}, None),
    ("/law/hubs/0", "halte", "unknown-id"),
    ("/law/public_services/0/places/1", "halte", "unknown-id"),
    ("/law/tariff_eur_cents_per_km", -1, "out-of-range"),
    ("/law/longest_m", 0, "out-of-range"),
    ("/law/distance_basis", "crow", "unknown-choice"),
    ("/law/hub", True, "unknown-key"),
    ("/bookings/0/overrides/0/reason", "zone", "override-of-law", "/bookings/0/overrides/0"),
    ("/bookings/0/overrides/0/reason", "zonne", "unknown-choice", "/bookings/0/overrides/0"),
    ("/bookings/0/overrides/0/motive", "", "unusable-text"),
    ("/bookings/0/participation_eur_cents", -1, "out-of-range"),
    ("/drivers/0/medical_until", "31/01/2027", "unusable-date"),
    ("/format", "tus-plan/1", "other-format"),
    ("/format", "tus-scenario/1.1", "newer-format"),
    ("/format", "tus-scenario/2", "newer-format"),
    ("/format", GONE, "missing-key"),
    ("/name", "", "unusable-text"),
    ("/name", "x" * 201, "unusable-text"),
    ("/note", "une ligne\x00", "unusable-text"),
    ("/note", "\ud800", "unusable-text"),
    ("/note", "nom \u202etourné", "unusable-text"),
    ("/remarque", "?", "unknown-key"),
    ("/service_date", "26/03/2026", "unusable-date"),
    ("/service_date", "2026-02-30", "unusable-date"),
    ("/service_date", 20260326, "wrong-type"),
    ("/service_date", "1999-12-31", "out-of-range"),
    ("/territory", GONE, "missing-key"),
    ("/territory", [], "wrong-type"),
    ("/territory/time_zone", "Europe/Bourges", "unknown-time-zone"),
    ("/territory/time_zone", "../../etc/passwd", "unknown-time-zone"),
    ("/territory/school_zone", "D", "unknown-choice"),
    ("/territory/terrain", "marsh", "unknown-choice"),
    ("/travel/source", "gps", "unknown-choice"),
    ("/travel/source", GONE, "missing-key"),
    ("/travel/source", 3, "unknown-choice"),
    ("/travel/calibration", 0, "out-of-range"),
    ("/travel/calibration", float("nan"), "not-a-number"),
    ("/travel/calibration", True, "wrong-type"),
    ("/travel", {"source": "osrm", "url": "ftp://127.0.0.1"}, "unusable-text", "/travel/url"),
    ("/objective/profile", "best", "unknown-choice"),
    ("/objective/weights/per_metre", -1, "out-of-range"),
    ("/policy/ride_limit/ratio_percent", 0.5, "wrong-type"),
    ("/policy/max_wait_aboard_s", 10**40, "out-of-range"),
    ("/policy/max_wait_aboard_s", "300", "wrong-type"),
    ("/places", {}, "wrong-type"),
    ("/places", [{}] * 20_001, "list-length"),
    ("/places/2", "bourg", "wrong-type"),
    ("/places/4", {"id": "bourg", "name": "x", "lat": 1, "lon": 1}, "doubled-id", "/places/4/id"),
    ("/places/4", {"id": "depot", "name": "x", "lat": 1, "lon": 1}, "unusable-id", "/places/4/id"),
    ("/places/4", {"id": "a:b", "name": "x", "lat": 1, "lon": 1}, "unusable-id", "/places/4/id"),
    ("/places/4", {"id": "..", "name": "x", "lat": 1, "lon": 1}, "unusable-id", "/places/4/id"),
    ("/places/4", {"id": "x" * 65, "name": "x", "lat": 1, "lon": 1}, "unusable-id", "/places/4/id"),
    ("/places/1/lat", 147.0, "off-the-map", "/places/1"),
    ("/places/1/lon", GONE, "off-the-map", "/places/1"),
    ("/places/1/lat", "47,08", "wrong-type"),
    ("/places/1/insee", "1804", "unusable-text"),
    ("/places/1/insee", 18033, "wrong-type"),
    ("/places/4", {"id": "x", "name": "Sans point"}, "place-without-point"),
    ("/vehicles/0/depot", "garaje", "unknown-id"),
    ("/vehicles/0/configurations", [], "list-length"),
    ("/vehicles/0/configurations/0/seats", 9, "too-many-seats", "/vehicles/0/configurations/0"),
    ("/vehicles/0/configurations/1/seats", 8, "too-many-seats", "/vehicles/0/configurations/1"),
    ("/vehicles/1/configurations/0/seats", 0, "too-many-seats", "/vehicles/1/configurations/0"),
    ("/vehicles/0/absences/0/until", "11:00", "inverted-window", "/vehicles/0/absences/0"),
    ("/vehicles/0/absences/0/until", "12:00", "inverted-window", "/vehicles/0/absences/0"),
    ("/vehicles/0/energy", "coal", "unknown-choice"),
    ("/drivers/0/home", "chez Ana", "unknown-id"),
    ("/drivers/0/last_duty_end", "2026-03-25T18:30:00", "unusable-date"),
    ("/drivers/0/protected_slots/0/place", "ici", "unknown-id"),
    ("/drivers/0/phone", "1 85 05 78 006 084 36", "national-number"),
    ("/drivers/1/id", "285052B006084", "national-number"),
    ("/shifts/0/vehicle", "v3", "unknown-id"),
    ("/shifts/0/driver", "d9", "unknown-id"),
    ("/shifts/0/driver", GONE, "missing-key"),
    ("/shifts/0/end", "05:59", "inverted-window", "/shifts/0"),
    ("/shifts/0/start/latest", "05:59", "inverted-window", "/shifts/0/start"),
    ("/shifts/0/start", 6, "wrong-type"),
    ("/shifts/1/end", "00:30", "unusable-time"),
    ("/shifts/1/end", "04:01+1", "unusable-time"),
    ("/shifts/1/end", "24:30", "unusable-time"),
    ("/shifts/1/end", "23:30A", "unusable-time"),
    ("/shifts/1/start_place", "home", "no-home"),
    ("/drivers/0/past_work", [{"from": "2026-03-26T04:00:00+01:00",
                               "until": "2126-03-26T09:00:00+01:00"}], "out-of-range",
     "/drivers/0/past_work/0/until"),
    ("/drivers/0/past_work", [{"from": "2026-03-20T04:00:00+01:00",
                               "until": "2099-03-26T09:00:00+01:00"}], "work-not-past",
     "/drivers/0/past_work/0/until"),
    ("/drivers/0/past_work", [{"from": "2026-03-20T04:00:00+01:00",
                               "until": "2026-03-20T04:00:00+01:00"}], "inverted-window",
     "/drivers/0/past_work/0"),
    ("/drivers/0/past_weeks_s", [-1], "out-of-range", "/drivers/0/past_weeks_s/0"),
    ("/law", {"working_time": "sometimes"}, "unknown-choice", "/law/working_time"),
    ("/law", {"rules": {"max_work_days_s": 36000}}, "unknown-key", "/law/rules/max_work_days_s"),
    ("/law", {"rules": {"maxDailyHours": 200}}, "out-of-range", "/law/rules/maxDailyHours"),
    ("/law", {"rules": {"sunday_rest": 0}}, "out-of-range", "/law/rules/sunday_rest"),
    ("/shifts/0/end_place", "gaare", "unknown-id"),
    ("/shifts/0/break/duration_s", 0, "out-of-range"),
    ("/shifts/1/vehicle", "v1", None),
    ("/participants/0/never_with/0", "p1", "never-with-oneself"),
    ("/participants/0/never_with/0", "p3", "unknown-id"),
    ("/participants/0/regular_driver", "d9", "unknown-id"),
    ("/participants/0/wheelchair", 1, "wrong-type"),
    ("/participants/0/note", "n° 185057800608436", "national-number"),
    ("/participants/0/referrals/0/expires_on", "2026-01-04", "inverted-window",
     "/participants/0/referrals/0"),
    ("/bookings/0/participant", "p7", "unknown-id"),
    ("/bookings/0/outward/origin", "hamo", "unknown-id"),
    ("/bookings/0/outward/destination", "hameau", "same-place"),
    ("/bookings/0/outward/arrive_by", GONE, "leg-without-time", "/bookings/0/outward"),
    ("/bookings/0/outward/arrive_by", "8h30", "unusable-time"),
    ("/bookings/0/outward/not_before", "08:31", "leg-backwards", "/bookings/0/outward"),
    ("/bookings/1/outward/arrive_by", "10:00", "two-times", "/bookings/1/outward/dropoff_window"),
    ("/bookings/1/outward/not_before", "09:00", "two-times", "/bookings/1/outward/pickup_window"),
    ("/bookings/1/outward/pickup_window/latest", "08:00", "inverted-window",
     "/bookings/1/outward/pickup_window"),
    ("/bookings/1/outward", GONE, "booking-without-leg", "/bookings/1"),
    ("/bookings/0/return/not_before", "07:00", "return-too-early", "/bookings/0/return"),
    ("/bookings/0/outward/pin/shift", "nuit", "unknown-id"),
    ("/bookings/0/outward/pin/pickup", "09:00", "pin"),
    ("/bookings/0/outward/pin", {}, "pin"),
    ("/bookings/0/party_size", 0, "out-of-range"),
    ("/bookings/0/priority", 101, "out-of-range"),
    ("/bookings/0/price_eur_cents", 500, "price"),
    ("/bookings/1/price_eur_cents", GONE, "price", "/bookings/1/required"),
    ("/bookings/0/external_ref", "2850578006084", "national-number"),
    ("/bookings/2", NEW_BOOKING | {"id": "b1"}, "doubled-id", "/bookings/2/id"),
    ("/bookings/0/requires", ["a"] * 51, "list-length"),
]  # fmt: skip


def named(cases: list[tuple[Any, ...]]) -> list[str]:
    return [f"{i} {case[2]} {case[0]}" for i, case in enumerate(cases)]


@pytest.mark.parametrize("case", CASES, ids=named(CASES))
def test_one_mistake_is_told_once_with_its_code_and_place(case: tuple[Any, ...]) -> None:
    where, value, slug, *place = case
    data = change(full_day(), where, value)

    if slug is None:
        scenario_from_data(data, "jour.json")
    else:
        assert told(data) == [(slug, *(place or [where]))]


MATRIX_CASES: list[tuple[Any, ...]] = [
    ("/travel/places/1", "garage", "doubled-id"),
    ("/travel/places/1", "gar", "unknown-id"),
    ("/travel/seconds", [[0]], "matrix-shape"),
    ("/travel/seconds/1", [0], "matrix-shape"),
    ("/travel/metres/1", {}, "wrong-type"),
    ("/travel/seconds/1/2", -5, "matrix-negative"),
    ("/travel/seconds/1/2", 1.5, "matrix-value"),
    ("/travel/seconds/1/2", True, "matrix-value"),
    ("/travel/seconds/1/2", 2**31, "matrix-value"),
    ("/travel/seconds/2/2", 1, "matrix-diagonal"),
    ("/travel/seconds/2/2", None, "matrix-diagonal"),
    ("/travel/seconds/1/2", None, "matrix-disagree", "/travel/metres/1/2"),
    ("/travel/metres/1/2", None, "matrix-disagree"),
]


@pytest.mark.parametrize("case", MATRIX_CASES, ids=named(MATRIX_CASES))
def test_a_wrong_travel_table_is_told_by_its_cell(case: tuple[Any, ...]) -> None:
    where, value, slug, *place = case
    data = change(matrix_day(), where, value)

    found = told(data)

    assert (slug, *(place or [where])) in found
    # A place entered twice also leaves another without a row.
    assert {each for each, _ in found} <= {slug, "matrix-lacks-place"}


def test_a_place_that_is_used_needs_a_row() -> None:
    data = matrix_day()
    data["travel"] = {"source": "matrix", "places": ["garage"], "seconds": [[0]], "metres": [[0]]}

    found = told(data)

    # Once per place: station, hamlet and village are used many times.
    assert found == [("matrix-lacks-place", "/travel/places")] * 3


@pytest.mark.parametrize("key", ["vehicle", "driver"])
def test_two_shifts_may_not_need_one_vehicle_or_driver_at_once(key: str) -> None:
    data = full_day()
    first, second = data["shifts"]
    data["drivers"][1]["home"] = "bourg"
    second["driver"] = "d2"
    second[key] = first[key]
    second["start"] = {"earliest": "12:29", "latest": "14:00"}

    assert told(data) == [("shifts-overlap", "/shifts/1")]
    second["start"] = {"earliest": "12:30", "latest": "14:00"}
    scenario_from_data(data, "jour.json")


def test_a_doubled_hour_asks_which_and_a_skipped_hour_names_its_neighbours() -> None:
    autumn = change(clock_day(), "/shifts/1/end", "02:30+1")
    spring = change(full_day(), "/shifts/1/end", "02:30+1")
    spring["service_date"] = "2026-03-28"

    (doubled,), (skipped,) = problems(autumn), problems(spring)

    assert doubled.where == skipped.where == "/shifts/1/end"
    assert "02:30+1A" in doubled.expected
    assert "01:30+1 ou 03:30+1" in skipped.expected


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    data = full_day()
    for where, value in (
        ("/bookings/1/outward/origin", "bourk"),
        ("/bookings/0/party_size", "deux"),
        ("/shifts/1/end", "0h30"),
        ("/vehicles/1/configurations/0/seats", 12),
        ("/territory/terrain", "flat"),
        ("/service_date", "demain"),
    ):
        change(data, where, value)

    found = [where for _, where in told(data)]

    assert found == [
        "/territory/terrain",
        "/service_date",
        "/vehicles/1/configurations/0",
        "/shifts/1/end",
        "/bookings/0/party_size",
        "/bookings/1/outward/origin",
    ]


def test_an_object_with_a_mistake_still_hears_of_its_wrong_references() -> None:
    data = full_day()
    data["bookings"][0] |= {"participant": "p9", "party_size": "deux"}
    data["bookings"][0]["outward"] |= {"arrive_by": "8h", "destination": "hameau"}

    assert [slug for slug, _ in told(data)] == [
        "unknown-id",
        "same-place",
        "unusable-time",
        "wrong-type",
    ]


def test_what_refers_to_a_broken_entry_is_not_blamed() -> None:
    data = change(full_day(), "/places/3/id", 17)

    assert told(data) == [("wrong-type", "/places/3/id")]


def test_what_refers_to_a_misspelt_section_is_not_blamed() -> None:
    data = full_day()
    data["vehicules"] = data.pop("vehicles")

    assert told(data) == [("unknown-key", "/vehicules")]


def test_a_misspelt_key_is_not_told_as_missing_too() -> None:
    data = full_day()
    leg = data["bookings"][0]["outward"]
    leg["orgin"] = leg.pop("origin")
    leg["arive_by"] = leg.pop("arrive_by")

    first, second = problems(data)

    assert (first.where, first.expected) == ("/bookings/0/outward/orgin", "« origin »")
    assert (second.where, second.expected) == ("/bookings/0/outward/arive_by", "« arrive_by »")


def test_a_wrong_id_is_answered_with_the_nearest() -> None:
    (found,) = problems(change(full_day(), "/bookings/0/outward/origin", "hamau"))

    assert found.value == '"hamau"'
    assert "hameau" in found.expected


def test_exchanged_coordinates_out_of_range_are_recognised() -> None:
    data = full_day()
    data["places"][0] |= {"lat": 120.0, "lon": 47.0}

    (found,) = problems(data)

    assert "échangées" in found.remedy


def test_a_party_no_vehicle_can_carry_is_for_planning_to_refuse() -> None:
    data = change(full_day(), "/bookings/0/party_size", 40)

    assert scenario_from_data(data, "jour.json").bookings[0].party_size == 40


def test_a_phone_number_is_no_social_security_number() -> None:
    data = full_day()
    data["drivers"][0]["phone"] = "0033 6 39 98 00 01 / +33639980002"
    data["participants"][0]["note"] = "Code 1234, 12345678901234 n’est pas un numéro."

    scenario_from_data(data, "jour.json")


def test_many_wrong_ids_among_many_places_take_no_time() -> None:
    data = full_day()
    data["places"] += [{"id": f"lieu {i}", "name": "x", "lat": 47, "lon": 2} for i in range(5_000)]
    data["bookings"] = [
        NEW_BOOKING | {"id": f"r{i}", "participant": f"p{i:05}"} for i in range(5_000)
    ]
    for i, booking in enumerate(data["bookings"]):
        booking["outward"] = booking["outward"] | {"origin": f"liou {i}x"}

    started = process_time()
    assert len(told(data)) == 10_000
    # Measured at 0.7 s; comparing every wrong id with every place would take minutes.
    assert process_time() - started < 10


@pytest.mark.parametrize("data", [None, [], "jour", 3, True])
def test_something_else_than_an_object_is_no_scenario(data: object) -> None:
    assert told(data) == [("wrong-type", "jour.json")]


def test_every_code_of_the_register_has_a_case_here_or_beside() -> None:
    here = {case[2] for case in (*CASES, *MATRIX_CASES)} | {"matrix-lacks-place", "shifts-overlap"}
    # Told by test_scenario_text.py and test_plan_file.py.
    text = {"file-unreadable", "file-too-long", "not-utf8", "not-json", "too-deep", "doubled-key"}
    plan = {"plan-of-another-day", "plan-contradiction", "plan-configuration"}
    # Told by tests/api/test_organisation.py and test_lists.py.
    api = {"one-of-two", "unusable-rule"}

    assert set(CODES) <= here | text | plan | api
