"""Answers in JSON, and which format somebody wants."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.errors import ApiError, failure, problem_document
from tus_dispatch.api.etags import etag
from tus_dispatch.api.v1.schemas.base import utc_text
from tus_dispatch.domain.record import Page, Record


def kept_data(record: Record[Any]) -> dict[str, Any]:
    """Write what every kept thing has beside its fields.

    Parameters
    ----------
    record
        Any record.

    Returns
    -------
    dict
        Identity, version and instants.
    """
    return {
        "id": record.id,
        "version": record.version,
        "created_at": utc_text(record.created_at),
        "changed_at": utc_text(record.changed_at),
    }


def one(data: Mapping[str, Any], version: int, status: int = 200, path: str = "") -> JSONResponse:
    """Answer with one thing and its ETag.

    Parameters
    ----------
    data
        All its fields.
    version
        Of the record.
    status
        200 or 201.
    path
        Where it is, for a new one.

    Returns
    -------
    JSONResponse
        With ``ETag``, and ``Location`` for a new one.
    """
    headers = {"ETag": etag(version), **({"Location": path} if path else {})}
    return JSONResponse(dict(data), status, headers)


def page_data(page: Page[Any], entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Write a page of a list.

    Parameters
    ----------
    page
        With its cursor.
    entries
        Written already.

    Returns
    -------
    dict
        ``items`` and ``next_cursor``.
    """
    return {"items": entries, "next_cursor": page.next_cursor}


def nothing() -> Response:
    """Answer without content.

    Returns
    -------
    Response
        204.
    """
    return Response(status_code=204)


def problem_response(error: ApiError, request: Request) -> JSONResponse:
    """Answer with a problem document.

    Parameters
    ----------
    error
        What happened.
    request
        Whose path and number are named.

    Returns
    -------
    JSONResponse
        ``application/problem+json``.
    """
    request_id = getattr(request.state, "request_id", "-")
    document = problem_document(error, request.url.path, request_id)
    headers = dict(error.headers)
    return JSONResponse(document, error.status, headers, media_type="application/problem+json")


def wanted_format(request: Request, offered: Mapping[str, str], asked: str | None) -> str:
    """Choose a format by ``?format=``, else by the Accept header.

    Parameters
    ----------
    request
        With its Accept header.
    offered
        Media type by the word of the format; the first where nobody minds.
    asked
        Word from the query, or None.

    Returns
    -------
    str
        A key of ``offered``.

    Raises
    ------
    ApiError
        406 when nothing fits.
    """
    if asked is not None:
        return asked
    best, best_weight = None, 0.0
    accept = request.headers.get("accept") or "*/*"
    for word, media in offered.items():
        weight = _weight(accept, media)
        if weight > best_weight:
            best, best_weight = word, weight
    if best is None:
        expected = ", ".join(offered.values())
        raise failure(
            "format-not-offered", "Ce format n’est pas proposé.", "header:Accept", expected
        )
    return best


def _weight(accept: str, media: str) -> float:
    """Return how much a media type is wanted; the most exact range counts."""
    kind, found = media.split("/", maxsplit=1)[0], (0, 0.0)
    for part in accept.split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        exactness = {media: 3, f"{kind}/*": 2, "*/*": 1}.get(name.lower(), 0)
        if exactness > found[0]:
            found = (exactness, _quality(parameters))
    return found[1]


def _quality(parameters: list[str]) -> float:
    for each in parameters:
        if each.startswith("q="):
            try:
                return min(max(float(each[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
