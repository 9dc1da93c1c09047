"""The association and how it plans."""

from dataclasses import asdict, replace
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import Answer, Kept
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.organisation import HolidayArea, Organisation
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.service_day import ServiceDay, TimeZoneError
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    OsrmSource,
    RoadsSource,
    Terrain,
    TravelSource,
)
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.setting import (
    Address,
    Calibration,
    ObjectiveShape,
    PolicyShape,
    ProfileName,
    TerritoryShape,
)
from tus_dispatch.formats.native.shape import Duration, Shape
from tus_dispatch.formats.native.texts import Note, Text
from tus_dispatch.formats.native.write_setting import objective_data, travel_data

_WINTER = date(2026, 1, 15)


class TravelBody(Shape):
    """Where travel times come from: an estimate, a road file, or an OSRM server."""

    source: Literal["estimate", "roads", "osrm"]
    calibration: Calibration | None = None
    file: Annotated[Note | None, Field(description="For roads: below the data folder.")] = None
    url: Annotated[Address | None, Field(description="For osrm.")] = None
    profile: Annotated[ProfileName | None, Field(description="For osrm.")] = None

    @model_validator(mode="after")
    def _expect_own(self) -> Self:
        if (self.source == "roads") != (self.file is not None):
            raise refusal("one-of-two", "file pour la source roads, et pour elle seule")
        if (self.source == "osrm") != (self.url is not None):
            raise refusal("one-of-two", "url pour la source osrm, et pour elle seule")
        if self.profile is not None and self.source != "osrm":
            raise refusal("one-of-two", "profile pour la source osrm seulement")
        return self

    def to_domain(self) -> TravelSource:
        """Return the source."""
        given = self.model_dump(exclude_none=True, exclude={"source"})
        if self.source == "roads":
            return RoadsSource(**given)
        return OsrmSource(**given) if self.source == "osrm" else EstimateSource(**given)


class OrganisationBody(Shape):
    """The association and how it plans."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"retention_months": 24}]})

    name: Text
    territory: TerritoryShape
    objective: ObjectiveShape = ObjectiveShape()
    policy: PolicyShape = PolicyShape()
    travel: TravelBody | None = None
    retention_months: Annotated[int, Field(ge=1, le=120)] = 24
    promise_half_width_s: Annotated[Duration, Field(le=3600)] = 300
    holiday_area: Annotated[HolidayArea, Field(strict=False)] = HolidayArea.MAINLAND
    participation_per_km: Annotated[
        int, Field(ge=0, le=10**8, description="Thousandths of a cent per direct kilometre.")
    ] = 0

    @model_validator(mode="after")
    def _expect_zone(self) -> Self:
        try:
            ServiceDay(_WINTER, self.territory.time_zone)
        except TimeZoneError as error:
            expected = "un fuseau de la base IANA, comme Europe/Paris"
            raise refusal("unknown-time-zone", expected) from error
        return self

    def changed(self, before: Organisation) -> Organisation:
        """Return an association with these settings.

        Parameters
        ----------
        before
            Whose source of travel times stays, where none is given.

        Returns
        -------
        Organisation
            Changed.
        """
        return replace(
            before,
            name=self.name,
            territory=self.territory.to_domain(),
            objective=self.objective.to_domain(),
            policy=self.policy.to_domain(),
            travel=before.travel if self.travel is None else self.travel.to_domain(),
            retention_months=self.retention_months,
            promise_half_width_s=self.promise_half_width_s,
            holiday_area=self.holiday_area,
            participation_per_km=self.participation_per_km,
        )


class TerritoryAnswer(Answer):
    """Where the association works."""

    name: str
    time_zone: str
    school_zone: SchoolZone | None
    terrain: Terrain


class ObjectiveAnswer(Answer):
    """What a good plan is."""

    profile: Profile
    weights: dict[str, int]


class TravelAnswer(Answer):
    """Where travel times come from; a table of one's own is not repeated."""

    source: str
    calibration: float | None = None
    file: str | None = None
    url: str | None = None
    profile: str | None = None


class OrganisationAnswer(Kept):
    """The association; fields outside the caller's role are absent."""

    name: str
    territory: TerritoryAnswer
    objective: ObjectiveAnswer | None = None
    policy: PolicyShape | None = None
    travel: TravelAnswer | None = None
    retention_months: int | None = None
    promise_half_width_s: int | None = None
    holiday_area: HolidayArea | None = None
    participation_per_km: int | None = None


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    """Write an association as the fields of its body, the source of travel times left out.

    Parameters
    ----------
    organisation
        With its settings.

    Returns
    -------
    dict
        What ``OrganisationBody`` reads back.
    """
    territory = organisation.territory
    return {
        "name": organisation.name,
        "territory": {
            "name": territory.name,
            "time_zone": territory.time_zone,
            "school_zone": None if territory.school_zone is None else territory.school_zone.value,
            "terrain": territory.terrain.value,
        },
        "objective": {"weights": {}} | objective_data(organisation.objective),
        "policy": asdict(organisation.policy),
        "retention_months": organisation.retention_months,
        "promise_half_width_s": organisation.promise_half_width_s,
        "holiday_area": organisation.holiday_area.value,
        "participation_per_km": organisation.participation_per_km,
    }


def travel_answer(organisation: Organisation) -> dict[str, Any]:
    """Write where travel times come from.

    Parameters
    ----------
    organisation
        With its settings.

    Returns
    -------
    dict
        Fields of ``TravelAnswer``.
    """
    written = travel_data(organisation.travel)
    return {key: written[key] for key in TravelAnswer.model_fields if key in written}
