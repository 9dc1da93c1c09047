"""What an association tells about the law of its trips: communes, hubs, authorities, settings."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.units import EurCents, Metres, PlaceId


class TripMode(StrEnum):
    """What happens to a trip that is not lawful."""

    ENFORCED = "enforced"
    FLAGGED = "flagged"


class DistanceBasis(StrEnum):
    """What the longest lawful distance is compared with."""

    LEG = "leg"
    BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class Zone:
    """The official list of eligible communes, as the association imported it.

    Attributes
    ----------
    edition
        Date of the list, or None while it is only named by its file.
    communes
        Commune codes on it.
    file
        Where it is read from, relative to the scenario, or None once read.
    """

    edition: date | None = None
    communes: frozenset[str] = field(default=frozenset(), repr=False)
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Where somebody else transports people: an authority, a line, an on-demand service.

    Attributes
    ----------
    name
        What people call it.
    communes
        Commune codes it covers.
    places
        Single places it serves.
    """

    name: str
    communes: frozenset[str] = frozenset()
    places: frozenset[PlaceId] = frozenset()


@dataclass(frozen=True, slots=True)
class Law:
    """What is needed to tell lawful trips from others on one day.

    A setting that is None has the value of the dated tables.

    Attributes
    ----------
    trips
        Whether unlawful trips are left out or only flagged.
    zone
        Eligible communes, or None where no list was given.
    hubs
        Places that are multimodal hubs of neighbouring larger towns.
    authorities
        Mobility authorities; a trip inside one is flagged.
    public_services
        Lines and on-demand services; a trip one of them serves is flagged.
    tariff_eur_cents_per_km
        Contribution to the costs per kilometre; 0 is free of charge.
    strict_cost_share
        Whether the contributions on a round may not exceed the cap for its
        loaded kilometres.
    hub_return
        Whether the way back from a hub is lawful too.
    longest_m, distance_basis
        Longest distance, and whether a leg or the whole booking is compared.
    hired_vehicles
        Whether commercially hired vehicles may carry social transport.
    referral_required
        Whether the association carries referred people only.
    medical_attestation_for_tus
        Whether drivers need the attestation for social transport too.
    """

    trips: TripMode = TripMode.ENFORCED
    zone: Zone | None = None
    hubs: tuple[PlaceId, ...] = ()
    authorities: tuple[Area, ...] = ()
    public_services: tuple[Area, ...] = ()
    tariff_eur_cents_per_km: EurCents | None = None
    strict_cost_share: bool | None = None
    hub_return: bool | None = None
    longest_m: Metres | None = None
    distance_basis: DistanceBasis | None = None
    hired_vehicles: bool | None = None
    referral_required: bool | None = None
    medical_attestation_for_tus: bool | None = None

    @property
    def is_enforced(self) -> bool:
        """Whether unlawful trips are left out."""
        return self.trips is TripMode.ENFORCED
