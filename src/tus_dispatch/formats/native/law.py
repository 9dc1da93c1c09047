"""Shapes of what an association tells about the law of its trips."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.law import Area, DistanceBasis, Law, TripMode, Zone
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.setting import Insee
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Shape, domain_of
from tus_dispatch.formats.native.texts import Id, Note, Text
from tus_dispatch.formats.native.times import Date
from tus_dispatch.formats.native.working_time import WorkingTimeKeys

# There are some 35 000 communes, and former ones keep their codes for a while.
MOST_COMMUNES = 45_000
Communes = Annotated[list[Insee], Field(max_length=MOST_COMMUNES)]


class ZoneShape(Shape):
    """The official list of eligible communes: written here, or a file beside the scenario."""

    edition: Date | None = None
    communes: Communes | None = None
    file: Annotated[Note | None, Field(description="CSV with insee, name and edition.")] = None

    @model_validator(mode="after")
    def _expect_one_source(self) -> Self:
        is_inline = self.edition is not None and self.communes is not None
        is_file = self.edition is None and self.communes is None
        if is_inline == (self.file is not None) or not (is_inline or is_file):
            raise refusal("zone-list", "edition et communes, ou file seul")
        return self

    def to_domain(self) -> Zone:
        """Return the list, or the name of its file."""
        return Zone(self.edition, frozenset(self.communes or ()), self.file)


class AreaShape(Shape):
    """Where somebody else transports people."""

    name: Text
    communes: Communes = Field(default_factory=list)
    places: Annotated[list[Id], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)

    def to_domain(self) -> Area:
        """Return the area."""
        places = frozenset(PlaceId(each) for each in self.places)
        return Area(self.name, frozenset(self.communes), places)


class LawShape(WorkingTimeKeys):
    """The law of trips and of working time; what is absent is as in the dated tables."""

    trips: Annotated[TripMode, Field(strict=False)] = TripMode.FLAGGED
    zone: ZoneShape | None = None
    hubs: Annotated[list[Id], Field(max_length=1000)] = Field(default_factory=list)
    authorities: Annotated[list[AreaShape], Field(max_length=100)] = Field(default_factory=list)
    public_services: Annotated[list[AreaShape], Field(max_length=1000)] = Field(
        default_factory=list
    )
    tariff_eur_cents_per_km: Annotated[int, Field(ge=0, le=1000)] | None = None
    strict_cost_share: bool | None = None
    hub_return: bool | None = None
    longest_m: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    distance_basis: Annotated[DistanceBasis, Field(strict=False)] | None = None
    hired_vehicles: bool | None = None
    referral_required: bool | None = None
    medical_attestation_for_tus: bool | None = None

    def to_domain(self) -> Law:
        """Return the law of the day."""
        return Law(
            trips=self.trips,
            zone=domain_of(self.zone),
            hubs=tuple(PlaceId(each) for each in self.hubs),
            authorities=tuple(each.to_domain() for each in self.authorities),
            public_services=tuple(each.to_domain() for each in self.public_services),
            tariff_eur_cents_per_km=self.tariff_eur_cents_per_km,
            strict_cost_share=self.strict_cost_share,
            hub_return=self.hub_return,
            longest_m=self.longest_m,
            distance_basis=self.distance_basis,
            hired_vehicles=self.hired_vehicles,
            referral_required=self.referral_required,
            medical_attestation_for_tus=self.medical_attestation_for_tus,
        )
