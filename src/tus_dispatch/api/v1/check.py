"""The judge alone, for a plan made elsewhere."""

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from tus_dispatch.api.body import large_body, read_shape, unprocessable
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.schemas.base import Answer
from tus_dispatch.desk.live.check import check
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.store import organisations

router = APIRouter()


class CheckBody(Shape):
    """A day and a plan for it, in the formats of the files."""

    scenario: Annotated[
        dict[str, Any], Field(description="docs/schemas/tus-scenario-1.json, but not by roads.")
    ]
    plan: Annotated[dict[str, Any], Field(description="docs/schemas/tus-plan-1.json")]


class ViolationAnswer(Answer):
    """One broken rule."""

    code: str
    rule: str
    where: str
    by: int
    sentence: Annotated[str, Field(description="French, to be read aloud.")]


class CheckAnswer(Answer):
    """What the judge found, most serious first; nothing for a sound plan."""

    violations: list[ViolationAnswer]


@router.post(
    "/v1/check",
    **operation("check", "Judge a plan", answer=CheckAnswer, body=CheckBody),
)
def judge(request: Request, body: Annotated[dict[str, Any], Depends(large_body)]) -> Response:
    """Judge a plan against a day; neither is kept."""
    read_query(request, Query)
    asked, services = read_shape(CheckBody, body), services_of(request)
    with services.database.read() as session:
        own = organisations.load(session, actor_of(request).organisation).value.travel
    try:
        violations = check(services.office, asked.scenario, asked.plan, own)
    except InputError as error:
        document = "plan" if error.source == "plan" else "scenario"
        inside = tuple(_inside(each, document) for each in error.problems)
        raise unprocessable(inside) from error
    return JSONResponse({"violations": [asdict(each) for each in violations]})


def _inside(problem: Problem, document: str) -> Problem:
    """Point into the body instead of one of its two documents."""
    return replace(
        problem, where=f"/{document}{problem.where if problem.where != document else ''}"
    )
