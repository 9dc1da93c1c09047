"""A service day in VROOM's dialect: VROOM reads the file, and nothing of the day is lost.

What VROOM can say stands in its own fields. What it has no word for (people,
vehicles and drivers apart from their hours, policy, places' names) stands as
records under ``tus``, which VROOM ignores.
"""

from typing import Any

from tus_dispatch.domain.demand import Booking, Direction, Leg, LegRequest
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.scenario import scenario_data
from tus_dispatch.formats.vroom.fields import EXTENSION, FORMAT, NO_ROAD, OWN_KEYS

_KEPT_WHOLE = (
    "name",
    "territory",
    "service_date",
    "objective",
    "law",
    "policy",
    "note",
    "vehicles",
    "drivers",
    "flexible_bookings",
    "group_events",
    "protected_targets",
)


def vroom_text(scenario: Scenario) -> str:
    """Return a day as the text of a VROOM problem.

    Parameters
    ----------
    scenario
        Any scenario.

    Returns
    -------
    str
        JSON. Times are UTC seconds, so a night of a clock change is exact.
    """
    return lay_out(vroom_data(scenario))


def vroom_data(scenario: Scenario) -> dict[str, Any]:
    """Return a day as a VROOM problem.

    Parameters
    ----------
    scenario
        Any scenario.

    Returns
    -------
    dict
        One vehicle per shift, one shipment per leg.
    """
    writer = _Writer(scenario)
    problem: dict[str, Any] = {
        "vehicles": [writer.vehicle(i, shift) for i, shift in enumerate(scenario.shifts, 1)],
        "shipments": [writer.shipment(i, leg) for i, leg in enumerate(writer.legs, 1)],
    }
    if isinstance(scenario.travel, MatrixSource):
        problem["matrices"] = {"car": _tables(scenario.travel)}
    problem[EXTENSION] = writer.records()
    return problem


def _tables(travel: MatrixSource) -> dict[str, list[list[int]]]:
    no_road = _no_road(travel)
    return {
        name: [[no_road if cell is None else cell for cell in row] for row in table]
        for name, table in (("durations", travel.seconds), ("distances", travel.metres))
    }


def _no_road(travel: MatrixSource) -> int:
    """Choose a number that stands for "no road": one that is no drive of this file."""
    tables = (travel.seconds, travel.metres)
    longest = max((cell or 0 for table in tables for row in table for cell in row), default=0)
    return max(NO_ROAD, longest + 1)


class _Writer:
    """What several parts of the file need: numbers of skills, legs and places."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.data = scenario_data(scenario)
        self.legs = legs_of(scenario)
        self.numbers = {leg.id: i for i, leg in enumerate(self.legs, 1)}
        self.located: set[PlaceId] = set()
        words = {word for leg in self.legs for word in leg.requires}
        words |= {word for driver in scenario.drivers for word in driver.qualifications}
        words |= {word for vehicle in scenario.vehicles for word in vehicle.features}
        self.skills = {word: i for i, word in enumerate(sorted(words), 1)}
        travel = scenario.travel
        rows = travel.places if isinstance(travel, MatrixSource) else ()
        self.rows = {place: i for i, place in enumerate(rows)}

    def vehicle(self, number: int, shift: Shift) -> dict[str, Any]:
        """Return a shift as VROOM's vehicle."""
        vehicle = self.scenario.vehicle(shift.vehicle)
        offered = set(vehicle.features)
        if shift.driver is not None:
            offered |= set(self.scenario.driver(shift.driver).qualifications)
        seats = vehicle.configurations[0]
        made: dict[str, Any] = {
            "id": number,
            "profile": "car",
            "description": shift.id,
            **self._location(shift.start_place, "start", "start_index"),
            **self._location(shift.end_place, "end", "end_index"),
            "capacity": [seats.seats, seats.wheelchairs, vehicle.child_seats],
            "skills": sorted(self.skills[word] for word in offered),
            "time_window": self._window(TimeWindow(shift.start.earliest_s, shift.end.latest_s)),
        }
        if vehicle.range_m is not None:
            made["max_distance"] = vehicle.range_m
        rest: dict[str, Any] = {
            "vehicle": shift.vehicle,
            "driver": shift.driver,
            "start_place": shift.start_place,
            "end_place": shift.end_place,
            "start_latest": self.scenario.day.wall(shift.start.latest_s),
            "end_earliest": self.scenario.day.wall(shift.end.earliest_s),
        }
        if shift.name:
            rest["name"] = shift.name
        if shift.max_duty_s is not None:
            rest["max_duty_s"] = shift.max_duty_s
        if shift.break_rule is not None:
            rest["break_after_s"] = shift.break_rule.after_s
            made["breaks"] = [self._break(number, shift)]
        return made | {EXTENSION: rest}

    def _break(self, number: int, shift: Shift) -> dict[str, Any]:
        rule = shift.break_rule
        if rule is None:
            raise ValueError(f"shift {shift.id} has no break")
        made: dict[str, Any] = {"id": number, "service": rule.duration_s, "max_load": [0, 0, 0]}
        if rule.window is not None:
            made["time_windows"] = [self._window(rule.window)]
        return made

    def shipment(self, number: int, leg: Leg) -> dict[str, Any]:
        """Return a leg as VROOM's shipment."""
        booking = self.scenario.booking(leg.booking)
        request = _request(booking, leg.direction)
        pickup = self._step(number, leg.origin, leg.boarding_s, leg.pickup_window)
        delivery = self._step(number, leg.destination, leg.alighting_s, leg.dropoff_window)
        pickup["description"] = leg.id
        for step, target_s in ((pickup, leg.target_pickup_s), (delivery, leg.target_dropoff_s)):
            if target_s is not None:
                step["soft_time_windows"] = [self._window(TimeWindow(target_s, target_s))]
        made: dict[str, Any] = {
            "pickup": pickup,
            "delivery": delivery,
            "amount": [leg.load.seats, leg.load.wheelchairs, leg.load.child_seats],
            "skills": [self.skills[word] for word in leg.requires],
            "priority": leg.priority,
        }
        if leg.max_ride_s is not None:
            made["max_ride_time"] = leg.max_ride_s
        if leg.partner is not None:
            made["linked_to"] = self.numbers[leg.partner]
        excluded = self._excluded(leg)
        if excluded:
            made["exclude"] = excluded
        own = [key for key in OWN_KEYS if getattr(request, key) is not None]
        rest: dict[str, Any] = {"booking": booking.id, "direction": leg.direction.value}
        if own:
            rest["own"] = own
        if request.pin is not None:
            rest["pin"] = self._pin_data(booking, leg.direction)
        return made | {EXTENSION: rest}

    def records(self) -> dict[str, Any]:
        """Return what VROOM has no objects for."""
        bookings = [
            {
                k: v
                for k, v in each.items()
                if k not in {"outward", "return", "party_size", "priority"}
            }
            for each in self.data.get("bookings", [])
        ]
        places = [
            {
                k: v
                for k, v in each.items()
                if each["id"] not in self.located or k not in {"lat", "lon"}
            }
            for each in self.data.get("places", [])
        ]
        travel = {
            key: value
            for key, value in self.data.get("travel", {}).items()
            if key not in {"seconds", "metres"}
        }
        kept = {key: self.data[key] for key in _KEPT_WHOLE if key in self.data}
        if isinstance(self.scenario.travel, MatrixSource):
            travel["no_road"] = _no_road(self.scenario.travel)
        return {
            "format": FORMAT,
            **kept,
            "places": places,
            "participants": self.data.get("participants", []),
            "bookings": bookings,
            "travel": travel,
            "skills": list(self.skills),
        }

    def _step(
        self, number: int, place: PlaceId, service_s: int, window: TimeWindow | None
    ) -> dict[str, Any]:
        made = {
            "id": number,
            **self._location(place, "location", "location_index"),
            "service": service_s,
            EXTENSION: {"place": place},
        }
        if window is not None:
            made["time_windows"] = [self._window(window)]
        return made

    def _location(self, place: PlaceId, key: str, index_key: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        point = self.scenario.place(place).point
        if point is not None:
            made[key] = [point.lon, point.lat]
            self.located.add(place)
        if place in self.rows:
            made[index_key] = self.rows[place]
        return made

    def _window(self, window: TimeWindow) -> list[int]:
        start_at = self.scenario.day.start_at
        return [start_at + window.earliest_s, start_at + window.latest_s]

    def _excluded(self, leg: Leg) -> list[int]:
        return [
            self.numbers[other.id]
            for other in self.legs
            if other.participant in leg.never_with or leg.participant in other.never_with
        ]

    def _pin_data(self, booking: Booking, direction: Direction) -> Any:
        key = "outward" if direction is Direction.OUTWARD else "return"
        return next(b for b in self.data["bookings"] if b["id"] == booking.id)[key]["pin"]


def _request(booking: Booking, direction: Direction) -> LegRequest:
    request = booking.outward if direction is Direction.OUTWARD else booking.return_leg
    if request is None:
        raise ValueError(f"booking {booking.id} has no leg {direction.value}")
    return request
