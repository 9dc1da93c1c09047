"""Shapes that follow from others: a page of answers, a change of some fields."""

from typing import Any, cast

from pydantic import BaseModel, create_model

from tus_dispatch.api.v1.schemas.base import Answer


def page_of(answer: type[Answer]) -> type[BaseModel]:
    """Return the shape of a page of a list.

    Parameters
    ----------
    answer
        Shape of its entries.

    Returns
    -------
    type
        ``items`` and ``next_cursor``, null at the end.
    """
    name = answer.__name__.removesuffix("Answer") + "Page"
    items: Any = list.__class_getitem__(answer)
    fields: dict[str, Any] = {"items": (items, ...), "next_cursor": (str | None, ...)}
    return cast("type[BaseModel]", create_model(name, __base__=Answer, **fields))


def changes_name(body: type[BaseModel]) -> str:
    """Return the name of the shape of a change.

    Parameters
    ----------
    body
        Shape of a new thing.

    Returns
    -------
    str
        ``PlaceChanges`` for ``PlaceBody``.
    """
    return body.__name__.removesuffix("Body") + "Changes"


def changes_schema(body: dict[str, Any]) -> dict[str, Any]:
    """Describe a change: any of the fields of a new thing, the others stay as they are.

    Parameters
    ----------
    body
        JSON Schema of a new thing.

    Returns
    -------
    dict
        JSON Schema in which nothing is required and nothing has a default.
    """
    properties = {
        name: {key: value for key, value in each.items() if key != "default"}
        for name, each in body["properties"].items()
    }
    kept = {key: body[key] for key in ("type", "additionalProperties") if key in body}
    about = "Fields that are not given stay as they are."
    return kept | {"description": about, "properties": properties, "minProperties": 1}
