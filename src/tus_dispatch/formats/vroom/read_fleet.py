"""VROOM's vehicles become shifts; a vehicle without a record of its own becomes one too."""

from typing import Any

from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.foreign.draft import window_data
from tus_dispatch.formats.vroom.draft import VroomDraft, unused_id
from tus_dispatch.formats.vroom.fields import BREAK, EXTENSION, VEHICLE, expect_keys

MOST_SEATS = 8
_LOADS = 3


def read_fleet(draft: VroomDraft) -> dict[int, str]:
    """Read vehicles into shifts, vehicles and drivers.

    Parameters
    ----------
    draft
        Takes what is read.

    Returns
    -------
    dict
        Shift by VROOM's number of the vehicle.
    """
    draft.vehicles += draft.records("vehicles")
    draft.drivers += draft.records("drivers")
    shifts: dict[int, str] = {}
    for i in range(len(draft.values.entries("vehicles"))):
        if not expect_keys(draft.values, ("vehicles", i), VEHICLE):
            continue
        number = draft.values.whole("vehicles", i, "id")
        if number in shifts:
            expected = "un numéro qui ne sert qu'une fois"
            draft.values.note("wrong-reference", ("vehicles", i, "id"), number, expected)
        shifts[number] = _shift(draft, i, number)
    return shifts


def _shift(draft: VroomDraft, i: int, number: int) -> str:
    values, at = draft.values, ("vehicles", i)
    rest = values.find(*at, EXTENSION)
    rest = rest if isinstance(rest, dict) else {}
    _expect_sayable(draft, i)
    hours = _hours(draft, i)
    start, end = _ends(draft, i, rest)
    vehicle = rest.get("vehicle") or _new_vehicle(draft, i, number, start)
    taken = [each["id"] for each in draft.shifts]
    description = str(values.find(*at, "description") or "")
    name = description if rest else unused_id(f"vacation-{number}", taken)
    shift: dict[str, Any] = {
        "id": name,
        "vehicle": vehicle,
        "driver": rest.get("driver"),
        "start": window_data(draft.clock.day, hours.earliest_s, hours.latest_s),
        "end": window_data(draft.clock.day, hours.earliest_s, hours.latest_s),
        "start_place": start,
        "end_place": end,
    }
    if "name" in rest:
        shift["name"] = rest["name"]
    if "start_latest" in rest:
        shift["start"]["latest"] = rest["start_latest"]
    if "end_earliest" in rest:
        shift["end"]["earliest"] = rest["end_earliest"]
    if "max_duty_s" in rest:
        shift["max_duty_s"] = rest["max_duty_s"]
    rule = _break(draft, i, rest)
    if rule is not None:
        shift["break"] = rule
    draft.origins.note(f"/shifts/{len(draft.shifts)}", f"/vehicles/{i}")
    draft.shifts.append(shift)
    return name


def _expect_sayable(draft: VroomDraft, i: int) -> None:
    values, at = draft.values, ("vehicles", i)
    factor = values.find(*at, "speed_factor")
    if factor not in (None, 1):
        values.note("cannot-say", (*at, "speed_factor"), factor, "1, ou une matrice à ce rythme")
    if values.find(*at, "costs") is not None:
        draft.warn("Les coûts des véhicules (costs) ne sont pas repris.")


def _hours(draft: VroomDraft, i: int) -> TimeWindow:
    whole_day = TimeWindow(0, draft.clock.day.length_s)
    if draft.values.find("vehicles", i, "time_window") is None:
        return whole_day
    window, clipped = draft.clock.window(draft.values, "vehicles", i, "time_window")
    if clipped:
        draft.warn("Des horaires dépassent le jour de service (04:00 à 04:00) : ils sont coupés.")
    return window or whole_day


def _ends(draft: VroomDraft, i: int, rest: dict[str, Any]) -> tuple[str, str]:
    values, at = draft.values, ("vehicles", i)
    found = {}
    for key in ("start", "end"):
        if values.find(*at, key) is None and values.find(*at, f"{key}_index") is None:
            if rest.get(f"{key}_place") is not None:
                found[key] = str(rest[f"{key}_place"])
            continue
        found[key] = draft.places.place(at, key, f"{key}_index", rest.get(f"{key}_place"))
    if not found:
        values.note("wrong-value", at, "rien", "un départ (start) ou une fin (end)")
        return "lieu", "lieu"
    if len(found) == 1:
        draft.warn("Un véhicule n'a qu'un bout (start ou end) : l'autre est mis au même endroit.")
    only = next(iter(found.values()))
    return found.get("start", only), found.get("end", only)


def _new_vehicle(draft: VroomDraft, i: int, number: int, depot: str) -> str:
    values, at = draft.values, ("vehicles", i)
    capacity = values.wholes(*at, "capacity")
    if not capacity:
        draft.warn(f"Un véhicule sans capacité est pris pour {MOST_SEATS} places.")
        capacity = [MOST_SEATS]
    if any(capacity[_LOADS:]):
        expected = "au plus trois nombres : places, fauteuils, rehausseurs"
        values.note("cannot-say", (*at, "capacity"), capacity, expected)
    seats, wheelchairs, child_seats = (capacity + [0] * _LOADS)[:_LOADS]
    name = unused_id(f"vehicule-{number}", (each.get("id") for each in draft.vehicles))
    made: dict[str, Any] = {
        "id": name,
        "name": str(values.find(*at, "description") or f"Véhicule {number}"),
        "depot": depot,
        "configurations": [{"seats": seats, "wheelchairs": wheelchairs}],
        "child_seats": child_seats,
        "features": draft.skill_words(values.wholes(*at, "skills", least=1)),
    }
    if values.find(*at, "max_distance") is not None:
        made["range_m"] = values.whole(*at, "max_distance", least=1)
    pointer = f"/vehicles/{len(draft.vehicles)}"
    draft.origins.note(f"{pointer}/configurations", f"/vehicles/{i}/capacity")
    draft.origins.note(pointer, f"/vehicles/{i}")
    draft.vehicles.append(made)
    return name


def _break(draft: VroomDraft, i: int, rest: dict[str, Any]) -> dict[str, Any] | None:
    values, at = draft.values, ("vehicles", i, "breaks")
    breaks = values.entries(*at, most=20)
    if not breaks:
        return None
    if len(breaks) > 1:
        values.note("cannot-say", at, breaks, "une seule pause par vacation")
        return None
    expect_keys(values, (*at, 0), BREAK)
    if any(values.wholes(*at, 0, "max_load")) or (
        not rest and values.find(*at, 0, "max_load") is None
    ):
        draft.warn("Les pauses sont prises sans personne à bord, même si le fichier en admet.")
    rule: dict[str, Any] = {
        "duration_s": values.whole(*at, 0, "service", default=0),
        "after_s": rest.get("break_after_s", 0),
    }
    window, _ = draft.clock.single_window(values, *at, 0, "time_windows")
    if window is not None:
        rule["window"] = window_data(draft.clock.day, window.earliest_s, window.latest_s)
    return rule
