"""Which vehicle and which driver may carry a leg, by the regime of its booking."""

from collections.abc import Iterator
from datetime import date

from tus_dispatch.domain.demand import ServiceRegime
from tus_dispatch.domain.fleet import Driver, Vehicle, VehicleTitle
from tus_dispatch.domain.reason import Reason, reason_for
from tus_dispatch.rules.settings import TripSettings


def crew_reasons(
    vehicle: Vehicle,
    driver: Driver | None,
    regime: ServiceRegime,
    settings: TripSettings,
    day: date,
) -> tuple[Reason, ...]:
    """Tell why a vehicle and a driver may not carry a leg.

    Parameters
    ----------
    vehicle
        With its title and seats.
    driver
        None on an open shift, of whom nothing is known.
    regime
        Of the booking.
    settings, day
        What holds on the service date.

    Returns
    -------
    tuple of Reason
        Empty when they may.
    """
    return (
        *_vehicle_reasons(vehicle, regime, settings),
        *_driver_reasons(driver, regime, settings, day),
    )


def _vehicle_reasons(
    vehicle: Vehicle, regime: ServiceRegime, settings: TripSettings
) -> Iterator[Reason]:
    is_hired = vehicle.title is VehicleTitle.HIRED
    if regime is ServiceRegime.TUS and is_hired and not settings.hired_vehicles:
        yield reason_for("vehicle-title")
    most = max((each.seats + each.wheelchairs for each in vehicle.configurations), default=0)
    # The driver sits somewhere too.
    if most + 1 > settings.most_seats:
        yield reason_for("vehicle-seats")


def _driver_reasons(
    driver: Driver | None, regime: ServiceRegime, settings: TripSettings, day: date
) -> Iterator[Reason]:
    is_needed = regime is ServiceRegime.PUBLIC_CONTRACT or (
        regime is ServiceRegime.TUS and settings.medical_attestation_for_tus
    )
    if not is_needed:
        return
    until = None if driver is None else driver.medical_until
    if until is None or until < day:
        yield reason_for("medical-attestation")
