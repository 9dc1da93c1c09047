"""What drivers fetch: the sheets of the published plan, each in every format."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.days import load_version
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.errors import NotFoundError
from tus_dispatch.formats.geojson import geojson_text, plan_geojson
from tus_dispatch.formats.gpx import run_sheet_gpx
from tus_dispatch.formats.ical import run_sheet_ics
from tus_dispatch.formats.run_sheet_html import run_sheet_html
from tus_dispatch.formats.run_sheet_json import run_sheet_json
from tus_dispatch.formats.run_sheet_pdf import run_sheet_pdf
from tus_dispatch.planning.run_sheet import run_sheet
from tus_dispatch.store import plans
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.session import Session


class SheetFormat(StrEnum):
    """What a sheet can be fetched as."""

    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    ICS = "ics"
    GPX = "gpx"
    GEOJSON = "geojson"

    @property
    def media_type(self) -> str:
        """Name of the format on the web."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    SheetFormat.JSON: "application/json",
    SheetFormat.HTML: "text/html; charset=utf-8",
    SheetFormat.PDF: "application/pdf",
    SheetFormat.ICS: "text/calendar; charset=utf-8",
    SheetFormat.GPX: "application/gpx+xml",
    SheetFormat.GEOJSON: "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The sheet of one round, and what it was made from.

    Attributes
    ----------
    sheet
        What the driver may know.
    plan
        Published; its only round is this one.
    number
        Of the version.
    """

    sheet: RunSheet
    plan: Plan
    number: int


def itineraries(session: Session, actor: Actor, service_date: date) -> tuple[Itinerary, ...]:
    """Return the rounds of a published plan that somebody may read.

    Parameters
    ----------
    session
        Of a read.
    actor
        A driver sees own rounds only, behind a link the one it was made for;
        a prescriber sees none.
    service_date
        Which day.

    Returns
    -------
    tuple of Itinerary
        In the order of the plan's rounds.

    Raises
    ------
    ConflictError
        When nothing is published.
    """
    number = plans.pointer(session, actor.organisation, service_date).published
    if number is None:
        raise conflicting("no-plan", str(service_date), "rien")
    plan = load_version(session, actor.organisation, service_date, number).plan
    return tuple(
        Itinerary(run_sheet(plan, each), replace(plan, rounds=(each,)), number)
        for each in plan.rounds
        if may_read(actor, each, service_date)
    )


def itinerary(session: Session, actor: Actor, service_date: date, shift: str) -> Itinerary:
    """Return one round of a published plan.

    Parameters
    ----------
    session, actor, service_date
        As for :func:`itineraries`.
    shift
        Whose round.

    Returns
    -------
    Itinerary
        Ready to be rendered.

    Raises
    ------
    ConflictError
        When nothing is published.
    NotFoundError
        When there is no such round, or it is somebody else's.
    """
    found = (
        each for each in itineraries(session, actor, service_date) if each.sheet.shift == shift
    )
    answer = next(found, None)
    if answer is None:
        raise missing(shift)
    return answer


def missing(shift: str) -> NotFoundError:
    """Make the error for a round that is not there, or not for the eyes of who asks."""
    return not_found("itinerary", shift)


def render(itinerary: Itinerary, wanted: SheetFormat) -> bytes:
    """Write a round in a format.

    Parameters
    ----------
    itinerary
        Which round.
    wanted
        Which format.

    Returns
    -------
    bytes
        Of the media type of the format.
    """
    sheet = itinerary.sheet
    match wanted:
        case SheetFormat.HTML:
            return run_sheet_html(sheet).encode()
        case SheetFormat.PDF:
            return run_sheet_pdf(sheet)
        case SheetFormat.ICS:
            return run_sheet_ics(sheet)
        case SheetFormat.GPX:
            return run_sheet_gpx(sheet).encode()
        case SheetFormat.GEOJSON:
            return geojson_text(plan_geojson(itinerary.plan, {})).encode()
        case SheetFormat.JSON:
            return run_sheet_json(sheet).encode()


def may_read(actor: Actor, tour_round: Round, service_date: date) -> bool:
    """Tell whether somebody may read the sheet of a round.

    Parameters
    ----------
    actor
        Who asks.
    tour_round, service_date
        Which round of which day.

    Returns
    -------
    bool
        Whoever plans reads all; a driver own rounds; nobody else any.
    """
    if actor.role in {Role.COORDINATOR, Role.DISPATCHER}:
        return True
    if actor.role is not Role.DRIVER or actor.driver is None:
        return False
    if actor.service_date is not None and actor.service_date != service_date:
        return False
    if actor.shift is not None and actor.shift != tour_round.shift:
        return False
    return tour_round.driver == actor.driver
