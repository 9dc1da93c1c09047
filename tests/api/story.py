"""A small real day to work with over HTTP: a village, a town, one minibus, two people."""

from typing import Any

from tests.api.town import DAY, Caller

Body = dict[str, Any]


class Day:
    """A day made by calls alone.

    Attributes
    ----------
    garage, home, town
        Places.
    awa, bob
        People.
    shift
        The one round, from 07:00 to 13:00.
    """

    def __init__(self, office: Caller) -> None:
        self.office = office
        self.garage = self._place("Garage", 47.08, 2.40)
        self.home = self._place("Hameau", 47.10, 2.45)
        self.town = self._place("Marché", 47.14, 2.50)
        self.awa = str(office.make("/v1/participants", {"first_name": "Awa"})["id"])
        self.bob = str(office.make("/v1/participants", {"first_name": "Bob"})["id"])
        self.driver = str(office.make("/v1/drivers", {"first_name": "Samir"})["id"])
        self.vehicle = str(
            office.make(
                "/v1/vehicles",
                {"name": "Minibus", "depot": self.garage, "configurations": [{"seats": 8}]},
            )["id"]
        )
        self.shift = str(office.make("/v1/shifts", self._shift())["id"])

    def _place(self, name: str, lat: float, lon: float) -> str:
        return str(self.office.make("/v1/places", {"name": name, "lat": lat, "lon": lon})["id"])

    def _shift(self) -> Body:
        return {
            "name": "Matin",
            "vehicle": self.vehicle,
            "driver": self.driver,
            "start": {"earliest": "07:00", "latest": "07:00"},
            "end": {"earliest": "13:00", "latest": "13:00"},
            "start_place": self.garage,
            "end_place": self.garage,
            "weekdays": [0, 1, 2, 3, 4],
        }

    def booking(self, arrive_by: str = "09:00", who: str | None = None) -> Body:
        """Return a trip to town and back."""
        return {
            "service_date": DAY,
            "participant": who or self.awa,
            "outward": {
                "origin": self.home,
                "destination": self.town,
                "arrive_by": f"{DAY}T{arrive_by}:00+01:00",
            },
            "return": {
                "origin": self.town,
                "destination": self.home,
                "not_before": f"{DAY}T10:30:00+01:00",
            },
            "purpose": "errands",
        }

    def offer(self, who: str | None = None) -> Body:
        """Return the first offer for a trip."""
        answer = self.office.send("POST", "/v1/quotes", self.booking(who=who))
        assert answer.status_code == 200, answer.text
        first: Body = answer.json()["offers"][0]
        return first
