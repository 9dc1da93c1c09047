"""JSON Schemas, generated from the shapes so that they cannot differ from what is read."""

from typing import Any

from tus_dispatch.formats.native.shape import Shape

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(shape: type[Shape], name: str) -> dict[str, Any]:
    """Return the JSON Schema of a file.

    Parameters
    ----------
    shape
        Of the whole file.
    name
        Name of the format, used as title.

    Returns
    -------
    dict
        Draft 2020-12.
    """
    schema = shape.model_json_schema(by_alias=True)
    return {"$schema": _DRAFT, **schema, "title": name}
