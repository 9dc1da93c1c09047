"""Query parameters are read like bodies: none unknown, none twice, all mistakes at once."""

import re
from typing import Annotated, Any, TypeVar

from fastapi import Request
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tus_dispatch.api.body import MOST_TOLD, read_shape
from tus_dispatch.api.errors import ApiError, Told, failure
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape

QueryT = TypeVar("QueryT", bound="Query")
_WHOLE = re.compile(r"[0-9]{1,9}")


def _whole(value: object) -> object:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise _wrong("un nombre entier")


def _flag(value: object) -> object:
    if value in {"true", "false"}:
        return value == "true"
    raise _wrong("true ou false")


def _wrong(expected: str) -> PydanticCustomError:
    return refusal("wrong-type", expected)


def _cursor(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_=.~-]{1,500}", value):
        return value
    raise _wrong("le curseur next_cursor de la page précédente")


# Bounds come first: a schema written from the outside in would lose them.
Limit = Annotated[
    int, Field(ge=1, le=200, description="Most entries of a page."), BeforeValidator(_whole)
]
Position = Annotated[
    int,
    Field(ge=0, le=10**9, description="next_cursor of the page before."),
    BeforeValidator(_whole),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Cursor = Annotated[
    str,
    BeforeValidator(_cursor),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_=.~-]{1,500}$"}),
]


class Query(Shape):
    """Base of the parameters of a route; without any of its own it takes none."""


class PageQuery(Query):
    """Parameters of a list: it goes on where the page before ended."""

    limit: Limit = 50
    cursor: Annotated[Cursor | None, Field(description="next_cursor of the page before.")] = None


def read_query(request: Request, model: type[QueryT]) -> QueryT:
    """Read the parameters of a request.

    Parameters
    ----------
    request
        What came in.
    model
        What the route takes.

    Returns
    -------
    Query
        An instance of the model.

    Raises
    ------
    ApiError
        422 naming every parameter that is unknown, doubled or wrong.
    """
    pairs = request.query_params.multi_items()
    names = [name for name, _ in pairs]
    known = {field.alias or name for name, field in model.model_fields.items()}
    for name in names:
        if name not in known or names.count(name) > 1:
            raise _unknown(name, known)
    try:
        return read_shape(model, dict(pairs))
    except ApiError as error:
        raise ApiError(422, tuple(_in_query(told) for told in error.told[:MOST_TOLD])) from error


def query_parameters(model: type[Query]) -> list[dict[str, Any]]:
    """Describe the parameters of a route.

    Parameters
    ----------
    model
        What the route takes.

    Returns
    -------
    list of dict
        Parameter objects of OpenAPI.
    """
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    required = schema.get("required", [])
    parameters = []
    for name, inner in schema.get("properties", {}).items():
        described = {key: value for key, value in inner.items() if key != "title"}
        parameters.append(
            {"name": name, "in": "query", "required": name in required, "schema": _plain(described)}
        )
    return parameters


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Drop null from the choices: a parameter that is not given is left out."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) != 1:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**choices[0], **rest}


def _unknown(name: str, known: set[str]) -> ApiError:
    expected = ", ".join(sorted(known)) or "aucun paramètre"
    shown = name[:60]
    detail = f"Le paramètre {shown} n’existe pas ici, ou il est répété."
    return failure("unknown-parameter", detail, f"query:{shown}", expected)


def _in_query(told: Told) -> Told:
    name = (told.field or "").removeprefix("/")
    return Told(told.code, told.detail, f"query:{name}", told.expected, told.advice)
