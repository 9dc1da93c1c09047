"""A VROOM problem read as one service day; our own exports come back exactly as they were."""

from datetime import date
from typing import Any

from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.service_day import ServiceDay, TimeZoneError
from tus_dispatch.errors import InputError
from tus_dispatch.formats.foreign.imported import Imported
from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.foreign.values import Values
from tus_dispatch.formats.native.document import FORMAT as SCENARIO_FORMAT
from tus_dispatch.formats.scenario import scenario_from_data
from tus_dispatch.formats.vroom.clock import find_clock
from tus_dispatch.formats.vroom.draft import VroomDraft
from tus_dispatch.formats.vroom.fields import EXTENSION, FORMAT, PROBLEM, expect_keys
from tus_dispatch.formats.vroom.places import VroomPlaces
from tus_dispatch.formats.vroom.read_demand import read_demand
from tus_dispatch.formats.vroom.read_fleet import read_fleet
from tus_dispatch.formats.vroom.travel import read_travel

_NAME = "Journée importée"
_TIME_ZONE = "Europe/Paris"
_TREES = (
    "name",
    "territory",
    "service_date",
    "objective",
    "policy",
    "note",
    "law",
    "flexible_bookings",
    "group_events",
    "protected_targets",
)
_RECORDS = frozenset(
    {
        "format",
        *_TREES,
        "places",
        "vehicles",
        "drivers",
        "participants",
        "bookings",
        "travel",
        "skills",
    }
)


def is_vroom(data: Any) -> bool:
    """Return whether a JSON document looks like a VROOM problem."""
    if not isinstance(data, dict) or not isinstance(data.get("vehicles"), list):
        return False
    return isinstance(data.get("shipments", data.get("jobs")), list)


def read_vroom(
    data: Any, source: str, *, service_date: date | None = None, name: str | None = None
) -> Imported:
    """Turn a VROOM problem into a scenario.

    Parameters
    ----------
    data
        The JSON document.
    source
        Its name, shown in problems.
    service_date
        The day; None takes it from our own export, from the first UTC instant
        of the file, or else the default of all imports.
    name
        What to call it, or None for the file's own name or a default.

    Returns
    -------
    Imported
        The scenario, with what was assumed.

    Raises
    ------
    InputError
        With everything that is wrong or cannot be said, by JSON pointer.
    """
    values, origins = Values(data, source), Origins()
    expect_keys(values, (), PROBLEM)
    kept = _kept(values)
    zone, known_date, policy = _setting(kept)
    clock = find_clock(values, service_date or known_date, zone)
    draft = VroomDraft(values, origins, clock, VroomPlaces(values, origins), policy)
    shifts = read_fleet(draft)
    read_demand(draft, shifts)
    travel = read_travel(values, draft.places, draft.warnings)
    for key in _TREES:
        origins.note_tree(f"/{key}", f"/{EXTENSION}/{key}")
    origins.note("/travel", "/matrices" if values.find("matrices") else f"/{EXTENSION}/travel")
    title = name or kept.get("name", _NAME)
    scenario_file = {
        **{key: kept[key] for key in _TREES if key in kept},
        "format": SCENARIO_FORMAT,
        "name": title,
        "territory": kept.get("territory", {"name": title}),
        "service_date": clock.day.date.isoformat(),
        "places": draft.places.made,
        "vehicles": draft.vehicles,
        "drivers": draft.drivers,
        "shifts": draft.shifts,
        "participants": draft.participants,
        "bookings": draft.bookings,
        "travel": travel,
    }
    _warn(draft, is_ours=bool(kept))
    if values.problems:
        values.raise_any()
    try:
        scenario = scenario_from_data(scenario_file, source)
    except InputError as error:
        raise origins.raised(source, error, []) from error
    return Imported(scenario, "vroom", tuple(draft.warnings))


def _kept(values: Values) -> dict[str, Any]:
    """Return what our own files keep under their key, or nothing."""
    kept = values.find(EXTENSION)
    if kept is None:
        return {}
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        values.note("wrong-value", (EXTENSION,), kept, f'un objet avec "format": "{FORMAT}"')
        return {}
    expect_keys(values, (EXTENSION,), _RECORDS)
    return kept


def _setting(kept: dict[str, Any]) -> tuple[str, date | None, Policy]:
    """Return zone, day and policy of our own files; what is wrong there the scenario tells."""
    territory, rules = kept.get("territory"), kept.get("policy")
    zone = territory.get("time_zone", _TIME_ZONE) if isinstance(territory, dict) else _TIME_ZONE
    known_date: date | None = None
    try:
        ServiceDay(date(2026, 1, 1), str(zone))
        known_date = date.fromisoformat(str(kept.get("service_date")))
    except TimeZoneError:
        zone = _TIME_ZONE
    except ValueError:
        known_date = None
    values = rules if isinstance(rules, dict) else {}
    names = ("arrive_early_s", "depart_late_s", "extra_person_s")
    usable = {key: values[key] for key in names if type(values.get(key)) is int}
    return str(zone), known_date, Policy(**{k: max(0, v) for k, v in usable.items()})


def _warn(draft: VroomDraft, *, is_ours: bool) -> None:
    if is_ours:
        return
    if not draft.clock.is_dated:
        day = draft.clock.day.date
        draft.warn(f"Le fichier n'a pas de date : le {day:%d/%m/%Y} est pris (voir --date).")
    legs = [leg for b in draft.bookings for leg in (b.get("outward"), b.get("return")) if leg]
    if any("max_ride_s" not in leg for leg in legs):
        draft.warn(
            "Le temps à bord n'est pas limité dans le fichier : la règle usuelle s'applique."
        )
