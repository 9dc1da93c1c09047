"""On the map rounds differ by letter, by colour and by dashes, so that no eye is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

# Seven colours that people with any colour vision tell apart (Okabe and Ito
# 2008, without yellow, which is lost on white), and what is legible on them.
_COLOURS = (
    ("#0072b2", "#fff"),
    ("#d55e00", "#fff"),
    ("#00795a", "#fff"),
    ("#b3568a", "#fff"),
    ("#000000", "#fff"),
    ("#56b4e9", "#000"),
    ("#e69f00", "#000"),
)
# Lengths of line and gap in pixels; five and seven share no divisor, so that
# thirty-five rounds differ in colour or in dashes.
_DASHES = ("", "12 5", "3 5", "14 4 3 4", "22 8")
_PICK = len(_COLOURS)


@dataclass(frozen=True, slots=True)
class RoundStyle:
    """How one round is drawn.

    Attributes
    ----------
    colour, ink
        Colour of the line and of letters upon it.
    dash
        SVG dash array, empty for a full line.
    """

    colour: str
    ink: str
    dash: str


def style(index: int) -> RoundStyle:
    """Return how the round at a position of the plan is drawn."""
    colour, ink = _COLOURS[index % _PICK]
    return RoundStyle(colour, ink, _DASHES[index % len(_DASHES)])


def letter(index: int) -> str:
    """Return the letters of a round: A to Z, then AA, AB and so on.

    Parameters
    ----------
    index
        Position in the plan.

    Returns
    -------
    str
        One letter or more.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(27)
    ('A', 'Z', 'AA', 'AB')
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def numbers(values: Sequence[int]) -> str:
    """Write ascending numbers shortly.

    Parameters
    ----------
    values
        Strictly ascending.

    Returns
    -------
    str
        Runs joined by a dash.

    Examples
    --------
    >>> numbers([1, 2, 4, 6, 7, 8])
    '1-2,4,6-8'
    """
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][-1] + 1:
            runs[-1][1:] = [value]
        else:
            runs.append([value])
    return ",".join("-".join(str(value) for value in run) for run in runs)
