"""What drivers read and report."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from tus_dispatch.api.query import Query
from tus_dispatch.api.v1.schemas.base import Answer, At, AtText, DayText, IdText, local_text
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.run_sheet import Need, RunSheet, SheetLine
from tus_dispatch.domain.service import DriverEventKind
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.texts import Id

MEDIA = {
    "json": "application/json",
    "html": "text/html",
    "pdf": "application/pdf",
    "ics": "text/calendar",
    "gpx": "application/gpx+xml",
    "geojson": "application/geo+json",
}


def _format(word: str) -> str:
    if word not in MEDIA:
        raise refusal("unknown-choice", ", ".join(MEDIA))
    return word


class FormatQuery(Query):
    """Parameters of itineraries."""

    format: (
        Annotated[str, AfterValidator(_format), Field(json_schema_extra={"enum": list(MEDIA)})]
        | None
    ) = None


class LineAnswer(Answer):
    """One action of a round, as far as the driver may know."""

    stop_id: str
    kind: StopKind
    at: AtText
    until: AtText
    clock: str
    person: str
    party_size: int
    place_name: str
    address: str | None
    lat: float | None
    lon: float | None
    phone: str | None
    needs: list[Need]
    note: str | None
    aboard: int
    occupation: str | None


class SheetAnswer(Answer):
    """One shift's day."""

    shift: IdText
    service_date: DayText
    territory: str
    driver: str
    vehicle: str
    configuration: str
    sign_on: str
    sign_off: str
    lines: list[LineAnswer]
    distance_m: int
    n_people: int
    is_estimated: bool


class SheetsAnswer(Answer):
    """All itineraries of a day that the caller may read."""

    items: list[SheetAnswer]


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise refusal("unusable-id", "un UUID, créé par le téléphone") from error


_EVENT: dict[str, Any] = {
    "id": "5f1c3a52-58a6-4c0c-9c1e-6f0b6a8f7d21",
    "shift": "shf_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "kind": "aboard",
    "leg": "bkg_2f5n7h3k6q4t8v2w5x7z9b3d4f:out",
    "device_at": "2026-03-27T08:31:12+01:00",
}


class DriverEventBody(Shape):
    """One tap."""

    id: Annotated[
        str,
        Field(max_length=36, json_schema_extra={"format": "uuid"}),
        AfterValidator(_uuid),
    ]
    shift: Id
    kind: Annotated[DriverEventKind, Field(strict=False)]
    leg: Annotated[str, Field(pattern="^[^:/]{1,64}:(out|ret)$")] | None = None
    device_at: At


class DriverEventsBody(Shape):
    """Taps of a day, in any order; those known already are recognised by their id."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"events": [_EVENT]}]})

    events: Annotated[list[DriverEventBody], Field(min_length=1, max_length=200)]


class TakenEventsAnswer(Answer):
    """Which taps were new, and which were known."""

    accepted: list[str]
    repeated: list[str]


class DriverEventAnswer(Answer):
    """One tap as kept."""

    id: str
    shift: IdText
    kind: DriverEventKind
    leg: str | None
    device_at: AtText
    received_at: AtText


class DriverEventsAnswer(Answer):
    """Taps of a day, in the order of the phones' clocks."""

    items: list[DriverEventAnswer]


def sheet_data(sheet: RunSheet) -> dict[str, Any]:
    """Write an itinerary.

    Parameters
    ----------
    sheet
        What a driver may know.

    Returns
    -------
    dict
        Fields of ``SheetAnswer``.
    """
    return {
        "shift": sheet.shift,
        "service_date": sheet.service_date.isoformat(),
        "territory": sheet.territory,
        "driver": sheet.driver,
        "vehicle": sheet.vehicle,
        "configuration": sheet.configuration,
        "sign_on": sheet.sign_on,
        "sign_off": sheet.sign_off,
        "lines": [_line_data(each, sheet.time_zone) for each in sheet.lines],
        "distance_m": round(sheet.total_km * 1000),
        "n_people": sheet.n_people,
        "is_estimated": sheet.estimated,
    }


def _line_data(line: SheetLine, time_zone: str) -> dict[str, Any]:
    point = line.point
    return {
        "stop_id": line.stop_id,
        "kind": line.kind.value,
        "at": local_text(line.at, time_zone),
        "until": local_text(line.until_at, time_zone),
        "clock": line.clock,
        "person": line.person,
        "party_size": line.party_size,
        "place_name": line.place_name,
        "address": line.address,
        "lat": None if point is None else point.lat,
        "lon": None if point is None else point.lon,
        "phone": line.phone,
        "needs": [each.value for each in line.needs],
        "note": line.note,
        "aboard": line.aboard,
        "occupation": None if line.occupation is None else line.occupation.value,
    }
