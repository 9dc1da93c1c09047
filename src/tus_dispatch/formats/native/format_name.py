"""A file says what it is; one that says something else is not looked at any further."""

from collections.abc import Mapping
from typing import Any

from tus_dispatch.errors import InputError
from tus_dispatch.formats.native.decode import Decoded
from tus_dispatch.formats.native.problems import problem, shorten


def expect_format(decoded: Decoded, name: str, source: str) -> Mapping[str, Any]:
    """Return the object a file holds, if it may be the one expected.

    Parameters
    ----------
    decoded
        The file as plain data.
    name
        Format expected, such as ``tus-scenario/1``.
    source
        Name of the file, for messages.

    Returns
    -------
    Mapping
        A missing format is left to be told with everything else.

    Raises
    ------
    InputError
        When the file holds no object, or names another format or version:
        then everything else would be noise.
    """
    data = decoded.data
    if not isinstance(data, Mapping):
        raise InputError(source, (problem("wrong-type", source, shorten(data), "un objet { … }"),))
    found = data.get("format")
    if isinstance(found, str) and found != name:
        family = name.split("/", maxsplit=1)[0]
        slug = "newer-format" if found.startswith(f"{family}/") else "other-format"
        raise InputError(source, (problem(slug, "/format", shorten(found), f'"{name}"'),))
    return data
