"""The law of trips as it applies on a day: dated values, and what the association changed."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.domain.law import DistanceBasis, Law
from tus_dispatch.domain.units import EurCents, Metres
from tus_dispatch.rules.tables import value_on, whole_on, yes_on

TABLE = "transport"


@dataclass(frozen=True, slots=True)
class TripSettings:
    """Every number and choice the rules of trips look at.

    Attributes
    ----------
    longest_m, distance_basis
        Longest lawful distance and what is compared with it.
    cap_eur_cents_per_km
        Most that may be asked per kilometre.
    tariff_eur_cents_per_km
        What the association asks, or the cap where it said nothing.
    strict_cost_share
        Whether the contributions of a round are capped together.
    hub_return
        Whether the way back from a hub is lawful.
    hired_vehicles
        Whether hired vehicles may carry social transport.
    most_seats
        Most seats of a vehicle, the driver's included.
    referral_required
        Whether a referral is needed.
    medical_attestation_for_tus
        Whether social transport needs a driver with an attestation.
    """

    longest_m: Metres
    distance_basis: DistanceBasis
    cap_eur_cents_per_km: EurCents
    tariff_eur_cents_per_km: EurCents
    strict_cost_share: bool
    hub_return: bool
    hired_vehicles: bool
    most_seats: int
    referral_required: bool
    medical_attestation_for_tus: bool


def settings_on(law: Law, day: date) -> TripSettings:
    """Return what holds on a day.

    Parameters
    ----------
    law
        What the association told.
    day
        The service date.

    Returns
    -------
    TripSettings
        Its own choices, and dated values for the rest.

    Raises
    ------
    InputError
        When the day lies before the first value of a table.
    """
    cap = whole_on(TABLE, "cap_eur_cents_per_km", day)
    tariff = law.tariff_eur_cents_per_km
    return TripSettings(
        longest_m=whole_on(TABLE, "longest_m", day) if law.longest_m is None else law.longest_m,
        distance_basis=law.distance_basis
        or DistanceBasis(str(value_on(TABLE, "distance_basis", day).value)),
        cap_eur_cents_per_km=cap,
        tariff_eur_cents_per_km=cap if tariff is None else tariff,
        strict_cost_share=_chosen(law.strict_cost_share, "strict_cost_share", day),
        hub_return=_chosen(law.hub_return, "hub_return", day),
        hired_vehicles=_chosen(law.hired_vehicles, "hired_vehicles", day),
        most_seats=whole_on(TABLE, "most_seats", day),
        referral_required=_chosen(law.referral_required, "referral_required", day),
        medical_attestation_for_tus=_chosen(
            law.medical_attestation_for_tus, "medical_attestation_for_tus", day
        ),
    )


def _chosen(own: bool | None, key: str, day: date) -> bool:  # noqa: FBT001 - a setting, by name
    return yes_on(TABLE, key, day) if own is None else own
