"""Vehicles of a made-up day: cars, minibuses, some with wheelchair spaces, some electric."""

from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    Configuration,
    Energy,
    Vehicle,
    VehicleTitle,
)
from tus_dispatch.domain.units import PlaceId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.generate.clock import at
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import FleetRanges

RAMP = "ramp"
# Alternatives of which one is chosen for a round: a wheelchair takes the room
# of one to three ordinary seats (domain.md §2.4).
ACCESSIBLE_MINIBUS = (Configuration(8, 0), Configuration(5, 1), Configuration(3, 2))
ACCESSIBLE_CAR = (Configuration(4, 0), Configuration(2, 1))
_ACCESSIBLE_CAR_SHARE, _LENT_SHARE, _TWO_CHILD_SEATS_SHARE = 0.3, 0.2, 0.6
_DAY = TimeWindow(at(4), at(22))


def make_vehicles(
    n_vehicles: int, depots: tuple[PlaceId, ...], ranges: FleetRanges, draws: Draws
) -> list[Vehicle]:
    """Draw the vehicles that drive today.

    Parameters
    ----------
    n_vehicles
        How many.
    depots
        They are kept there in turn.
    ranges
        The family's shares.
    draws
        Where chance comes from.

    Returns
    -------
    list of Vehicle
        At least one is accessible.
    """
    n_accessible = max(1, round(ranges.accessible_share * n_vehicles))
    step = n_vehicles / n_accessible
    accessible = {int(step * i) for i in range(n_accessible)}
    return [
        _vehicle(i, depots[i % len(depots)], ranges, draws, accessible=i in accessible)
        for i in range(n_vehicles)
    ]


def spare_vehicle(number: int, depot: PlaceId) -> Vehicle:
    """Return one more car, in the workshop all day."""
    return Vehicle(
        id=VehicleId(f"V{number + 1:02d}"),
        name=f"Voiture {number + 1}",
        depot=depot,
        configurations=(Configuration(4),),
        absences=(Absence(_DAY, AbsenceReason.WORKSHOP),),
    )


def _vehicle(
    number: int, depot: PlaceId, ranges: FleetRanges, draws: Draws, *, accessible: bool
) -> Vehicle:
    kind = draws.real(0, 1)
    is_car = kind < ranges.car_share
    seats = (
        4 if is_car else 8 if kind < ranges.car_share + ranges.large_share else draws.whole(6, 7)
    )
    configurations: tuple[Configuration, ...] = (Configuration(seats),)
    if accessible:
        is_car = draws.chance(_ACCESSIBLE_CAR_SHARE)
        configurations = ACCESSIBLE_CAR if is_car else ACCESSIBLE_MINIBUS
    electric = draws.chance(ranges.electric_share)
    words = ["Voiture" if is_car else "Minibus", "accessible" * accessible, "électrique" * electric]
    return Vehicle(
        id=VehicleId(f"V{number + 1:02d}"),
        name=" ".join([*filter(None, words), str(number + 1)]),
        depot=depot,
        configurations=configurations,
        child_seats=2 if draws.chance(_TWO_CHILD_SEATS_SHARE) else 1,
        energy=Energy.ELECTRIC
        if electric
        else draws.weighted((Energy.DIESEL, Energy.PETROL, Energy.HYBRID), (6, 3, 1)),
        range_m=draws.stepped(200_000, 280_000, 20_000) if electric else None,
        title=VehicleTitle.LENT if draws.chance(_LENT_SHARE) else VehicleTitle.OWNED,
        features=(RAMP,) if accessible else (),
    )
