"""One good body for every kind of list, with what it refers to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.api.town import DAY, Caller

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind of kept thing.

    Attributes
    ----------
    path
        Of its list.
    body
        Makes what it refers to, then a good body.
    change
        Fields of a change that must work.
    """

    path: str
    body: Callable[[Caller], Body]
    change: Body


def a_place(name: str = "Mairie", lat: float = 47.1) -> Body:
    """Return a place."""
    return {"name": name, "lat": lat, "lon": 2.4, "address": "1 place de la Mairie"}


def place(caller: Caller, name: str = "Mairie", lat: float = 47.1) -> str:
    """Make a place."""
    return str(caller.make("/v1/places", a_place(name, lat))["id"])


def vehicle(caller: Caller) -> str:
    """Make a vehicle."""
    return str(caller.make("/v1/vehicles", a_vehicle(caller))["id"])


def driver(caller: Caller) -> str:
    """Make a driver."""
    return str(caller.make("/v1/drivers", {"first_name": "Samir"})["id"])


def participant(caller: Caller) -> str:
    """Make a participant."""
    return str(caller.make("/v1/participants", {"first_name": "Awa"})["id"])


def a_vehicle(caller: Caller) -> Body:
    """Return a minibus."""
    depot = place(caller, "Garage")
    return {
        "kind": "minibus",
        "name": "Minibus 1",
        "depot": depot,
        "configurations": [{"seats": 8}, {"seats": 5, "wheelchairs": 1}],
    }


def a_use(caller: Caller) -> Body:
    """Return a period in the workshop."""
    return {
        "vehicle": vehicle(caller),
        "state": "workshop",
        "from": f"{DAY}T08:00:00+01:00",
        "until": f"{DAY}T12:00:00+01:00",
    }


def a_driver_time(caller: Caller) -> Body:
    """Return a training."""
    return {
        "driver": driver(caller),
        "slot": "training",
        "from": f"{DAY}T14:00:00+01:00",
        "until": f"{DAY}T16:00:00+01:00",
    }


def a_contract(caller: Caller) -> Body:
    """Return a contract of one day a week."""
    days = [{"weekday": 0, "from": "07:00", "until": "18:00"}]
    return {"driver": driver(caller), "days": days}


def a_shift(caller: Caller) -> Body:
    """Return a weekly shift."""
    depot = place(caller, "Garage")
    return {
        "name": "Matin",
        "vehicle": vehicle(caller),
        "driver": driver(caller),
        "start": {"earliest": "07:00", "latest": "07:00"},
        "end": {"earliest": "13:00", "latest": "13:00"},
        "start_place": depot,
        "end_place": depot,
        "weekdays": [0, 1, 2, 3, 4],
    }


def a_referral(caller: Caller) -> Body:
    """Return a referral."""
    return {"participant": participant(caller), "starts_on": "2026-01-05", "prescriber": "PMI"}


def a_standing_booking(caller: Caller) -> Body:
    """Return a booking of every Monday."""
    return {
        "participant": participant(caller),
        "recurrence": {"rule": "FREQ=WEEKLY;BYDAY=MO", "starts_on": "2026-03-30"},
        "outward": {
            "origin": place(caller, "Chez elle"),
            "destination": place(caller, "Marché", 47.2),
            "arrive_by": "09:00",
        },
    }


def a_flexible_booking(caller: Caller) -> Body:
    """Return a trip whose hour is open."""
    return {
        "participant": participant(caller),
        "home": place(caller, "Chez elle"),
        "place": place(caller, "Marché", 47.2),
        "windows": [{"earliest": "09:30", "latest": "12:30"}],
    }


def an_event(caller: Caller) -> Body:
    """Return a workshop."""
    return {
        "service_date": DAY,
        "name": "Atelier",
        "kind": "workshop",
        "place": place(caller, "Centre social", 47.2),
        "from": "10:00",
        "until": "12:00",
        "capacity": 8,
    }


def an_attendance(caller: Caller) -> Body:
    """Return somebody who wants to come to a workshop."""
    return {
        "event": str(caller.make("/v1/group-events", an_event(caller))["id"]),
        "participant": participant(caller),
        "home": place(caller, "Chez elle"),
    }


def a_target(caller: Caller) -> Body:
    """Return a training that a driver is to have."""
    return {
        "service_date": DAY,
        "driver": driver(caller),
        "kind": "training",
        "target_s": 3600,
    }


SAMPLES = (
    Sample("/v1/places", lambda _: a_place(), {"name": "Mairie annexe"}),
    Sample("/v1/vehicles", a_vehicle, {"name": "Minibus 2"}),
    Sample("/v1/vehicle-calendar", a_use, {"state": "charging"}),
    Sample("/v1/drivers", lambda _: {"first_name": "Samir", "phone": "0600"}, {"phone": None}),
    Sample("/v1/contracts", a_contract, {"hours_notice": 72}),
    Sample("/v1/driver-times", a_driver_time, {"slot": None}),
    Sample("/v1/shifts", a_shift, {"break": {"duration_s": 1800}}),
    Sample("/v1/participants", lambda _: {"first_name": "Awa"}, {"wheelchair": True}),
    Sample("/v1/referrals", a_referral, {"expires_on": "2026-12-31"}),
    Sample("/v1/standing-bookings", a_standing_booking, {"party_size": 2}),
    Sample("/v1/flexible-bookings", a_flexible_booking, {"stay_s": 1800}),
    Sample("/v1/group-events", an_event, {"capacity": 12}),
    Sample("/v1/attendances", an_attendance, {"party_size": 2}),
    Sample("/v1/protected-targets", a_target, {"target_s": 7200}),
)
