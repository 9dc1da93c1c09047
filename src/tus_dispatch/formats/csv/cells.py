"""One cell of a spreadsheet: how each kind of value is written, and read as people type it."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from tus_dispatch.errors import TusError

LIST_SEPARATOR = "|"
# A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA = frozenset("=+-@\t\r\n")
_TRUE = frozenset({"oui", "o", "vrai", "true", "yes", "y", "x", "1"})
_FALSE = frozenset({"non", "n", "faux", "false", "no", "0"})
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:[.,]0+)?")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:hH]\s*(?P<minute>\d{2})?(?::(?P<second>\d{2}))?)"
    r"\s*(?P<mark>(?:\+1)?[ABab]?)"
)
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_CONFIGURATION = re.compile(r"(\d{1,3})(?:\s*\+\s*(\d{1,3}))?")


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    INSEE = "insee"
    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CLOCK = "clock"
    DATE = "date"
    LIST = "list"
    WHOLES = "wholes"
    CONFIGURATIONS = "configurations"


class CellError(TusError):
    """A cell has no value of its kind at all; the message is a French phrase saying what has."""


def plain(text: str) -> str:
    """Return a name without case, accents and punctuation, words joined by ``_``.

    Examples
    --------
    >>> plain(" Heure d'arrivée (aller) ")
    'heure_d_arrivee_aller'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def guarded(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula.

    An apostrophe in front is what a spreadsheet itself uses for this; it also
    keeps white space at the ends and the difference between empty and absent.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Awa"), guarded("")
    ("'=1+1", 'Awa', "'")
    """
    if not text or text[0] in _FORMULA or text[0] == "'" or text != text.strip():
        return "'" + text
    return text


def unguarded(cell: str) -> str:
    """Read back what :func:`guarded` wrote; other cells lose white space at their ends.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded(" 'Awa "), unguarded("'t Hooft")
    ('=1+1', "'Awa", "'t Hooft")
    """
    if not cell.startswith("'"):
        return cell.strip()
    rest = cell[1:]
    is_ours = not rest or rest[0] in _FORMULA or rest[0] == "'" or rest != rest.strip()
    return rest if is_ours else cell


def read_cell(cell: str, kind: Kind, words: Mapping[str, str]) -> object:
    """Turn a cell into the value the scenario file would have.

    Parameters
    ----------
    cell
        As it stands in the file, not blank.
    kind
        What the column holds.
    words
        French words for values, without case and accents.

    Returns
    -------
    object
        The value; the text itself where it is not of its kind, so that the
        scenario's own check names what was expected.

    Raises
    ------
    CellError
        When the scenario's check could not name the mistake.
    """
    text = unguarded(cell)
    if kind is Kind.TEXT:
        return words.get(plain(text), text)
    if kind is Kind.LIST:
        return _split(text)
    if kind is Kind.WHOLES:
        return [_read_whole(item) for item in _split(text)]
    if kind is Kind.CONFIGURATIONS:
        return _read_configurations(text)
    return _READERS[kind](text)


def write_cell(value: object, kind: Kind) -> str:
    """Write a value so that :func:`read_cell` returns it.

    Parameters
    ----------
    value
        As in the scenario file; None is an empty cell.
    kind
        What the column holds.

    Returns
    -------
    str
        Content of the cell, without quotes.
    """
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        # With a point, a French spreadsheet would take 1.15 for January.
        return str(value).replace(".", ",")
    if not isinstance(value, list):
        return guarded(str(value))
    if kind is Kind.CONFIGURATIONS:
        return LIST_SEPARATOR.join(f"{c['seats']}+{c.get('wheelchairs', 0)}" for c in value)
    return guarded(LIST_SEPARATOR.join(_escaped(str(item)) for item in value))


def _escaped(item: str) -> str:
    text = item.replace("\\", "\\\\").replace(LIST_SEPARATOR, "\\" + LIST_SEPARATOR)
    if text[:1].isspace():
        text = "\\" + text
    return text[:-1] + "\\" + text[-1] if text[-1:].isspace() and len(text) > 1 else text


def _split(text: str) -> list[str]:
    items: list[list[str]] = [[]]
    escaped = False
    for character in text:
        if character == LIST_SEPARATOR and not escaped:
            items.append([])
        elif character != "\\" or escaped:
            # White space is kept only behind a backslash; the mark goes below.
            items[-1].append(f"\\{character}" if escaped else character)
        escaped = character == "\\" and not escaped
    return [item for parts in items if (item := _joined(parts))]


def _joined(parts: list[str]) -> str:
    """Drop white space at the ends that is not marked, then the marks."""
    while parts and parts[0].isspace():
        parts = parts[1:]
    while parts and parts[-1].isspace():
        parts = parts[:-1]
    return "".join(part[-1] for part in parts)


def _read_configurations(text: str) -> list[dict[str, int]]:
    found = []
    for part in text.split(LIST_SEPARATOR):
        match = _CONFIGURATION.fullmatch(part.strip())
        if match is None:
            raise CellError("des places et des places fauteuil, par exemple 8+0|5+1")
        found.append({"seats": int(match[1]), "wheelchairs": int(match[2] or 0)})
    return found


def _read_insee(text: str) -> object:
    # A spreadsheet that takes the code for a number drops its first zero.
    return text.zfill(5) if re.fullmatch(r"\d{4}", text) else text


def _read_whole(text: str) -> object:
    if text.isdecimal() and len(text) < 10:
        return int(text)
    digits = re.sub(r"\s", "", text)
    return int(re.split("[.,]", digits)[0]) if _WHOLE.fullmatch(digits) else text


def _read_decimal(text: str) -> object:
    digits = re.sub(r"\s", "", text)
    return float(digits.replace(",", ".")) if _DECIMAL.fullmatch(digits) else text


def _read_yes_no(text: str) -> object:
    word = plain(text)
    if word not in _TRUE | _FALSE:
        raise CellError("oui ou non")
    return word in _TRUE


def _read_clock(text: str) -> object:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return text
    second = match["second"] or "00"
    clock = f"{int(match['hour']):02d}:{match['minute'] or '00'}"
    if second != "00":
        clock += f":{second}"
    return clock + match["mark"].upper()


def _read_date(text: str) -> object:
    match = _FRENCH_DATE.fullmatch(text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text


_READERS = {
    Kind.INSEE: _read_insee,
    Kind.WHOLE: _read_whole,
    Kind.DECIMAL: _read_decimal,
    Kind.YES_NO: _read_yes_no,
    Kind.CLOCK: _read_clock,
    Kind.DATE: _read_date,
}
