"""Shapes of vehicles, drivers and shifts."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    BreakRule,
    Configuration,
    Driver,
    Energy,
    ProtectedSlot,
    Shift,
    SlotKind,
    Vehicle,
    VehicleTitle,
)
from tus_dispatch.domain.units import DriverId, PlaceId, ShiftId, VehicleId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Duration, Few, Shape, domain_of
from tus_dispatch.formats.native.texts import Id, Name, PersonId, Text, Words
from tus_dispatch.formats.native.times import Band, Date, Instant, Period, ServiceDate, Window
from tus_dispatch.formats.native.working_time import WorkSpanShape
from tus_dispatch.rules.working_time.case import joined

_MOST_PLACES = 8
_WEEK_S = 7 * 24 * 3600
_YEAR_S = 366 * 24 * 3600


class ConfigurationShape(Shape):
    """One way to fit out a vehicle for a whole round."""

    seats: Annotated[int, Field(ge=0)]
    wheelchairs: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _expect_lawful(self) -> Self:
        if not 1 <= self.seats + self.wheelchairs <= _MOST_PLACES:
            raise refusal("too-many-seats", "de 1 à 8 places, fauteuils compris, sans conducteur")
        return self


class AbsenceShape(Period):
    """A period in which a vehicle stays at its depot."""

    reason: Annotated[AbsenceReason, Field(strict=False)] = AbsenceReason.OTHER


class VehicleShape(Shape):
    """A vehicle of at most nine seats, the driver's included."""

    id: Id
    name: Text
    depot: Id
    configurations: Annotated[list[ConfigurationShape], Field(min_length=1, max_length=20)]
    child_seats: Few = 0
    energy: Annotated[Energy, Field(strict=False)] = Energy.DIESEL
    range_m: Annotated[int, Field(ge=1, le=5_000_000)] | None = None
    title: Annotated[VehicleTitle, Field(strict=False)] = VehicleTitle.OWNED
    absences: list[AbsenceShape] = Field(default_factory=list, max_length=50)
    features: Words = Field(default_factory=list)

    def to_domain(self) -> Vehicle:
        """Return the vehicle."""
        return Vehicle(
            VehicleId(self.id),
            self.name,
            PlaceId(self.depot),
            tuple(Configuration(each.seats, each.wheelchairs) for each in self.configurations),
            self.child_seats,
            self.energy,
            self.range_m,
            self.title,
            tuple(Absence(each.window(), each.reason) for each in self.absences),
            tuple(self.features),
        )


class ProtectedSlotShape(Period):
    """Time of a driver that no round may touch."""

    kind: Annotated[SlotKind, Field(strict=False)] = SlotKind.OTHER
    place: Id | None = None

    def to_domain(self) -> ProtectedSlot:
        """Return the slot."""
        place = None if self.place is None else PlaceId(self.place)
        return ProtectedSlot(self.window(), self.kind, place)


class DriverShape(Shape):
    """A driver, employed or volunteering."""

    id: PersonId
    first_name: Name = ""
    last_name: Name = ""
    phone: Text | None = None
    volunteer: bool = False
    contract_week_s: Annotated[int, Field(ge=0, le=_WEEK_S)] | None = None
    worked_week_s: Annotated[int, Field(ge=0, le=_WEEK_S)] = 0
    night_year_s: Annotated[int, Field(ge=0, le=_YEAR_S)] = 0
    last_duty_end: Instant | None = None
    qualifications: Words = Field(default_factory=list)
    protected_slots: list[ProtectedSlotShape] = Field(default_factory=list, max_length=50)
    home: Id | None = None
    past_work: list[WorkSpanShape] = Field(default_factory=list, max_length=5000)
    past_weeks_s: list[Annotated[int, Field(ge=0, le=_WEEK_S)]] = Field(
        default_factory=list, max_length=60
    )
    told_on: ServiceDate | None = None
    medical_until: Date | None = None

    def to_domain(self) -> Driver:
        """Return the driver."""
        return Driver(
            id=DriverId(self.id),
            first_name=self.first_name,
            last_name=self.last_name,
            phone=self.phone,
            volunteer=self.volunteer,
            contract_week_s=self.contract_week_s,
            worked_week_s=self.worked_week_s,
            night_year_s=self.night_year_s,
            last_duty_end_at=self.last_duty_end,
            qualifications=tuple(self.qualifications),
            protected_slots=tuple(slot.to_domain() for slot in self.protected_slots),
            home=None if self.home is None else PlaceId(self.home),
            past_work=joined(each.to_domain() for each in self.past_work),
            past_weeks_s=tuple(self.past_weeks_s),
            told_on=self.told_on,
            medical_until=self.medical_until,
        )


class BreakShape(Shape):
    """When a duty needs a break with nobody aboard."""

    duration_s: Annotated[Duration, Field(ge=1)] = 1200
    after_s: Duration = 21600
    window: Window | None = None

    def to_domain(self) -> BreakRule:
        """Return the rule."""
        window = domain_of(self.window)
        return BreakRule(self.duration_s, self.after_s, window)


class ShiftShape(Shape):
    """A vehicle, hours, and a driver or nobody yet."""

    id: Id
    vehicle: Id
    driver: Annotated[Id | None, Field(description="null: nobody yet, an open shift.")]
    start: Band
    end: Band
    start_place: Annotated[Id, Field(description="depot, home, or the id of a place.")] = "depot"
    end_place: Annotated[Id, Field(description="depot, home, or the id of a place.")] = "depot"
    break_rule: BreakShape | None = Field(default=None, alias="break")
    max_duty_s: Annotated[Duration, Field(ge=60)] | None = None
    name: Name = ""

    @model_validator(mode="after")
    def _expect_hours(self) -> Self:
        if self.end.latest <= self.start.earliest:
            raise refusal("inverted-window", "une fin de service (end) après la prise (start)")
        return self

    def to_domain(self, places: dict[str, PlaceId]) -> Shift:
        """Return the shift.

        Parameters
        ----------
        places
            What ``depot`` and ``home`` stand for on this shift.

        Returns
        -------
        Shift
            With places instead of the two words.
        """
        values: dict[str, Any] = {
            key: places.get(place, PlaceId(place))
            for key, place in (("start_place", self.start_place), ("end_place", self.end_place))
        }
        return Shift(
            id=ShiftId(self.id),
            vehicle=VehicleId(self.vehicle),
            driver=None if self.driver is None else DriverId(self.driver),
            start=self.start.to_domain(),
            end=self.end.to_domain(),
            break_rule=domain_of(self.break_rule),
            max_duty_s=self.max_duty_s,
            name=self.name,
            **values,
        )
