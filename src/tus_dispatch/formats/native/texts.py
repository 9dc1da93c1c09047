"""Texts and ids of the files: bounded, printable, and without social security numbers."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from tus_dispatch.formats.native.refusal import refusal

RESERVED_IDS = ("depot", "home")
_LONGEST_ID = 64
_LONGEST_REFERENCE = 80
_LONGEST_TEXT = 200
_LONGEST_NOTE = 2_000

# Thirteen digits, or fifteen with the control key, in one piece or in the groups
# people write. A phone number starts with 0 or +, so it is never taken for one.
_NATIONAL_NUMBER = re.compile(
    r"(?<![0-9A-Za-z+])[1-478](?:"
    r"[0-9]{4}(?:[0-9]{2}|2[ABab])[0-9]{6}(?:S?[0-9]{2})?|"
    r"S[0-9]{2}S[0-9]{2}S(?:[0-9]{2}|2[ABab])S[0-9]{3}S[0-9]{3}(?:S[0-9]{2})?"
    r")(?![0-9])".replace("S", r"[ .\-\u00a0\u202f]")
)
# They turn the rest of a line around and can hide what a name says.
_TURNS_A_LINE = {"RLE", "LRE", "RLO", "LRO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


def find_national_number(text: str) -> str | None:
    """Return the first thing in a text that looks like a social security number.

    Parameters
    ----------
    text
        Free text of a file.

    Returns
    -------
    str or None
        As written, or None.

    Examples
    --------
    >>> find_national_number("dossier 2 85 05 78 006 084 36")
    '2 85 05 78 006 084 36'
    >>> find_national_number("0033 6 39 98 12 34")
    """
    match = _NATIONAL_NUMBER.search(text)
    return match[0] if match else None


def _expect_clean(text: str, longest: int, allowed: str = "") -> str:
    if not text.strip():
        raise refusal("unusable-text", "un texte non vide")
    if len(text) > longest:
        raise refusal("unusable-text", f"au plus {longest} caractères")
    if not text.isprintable() and any(_is_refused(c) for c in text if c not in allowed):
        raise refusal("unusable-text", "un texte sans caractère de contrôle")
    return text


def _is_refused(character: str) -> bool:
    return (
        unicodedata.category(character) in _REFUSED_CATEGORIES
        or unicodedata.bidirectional(character) in _TURNS_A_LINE
    )


def _expect_no_national_number(text: str) -> str:
    if find_national_number(text):
        raise refusal("national-number", "un texte sans numéro de sécurité sociale")
    return text


def _name(text: str) -> str:
    # An empty name says that nothing is known, which is allowed.
    return _text(text) if text else text


def _text(text: str) -> str:
    return _expect_no_national_number(_expect_clean(text, _LONGEST_TEXT))


def _note(text: str) -> str:
    return _expect_no_national_number(_expect_clean(text, _LONGEST_NOTE, allowed="\n\t"))


def _word(text: str) -> str:
    return _expect_clean(text, _LONGEST_ID)


def _reference(text: str) -> str:
    return _expect_clean(text, _LONGEST_REFERENCE)


def _sentence(text: str) -> str:
    return _expect_clean(text, _LONGEST_NOTE)


def _id(text: str) -> str:
    if not 1 <= len(text) <= _LONGEST_ID:
        raise refusal("unusable-id", f"1 à {_LONGEST_ID} caractères")
    if any(c in ":/\\" or not c.isprintable() for c in text):
        raise refusal("unusable-id", "ni deux-points, ni barre oblique, ni caractère de contrôle")
    if text != text.strip() or not any(c.isalnum() for c in text):
        raise refusal("unusable-id", "une lettre ou un chiffre, sans espace au bord")
    return text


def is_id(text: object) -> bool:
    """Tell whether a value could be an id at all.

    Parameters
    ----------
    text
        Any value of a file.

    Returns
    -------
    bool
        False where reading the value reports a mistake of its own.
    """
    try:
        return isinstance(text, str) and bool(_id(text))
    except ValueError:
        return False


def _place_id(text: str) -> str:
    if text in RESERVED_IDS:
        raise refusal("unusable-id", "autre chose que depot ou home, qui sont réservés")
    return text


# What a schema can say of an id and an editor can check while somebody types.
_ID_SCHEMA = {
    "type": "string",
    "pattern": r"^[^:/\\]{1,64}$",
    "description": "1 to 64 characters, no colon, slash, backslash or control character.",
}

Name = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": "string", "maxLength": 200})]
Text = Annotated[
    str, AfterValidator(_text), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})
]
Note = Annotated[
    str,
    AfterValidator(_note),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 2000}),
]
Word = Annotated[
    str, AfterValidator(_word), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 64})
]
Words = Annotated[list[Word], Field(max_length=50)]
# A name of something, known or not, and a sentence of the program: nobody types them.
Reference = Annotated[
    str,
    AfterValidator(_reference),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 80}),
]
Sentence = Annotated[
    str,
    AfterValidator(_sentence),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 2000}),
]
Id = Annotated[str, AfterValidator(_id), WithJsonSchema(_ID_SCHEMA)]
NewPlaceId = Annotated[
    str, AfterValidator(_id), AfterValidator(_place_id), WithJsonSchema(_ID_SCHEMA)
]
# The id of a person is where such a number is most likely to be used as a key.
PersonId = Annotated[
    str, AfterValidator(_id), AfterValidator(_expect_no_national_number), WithJsonSchema(_ID_SCHEMA)
]
