"""VROOM's shipments become legs, and linked ones the outward and return of one booking."""

from dataclasses import dataclass
from typing import Any

from tus_dispatch.domain.demand import Direction
from tus_dispatch.formats.vroom.draft import VroomDraft, unused_id
from tus_dispatch.formats.vroom.fields import EXTENSION, ROUTE_STEP, SHIPMENT, expect_keys
from tus_dispatch.formats.vroom.read_leg import read_leg, read_load

_KEYS = {Direction.OUTWARD.value: "outward", Direction.RETURN.value: "return"}


@dataclass(frozen=True, slots=True)
class _Shipment:
    """A shipment by its position and number, and what our own files say of it."""

    index: int
    number: int
    rest: dict[str, Any]

    @property
    def at(self) -> tuple[str, int]:
        return ("shipments", self.index)


def read_demand(draft: VroomDraft, shifts: dict[int, str]) -> None:
    """Read shipments into bookings and participants.

    Parameters
    ----------
    draft
        Takes what is read.
    shifts
        Shift by VROOM's number of the vehicle, for pins.
    """
    draft.participants += draft.records("participants")
    records = {str(each.get("id")): each for each in draft.records("bookings")}
    shipments = _shipments(draft)
    pins = _pins(draft, shifts)
    groups = _groups(draft, shipments, records)
    for name, legs in groups.items():
        _booking(draft, records.get(name, {"id": name}), legs, pins)
    dropped = len(records.keys() - groups.keys())
    if dropped:
        draft.warn(f"Réservations sans trajet dans le fichier, laissées de côté : {dropped}.")
    _keep_apart(draft, shipments, groups)


def _shipments(draft: VroomDraft) -> dict[int, _Shipment]:
    found: dict[int, _Shipment] = {}
    for i in range(len(draft.values.entries("shipments"))):
        at = ("shipments", i)
        if not expect_keys(draft.values, at, SHIPMENT):
            continue
        number = draft.values.whole(*at, "pickup", "id", default=i + 1)
        if number in found:
            expected = "un numéro qui ne sert qu'une fois"
            draft.values.note("wrong-reference", (*at, "pickup", "id"), number, expected)
        rest = draft.values.find(*at, EXTENSION)
        found[number] = _Shipment(i, number, rest if isinstance(rest, dict) else {})
    return found


def _groups(
    draft: VroomDraft, shipments: dict[int, _Shipment], records: dict[str, dict[str, Any]]
) -> dict[str, dict[str, _Shipment]]:
    """Sort legs into bookings, those of our own files in the order of their records."""
    groups: dict[str, dict[str, _Shipment]] = {name: {} for name in records}
    first_of = _links(draft, shipments)
    names: dict[int, str] = {}
    for each in shipments.values():
        direction = str(each.rest.get("direction", Direction.OUTWARD.value))
        name = each.rest.get("booking")
        if name is None:
            partner = first_of.get(each.number)
            direction = (Direction.RETURN if partner is not None else Direction.OUTWARD).value
            owner = each.number if partner is None else partner
            names.setdefault(owner, unused_id(str(owner), groups))
            name = names[owner]
        if direction not in _KEYS or direction in groups.setdefault(str(name), {}):
            expected = "un aller (out) et un retour (ret) au plus par réservation"
            draft.values.note("contradiction", each.at, f"{name}:{direction}", expected)
            continue
        groups[str(name)][direction] = each
    return {name: legs for name, legs in groups.items() if legs}


def _links(draft: VroomDraft, shipments: dict[int, _Shipment]) -> dict[int, int]:
    """Return, for each return leg of a plain file, the number of its outward leg."""
    first_of: dict[int, int] = {}
    for each in shipments.values():
        if each.rest or draft.values.find(*each.at, "linked_to") is None:
            continue
        other = draft.values.whole(*each.at, "linked_to")
        at = (*each.at, "linked_to")
        if other not in shipments or other == each.number:
            draft.values.note("wrong-reference", at, other, "le numéro d'un autre shipment")
        elif first_of.get(each.number) == other:
            continue
        elif draft.values.find(*shipments[other].at, "linked_to") == each.number and (
            each.index < shipments[other].index
        ):
            # Both name each other: the first of the file is the outward leg.
            first_of[other] = each.number
        elif other in first_of or other in first_of.values() or each.number in first_of.values():
            draft.values.note("contradiction", at, other, "deux trajets liés au plus")
        else:
            first_of[each.number] = other
    return first_of


def _booking(
    draft: VroomDraft,
    record: dict[str, Any],
    legs: dict[str, _Shipment],
    pins: dict[int, dict[str, Any]],
) -> None:
    ordered = [legs[key] for key in _KEYS if key in legs]
    booking = dict(record)
    pointer = f"/bookings/{len(draft.bookings)}"
    draft.origins.trees.pop(pointer, None)
    draft.origins.note(pointer, f"/shipments/{ordered[0].index}")
    if "participant" not in booking:
        booking["participant"] = _new_participant(draft, ordered[0])
        booking.setdefault("external_ref", str(ordered[0].number))
        words = draft.skill_words(draft.values.wholes(*ordered[0].at, "skills", least=1))
        booking["requires"] = words
    person: dict[str, Any] = next(
        (p for p in draft.participants if p.get("id") == booking["participant"]), {}
    )
    loads = [read_load(draft, each.at, person) for each in ordered]
    priorities = [draft.values.whole(*each.at, "priority", default=0) for each in ordered]
    for what, found in (("amount", loads), ("priority", priorities)):
        if len(set(found)) > 1:
            at = (*ordered[1].at, what)
            draft.values.note("contradiction", at, found[1], f"{found[0]}, comme à l'aller")
    booking |= {"party_size": loads[0], "priority": priorities[0]}
    for direction, each in legs.items():
        key = _KEYS[direction]
        draft.origins.note(f"{pointer}/{key}", f"/shipments/{each.index}")
        booking[key] = read_leg(draft, each.at, person, loads[0])
        pin = each.rest.get("pin") or pins.get(each.number)
        if pin is not None:
            booking[key]["pin"] = pin
    draft.bookings.append(booking)


def _new_participant(draft: VroomDraft, each: _Shipment) -> str:
    name = unused_id(f"personne-{each.number}", (p.get("id") for p in draft.participants))
    description = draft.values.find(*each.at, "pickup", "description")
    amount = draft.values.wholes(*each.at, "amount")
    made: dict[str, Any] = {
        "id": name,
        "first_name": str(description or f"Personne {each.number}"),
        # A person in a wheelchair is the one the amount's second number counts.
        "wheelchair": len(amount) > 1 and amount[1] > 0,
        "child_seats": amount[2] if len(amount) > 2 else 0,
    }
    limit = _ride_limit(draft, each)
    if limit is not None:
        made["ride_limit"] = limit
    draft.origins.note(f"/participants/{len(draft.participants)}", f"/shipments/{each.index}")
    draft.participants.append(made)
    return name


def _ride_limit(draft: VroomDraft, each: _Shipment) -> dict[str, int] | None:
    """Turn a detour limit into a personal one: ``ratio`` is ride over direct, 1.5 is half more."""
    values, at = draft.values, each.at
    longest_s = draft.clock.day.length_s
    if values.find(*at, "max_detour_ratio") is None:
        if values.find(*at, "max_detour") is None:
            return None
        extra_s = min(values.whole(*at, "max_detour"), longest_s)
        return {"ratio_percent": 0, "constant_s": extra_s, "minimum_s": 0, "cap_s": extra_s}
    percent = round((values.real(*at, "max_detour_ratio") - 1) * 100)
    if percent < 0:
        ratio = values.find(*at, "max_detour_ratio")
        values.note("wrong-value", (*at, "max_detour_ratio"), ratio, "au moins 1")
    cap_s = min(values.whole(*at, "max_detour", default=longest_s), longest_s)
    return {"ratio_percent": max(0, percent), "constant_s": 0, "minimum_s": 0, "cap_s": cap_s}


def _pins(draft: VroomDraft, shifts: dict[int, str]) -> dict[int, dict[str, Any]]:
    """Read imposed steps of vehicles: who is picked up by which shift, and when if that is said."""
    pins: dict[int, dict[str, Any]] = {}
    values = draft.values
    for i in range(len(values.entries("vehicles"))):
        for j in range(len(values.entries("vehicles", i, "steps"))):
            at = ("vehicles", i, "steps", j)
            if not expect_keys(values, at, ROUTE_STEP):
                continue
            for key in ("service_after", "service_before"):
                if values.find(*at, key) is not None:
                    value = values.find(*at, key)
                    values.note("cannot-say", (*at, key), value, "une heure exacte (service_at)")
            if values.find(*at, "type") != "pickup":
                continue
            pin: dict[str, Any] = {"shift": shifts.get(values.whole("vehicles", i, "id"))}
            if values.find(*at, "service_at") is not None:
                start_s = values.whole(*at, "service_at") - draft.clock.zero_s
                if 0 <= start_s <= draft.clock.day.length_s:
                    pin["pickup"] = draft.clock.day.wall(start_s)
                else:
                    expected = "une heure du jour de service ; un autre jour avec --date"
                    values.note("outside-day", (*at, "service_at"), start_s, expected)
            pins[values.whole(*at, "id")] = pin
    return pins


def _keep_apart(
    draft: VroomDraft,
    shipments: dict[int, _Shipment],
    groups: dict[str, dict[str, _Shipment]],
) -> None:
    """Turn ``exclude`` of plain shipments into people who must never be aboard together."""
    owner = {
        each.number: booking["participant"]
        for legs, booking in zip(groups.values(), draft.bookings, strict=True)
        for each in legs.values()
    }
    people = {str(each.get("id")): each for each in draft.participants}
    for each in shipments.values():
        if each.rest:
            continue
        for j, other in enumerate(draft.values.wholes(*each.at, "exclude")):
            at = (*each.at, "exclude", j)
            if other not in owner or each.number not in owner:
                draft.values.note("wrong-reference", at, other, "le numéro d'un autre shipment")
            elif owner[other] == owner[each.number]:
                draft.values.note("contradiction", at, other, "le trajet d'une autre personne")
            else:
                apart = people[owner[each.number]].setdefault("never_with", [])
                if owner[other] not in apart:
                    apart.append(owner[other])
