"""The OpenAPI document: every operation with its examples, and every error it may answer."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypedDict, Unpack

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import tus_dispatch
from tus_dispatch.api.codes import CODES
from tus_dispatch.api.errors import STATUS, ApiError, Told, problem_document
from tus_dispatch.api.etags import IF_MATCH_PARAMETER
from tus_dispatch.api.idempotency import KEY_PARAMETER
from tus_dispatch.api.query import Query, query_parameters
from tus_dispatch.api.registers import code_of
from tus_dispatch.api.v1.schemas.changes import changes_name, changes_schema
from tus_dispatch.api.v1.schemas.problem import ProblemDocument
from tus_dispatch.desk.access import ACCESS
from tus_dispatch.errors import Code

_PROBLEM = "application/problem+json"
# A code that shows what an error of this status looks like.
_SHOWN: dict[int, str] = {
    400: "TUS-1507",
    401: "TUS-1521",
    403: "TUS-1522",
    404: "TUS-5003",
    406: "TUS-1504",
    409: "TUS-5004",
    412: "TUS-5002",
    413: "TUS-1502",
    415: "TUS-1503",
    422: "TUS-1012",
    428: "TUS-1508",
    429: "TUS-5502",
    503: "TUS-5009",
}
_ABOUT = """\
Bookings in, itineraries out. Times are RFC 3339 with offset, durations are seconds,
distances metres, money cents. Unknown keys are refused. Every error is a problem
document with a code of docs/errors.md. Lists come in pages; `next_cursor` leads to
the next. Whoever creates something sends an `Idempotency-Key`; whoever changes
something sends the ETag that was read as `If-Match`."""
_SECURITY_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A session, an API token, or the session of a driver's link.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-tus",
        "description": "A session of a browser; changes must come from pages of this service.",
    },
}


# Shapes of all bodies and answers, by the name they have in the document.
_SHAPES: dict[str, type[BaseModel]] = {"ProblemDocument": ProblemDocument}
_PARTIALS: dict[str, str] = {}


class Traits(TypedDict, total=False):
    """What may be said of an operation.

    Attributes
    ----------
    answer
        Models of the answer, any of them, content by media type, or absent
        for no content.
    status
        Of success, 200 by default.
    body
        Models of the request, any of them; absent without a body.
    query
        Parameters the route takes.
    also
        Further media types of the answer, with what each is.
    errors
        Further statuses it may answer.
    creates
        Whether an ``Idempotency-Key`` is needed.
    changes
        Whether ``If-Match`` is needed.
    partial
        Model of which the request holds any fields.
    """

    answer: type[BaseModel] | tuple[type[BaseModel], ...] | Mapping[str, Any]
    status: int
    body: type[BaseModel] | tuple[type[BaseModel], ...]
    query: type[Query]
    also: Mapping[str, str]
    errors: Iterable[int]
    creates: bool
    changes: bool
    partial: type[BaseModel]


def operation(tag: str, summary: str, **traits: Unpack[Traits]) -> dict[str, Any]:
    """Describe a route for FastAPI's decorators.

    Parameters
    ----------
    tag, summary
        Group and one line.
    **traits
        As ``Traits``.

    Returns
    -------
    dict
        Keyword arguments.
    """
    status, answer = traits.get("status", 200), traits.get("answer")
    parameters = query_parameters(traits.get("query", Query))
    if traits.get("creates"):
        parameters.append(KEY_PARAMETER)
    if traits.get("changes"):
        parameters.append(IF_MATCH_PARAMETER)
    extra: dict[str, Any] = {"parameters": parameters} if parameters else {}
    if (body := _body_of(traits)) is not None:
        extra["requestBody"] = {"required": True, "content": {"application/json": body}}
    success = _success(answer, status)
    for media, about in traits.get("also", {}).items():
        success["content"][media] = {"schema": {"type": "string", "description": about}}
    return {
        "tags": [tag],
        "summary": summary,
        "status_code": status,
        "response_model": None,
        "responses": {status: success, **_problems(_statuses(traits))},
        "openapi_extra": extra,
    }


def _statuses(traits: Traits) -> set[int]:
    statuses = {401, 403, 422, *traits.get("errors", ())}
    if traits.get("creates"):
        statuses |= {400, 409, 503}
    if traits.get("changes"):
        statuses |= {404, 409, 412, 428, 503}
    if "body" in traits or "partial" in traits:
        statuses |= {413, 415}
    return statuses


def _body_of(traits: Traits) -> dict[str, Any] | None:
    if "partial" in traits:
        whole = traits["partial"]
        _SHAPES[whole.__name__] = whole
        _PARTIALS[changes_name(whole)] = whole.__name__
        return {"schema": {"$ref": f"#/components/schemas/{changes_name(whole)}"}}
    if "body" not in traits:
        return None
    body = traits["body"]
    return _any(body if isinstance(body, tuple) else (body,))


def _any(models: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    examples = [_example(model) for model in models]
    shown = {f"example {n}": {"value": each} for n, each in enumerate(examples, 1) if each}
    return {"schema": _schema(models), **({"examples": shown} if shown else {})}


def _schema(models: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    refs = [_ref(model) for model in models]
    return dict(refs[0]) if len(refs) == 1 else {"oneOf": refs}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    if _SHAPES.setdefault(model.__name__, model) is not model:
        raise TypeError(f"two shapes of the document are called {model.__name__}")
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _example(model: type[BaseModel]) -> Any:
    extra = model.model_config.get("json_schema_extra")
    examples = extra.get("examples", []) if isinstance(extra, dict) else []
    return examples[0] if isinstance(examples, list) and examples else None


def _success(
    answer: type[BaseModel] | tuple[type[BaseModel], ...] | Mapping[str, Any] | None, status: int
) -> dict[str, Any]:
    about = {"description": HTTPStatus(status).phrase, "headers": {"X-Request-Id": _text_header()}}
    if answer is None:
        return about
    if isinstance(answer, Mapping):
        return about | {"content": dict(answer)}
    models = answer if isinstance(answer, tuple) else (answer,)
    return about | {"content": {"application/json": {"schema": _schema(models)}}}


def _text_header() -> dict[str, Any]:
    return {"description": "Number to search the log by.", "schema": {"type": "string"}}


def _problems(statuses: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {status: _problem(status) for status in sorted(statuses)}


def _problem(status: int) -> dict[str, Any]:
    code = code_of(_SHOWN[status])
    error = ApiError(status, (Told(code, code.cause),))
    example = problem_document(error, "/v1/…", "7f3kq2m5x8w4")
    return {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(_codes_of(status, code))}",
        "content": {_PROBLEM: {"schema": _ref(ProblemDocument), "example": example}},
    }


def _codes_of(status: int, shown: Code) -> list[str]:
    own = [CODES[slug].code for slug, each in STATUS.items() if each == status]
    return sorted({*own, shown.code})


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """Write the document of an application.

    Parameters
    ----------
    app
        With all its routes.

    Returns
    -------
    dict
        OpenAPI 3.1, complete: schemas of bodies and answers, security and
        roles of every operation.
    """
    document = get_openapi(
        title="tus-dispatch",
        version=tus_dispatch.__version__,
        openapi_version="3.1.0",
        description=_ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        routes=app.routes,
    )
    shared: dict[str, Any] = {}
    for path, operations in document["paths"].items():
        for method, described in operations.items():
            _secure(described, method.upper(), path)
            _share(described["responses"], shared)
    _, top = models_json_schema(
        [(model, "validation") for model in _SHAPES.values()],
        ref_template="#/components/schemas/{model}",
    )
    components = document.setdefault("components", {})
    schemas = top["$defs"]
    schemas |= {name: changes_schema(schemas[whole]) for name, whole in _PARTIALS.items()}
    components["schemas"] = dict(sorted(schemas.items()))
    components["responses"] = dict(sorted(shared.items()))
    components["securitySchemes"] = _SECURITY_SCHEMES
    return document


def _share(responses: dict[str, Any], shared: dict[str, Any]) -> None:
    """Say each kind of error once, and point to it."""
    for status, described in responses.items():
        if _PROBLEM in described.get("content", {}):
            name = f"Problem{status}"
            shared[name] = described
            responses[status] = {"$ref": f"#/components/responses/{name}"}


def _secure(described: dict[str, Any], method: str, path: str) -> None:
    access = ACCESS[method, path]
    if access.is_public:
        described["security"] = []
        return
    described["security"] = [{"bearer": []}, {"cookie": []}]
    described["x-roles"] = sorted(role.value for role in access.roles)
    if access.scope is not None:
        described["x-scope"] = access.scope
