"""Whether the service answers, and whether anything can be written."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

import tus_dispatch
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import services_of
from tus_dispatch.api.v1.schemas.base import Answer
from tus_dispatch.store import organisations

router = APIRouter()


class HealthAnswer(Answer):
    """How the service is; nothing about people or the machine."""

    status: Literal["ok", "read-only"]
    version: str


@router.get("/health", **operation("health", "Whether it runs", answer=HealthAnswer))
def health(request: Request) -> Response:
    """Read from the database, and tell whether it may be written."""
    read_query(request, Query)
    database = services_of(request).database
    with database.read() as session:
        organisations.all_of(session)
    status = "read-only" if database.is_read_only else "ok"
    return JSONResponse({"status": status, "version": tus_dispatch.__version__})
