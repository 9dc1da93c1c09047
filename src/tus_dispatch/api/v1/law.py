"""The law an association holds its days against: read, and set by the coordinator."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from tus_dispatch.api.answers import one
from tus_dispatch.api.body import large_body, read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import ApiError, failure, told_of
from tus_dispatch.api.etags import etag, expected_version
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.registers import code_of
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import Reference, expect_reachable
from tus_dispatch.api.v1.lists import PLACES
from tus_dispatch.api.v1.schemas.law import LawAnswer, LawBody, law_data
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.record import Record
from tus_dispatch.errors import StaleVersionError
from tus_dispatch.store import organisations

router = APIRouter()
_TAG = "organisation"


@router.get("/v1/organisation/law", **operation(_TAG, "Read: law", answer=LawAnswer))
def read(request: Request) -> Response:
    """Read which trips and duties are held against which law."""
    read_query(request, Query)
    with services_of(request).database.read() as session:
        record = organisations.load(session, actor_of(request).organisation)
    return one(_view(record), record.version)


@router.patch(
    "/v1/organisation/law",
    **operation(_TAG, "Change: law", answer=LawAnswer, partial=LawBody, changes=True),
)
def change(request: Request, body: Annotated[dict[str, Any], Depends(large_body)]) -> Response:
    """Set the law; days that are planned already are looked at again."""
    read_query(request, Query)
    actor, version = actor_of(request), expected_version(request)
    with services_of(request).database.write() as session:
        before = organisations.load(session, actor.organisation)
        shape = read_shape(LawBody, law_data(before.value) | body)
        law = shape.to_domain()
        if law.zone is not None and law.zone.file is not None:
            detail = "La liste des communes s’envoie avec la demande, pas comme fichier."
            raise failure("zone-not-sent", detail, "/zone/file", "edition et communes")
        expect_reachable(session, actor, _references(law))
        value = replace(
            before.value,
            law=None if shape.is_about_hours_only else law,
            working_time=shape.to_working_time(),
        )
        try:
            record = organisations.change(session, actor.organisation, version, value, actor=actor)
        except StaleVersionError as error:
            told = told_of(error.problem, code_of(error.problem.code))
            more = {"current": _view(before)}
            headers = {"ETag": etag(before.version)}
            raise ApiError(412, (told,), headers, more) from error
    return one(_view(record), record.version)


def _view(record: Record[Organisation]) -> dict[str, Any]:
    unset = {"trips": None, "working_time": None}
    return {"version": record.version} | unset | law_data(record.value)


def _references(law: Law) -> Iterable[Reference]:
    for number, hub in enumerate(law.hubs):
        yield Reference(f"/hubs/{number}", PLACES, hub)
    for name, areas in (("authorities", law.authorities), ("public_services", law.public_services)):
        for number, area in enumerate(areas):
            for place in sorted(area.places):
                yield Reference(f"/{name}/{number}/places", PLACES, place)
