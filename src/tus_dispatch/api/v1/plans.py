"""Plans of a day as jobs: begun, followed, stopped, and published."""

import json
from collections.abc import AsyncIterator
from datetime import date as calendar_date

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from tus_dispatch.api.answers import wanted_format
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import ApiError, told_of
from tus_dispatch.api.etags import etag, expected_version
from tus_dispatch.api.guard import token_of
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.registers import code_of
from tus_dispatch.api.services import Services, actor_of, services_of
from tus_dispatch.api.v1.dates import Dated, service_day
from tus_dispatch.api.v1.kept import Body, Identity
from tus_dispatch.api.v1.schemas.plans import (
    PublishedAnswer,
    SolveAnswer,
    SolveBody,
    SolvedPlanAnswer,
    moved_data,
    plan_data,
    solve_data,
)
from tus_dispatch.api.v1.versions import nameless_version
from tus_dispatch.desk.entering import enter
from tus_dispatch.desk.live import planning
from tus_dispatch.desk.live.publishing import publish
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.errors import StalePlanError
from tus_dispatch.store import jobs, plans
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "plans"
_LOOK_EVERY_S = 0.5
_OVER = {JobState.COMPLETED, JobState.STOPPED, JobState.FAILED}
_STATUS_MEDIA = {"json": "application/json", "sse": "text/event-stream"}


@router.post(
    "/v1/days/{date}/plans",
    **operation(_TAG, "Plan a day", answer=SolveAnswer, status=202, body=SolveBody, creates=True),
)
def start(request: Request, date: Dated, body: Body) -> Response:
    """Queue a solve; follow it by its status."""
    read_query(request, Query)
    asked, office = read_shape(SolveBody, body), services_of(request).office
    options = planning.PlanOptions(asked.time_limit_s, asked.seed, asked.workers)

    def work(session: Session, actor: Actor) -> Made:
        job = planning.start(office, session, actor, date, options)
        path = f"/v1/days/{date.isoformat()}/plans/{job.id}"
        return Made(job.id, path, solve_data(job), status=202)

    return make_once(request, body, work)


@router.get(
    "/v1/days/{date}/plans/{id}",
    **operation(_TAG, "Read: plan", answer=SolvedPlanAnswer, errors=[404]),
)
def read(request: Request, date: Dated, id: Identity) -> Response:  # noqa: A002
    """Read a plan by its solve or by its own id; a solve that is not over has none yet."""
    read_query(request, Query)
    organisation = actor_of(request).organisation
    with services_of(request).database.read() as session:
        job, number = _found(session, actor_of(request), date, id)
        version = None
        if number is not None:
            version = nameless_version(session, organisation, date, number)
    data = {
        "solve": None if job is None else solve_data(job),
        "plan": None if version is None else plan_data(version),
    }
    return JSONResponse(data)


@router.delete(
    "/v1/days/{date}/plans/{id}",
    **operation(_TAG, "Stop a solve", answer=SolveAnswer, errors=[404, 503]),
)
def stop(request: Request, date: Dated, id: Identity) -> Response:  # noqa: A002
    """Ask a solve to end and to keep the best plan it has found."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.write() as session:
        _job(session, actor, date, id)
        job = planning.stop(session, actor, id)
    return JSONResponse(solve_data(job))


@router.get(
    "/v1/days/{date}/plans/{id}/status",
    **operation(
        _TAG,
        "Follow a solve",
        answer=SolveAnswer,
        also={"text/event-stream": "Events named status, each with the same object as data."},
        errors=[404, 406],
    ),
)
def status(request: Request, date: Dated, id: Identity) -> Response:  # noqa: A002
    """Tell where a solve stands, once or, as server-sent events, until it is over."""
    read_query(request, Query)
    chosen = wanted_format(request, _STATUS_MEDIA, None)
    services, actor = services_of(request), actor_of(request)
    with services.database.read() as session:
        job = _job(session, actor, date, id)
    if chosen == "json":
        return JSONResponse(solve_data(job))
    token, _ = token_of(request)
    headers = {"X-Accel-Buffering": "no"}
    return EventSourceResponse(_follow(services, token or "", job), headers=headers)


@router.post(
    "/v1/days/{date}/plans/{id}/publish",
    **operation(_TAG, "Publish a plan", answer=PublishedAnswer, changes=True),
)
def publishing(request: Request, date: Dated, id: Identity) -> Response:  # noqa: A002
    """Make a plan the one drivers read; tells who moves by more than ten minutes."""
    read_query(request, Query)
    services, actor = services_of(request), actor_of(request)
    revision = expected_version(request)
    with services.database.read() as session:
        _, number = _found(session, actor, date, id)
        day = service_day(session, actor.organisation, date)
    if number is None:
        raise not_found("plan", id)
    try:
        moved = publish(services.office, actor, date, number, revision).moved
    except StalePlanError as error:
        raise _stale(services, actor, date, error) from error
    return JSONResponse({"number": number, "moved": [moved_data(each, day) for each in moved]})


async def _follow(services: Services, token: str, job: SolveJob) -> AsyncIterator[bytes]:
    """Send where a solve stands whenever it has changed, until it or the session is over."""
    shown = None
    while True:
        data = json.dumps(solve_data(job))
        if data != shown:
            yield format_sse_event(data_str=data, event="status")
            shown = data
        if job.state in _OVER:
            return
        await anyio.sleep(_LOOK_EVERY_S)
        found = await run_in_threadpool(_look, services, token, job)
        if found is None:
            return
        job = found


def _look(services: Services, token: str, job: SolveJob) -> SolveJob | None:
    entry = enter(services.database, token)
    if entry is None:
        return None
    with services.database.read() as session:
        return jobs.get(session, entry.actor.organisation, job.id)


def _job(session: Session, actor: Actor, on: calendar_date, identity: str) -> SolveJob:
    job = jobs.get(session, actor.organisation, identity)
    if job.service_date != on:
        raise not_found("plan", identity)
    return job


def _found(
    session: Session, actor: Actor, on: calendar_date, identity: str
) -> tuple[SolveJob | None, int | None]:
    """Return the solve, if it is one, and the number of the version, if there is one."""
    plan = plans.find_by_id(session, actor.organisation, identity)
    if plan is None:
        job = _job(session, actor, on, identity)
        return job, job.result_number
    if plan.service_date != on:
        raise not_found("plan", identity)
    return None, plan.number


def _stale(services: Services, actor: Actor, on: calendar_date, error: StalePlanError) -> ApiError:
    """Answer 412 with where the day stands now."""
    with services.database.read() as session:
        pointer = plans.pointer(session, actor.organisation, on)
    told = told_of(error.problem, code_of(error.problem.code))
    current = {
        "revision": pointer.revision,
        "current": pointer.current,
        "published": pointer.published,
    }
    return ApiError(412, (told,), {"ETag": etag(pointer.revision)}, {"current": current})
