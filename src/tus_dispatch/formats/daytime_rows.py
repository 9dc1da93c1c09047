"""The measures of the middle of a day by id, unit and French name: one list for every output."""

from collections.abc import Callable
from dataclasses import dataclass

from tus_dispatch.domain.daytime_figures import DaytimeFigures

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table.

    Attributes
    ----------
    id
        Key in the file, never reused for something else.
    unit
        ``s``, ``h``, ``km``, ``ratio``, ``legs``, ``legs/h``, ``people`` or
        ``min``.
    french
        What the line is called.
    decimals
        Digits kept in the file.
    of
        Reads the value; None where there is nothing to count.
    """

    id: str
    unit: str
    french: str
    decimals: int
    of: Callable[[DaytimeFigures], Number]

    def value(self, figures: DaytimeFigures) -> Number:
        """Return the value as the file holds it."""
        found = self.of(figures)
        if found is None:
            return None
        return round(found, self.decimals) if self.decimals else round(found)


MEASURES: tuple[Measure, ...] = (
    Measure("legs", "legs", "Trajets servis", 0, lambda f: f.legs),
    Measure(
        "paid_idle_midday_s",
        "s",
        "Attente payée à la mi-journée",
        0,
        lambda f: f.paid_idle_midday_s,
    ),
    Measure("paid_midday_s", "s", "Temps payé à la mi-journée", 0, lambda f: f.paid_midday_s),
    Measure(
        "paid_idle_rate_midday",
        "ratio",
        "Part d’attente payée à la mi-journée",
        4,
        lambda f: f.paid_idle_rate_midday,
    ),
    Measure("paid_idle_s", "s", "Attente payée de la journée", 0, lambda f: f.paid_idle_s),
    Measure("paid_s", "s", "Temps payé de la journée", 0, lambda f: f.paid_s),
    Measure(
        "vehicle_idle_hours_midday",
        "h",
        "Véhicules à l’arrêt à la mi-journée",
        4,
        lambda f: f.vehicle_idle_midday_s / 3600,
    ),
    Measure("vehicle_km", "km", "Kilomètres parcourus", 3, lambda f: f.total_m / 1000),
    Measure("empty_km", "km", "Kilomètres à vide", 3, lambda f: f.empty_m / 1000),
    Measure("empty_km_rate", "ratio", "Part de kilomètres à vide", 4, lambda f: f.empty_km_rate),
    Measure("occupancy_km", "people", "Personnes par km en charge", 4, lambda f: f.occupancy_km),
    Measure("seat_fill", "ratio", "Places occupées en charge", 4, lambda f: f.seat_fill),
    Measure(
        "trips_per_driver_hour",
        "legs/h",
        "Trajets par heure payée",
        4,
        lambda f: f.trips_per_driver_hour,
    ),
    Measure("flex_fill", "ratio", "Demandes souples servies", 4, lambda f: f.flex_fill),
    Measure(
        "displaced_commute_min",
        "min",
        "Horaires déjà fixés : déplacements cumulés",
        1,
        lambda f: f.displaced_s / 60,
    ),
    Measure(
        "largest_move_min", "min", "Le plus grand déplacement", 1, lambda f: f.largest_move_s / 60
    ),
    Measure(
        "training_hours_kept",
        "ratio",
        "Formation et accompagnement tenus",
        4,
        lambda f: f.training_hours_kept,
    ),
)
