"""The settings of the association."""

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from tus_dispatch.api.answers import kept_data, one
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import ApiError, failure, told_of
from tus_dispatch.api.etags import etag, expected_version
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.registers import code_of
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import Body
from tus_dispatch.api.v1.schemas.organisation import (
    OrganisationAnswer,
    OrganisationBody,
    organisation_data,
    travel_answer,
)
from tus_dispatch.desk.access import unwritable, visible
from tus_dispatch.domain.organisation import Actor, Organisation
from tus_dispatch.domain.record import Record
from tus_dispatch.errors import StaleVersionError
from tus_dispatch.store import organisations

router = APIRouter()
_TAG = "organisation"


@router.get("/v1/organisation", **operation(_TAG, "Read: organisation", answer=OrganisationAnswer))
def read(request: Request) -> Response:
    """Read the settings, as far as the role sees them."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        record = organisations.load(session, actor.organisation)
    return one(_view(actor, record), record.version)


@router.patch(
    "/v1/organisation",
    **operation(
        _TAG,
        "Change: organisation",
        answer=OrganisationAnswer,
        partial=OrganisationBody,
        changes=True,
    ),
)
def change(request: Request, body: Body) -> Response:
    """Change settings; days that are planned already are looked at again."""
    read_query(request, Query)
    actor, version = actor_of(request), expected_version(request)
    if wrong := unwritable("organisation", actor.role, body):
        detail = f"Le champ « {wrong[0]} » n’est pas ouvert à votre rôle."
        raise failure("field-not-yours", detail, f"/{wrong[0]}")
    with services_of(request).database.write() as session:
        before = organisations.load(session, actor.organisation)
        shape = read_shape(OrganisationBody, organisation_data(before.value) | body)
        value = shape.changed(before.value)
        try:
            record = organisations.change(session, actor.organisation, version, value, actor=actor)
        except StaleVersionError as error:
            told = told_of(error.problem, code_of(error.problem.code))
            current = cast("Record[Organisation]", error.current)
            headers, more = {"ETag": etag(current.version)}, {"current": _view(actor, current)}
            raise ApiError(412, (told,), headers, more) from error
    return one(_view(actor, record), record.version)


def _view(actor: Actor, record: Record[Organisation]) -> dict[str, Any]:
    data = kept_data(record) | organisation_data(record.value)
    return visible("organisation", actor.role, data | {"travel": travel_answer(record.value)})
