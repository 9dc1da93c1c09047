"""Every error leaves as a problem document (RFC 9457); one table says with which status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tus_dispatch.api.codes import CODES
from tus_dispatch.api.registers import code_of
from tus_dispatch.desk.live.refusing import RefusedError, entry_of
from tus_dispatch.errors import (
    Code,
    ConflictError,
    IdempotencyMismatchError,
    InputError,
    KeptError,
    NotFoundError,
    Problem,
    ReadOnlyError,
    StaleVersionError,
    TusError,
)

# What each class of errors is answered with; the first that fits counts.
STATUS_OF_CLASS: tuple[tuple[type[TusError], int], ...] = (
    (InputError, 422),
    (NotFoundError, 404),
    (StaleVersionError, 412),
    (IdempotencyMismatchError, 422),
    (ReadOnlyError, 503),
    (ConflictError, 409),
)
# What a code of the API's own register is answered with.
STATUS: dict[str, int] = {
    "no-such-route": 404,
    "body-too-large": 413,
    "body-not-json": 415,
    "format-not-offered": 406,
    "unknown-parameter": 422,
    "idempotency-key-missing": 400,
    "if-match-missing": 428,
    "unusable-if-match": 422,
    "field-not-yours": 422,
    "referral-missing": 422,
    "other-date": 422,
    "home-missing": 422,
    "zone-not-sent": 422,
    "not-signed-in": 401,
    "not-allowed": 403,
    "other-site": 403,
    "wrong-credentials": 401,
    "second-factor-needed": 401,
    "weak-password": 422,
    "unusable-link": 401,
    "insecure-address": 403,
    "still-running": 409,
    "too-often": 429,
    "unforeseen": 500,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a problem document says beside its status.

    Attributes
    ----------
    code
        Entry of a register.
    detail
        French sentence about this case.
    field
        JSON pointer into the body, or ``query:``, ``path:`` or ``header:`` and
        a name; None where no single value is to blame.
    expected
        French phrase naming what was expected, or None.
    advice
        French sentence saying what to do; that of the code where empty.
    """

    code: Code
    detail: str
    field: str | None = None
    expected: str | None = None
    advice: str = ""


@dataclass(slots=True)
class ApiError(TusError):
    """A request ends here.

    Attributes
    ----------
    status
        Of the answer.
    told
        What is said; the first is the one in the head of the document.
    headers
        Beside the usual ones.
    more
        Further members of the document, such as the current state.
    """

    status: int
    told: tuple[Told, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Name the code, which is all a log may know."""
        return f"{self.status} {self.told[0].code.code}"


def failure(
    slug: str,
    detail: str,
    field: str | None = None,
    expected: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> ApiError:
    """Make the error for one code of the API's own register.

    Parameters
    ----------
    slug
        Key of ``api.codes.CODES``.
    detail
        French sentence about this case.
    field
        What is to blame.
    expected
        French phrase.
    headers, more
        Further headers and members.

    Returns
    -------
    ApiError
        To be raised.
    """
    told = Told(CODES[slug], detail, field, expected)
    return ApiError(STATUS[slug], (told,), headers or {}, more or {})


def api_error_of(error: TusError) -> ApiError | None:
    """Turn an error of the layers below into an answer.

    Parameters
    ----------
    error
        Any error of ours.

    Returns
    -------
    ApiError or None
        None for one that no caller can do anything about.
    """
    if isinstance(error, ApiError):
        return error
    if isinstance(error, RefusedError):
        return _refused(error)
    status = next((each for kind, each in STATUS_OF_CLASS if isinstance(error, kind)), None)
    if isinstance(error, InputError):
        problems: tuple[Problem, ...] = error.problems
    elif isinstance(error, KeptError):
        problems = (error.problem,)
    else:
        return None
    if status is None:
        return None
    headers = {"Retry-After": "30"} if status == 503 else {}
    told = tuple(told_of(each, code_of(each.code)) for each in problems[:100])
    return ApiError(status, told, headers)


def _refused(error: RefusedError) -> ApiError:
    """Tell a refusal with its reasons, and what would be lawful instead."""
    told = tuple(Told(entry_of(each), each.sentence, error.field) for each in error.reasons)
    # What somebody else has already is a conflict; the rest is not for anybody.
    status = 409 if told[0].code.code.startswith("TUS-5") else 422
    instead = [
        {
            "direction": each.direction.value,
            "origin": each.origin,
            "destination": each.destination,
        }
        for each in error.instead
    ]
    return ApiError(status, told, more={"alternatives": instead} if instead else {})


def problem_document(error: ApiError, instance: str, request_id: str) -> dict[str, Any]:
    """Write an error as a problem document.

    Parameters
    ----------
    error
        What happened.
    instance
        Path of the request.
    request_id
        By which the log can be searched.

    Returns
    -------
    dict
        Members of RFC 9457 and our own; ``problems`` tells every mistake.
    """
    first = error.told[0]
    return {
        "type": f"urn:tus-dispatch:{first.code.slug}",
        "title": first.code.cause,
        "status": error.status,
        **_members(first),
        "instance": instance,
        "request_id": request_id,
        "problems": [_members(each) for each in error.told],
        **error.more,
    }


def told_of(problem: Problem, code: Code) -> Told:
    """Turn a mistake in an input into what a document says.

    Parameters
    ----------
    problem
        As the readers of files make them.
    code
        Its entry in the register.

    Returns
    -------
    Told
        With the value found in the detail.
    """
    detail = f"Reçu {problem.value}, attendu {problem.expected}."
    return Told(code, detail, problem.where or None, problem.expected, problem.remedy)


def _members(told: Told) -> dict[str, Any]:
    return {
        "code": told.code.code,
        "detail": told.detail,
        "field": told.field,
        "expected": told.expected,
        "advice": told.advice or told.code.remedy,
    }
