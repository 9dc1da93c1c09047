"""A scenario file as a whole: read section by section, so that one mistake hides no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from tus_dispatch.domain.service_day import ServiceDay, TimeZoneError
from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.daytime import (
    FlexibleBookingShape,
    GroupEventShape,
    ProtectedTargetShape,
)
from tus_dispatch.formats.native.demand import BookingShape, ParticipantShape
from tus_dispatch.formats.native.fleet import DriverShape, ShiftShape, VehicleShape
from tus_dispatch.formats.native.law import LawShape
from tus_dispatch.formats.native.problems import Part, Suggester, pointer, problem, shorten
from tus_dispatch.formats.native.refusal import problems_of
from tus_dispatch.formats.native.setting import (
    TRAVEL_SHAPES,
    EstimateShape,
    ObjectiveShape,
    PlaceShape,
    PolicyShape,
    TerritoryShape,
    TravelShape,
)
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Shape
from tus_dispatch.formats.native.texts import Note, Text
from tus_dispatch.formats.native.times import ReadContext, ServiceDate

FORMAT = "tus-scenario/1"

ShapeT = TypeVar("ShapeT", bound=Shape)
_SERVICE_DATE: TypeAdapter[date] = TypeAdapter(ServiceDate)
# Stands in for a day that cannot be read, so that the rest of the file can.
_STAND_IN = ServiceDay(date(2026, 1, 15), "UTC")


class Head(Shape):
    """What names a scenario file."""

    format: Literal["tus-scenario/1"]
    name: Text
    note: Note | None = None
    service_date: ServiceDate


class ScenarioFile(Head):
    """One service day, from 04:00 to 04:00 local time."""

    # Sections are read one by one; the whole is compiled for its schema only.
    model_config = ConfigDict(defer_build=True)

    territory: TerritoryShape
    travel: Annotated[TravelShape, Field(discriminator="source")] = EstimateShape(source="estimate")
    objective: ObjectiveShape = ObjectiveShape()
    policy: PolicyShape = PolicyShape()
    law: LawShape | None = None
    places: list[PlaceShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    vehicles: list[VehicleShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    drivers: list[DriverShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    shifts: list[ShiftShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    participants: list[ParticipantShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    bookings: list[BookingShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    flexible_bookings: list[FlexibleBookingShape] = Field(
        default_factory=list, max_length=MOST_ENTRIES
    )
    group_events: list[GroupEventShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    protected_targets: list[ProtectedTargetShape] = Field(
        default_factory=list, max_length=MOST_ENTRIES
    )


SECTIONS = (
    "places",
    "vehicles",
    "drivers",
    "shifts",
    "participants",
    "bookings",
    "flexible_bookings",
    "group_events",
    "protected_targets",
)
_SETTINGS = ("territory", "travel", "objective", "policy", "law")


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read of a file; None or absent where there was a mistake.

    Attributes
    ----------
    raw
        The file as plain data.
    day
        The service day, or a stand-in.
    head, territory, travel, objective, policy, law
        The settings.
    places, vehicles, drivers, shifts, participants, bookings, flexible_bookings,
    group_events, protected_targets
        By position in the file.
    """

    raw: Mapping[str, Any]
    day: ServiceDay
    head: Head | None
    territory: TerritoryShape | None
    travel: TravelShape | None
    objective: ObjectiveShape | None
    policy: PolicyShape | None
    law: LawShape | None
    places: dict[int, PlaceShape]
    vehicles: dict[int, VehicleShape]
    drivers: dict[int, DriverShape]
    shifts: dict[int, ShiftShape]
    participants: dict[int, ParticipantShape]
    bookings: dict[int, BookingShape]
    flexible_bookings: dict[int, FlexibleBookingShape]
    group_events: dict[int, GroupEventShape]
    protected_targets: dict[int, ProtectedTargetShape]


def read_document(raw: Mapping[str, Any], suggester: Suggester) -> tuple[Document, list[Problem]]:
    """Read every section of a file.

    Parameters
    ----------
    raw
        The file as plain data.
    suggester
        Finds what may have been meant.

    Returns
    -------
    document : Document
        Everything without a mistake.
    problems : list of Problem
        Everything with one.
    """
    reader = _Reader(raw, suggester)
    top = {key: raw[key] for key in raw if key not in (*SECTIONS, *_SETTINGS)}
    head = reader.shape(Head, top, (), keys_of=ScenarioFile)
    territory = reader.shape(TerritoryShape, raw.get("territory", _MISSING), ("territory",))
    reader.settle_day()
    document = Document(
        raw=raw,
        day=reader.context.day,
        head=head,
        territory=territory,
        travel=reader.travel(),
        objective=reader.shape(ObjectiveShape, raw.get("objective", {}), ("objective",)),
        policy=reader.shape(PolicyShape, raw.get("policy", {}), ("policy",)),
        law=None if raw.get("law") is None else reader.shape(LawShape, raw["law"], ("law",)),
        places=reader.section(PlaceShape, "places"),
        vehicles=reader.section(VehicleShape, "vehicles"),
        drivers=reader.section(DriverShape, "drivers"),
        shifts=reader.section(ShiftShape, "shifts"),
        participants=reader.section(ParticipantShape, "participants"),
        bookings=reader.section(BookingShape, "bookings"),
        flexible_bookings=reader.section(FlexibleBookingShape, "flexible_bookings"),
        group_events=reader.section(GroupEventShape, "group_events"),
        protected_targets=reader.section(ProtectedTargetShape, "protected_targets"),
    )
    return document, reader.problems


_MISSING = object()


class _Reader:
    def __init__(self, raw: Mapping[str, Any], suggester: Suggester) -> None:
        self.raw = raw
        self.suggester = suggester
        self.context = ReadContext(_STAND_IN, is_day_known=False)
        self.problems: list[Problem] = []

    def shape(
        self,
        model: type[ShapeT],
        value: object,
        at: tuple[Part, ...],
        keys_of: type[Shape] | None = None,
    ) -> ShapeT | None:
        """Read one object, or note what is wrong with it."""
        if value is _MISSING:
            expected = f"la clé « {at[-1]} »"
            self.problems.append(problem("missing-key", pointer(at), "rien", expected))
            return None
        try:
            return model.model_validate(value, context=self.context)
        except ValidationError as error:
            found = problems_of(error, keys_of or model, value, at, self.suggester)
            self.problems += found
            return None

    def section(self, model: type[ShapeT], name: str) -> dict[int, ShapeT]:
        """Read the objects of a list one by one."""
        value = self.raw.get(name, [])
        if not isinstance(value, list):
            found = problem("wrong-type", pointer((name,)), shorten(value), "une liste [ … ]")
            self.problems.append(found)
            return {}
        if len(value) > MOST_ENTRIES:
            expected = f"au plus {MOST_ENTRIES} dans cette liste"
            found = problem("list-length", pointer((name,)), shorten(value), expected)
            self.problems.append(found)
            return {}
        read = ((i, self.shape(model, each, (name, i))) for i, each in enumerate(value))
        return {i: shape for i, shape in read if shape is not None}

    def travel(self) -> TravelShape | None:
        """Read the travel section by the source it names."""
        value = self.raw.get("travel", {"source": "estimate"})
        if not isinstance(value, dict):
            return self.shape(EstimateShape, value, ("travel",))
        source = value.get("source")
        model = TRAVEL_SHAPES.get(source) if isinstance(source, str) else None
        if model is not None:
            return self.shape(model, value, ("travel",))
        slug = "unknown-choice" if "source" in value else "missing-key"
        shown = shorten(source) if "source" in value else "rien"
        where = pointer(("travel", "source"))
        self.problems.append(problem(slug, where, shown, ", ".join(TRAVEL_SHAPES)))
        return None

    def settle_day(self) -> None:
        """Find the service day, even where the objects around its parts have mistakes."""
        territory = self.raw.get("territory")
        zone = territory.get("time_zone", "Europe/Paris") if isinstance(territory, dict) else None
        try:
            service_date = _SERVICE_DATE.validate_python(self.raw.get("service_date"))
            if isinstance(zone, str):
                self.context = ReadContext(ServiceDay(service_date, zone))
        except ValidationError:
            self._expect_zone(zone)
        except TimeZoneError:
            self._expect_zone(zone)

    def _expect_zone(self, zone: object) -> None:
        # A text that is no name at all has been told with its section.
        if not isinstance(zone, str) or not zone.strip() or not zone.isprintable():
            return
        try:
            ServiceDay(_STAND_IN.date, zone)
        except TimeZoneError:
            where = pointer(("territory", "time_zone"))
            expected = "un fuseau de la base IANA, comme Europe/Paris"
            self.problems.append(problem("unknown-time-zone", where, shorten(zone), expected))
