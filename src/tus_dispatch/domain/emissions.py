"""Emissions are kilometres times a dated factor, which an association replaces by its own."""

from dataclasses import dataclass

from tus_dispatch.domain.fleet import Energy


@dataclass(frozen=True, slots=True)
class EmissionFactors:
    """Emissions per kilometre by energy: a default to replace, dated and with its standing.

    Attributes
    ----------
    name, dated
        Which table, and the year it stands for.
    is_verified
        Whether somebody compared the values with their source.
    diesel, petrol, hybrid, electric, gas
        Grams of CO2 equivalent per kilometre of the vehicle.
    """

    name: str = "ordres de grandeur"
    dated: str = "2025"
    is_verified: bool = False
    diesel: int = 220
    petrol: int = 220
    hybrid: int = 160
    electric: int = 30
    gas: int = 200

    def g_per_km(self, energy: Energy) -> int:
        """Return the grams per kilometre of a vehicle of that energy."""
        return int(getattr(self, energy.value))
