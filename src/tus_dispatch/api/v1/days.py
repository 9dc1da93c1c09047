"""Where a day stands, and a day as a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import one
from tus_dispatch.api.body import large_body
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import Dated, service_day
from tus_dispatch.api.v1.schemas.base import Answer, DayText, IdText, utc_text
from tus_dispatch.api.v1.schemas.plans import DayAnswer, day_data, plan_data, solve_data
from tus_dispatch.api.v1.versions import nameless_version
from tus_dispatch.api.views import note_views
from tus_dispatch.desk.live.check import expect_known_travel
from tus_dispatch.desk.live.exchange import Imported, export_day, import_day
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.formats.native.document import ScenarioFile
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.store import jobs, organisations, plans
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "days"
_MOST_SHOWN = 50


class ImportedAnswer(Answer):
    """What the identities of a file became."""

    service_date: DayText
    places: dict[str, IdText]
    vehicles: dict[str, IdText]
    drivers: dict[str, IdText]
    shifts: dict[str, IdText]
    participants: dict[str, IdText]
    bookings: dict[str, IdText]


@router.get("/v1/days/{date}", **operation(_TAG, "Read: day", answer=DayAnswer))
def read(request: Request, date: Dated) -> Response:
    """Tell where a day stands: its versions, solves, and the current plan by identities."""
    read_query(request, Query)
    organisation = actor_of(request).organisation
    with services_of(request).database.read() as session:
        day = service_day(session, organisation, date)
        pointer = plans.pointer(session, organisation, date)
        versions = plans.versions(session, organisation, date)
        current = None
        if pointer.current is not None:
            current = nameless_version(session, organisation, date, pointer.current)
        solves = jobs.of_day(session, organisation, date)
        n_bookings = BOOKINGS.count(session, organisation, service_date=date)
    data = day_data(day, pointer) | {
        "bookings": n_bookings,
        "versions": [
            {"number": number, "origin": origin.value, "made_at": utc_text(made_at)}
            for number, origin, made_at in versions[-_MOST_SHOWN:]
        ],
        "solves": [solve_data(each) for each in solves[:_MOST_SHOWN]],
        "plan": None if current is None else plan_data(current),
    }
    return one(data, pointer.revision)


@router.get(
    "/v1/days/{date}/scenario",
    **operation(_TAG, "Export: day", answer=ScenarioFile),
)
def export(request: Request, date: Dated) -> Response:
    """Write a day as a scenario file, with names and addresses."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        scenario = export_day(session, actor.organisation, date)
    people = [each.id for each in scenario.participants]
    note_views(request, [*people, *(each.id for each in scenario.drivers)], "export")
    return JSONResponse(scenario_data(scenario))


@router.post(
    "/v1/days/{date}/scenario",
    **operation(
        _TAG,
        "Import: day",
        answer=ImportedAnswer,
        status=201,
        body=ScenarioFile,
        creates=True,
    ),
)
def import_(
    request: Request, date: Dated, body: Annotated[dict[str, Any], Depends(large_body)]
) -> Response:
    """Take over a day from a scenario file; what is known already is not kept twice."""
    read_query(request, Query)
    scenario = scenario_from_data(body, "body")
    if scenario.day.date != date:
        detail = "La date du fichier n’est pas celle de l’adresse."
        raise failure("other-date", detail, "/service_date", date.isoformat())

    with services_of(request).database.read() as session:
        organisation = organisations.load(session, actor_of(request).organisation).value
    expect_known_travel(scenario, organisation.travel)

    def work(session: Session, actor: Actor) -> Made:
        made = import_day(session, actor, scenario)
        path = f"/v1/days/{date.isoformat()}"
        return Made(
            date.isoformat(), path, _imported_data(made) | {"service_date": date.isoformat()}
        )

    return make_once(request, body, work)


def _imported_data(made: Imported) -> dict[str, Any]:
    return {name: dict(getattr(made, name)) for name in Imported.__slots__}
