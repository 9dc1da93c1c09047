"""What stands on the map of a plan, as data: rounds with their lines, places with their stops."""

from dataclasses import dataclass

from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.map_style import RoundStyle
from tus_dispatch.formats.pictograms import Pictogram


@dataclass(frozen=True, slots=True)
class MapStop:
    """A stop in the list beside the map.

    Attributes
    ----------
    number
        Number on the map, empty for start and end.
    clock, pictogram, words, place
        When, what, who and where.
    place_id
        Which place it stands at.
    is_drawn
        Whether the place has a point.
    """

    number: str
    clock: str
    pictogram: Pictogram
    words: str
    place: str
    place_id: PlaceId
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class MapRound:
    """A round in the legend and on the map.

    Attributes
    ----------
    letter, style
        What tells it from the others.
    title, driver, figures
        Shift and vehicle, who drives, hours, people and kilometres.
    path
        Its drives as one SVG path.
    stops
        In planned order.
    """

    letter: str
    style: RoundStyle
    title: str
    driver: str
    figures: str
    path: str
    stops: tuple[MapStop, ...]


@dataclass(frozen=True, slots=True)
class MapPill:
    """The stops of one round at one place.

    Attributes
    ----------
    round_index
        Position of the round in the plan.
    text, title
        Letter and numbers, and the full story.
    """

    round_index: int
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place on the map.

    Attributes
    ----------
    name, x, y
        What it is called and where it is drawn.
    is_garage
        Whether a round starts or ends there.
    pills
        One per round that stops there.
    """

    name: str
    x: int
    y: int
    is_garage: bool
    pills: tuple[MapPill, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the map shows.

    Attributes
    ----------
    rounds, places, roads
        Lines, markers and the roads beneath.
    unserved
        French lines about the legs left out.
    undrawn
        Names of places without a point.
    scale
        Words and length of the scale bar; None when nothing is drawn.
    straight
        Whether some drive is only a straight line.
    on_roads
        Whether some drive follows the roads.
    """

    rounds: tuple[MapRound, ...]
    places: tuple[MapPlace, ...]
    roads: str
    unserved: tuple[str, ...]
    undrawn: tuple[str, ...]
    scale: tuple[str, int] | None
    straight: bool
    on_roads: bool
