"""Who names whom: doubled ids and ids that nothing has, looked for in the raw file.

Raw, because a booking with an impossible hour should still hear that its
participant does not exist.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.document import SECTIONS, ScenarioFile
from tus_dispatch.formats.native.problems import Part, Suggester, pointer, problem, shorten
from tus_dispatch.formats.native.texts import RESERVED_IDS, is_id

# Where ids are used, and the section they come from; * stands for every entry of a list.
_REFERENCES = (
    ("places", ("vehicles", "*", "depot")),
    ("places", ("drivers", "*", "home")),
    ("places", ("drivers", "*", "protected_slots", "*", "place")),
    ("vehicles", ("shifts", "*", "vehicle")),
    ("drivers", ("shifts", "*", "driver")),
    ("places", ("shifts", "*", "start_place")),
    ("places", ("shifts", "*", "end_place")),
    ("participants", ("participants", "*", "never_with", "*")),
    ("participants", ("bookings", "*", "participant")),
    ("drivers", ("participants", "*", "regular_driver")),
    *(
        row
        for leg in ("outward", "return")
        for row in (
            ("places", ("bookings", "*", leg, "origin")),
            ("places", ("bookings", "*", leg, "destination")),
            ("shifts", ("bookings", "*", leg, "pin", "shift")),
        )
    ),
    ("participants", ("flexible_bookings", "*", "participant")),
    ("places", ("flexible_bookings", "*", "home")),
    ("places", ("flexible_bookings", "*", "place")),
    ("places", ("group_events", "*", "place")),
    ("participants", ("group_events", "*", "attendances", "*", "participant")),
    ("places", ("group_events", "*", "attendances", "*", "home")),
    ("drivers", ("protected_targets", "*", "driver")),
    ("places", ("protected_targets", "*", "place")),
    ("places", ("law", "hubs", "*")),
    ("places", ("law", "authorities", "*", "places", "*")),
    ("places", ("law", "public_services", "*", "places", "*")),
    ("places", ("travel", "places", "*")),
)
_WORDS = {
    "places": "l’identifiant d’un lieu",
    "vehicles": "l’identifiant d’un véhicule",
    "drivers": "l’identifiant d’un agent de conduite",
    "shifts": "l’identifiant d’une vacation",
    "participants": "l’identifiant d’un participant",
}


def reference_problems(raw: Mapping[str, Any], suggester: Suggester) -> Iterator[Problem]:
    """Tell every doubled id and every id that leads nowhere.

    Parameters
    ----------
    raw
        The file as plain data.
    suggester
        Finds the id that may have been meant.

    Yields
    ------
    Problem
        Sections whose ids cannot all be read excuse what refers to them.
    """
    known = {}
    for section in SECTIONS:
        known[section] = _ids_of(raw, section)
        yield from _doubled(section, raw.get(section))
    for section, path in _REFERENCES:
        ids = known[section]
        if ids is None:
            continue
        may_say_reserved = path[-1] in {"start_place", "end_place"}
        for at, value in values_at(raw, path):
            if value in ids or not is_id(value) or (may_say_reserved and value in RESERVED_IDS):
                continue
            near = suggester.closest(value, ids)
            expected = f"« {near} » ?" if near else _WORDS[section]
            yield problem("unknown-id", pointer(at), shorten(value), expected)


def values_at(
    value: Any, path: tuple[str, ...], at: tuple[Part, ...] = ()
) -> Iterator[tuple[tuple[Part, ...], Any]]:
    """Walk a document along a path.

    Parameters
    ----------
    value
        Plain data.
    path
        Keys; ``*`` for every entry of a list.
    at
        Where ``value`` stands.

    Yields
    ------
    tuple
        Place and value of everything the path leads to; null leads nowhere.
    """
    if not path:
        if isinstance(value, str):
            yield at, value
    elif path[0] == "*":
        for i, each in enumerate(value if isinstance(value, list) else ()):
            yield from values_at(each, path[1:], (*at, i))
    elif isinstance(value, Mapping) and path[0] in value:
        yield from values_at(value[path[0]], path[1:], (*at, path[0]))


def _ids_of(raw: Mapping[str, Any], section: str) -> dict[str, int] | None:
    """Return the ids of a section, or None when some cannot be read."""
    if section not in raw and any(key not in ScenarioFile.model_fields for key in raw):
        # The section may stand in the file under a misspelt name.
        return None
    items = raw.get(section, [])
    if not isinstance(items, list):
        return None
    ids: dict[str, int] = {}
    for i, item in enumerate(items):
        if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
            return None
        ids.setdefault(item["id"], i)
    return ids


def _doubled(section: str, items: object) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for i, item in enumerate(items if isinstance(items, list) else ()):
        name = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(name, str) and first.setdefault(name, i) != i:
            where = pointer((section, i, "id"))
            expected = f"un identifiant libre (déjà pris par {pointer((section, first[name]))})"
            yield problem("doubled-id", where, shorten(name), expected)
