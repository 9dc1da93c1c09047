"""One shipment as one leg: its ends, windows, times at the doors and limit aboard."""

from typing import Any

from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.foreign.draft import window_data
from tus_dispatch.formats.foreign.values import Path
from tus_dispatch.formats.vroom.draft import VroomDraft
from tus_dispatch.formats.vroom.fields import EXTENSION, STEP, expect_keys

_LOADS = 3
_CLIPPED = "Des créneaux dépassent le jour de service (04:00 à 04:00) : ils sont coupés."


def read_load(draft: VroomDraft, at: Path, person: dict[str, Any]) -> int:
    """Return the size of a party, companions not counted.

    Parameters
    ----------
    draft
        For the document.
    at
        The shipment.
    person
        Who travels, as in a scenario file.

    Returns
    -------
    int
        At least one.
    """
    values = draft.values
    amount = values.wholes(*at, "amount")
    if not amount:
        draft.warn("Un trajet sans quantité (amount) est pris pour une personne.")
        amount = [1]
    if any(amount[_LOADS:]):
        expected = "au plus trois nombres : places, fauteuils, rehausseurs"
        values.note("cannot-say", (*at, "amount"), amount, expected)
    seats, wheelchairs, child_seats = (amount + [0] * _LOADS)[:_LOADS]
    companions = person.get("companions", 0)
    expected_rest = (int(bool(person.get("wheelchair"))), person.get("child_seats", 0))
    if (wheelchairs, child_seats) != expected_rest:
        expected = f"[places, {expected_rest[0]}, {expected_rest[1]}], comme la personne le demande"
        values.note("contradiction", (*at, "amount"), amount, expected)
    party = seats + wheelchairs - (companions if isinstance(companions, int) else 0)
    if party < 1:
        values.note("wrong-value", (*at, "amount"), amount, "au moins une personne")
    return max(1, party)


def read_leg(draft: VroomDraft, at: Path, person: dict[str, Any], party: int) -> dict[str, Any]:
    """Return a leg as in a scenario file.

    Parameters
    ----------
    draft
        For the document.
    at
        The shipment.
    person
        Who travels.
    party
        How many with them.

    Returns
    -------
    dict
        What equals the default of the person or the policy is left out, unless
        our own file says that the booking states it.
    """
    own = draft.values.find(*at, EXTENSION, "own")
    stated = frozenset(map(str, own)) if isinstance(own, list) else frozenset[str]()
    companions = person.get("companions", 0)
    people = party + (companions if isinstance(companions, int) else 0)
    boarding_s = person.get("boarding_s", 120)
    if isinstance(boarding_s, int):
        boarding_s += draft.policy.extra_person_s * (people - 1)
    leg: dict[str, Any] = {}
    for step, place_key, window_key, service_key, usual_s in (
        ("pickup", "origin", "pickup_window", "boarding_s", boarding_s),
        ("delivery", "destination", "dropoff_window", "alighting_s", person.get("alighting_s", 60)),
    ):
        expect_keys(draft.values, (*at, step), STEP)
        named = draft.values.find(*at, step, EXTENSION, "place")
        leg[place_key] = draft.places.place((*at, step), "location", "location_index", named)
        if draft.values.find(*at, step, "setup") not in (None, 0):
            setup = draft.values.find(*at, step, "setup")
            draft.values.note(
                "cannot-say", (*at, step, "setup"), setup, "0, ou la durée dans service"
            )
        service_s = draft.values.whole(*at, step, "service", default=0)
        if service_key in stated or service_s != usual_s:
            leg[service_key] = service_s
        leg |= _times(draft, (*at, step), window_key)
    return leg | _limit(draft, at)


def _times(draft: VroomDraft, at: Path, key: str) -> dict[str, Any]:
    """Read the hard window of one end and the time asked for, if the file tells one."""
    values, clock = draft.values, draft.clock
    hard, hard_clipped = clock.single_window(values, *at, "time_windows")
    soft, soft_clipped = clock.single_window(values, *at, "soft_time_windows")
    if hard_clipped or soft_clipped:
        draft.warn(_CLIPPED)
    made: dict[str, Any] = {}
    usual = None
    if soft is not None and key == "pickup_window":
        made["not_before"] = clock.day.wall(soft.earliest_s)
        latest_s = min(soft.earliest_s + draft.policy.depart_late_s, clock.day.length_s)
        usual = TimeWindow(soft.earliest_s, latest_s)
    elif soft is not None:
        made["arrive_by"] = clock.day.wall(soft.latest_s)
        earliest_s = max(0, soft.latest_s - draft.policy.arrive_early_s)
        usual = TimeWindow(earliest_s, soft.latest_s)
    if usual is None and hard is not None:
        made[key] = window_data(clock.day, hard.earliest_s, hard.latest_s)
    elif hard not in (None, usual):
        expected = "time_windows seul, ou la fenêtre que la règle donne autour de l'heure demandée"
        soft_value = values.find(*at, "soft_time_windows")
        values.note("cannot-say", (*at, "soft_time_windows"), soft_value, expected)
    return made


def _limit(draft: VroomDraft, at: Path) -> dict[str, int]:
    values = draft.values
    if values.find(*at, "hard") not in (None, True):
        values.note("cannot-say", (*at, "hard"), values.find(*at, "hard"), "des créneaux fermes")
    limits = [
        values.whole(*at, key)
        for key in ("max_ride_time", "max_transit_time")
        if values.find(*at, key) is not None
    ]
    if len(set(limits)) > 1:
        expected = f"{limits[0]}, comme max_ride_time"
        values.note("contradiction", (*at, "max_transit_time"), limits[1], expected)
    return {"max_ride_s": limits[0]} if limits else {}
