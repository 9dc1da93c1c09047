"""What is kept about a person, given to them; and its erasure."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import nothing
from tus_dispatch.api.documents import operation
from tus_dispatch.api.etags import expected_version
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import Identity, KeptKind, stale_as_view, within
from tus_dispatch.api.v1.lists import DRIVERS, PARTICIPANTS
from tus_dispatch.api.v1.schemas.base import Answer, IdText
from tus_dispatch.api.views import note_views
from tus_dispatch.desk.live import people
from tus_dispatch.store.codes import stale_version

router = APIRouter()


class ExportAnswer(Answer):
    """Everything that is kept about a person: rows by table."""

    person: IdText
    rows: dict[str, list[dict[str, Any]]]


def _add(kind: KeptKind[Any]) -> None:
    name, path = kind.word, kind.path
    export = operation("people", f"Export: {name}", answer=ExportAnswer, errors=[404])
    erase = operation("people", f"Erase: {name}", status=204, changes=True)

    @router.get(path + "/{id}/export", name=f"export {name}", **export)
    def exporting(request: Request, id: Identity) -> Response:  # noqa: A002
        """Give out everything that is kept about a person."""
        read_query(request, Query)
        actor = actor_of(request)
        with services_of(request).database.read() as session:
            within(kind, session, actor, id)
            rows = people.export(session, actor, id)
        note_views(request, [id], "export")
        return JSONResponse({"person": id, "rows": rows})

    @router.post(path + "/{id}/erase", name=f"erase {name}", **erase)
    def erasing(request: Request, id: Identity) -> Response:  # noqa: A002
        """Erase a person; trips stay as anonymous counts, and nothing else stays anywhere."""
        read_query(request, Query)
        actor, version = actor_of(request), expected_version(request)
        services = services_of(request)
        with services.database.read() as session, stale_as_view(kind, actor):
            record = within(kind, session, actor, id)
            if record.version != version:
                raise stale_version(name, version, record, record.version)
        office = services.office
        people.erase(office, actor.organisation, id, actor=actor, ledger=office.ledger)
        return nothing()


_add(PARTICIPANTS)
_add(DRIVERS)
