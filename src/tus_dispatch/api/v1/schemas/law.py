"""The law an association holds its trips and its drivers' hours against."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from tus_dispatch.api.v1.schemas.base import Answer, DayText, IdText
from tus_dispatch.domain.law import DistanceBasis, TripMode
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.working_time import Enforcement
from tus_dispatch.formats.native.law import LawShape
from tus_dispatch.formats.native.write_law import law_section

_LAW: dict[str, Any] = {
    "trips": "enforced",
    "zone": {"edition": "2026-01-01", "communes": ["18197", "18015"]},
    "hubs": ["plc_2f5n7h3k6q4t8v2w5x7z9b3d4f"],
    "working_time": "enforced",
}
# A list of communes in force is longer than any other body but a whole day's.
Communes = Annotated[
    list[str], Field(max_length=45_000, description="Commune codes, five characters each.")
]


class LawBody(LawShape):
    """The law of trips and of working time; what is null is as in the dated tables."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LAW]})


class ZoneAnswer(Answer):
    """The official list of eligible communes."""

    edition: DayText
    communes: Communes


class AreaAnswer(Answer):
    """Where somebody else transports people."""

    name: str
    communes: list[str] = Field(default_factory=list)
    places: list[IdText] = Field(default_factory=list)


class LawAnswer(Answer):
    """The law as it is set; ``trips`` is null where nobody has set it up yet."""

    version: Annotated[int, Field(ge=1, description="Of the association; the ETag.")]
    trips: TripMode | None
    zone: ZoneAnswer | None = None
    hubs: list[IdText] = Field(default_factory=list)
    authorities: list[AreaAnswer] = Field(default_factory=list)
    public_services: list[AreaAnswer] = Field(default_factory=list)
    tariff_eur_cents_per_km: int | None = None
    strict_cost_share: bool | None = None
    hub_return: bool | None = None
    longest_m: int | None = None
    distance_basis: DistanceBasis | None = None
    hired_vehicles: bool | None = None
    referral_required: bool | None = None
    medical_attestation_for_tus: bool | None = None
    working_time: Enforcement | None
    rules: dict[str, int | None] = Field(default_factory=dict)


def law_data(organisation: Organisation) -> dict[str, Any]:
    """Write the law of an association as the fields of its body.

    Parameters
    ----------
    organisation
        With its settings.

    Returns
    -------
    dict
        What ``LawBody`` reads back; empty where nothing is set.
    """
    return law_section(organisation.law, organisation.working_time) or {}
