"""Our own pictograms: simple black shapes that survive a bad printer, each with its French name."""

from dataclasses import dataclass
from enum import StrEnum


class Pictogram(StrEnum):
    """Everything a sheet draws instead of writes."""

    BOARD = "board"
    ALIGHT = "alight"
    START = "start"
    END = "end"
    BREAK = "break"
    TRAINING = "training"
    APPOINTMENT = "appointment"
    WORKSHOP = "workshop"
    CHARGING = "charging"
    PARKED = "parked"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    CHILD_SEAT = "child_seat"
    HELP = "help"
    PEOPLE = "people"
    PHONE = "phone"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class _Drawing:
    name: str
    shapes: str


_STROKE = (
    'fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
)
_WHITE = (
    'fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"'
)
_HOUSE = "M2 11 L9 4 L16 11 V21 H2 Z"

# Getting in is white on black with an arrow up, getting out black on white with
# an arrow down: told apart by colour, by arrow and by frame.
_DRAWINGS: dict[Pictogram, _Drawing] = {
    Pictogram.BOARD: _Drawing(
        "monte",
        '<rect x="1" y="1" width="22" height="22" rx="4"/>'
        '<circle cx="8" cy="6.5" r="2.7" fill="#fff"/>'
        '<path d="M3.8 20 V14.4 A4.2 4.2 0 0 1 12.2 14.4 V20 Z" fill="#fff"/>'
        f'<path d="M17.2 19.5 V5.5 M13.7 9.2 L17.2 5.2 L20.7 9.2" {_WHITE}/>',
    ),
    Pictogram.ALIGHT: _Drawing(
        "descend",
        f'<rect x="1.8" y="1.8" width="20.4" height="20.4" rx="3.4" {_STROKE}/>'
        '<circle cx="8" cy="6.5" r="2.7"/>'
        '<path d="M3.8 20 V14.4 A4.2 4.2 0 0 1 12.2 14.4 V20 Z"/>'
        '<path d="M17.2 4.8 V18.5 M13.7 15 L17.2 19 L20.7 15" fill="none" stroke="#000" '
        'stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
    ),
    Pictogram.START: _Drawing(
        "début de service",
        f'<path d="{_HOUSE}" {_STROKE}/>'
        f'<path d="M8 15.5 H22 M18.5 12 L22 15.5 L18.5 19" {_STROKE}/>',
    ),
    Pictogram.END: _Drawing(
        "fin de service",
        f'<path d="{_HOUSE}"/><path d="{_HOUSE}" {_STROKE}/>'
        f'<path d="M6.5 15.5 H13 M9.5 12.3 L6 15.5 L9.5 18.7" {_WHITE}/>'
        f'<path d="M16.5 15.5 H22.5" {_STROKE}/>',
    ),
    Pictogram.BREAK: _Drawing(
        "pause",
        '<path d="M3 10 H17 V16 A5 5 0 0 1 12 21 H8 A5 5 0 0 1 3 16 Z"/>'
        f'<path d="M17 12 H19 A2.5 2.5 0 0 1 19 17 H16.5" {_STROKE}/>'
        '<path d="M7 7.2 C5.6 5.8 8.4 4.4 7 2.8 M12.5 7.2 C11.1 5.8 13.9 4.4 12.5 2.8" '
        f"{_STROKE}/>",
    ),
    Pictogram.TRAINING: _Drawing(
        "formation",
        f'<rect x="7.5" y="3" width="14.5" height="10.5" rx="1" {_STROKE}/>'
        f'<path d="M11.5 6.5 H18.5 M13 10 H18.5" {_STROKE}/>'
        '<circle cx="4.6" cy="10.4" r="2.6"/>'
        '<path d="M1 22 V17.6 A3.6 3.6 0 0 1 8.2 17.6 V22 Z"/>',
    ),
    Pictogram.APPOINTMENT: _Drawing(
        "rendez-vous",
        f'<rect x="3" y="5" width="18" height="16" rx="2" {_STROKE}/>'
        '<path d="M3 5 H21 V10 H3 Z"/>'
        f'<path d="M8 2.5 V6 M16 2.5 V6" {_STROKE}/>'
        f'<path d="M8 15.2 L11 18 L16.5 12.8" {_STROKE}/>',
    ),
    Pictogram.WORKSHOP: _Drawing(
        "atelier",
        '<path d="M21.6 6.6 A6.2 6.2 0 0 1 13.3 13.5 L6.6 20.9 A2.4 2.4 0 0 1 3.1 17.4 '
        "L10.5 10.7 A6.2 6.2 0 0 1 17.4 2.4 L13.8 6 L14.6 9.4 L18 10.2 Z"
        '"/>',
    ),
    Pictogram.CHARGING: _Drawing(
        "recharge", '<path d="M13.5 1.5 L4 13.8 H11 L9.5 22.5 L20 9.6 H12.6 Z"/>'
    ),
    Pictogram.PARKED: _Drawing(
        "véhicule arrêté",
        '<rect x="2" y="2" width="20" height="20" rx="3"/>'
        f'<path d="M9 18.5 V6 H12.6 A3.6 3.6 0 0 1 12.6 13.2 H9" {_WHITE}/>',
    ),
    Pictogram.WHEELCHAIR: _Drawing(
        "fauteuil roulant",
        '<circle cx="9" cy="3.4" r="2.4"/>'
        '<path d="M9 7 L9.8 13 H15.4 L18 19.4 H20.6" fill="none" stroke="#000" '
        'stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<path d="M9.6 9.6 H14.4 M6.6 11.2 A5.8 5.8 0 1 0 15 18.4" {_STROKE}/>',
    ),
    Pictogram.COMPANION: _Drawing(
        "avec quelqu'un",
        '<circle cx="7" cy="5.4" r="3"/><path d="M2.5 21.5 V14 A4.5 4.5 0 0 1 11.5 14 V21.5 Z"/>'
        f'<circle cx="17" cy="6" r="2.5" {_STROKE}/>'
        f'<path d="M14 21 V15 A3.4 3.4 0 0 1 20.8 15 V21 Z" {_STROKE}/>',
    ),
    Pictogram.CHILD_SEAT: _Drawing(
        "siège enfant",
        '<circle cx="11" cy="5.6" r="3"/>'
        '<path d="M8.4 10 H13.2 L14.2 14.4 H18.6 V17.6 H9.4 Z"/>'
        f'<path d="M4.6 4 L6.2 20.6 H20.6" {_STROKE}/>',
    ),
    Pictogram.HELP: _Drawing(
        "aide",
        '<rect x="6.2" y="5" width="2.9" height="11" rx="1.45"/>'
        '<rect x="9.8" y="2.5" width="2.9" height="13" rx="1.45"/>'
        '<rect x="13.4" y="3.6" width="2.9" height="12" rx="1.45"/>'
        '<rect x="17" y="6.4" width="2.7" height="10" rx="1.35"/>'
        '<path d="M6.2 12.5 H19.7 V16.5 A5.6 5.6 0 0 1 14 22 H12.6 C10 22 8.6 20.6 7.4 18.8 '
        'L2.9 13.4 A1.5 1.5 0 0 1 5.1 11.4 L7.2 13.6 Z"/>',
    ),
    Pictogram.PEOPLE: _Drawing(
        "personnes à bord",
        '<circle cx="5.5" cy="9" r="2.3"/><path d="M2 19.5 V16 A3.5 3.5 0 0 1 9 16 V19.5 Z"/>'
        '<circle cx="18.5" cy="9" r="2.3"/><path d="M15 19.5 V16 A3.5 3.5 0 0 1 22 16 V19.5 Z"/>'
        '<circle cx="12" cy="6.2" r="2.8"/>'
        '<path d="M7.6 20.5 V14.6 A4.4 4.4 0 0 1 16.4 14.6 V20.5 Z" stroke="#fff"/>',
    ),
    Pictogram.PHONE: _Drawing(
        "téléphone",
        '<rect x="6" y="1.5" width="12" height="21" rx="2.5"/>'
        '<rect x="8" y="4.5" width="8" height="12" fill="#fff"/>'
        '<circle cx="12" cy="19.6" r="1.3" fill="#fff"/>',
    ),
    Pictogram.WARNING: _Drawing(
        "attention",
        '<path d="M12 2 L23 21.5 H1 Z" stroke="#000" stroke-linejoin="round"/>'
        f'<path d="M12 9 V14.5" {_WHITE}/><circle cx="12" cy="18.2" r="1.5" fill="#fff"/>',
    ),
}


def name_of(pictogram: Pictogram) -> str:
    """Return the French words a pictogram stands for."""
    return _DRAWINGS[pictogram].name


def svg(pictogram: Pictogram) -> str:
    """Return a pictogram as a standalone SVG document.

    Parameters
    ----------
    pictogram
        Which one.

    Returns
    -------
    str
        Square, 24 units a side, black and white only.
    """
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
        f"{_DRAWINGS[pictogram].shapes}</svg>"
    )


def inline_svg(pictogram: Pictogram) -> str:
    """Return a pictogram to stand in an HTML page, read aloud by its French name.

    Parameters
    ----------
    pictogram
        Which one.

    Returns
    -------
    str
        An ``svg`` element of class ``pictogram``.
    """
    return (
        f'<svg class="pictogram" viewBox="0 0 24 24" role="img" aria-label="{name_of(pictogram)}">'
        f"{_DRAWINGS[pictogram].shapes}</svg>"
    )
