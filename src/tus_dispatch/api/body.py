"""A body is read as our files are: strictly, with all its mistakes at once."""

from email.message import Message
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from tus_dispatch.api.errors import ApiError, failure, told_of
from tus_dispatch.api.registers import code_of
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.native.decode import decode
from tus_dispatch.formats.native.problems import Suggester, problem, shorten
from tus_dispatch.formats.native.refusal import problems_of

ModelT = TypeVar("ModelT", bound=BaseModel)
# Ordinary bodies hold one thing; a whole day may be as large as its file.
MOST_TOLD = 100
SMALL_BODY_BYTES = 256 * 1024
LARGE_BODY_BYTES = 32 * 1024 * 1024


async def small_body(request: Request) -> dict[str, Any]:
    """Read the JSON object in the body of a request about one thing.

    Parameters
    ----------
    request
        What came in.

    Returns
    -------
    dict
        Plain data, without doubled keys or numbers that are none.

    Raises
    ------
    ApiError
        413, 415 or 422.
    """
    return decoded_object(await _bytes(request, SMALL_BODY_BYTES))


async def large_body(request: Request) -> dict[str, Any]:
    """Read the JSON object in the body of a request that may carry a day.

    Parameters
    ----------
    request
        What came in.

    Returns
    -------
    dict
        As ``small_body``, up to 32 MiB.
    """
    return decoded_object(await _bytes(request, LARGE_BODY_BYTES))


async def _bytes(request: Request, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    _expect_json(request.headers.get("content-type", ""))
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        parts.append(part)
    return b"".join(parts)


def _too_large(limit: int) -> ApiError:
    # The rest of the body is never read, so the connection cannot be used again.
    expected = f"au plus {limit // 1024} Kio"
    detail = "La demande est trop volumineuse."
    return failure("body-too-large", detail, expected=expected, headers={"Connection": "close"})


def _expect_json(declared: str) -> None:
    message = Message()
    message["content-type"] = declared
    if message.get_content_type() != "application/json":
        field = "header:Content-Type"
        raise failure("body-not-json", "La demande n’est pas en JSON.", field, "application/json")


def decoded_object(content: bytes) -> dict[str, Any]:
    """Decode the bytes of a body.

    Parameters
    ----------
    content
        UTF-8.

    Returns
    -------
    dict
        The object.

    Raises
    ------
    ApiError
        When it is not JSON, names a key twice, or is not an object.
    """
    try:
        decoded = decode(content, "body")
    except InputError as error:
        raise unprocessable(error.problems) from error
    if decoded.problems:
        raise unprocessable(decoded.problems)
    if not isinstance(decoded.data, dict):
        told = problem("wrong-type", "", shorten(decoded.data), "un objet { … }")
        raise unprocessable((told,))
    return decoded.data


def read_shape(model: type[ModelT], data: object, context: object = None) -> ModelT:
    """Check plain data against a model.

    Parameters
    ----------
    model
        What is expected.
    data
        Plain data.
    context
        What its validators may need.

    Returns
    -------
    BaseModel
        An instance of the model.

    Raises
    ------
    ApiError
        422 with every mistake.
    """
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        problems = tuple(problems_of(error, model, data, (), Suggester()))
        raise unprocessable(problems) from error


def unprocessable(problems: tuple[Problem, ...]) -> ApiError:
    """Make a 422 of mistakes in an input.

    Parameters
    ----------
    problems
        At least one.

    Returns
    -------
    ApiError
        To be raised.
    """
    told = tuple(told_of(each, code_of(each.code)) for each in problems[:MOST_TOLD])
    return ApiError(422, told)
