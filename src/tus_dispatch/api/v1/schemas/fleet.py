"""Vehicles, and what each is used for when."""

from dataclasses import asdict
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import Answer, At, AtText, IdText, Kept, utc_text
from tus_dispatch.domain.fleet import Configuration, Energy, Vehicle, VehicleTitle
from tus_dispatch.domain.roster import FleetItem, FleetKind, VehicleState, VehicleUse
from tus_dispatch.domain.units import ParticipantId, PlaceId, VehicleId
from tus_dispatch.formats.native.fleet import ConfigurationShape
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Few, Shape
from tus_dispatch.formats.native.texts import Id, Text, Words

LATER = "une fin plus tard que le début"
_VEHICLE: dict[str, Any] = {
    "kind": "minibus",
    "name": "Minibus 1",
    "depot": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "configurations": [{"seats": 8}, {"seats": 5, "wheelchairs": 1}],
    "energy": "diesel",
    "title": "owned",
    "features": ["ramp"],
}
_USE: dict[str, Any] = {
    "vehicle": "veh_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "state": "workshop",
    "from": "2026-03-27T08:00:00+01:00",
    "until": "2026-03-27T12:00:00+01:00",
}


class VehicleBody(Shape):
    """A vehicle of the association; scooters and bikes are kept too, and never planned."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VEHICLE]})

    kind: Annotated[FleetKind, Field(strict=False)] = FleetKind.CAR
    name: Text
    depot: Id
    configurations: Annotated[list[ConfigurationShape], Field(min_length=1, max_length=20)]
    child_seats: Few = 0
    energy: Annotated[Energy, Field(strict=False)] = Energy.DIESEL
    range_m: Annotated[int, Field(ge=1, le=5_000_000)] | None = None
    title: Annotated[VehicleTitle, Field(strict=False)] = VehicleTitle.OWNED
    features: Words = Field(default_factory=list)

    def to_domain(self) -> FleetItem:
        """Return the vehicle; its identity is given when it is kept."""
        vehicle = Vehicle(
            id=VehicleId(""),
            name=self.name,
            depot=PlaceId(self.depot),
            configurations=tuple(
                Configuration(each.seats, each.wheelchairs) for each in self.configurations
            ),
            child_seats=self.child_seats,
            energy=self.energy,
            range_m=self.range_m,
            title=self.title,
            features=tuple(self.features),
        )
        return FleetItem(vehicle, self.kind)


class ConfigurationAnswer(Answer):
    """One way to fit out a vehicle."""

    seats: int
    wheelchairs: int


class VehicleAnswer(Kept):
    """A vehicle as it is kept."""

    kind: FleetKind
    name: str
    depot: IdText
    configurations: list[ConfigurationAnswer]
    child_seats: int
    energy: Energy
    range_m: int | None
    title: VehicleTitle
    features: list[str]


class VehicleUseBody(Shape):
    """A period in the calendar of a vehicle; two never overlap."""

    model_config = ConfigDict(json_schema_extra={"examples": [_USE]})

    vehicle: Id
    state: Annotated[VehicleState, Field(strict=False)]
    start: At = Field(alias="from")
    until: At
    participant: Id | None = None

    @model_validator(mode="after")
    def _expect_length(self) -> Self:
        if self.until <= self.start:
            raise refusal("inverted-window", LATER)
        return self

    def to_domain(self) -> VehicleUse:
        """Return the period."""
        participant = None if self.participant is None else ParticipantId(self.participant)
        return VehicleUse(VehicleId(self.vehicle), self.state, self.start, self.until, participant)


class VehicleUseAnswer(Kept):
    """A period in the calendar of a vehicle."""

    vehicle: IdText
    state: VehicleState
    start: AtText = Field(alias="from")
    until: AtText
    participant: IdText | None


def vehicle_data(item: FleetItem) -> dict[str, Any]:
    """Write a vehicle as the fields of its body.

    Parameters
    ----------
    item
        A vehicle.

    Returns
    -------
    dict
        What ``VehicleBody`` reads back.
    """
    vehicle = item.vehicle
    return {
        "kind": item.kind.value,
        "name": vehicle.name,
        "depot": vehicle.depot,
        "configurations": [asdict(each) for each in vehicle.configurations],
        "child_seats": vehicle.child_seats,
        "energy": vehicle.energy.value,
        "range_m": vehicle.range_m,
        "title": vehicle.title.value,
        "features": list(vehicle.features),
    }


def vehicle_use_data(use: VehicleUse) -> dict[str, Any]:
    """Write a period as the fields of its body.

    Parameters
    ----------
    use
        A period in the calendar of a vehicle.

    Returns
    -------
    dict
        What ``VehicleUseBody`` reads back.
    """
    return {
        "vehicle": use.vehicle,
        "state": use.state.value,
        "from": utc_text(use.from_at),
        "until": utc_text(use.until_at),
        "participant": use.participant,
    }
