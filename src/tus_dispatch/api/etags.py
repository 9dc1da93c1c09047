"""An ETag names a version; whoever changes something must name the one that was read."""

import re
from typing import Any

from fastapi import Request

from tus_dispatch.api.errors import failure

_ETAG = re.compile(r'"([0-9]{1,15})"')
IF_MATCH_PARAMETER: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that was read. Missing: 428. No longer true: 412.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,15}"$'},
    "example": '"3"',
}


def etag(version: int) -> str:
    """Write the ETag of a version.

    Parameters
    ----------
    version
        Of a record, or revision of a day.

    Returns
    -------
    str
        The number in quotes.
    """
    return f'"{version}"'


def expected_version(request: Request) -> int:
    """Return the version a change was made for.

    Parameters
    ----------
    request
        With its ``If-Match`` header.

    Returns
    -------
    int
        The version named.

    Raises
    ------
    ApiError
        428 where the header is missing, 422 where it is not an ETag of ours.
    """
    header = request.headers.get("if-match")
    if header is None:
        detail = "La demande ne dit pas quelle version elle modifie."
        raise failure("if-match-missing", detail, "header:If-Match", 'un ETag, comme "3"')
    match = _ETAG.fullmatch(header)
    if match is None:
        detail = "L’en-tête If-Match n’est pas un ETag de ce service."
        raise failure("unusable-if-match", detail, "header:If-Match", 'un ETag, comme "3"')
    return int(match[1])
