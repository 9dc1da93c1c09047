"""A day as the law looks at it: people, places, distances and settings, without any plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import Metres, ParticipantId, PlaceId
from tus_dispatch.rules.settings import TripSettings, settings_on

if TYPE_CHECKING:
    # Arrays are slow to load, and the terminal shows notices without any.
    from tus_dispatch.domain.travel import TravelMatrix

DirectMetres = Callable[[PlaceId, PlaceId], Metres | None]


@dataclass(frozen=True, slots=True)
class LegalDay:
    """What the legality of a booking depends on, beside the booking.

    Attributes
    ----------
    date
        The service date.
    law
        What the association told.
    settings
        What holds on that date.
    participants
        Everybody a booking may be for.
    places
        Every place a booking may name.
    direct_m
        Road metres of the direct drive, or None where no road leads.
    """

    date: date
    law: Law
    settings: TripSettings
    participants: Mapping[ParticipantId, Participant]
    places: Mapping[PlaceId, Place]
    direct_m: DirectMetres

    def name(self, place: PlaceId) -> str:
        """Return what people call a place."""
        return self.places[place].name

    def is_hub(self, place: PlaceId) -> bool:
        """Whether a place is a multimodal hub of a neighbouring town."""
        return place in self.law.hubs


def legal_day(scenario: Scenario, matrix: "TravelMatrix") -> LegalDay | None:
    """Look at a scenario as the law does.

    Parameters
    ----------
    scenario, matrix
        A service day and its travel times.

    Returns
    -------
    LegalDay or None
        None when the scenario says nothing about the law.

    Raises
    ------
    InputError
        When the date lies before the first value of a legal table.
    """
    law = scenario.law
    if law is None:
        return None
    known = frozenset(matrix.place_ids)

    def direct_m(origin: PlaceId, destination: PlaceId) -> Metres | None:
        if origin not in known or destination not in known:
            return None
        return matrix.metres_between(origin, destination)

    return LegalDay(
        date=scenario.day.date,
        law=law,
        settings=settings_on(law, scenario.day.date),
        participants={each.id: each for each in scenario.participants},
        places={each.id: each for each in scenario.places},
        direct_m=direct_m,
    )
