"""What is wrong with one value, said inside the models and turned into problems outside them."""

from collections.abc import Callable, Iterator
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

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


def problems_of(
    error: ValidationError,
    model: type[BaseModel],
    raw: object,
    at: tuple[Part, ...],
    suggester: Suggester,
) -> Iterator[Problem]:
    """Tell every mistake of one object.

    Parameters
    ----------
    error
        What validation raised.
    model
        The model that was asked, for the names of its keys.
    raw
        The object as it stands in the file.
    at
        Place of the object inside the document.
    suggester
        Finds the key that may have been meant.

    Yields
    ------
    Problem
        In the order of the keys.
    """
    details = error.errors(include_url=False)
    meant = _meant(details, model, suggester)
    named_otherwise = {(*loc[:-1], key) for loc, key in meant.items()}
    for detail in details:
        where = pointer((*at, *detail["loc"]))
        if detail["type"] == "extra_forbidden":
            keys = keys_at(model, detail["loc"][:-1])
            yield _unknown_key(str(detail["loc"][-1]), meant.get(detail["loc"]), keys, where)
        # A key that is only misspelt is not missing as well.
        elif detail["type"] != "missing" or detail["loc"] not in named_otherwise:
            yield _problem_of(detail, raw, where)


def _meant(
    details: list[ErrorDetails], model: type[BaseModel], suggester: Suggester
) -> dict[tuple[Part, ...], str]:
    """Guess for each unknown key which one was meant."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    guesses = {loc: suggester.closest(str(loc[-1]), keys_at(model, loc[:-1])) for loc in unknown}
    return {loc: key for loc, key in guesses.items() if key is not None}


def _problem_of(detail: ErrorDetails, raw: object, where: str) -> Problem:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in INPUT_CODES or kind in TRAVEL_CODES:
        shown = shorten(value_at(raw, detail["loc"]))
        return problem(kind, where, shown, context["expected"], context["remedy"])
    if kind == "missing":
        return problem("missing-key", where, "rien", f"la clé « {detail['loc'][-1]} »")
    if kind == "string_unicode" and isinstance(value_at(raw, detail["loc"]), dict):
        # The key itself is broken, and the place named is the object around it.
        where = f"{where}{pointer((str(value),))}"
    slug, expected = _VERDICTS.get(kind, _other)(context)
    if isinstance(value, Unusable):
        slug = "not-a-number"
    return problem(slug, where, shorten(value), expected)


def _other(_: dict[str, Any]) -> tuple[str, str]:
    return "wrong-type", "une valeur d’une autre forme"


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", " ou ")


def _unknown_key(key: str, near: str | None, keys: tuple[str, ...], where: str) -> Problem:
    if near is None:
        return problem("unknown-key", where, shorten(key), "une des clés " + ", ".join(keys))
    remedy = f"Écrivez « {near} » si c’est ce que vous vouliez dire."
    return problem("unknown-key", where, shorten(key), f"« {near} »", remedy)


def value_at(raw: Any, loc: tuple[Part, ...]) -> object:
    """Return what stands at a place of a document.

    Parameters
    ----------
    raw
        Dictionaries and lists.
    loc
        Keys and positions; all but the last exist.

    Returns
    -------
    object
        None when the last key is missing.
    """
    for part in loc:
        raw = raw.get(part) if isinstance(raw, dict) else raw[part]
    return raw


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
