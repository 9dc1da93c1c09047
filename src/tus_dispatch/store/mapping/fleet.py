"""Vehicles, their calendar, drivers' times and shifts as rows, and back."""

from typing import Any

from tus_dispatch.domain.fleet import (
    BreakRule,
    Configuration,
    Energy,
    SlotKind,
    Vehicle,
    VehicleTitle,
)
from tus_dispatch.domain.roster import (
    DriverTime,
    FleetItem,
    FleetKind,
    ShiftRule,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId, VehicleId
from tus_dispatch.store.tables.fleet import DriverTimeRow, ShiftRuleRow, VehicleRow, VehicleUseRow
from tus_dispatch.store.values import INTEGERS, WORDS, Codec

_CONFIGURATIONS: Codec[tuple[Configuration, ...]] = Codec(tuple[Configuration, ...])
_BREAK: Codec[BreakRule] = Codec(BreakRule)


def vehicle_fields(value: FleetItem) -> dict[str, Any]:
    """Return the columns of a vehicle.

    Parameters
    ----------
    value
        Without absences: they are records of its calendar.

    Returns
    -------
    dict
        By column.

    Raises
    ------
    ValueError
        When it has absences, which would be lost.
    """
    vehicle = value.vehicle
    if vehicle.absences:
        raise ValueError("absences are records of their own: use VEHICLE_USES")
    return {
        "kind": value.kind.value,
        "name": vehicle.name,
        "depot_id": vehicle.depot,
        "configurations_json": _CONFIGURATIONS.dump(vehicle.configurations),
        "child_seats": vehicle.child_seats,
        "energy": vehicle.energy.value,
        "range_m": vehicle.range_m,
        "title": vehicle.title.value,
        "features_json": WORDS.dump(vehicle.features),
    }


def vehicle_of(row: VehicleRow) -> FleetItem:
    """Return the vehicle a row holds, without absences."""
    vehicle = Vehicle(
        id=VehicleId(row.id),
        name=row.name,
        depot=PlaceId(row.depot_id),
        configurations=_CONFIGURATIONS.load(row.configurations_json),
        child_seats=row.child_seats,
        energy=Energy(row.energy),
        range_m=row.range_m,
        title=VehicleTitle(row.title),
        features=WORDS.load(row.features_json),
    )
    return FleetItem(vehicle, FleetKind(row.kind))


def use_fields(value: VehicleUse) -> dict[str, Any]:
    """Return the columns of a period in a vehicle's calendar."""
    return {
        "vehicle_id": value.vehicle,
        "state": value.state.value,
        "from_at": value.from_at,
        "until_at": value.until_at,
        "participant_id": value.participant,
    }


def use_of(row: VehicleUseRow) -> VehicleUse:
    """Return the period a row holds."""
    return VehicleUse(
        VehicleId(row.vehicle_id),
        VehicleState(row.state),
        row.from_at,
        row.until_at,
        None if row.participant_id is None else ParticipantId(row.participant_id),
    )


def time_fields(value: DriverTime) -> dict[str, Any]:
    """Return the columns of a driver's absence or slot."""
    return {
        "driver_id": value.driver,
        "slot": None if value.slot is None else value.slot.value,
        "from_at": value.from_at,
        "until_at": value.until_at,
        "place_id": value.place,
    }


def time_of(row: DriverTimeRow) -> DriverTime:
    """Return the absence or slot a row holds."""
    return DriverTime(
        DriverId(row.driver_id),
        None if row.slot is None else SlotKind(row.slot),
        row.from_at,
        row.until_at,
        None if row.place_id is None else PlaceId(row.place_id),
    )


def rule_fields(value: ShiftRule) -> dict[str, Any]:
    """Return the columns of a shift of a week or a day."""
    return {
        "name": value.name,
        "vehicle_id": value.vehicle,
        "driver_id": value.driver,
        "start_earliest": value.start.earliest,
        "start_latest": value.start.latest,
        "end_earliest": value.end.earliest,
        "end_latest": value.end.latest,
        "start_place_id": value.start_place,
        "end_place_id": value.end_place,
        "weekdays_json": INTEGERS.dump(value.weekdays),
        "valid_from": value.valid_from,
        "valid_until": value.valid_until,
        "service_date": value.service_date,
        "replaces_id": value.replaces,
        "is_cancelled": value.is_cancelled,
        "break_rule_json": _BREAK.dump_maybe(value.break_rule),
        "max_duty_s": value.max_duty_s,
    }


def rule_of(row: ShiftRuleRow) -> ShiftRule:
    """Return the shift a row holds."""
    return ShiftRule(
        name=row.name,
        vehicle=VehicleId(row.vehicle_id),
        driver=None if row.driver_id is None else DriverId(row.driver_id),
        start=WallBand(row.start_earliest, row.start_latest),
        end=WallBand(row.end_earliest, row.end_latest),
        start_place=PlaceId(row.start_place_id),
        end_place=PlaceId(row.end_place_id),
        weekdays=INTEGERS.load(row.weekdays_json),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        service_date=row.service_date,
        replaces=row.replaces_id,
        is_cancelled=row.is_cancelled,
        break_rule=_BREAK.load_maybe(row.break_rule_json),
        max_duty_s=row.max_duty_s,
    )
