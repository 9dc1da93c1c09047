"""The middle of a day: what is idle, who could travel then, and what stands free."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict, Field

from tus_dispatch.api.answers import kept_data
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.making import Keep, Made, make_decided
from tus_dispatch.api.query import Flag, Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import Dated
from tus_dispatch.api.v1.kept import Body
from tus_dispatch.api.v1.lists import DRIVER_TIMES
from tus_dispatch.api.v1.schemas.base import Answer, Day, IdText
from tus_dispatch.api.v1.schemas.drivers import DriverTimeAnswer
from tus_dispatch.api.v1.schemas.idle import (
    FreeVehiclesAnswer,
    IdleAnswer,
    RosterAnswer,
    free_data,
    idle_data,
    roster_data,
)
from tus_dispatch.desk.live.idle import free_on, idleness
from tus_dispatch.desk.live.protecting import Kept, protect
from tus_dispatch.desk.live.rostering import compare_rosters_of_a_day
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "daytime"


class IdleQuery(Query):
    """Parameters of the measures of a day."""

    published: Annotated[Flag, Field(description="The plan drivers read, not the current one.")] = (
        False
    )
    counterfactual: Annotated[
        Flag, Field(description="Also fill the day, beside the same day without; takes seconds.")
    ] = False


class CompareBody(Shape):
    """Which day the patterns are compared on, and how long all of them are searched for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service_date": "2026-03-27", "time_limit_s": 3}]}
    )

    service_date: Day
    time_limit_s: Annotated[
        int, Field(ge=1, le=4, description="Of all searches together; starting them comes on top.")
    ] = 3


class ProtectBody(Shape):
    """Nothing more is asked: everything of the day that waits is placed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


class MissingAnswer(Answer):
    """Protected time that found no place."""

    target: IdText
    missing_s: int


class ProtectedAnswer(Answer):
    """New entries of the drivers' calendar, and what found no place."""

    slots: list[DriverTimeAnswer]
    missing: list[MissingAnswer]


@router.get(
    "/v1/days/{date}/idle",
    **operation(_TAG, "Read: idle time", answer=IdleAnswer, query=IdleQuery, errors=[409]),
)
def idle(request: Request, date: Dated) -> Response:
    """Measure the three idlenesses of a plan, beside the day filled where that is asked for."""
    query = read_query(request, IdleQuery)
    found = idleness(
        services_of(request).office,
        actor_of(request).organisation,
        date,
        is_published=query.published,
        is_compared=query.counterfactual,
    )
    return JSONResponse(idle_data(found))


@router.get(
    "/v1/days/{date}/free-vehicles",
    **operation(_TAG, "List: free vehicles", answer=FreeVehiclesAnswer, errors=[409]),
)
def free(request: Request, date: Dated) -> Response:
    """List the vehicles nobody needs around noon; they may go to the calendar of vehicles."""
    read_query(request, Query)
    office, organisation = services_of(request).office, actor_of(request).organisation
    return JSONResponse(free_data(*free_on(office, organisation, date)))


@router.post(
    "/v1/roster/compare",
    **operation(_TAG, "Compare rosters", answer=RosterAnswer, body=CompareBody, errors=[409, 503]),
)
def compare(request: Request, body: Body) -> Response:
    """Plan the demand of a day with each lawful pattern of driver days; takes seconds."""
    read_query(request, Query)
    asked = read_shape(CompareBody, body)
    office, organisation = services_of(request).office, actor_of(request).organisation
    rows = compare_rosters_of_a_day(
        office, organisation, asked.service_date, float(asked.time_limit_s)
    )
    day = asked.service_date.isoformat()
    return JSONResponse({"service_date": day, "patterns": roster_data(rows)})


@router.post(
    "/v1/days/{date}/protected-slots",
    **operation(
        _TAG,
        "Place protected time",
        answer=ProtectedAnswer,
        status=201,
        body=ProtectBody,
        creates=True,
    ),
)
def place_protected(request: Request, date: Dated, body: Body) -> Response:
    """Put training and accompaniment where drivers wait; hard from then on."""
    read_query(request, Query)
    read_shape(ProtectBody, body)
    office, actor = services_of(request).office, actor_of(request)

    def made_of(kept: Kept) -> Made:
        path = f"/v1/days/{date.isoformat()}"
        return Made(date.isoformat(), path, _protected(kept))

    def work(keep: Keep) -> None:
        def keep_answer(session: Session, kept: Kept) -> None:
            keep(session, made_of(kept))

        protect(office, actor, date, keep_answer)

    return make_decided(request, body, work)


def _protected(kept: Kept) -> dict[str, Any]:
    return {
        "slots": [kept_data(each) | DRIVER_TIMES.data(each.value) for each in kept.slots],
        "missing": [
            {"target": each.target.id, "missing_s": each.missing_s} for each in kept.missing
        ],
    }
