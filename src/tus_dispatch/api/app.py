"""The application: routes, guard, and one shape for every error."""

import logging
from collections.abc import Iterator
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Route

import tus_dispatch
from tus_dispatch.api.answers import problem_response
from tus_dispatch.api.documents import openapi_document
from tus_dispatch.api.errors import ApiError, api_error_of, failure
from tus_dispatch.api.guard import guard
from tus_dispatch.api.headers import Envelope, own_headers
from tus_dispatch.api.services import Secrets, Services
from tus_dispatch.api.v1.routers import ROUTERS
from tus_dispatch.desk.access import expect_complete
from tus_dispatch.desk.live.office import Office
from tus_dispatch.errors import TusError

LOG = logging.getLogger("tus_dispatch.api")


def create_app(office: Office, secrets: Secrets) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    office
        The desk with its database and jobs.
    secrets
        Keys of the installation.

    Returns
    -------
    FastAPI
        Ready to serve.

    Raises
    ------
    RouteWithoutAccessError
        When the table of access and the routes differ.
    """
    app = bare_app()
    app.state.services = Services(office, secrets)
    return app


def bare_app() -> FastAPI:
    """Make the application without what its handlers work with, for its document.

    Returns
    -------
    FastAPI
        With all routes.

    Raises
    ------
    RouteWithoutAccessError
        When the table of access and the routes differ.
    """
    app = FastAPI(
        title="tus-dispatch",
        version=tus_dispatch.__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
    )
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.append(Route("/openapi.json", _document, methods=["GET"]))
    expect_complete({*_routes(), ("GET", "/openapi.json")})
    app.add_exception_handler(TusError, _told)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Exception, _unforeseen)
    app.add_middleware(Envelope)
    return app


def _routes() -> Iterator[tuple[str, str]]:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, Route):
                yield from ((method, route.path) for method in route.methods or ())


def _document(request: Request) -> JSONResponse:
    document: dict[str, Any] | None = getattr(request.app.state, "document", None)
    if document is None:
        document = request.app.state.document = openapi_document(request.app)
    return JSONResponse(document)


def _told(request: Request, error: Exception) -> JSONResponse:
    told = api_error_of(error) if isinstance(error, TusError) else None
    return _unforeseen(request, error) if told is None else problem_response(told, request)


def _no_route(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 404
    headers = dict(getattr(error, "headers", None) or {})
    told = failure("no-such-route", "Cette adresse ne mène nulle part.").told
    return problem_response(ApiError(status, told, headers), request)


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    # The kind of error and where it happened, never its text: it may hold names.
    frames = _frames(error)
    number = getattr(request.state, "request_id", "-")
    LOG.error("request=%s %s at %s", number, type(error).__name__, frames)
    told = failure("unforeseen", "Une erreur imprévue s’est produite.").told
    response = problem_response(ApiError(500, told), request)
    # This answer is made outside of the envelope.
    response.raw_headers += own_headers(number, is_secure=request.url.scheme == "https")
    return response


def _frames(error: BaseException) -> str:
    frame, places = error.__traceback__, []
    while frame is not None:
        code = frame.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno}:{code.co_name}")
        frame = frame.tb_next
    return " < ".join(reversed(places[-8:]))
