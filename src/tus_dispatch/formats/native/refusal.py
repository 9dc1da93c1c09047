"""What is wrong with one value, said inside the models and turned into problems outside them."""

from collections.abc import Callable, Iterator
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from tus_dispatch.errors import CODES as INPUT_CODES
from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.decode import Unusable
from tus_dispatch.formats.native.problems import Part, Suggester, pointer, problem, shorten
from tus_dispatch.network.codes import CODES as TRAVEL_CODES

_OWN = "refused"

# Kinds of mistakes the models find by themselves: our code, and what was expected.
_VERDICTS: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "string_type": lambda _: ("wrong-type", "un texte entre guillemets"),
    "int_type": lambda _: ("wrong-type", "un nombre entier"),
    "float_type": lambda _: ("wrong-type", "un nombre"),
    "bool_type": lambda _: ("wrong-type", "true ou false"),
    "list_type": lambda _: ("wrong-type", "une liste [ … ]"),
    "dict_type": lambda _: ("wrong-type", "un objet { … }"),
    "model_type": lambda _: ("wrong-type", "un objet { … }"),
    "none_required": lambda _: ("wrong-type", "null"),
    "finite_number": lambda _: ("not-a-number", "un nombre"),
    "greater_than_equal": lambda c: ("out-of-range", f"au moins {c['ge']}"),
    "less_than_equal": lambda c: ("out-of-range", f"au plus {c['le']}"),
    "too_short": lambda c: ("list-length", f"au moins {c['min_length']} dans cette liste"),
    "too_long": lambda c: ("list-length", f"au plus {c['max_length']} dans cette liste"),
    "enum": lambda c: ("unknown-choice", _choices(c)),
    "literal_error": lambda c: ("unknown-choice", _choices(c)),
    "string_unicode": lambda _: ("unusable-text", "un texte en caractères Unicode"),
    "invalid_key": lambda _: ("unusable-text", "le nom d’une clé"),
}


def refusal(slug: str, expected: str, remedy: str | None = None) -> PydanticCustomError:
    """Make the error a validator raises for the value it looks at.

    Parameters
    ----------
    slug
        Name in the register of codes.
    expected
        French phrase naming what was expected.
    remedy
        French sentence, where more can be said than the code does.

    Returns
    -------
    PydanticCustomError
        To be raised.
    """
    return PydanticCustomError(slug, _OWN, {"expected": expected, "remedy": remedy})


class Refusals:
    """Collects what is wrong inside one object, each with its place below it."""

    def __init__(self) -> None:
        self._details: list[InitErrorDetails] = []

    def add(self, loc: tuple[Part, ...], value: object, error: PydanticCustomError) -> None:
        """Note one mistake.

        Parameters
        ----------
        loc
            Keys below the object.
        value
            What was found there.
        error
            Made by ``refusal``.
        """
        self._details.append(InitErrorDetails(type=error, loc=loc, input=value))

    def raise_any(self) -> None:
        """Raise everything noted, or nothing.

        Raises
        ------
        ValidationError
            When there is at least one mistake.
        """
        if self._details:
            raise ValidationError.from_exception_data(_OWN, self._details)


def problems_of(
    error: ValidationError, model: type[BaseModel], at: tuple[Part, ...], suggester: Suggester
) -> Iterator[Problem]:
    """Tell every mistake of one object.

    Parameters
    ----------
    error
        What validation raised.
    model
        The model that was asked, for the names of its keys.
    at
        Place of the object inside the document.
    suggester
        Finds the key that may have been meant.

    Yields
    ------
    Problem
        In the order of the keys.
    """
    for detail in error.errors(include_url=False):
        where = pointer((*at, *detail["loc"]))
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(detail, keys_at(model, detail["loc"][:-1]), where, suggester)
        else:
            yield _problem_of(detail, where)


def _problem_of(detail: ErrorDetails, where: str) -> Problem:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in INPUT_CODES or kind in TRAVEL_CODES:
        return problem(kind, where, shorten(value), context["expected"], context["remedy"])
    if kind == "missing":
        return problem("missing-key", where, "rien", f"la clé « {detail['loc'][-1]} »")
    slug, expected = _VERDICTS[kind](context)
    if isinstance(value, Unusable):
        slug = "not-a-number"
    return problem(slug, where, shorten(value), expected)


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", " ou ")


def _unknown_key(
    detail: ErrorDetails, keys: tuple[str, ...], where: str, suggester: Suggester
) -> Problem:
    key = str(detail["loc"][-1])
    near = suggester.closest(key, keys)
    expected = f"« {near} »" if near else "une des clés " + ", ".join(keys)
    remedy = f"Écrivez « {near} » si c’est ce que vous vouliez dire." if near else None
    return problem("unknown-key", where, shorten(key), expected, remedy)


def keys_at(model: type[BaseModel], loc: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the keys an object may have, by its place below another.

    Parameters
    ----------
    model
        Of the outer object.
    loc
        Keys and positions from there.

    Returns
    -------
    tuple of str
        As they are written in the file.
    """
    for part in loc:
        if isinstance(part, str):
            model = _inner_model(_field(model, part))
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field.annotation
    raise KeyError(key)


def _inner_model(annotation: Any) -> type[BaseModel]:
    """Look through Optional, Annotated and list for the one model inside."""
    while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        else:
            annotation = next(each for each in get_args(annotation) if each is not NoneType)
    return annotation
