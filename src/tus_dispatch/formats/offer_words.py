"""What a refused booking could do instead, in sentences to be read aloud on the phone."""

from tus_dispatch.domain.demand import Booking, Direction, LegRequest
from tus_dispatch.domain.offer import (
    Alternative,
    Change,
    EasedLimit,
    HubTrip,
    OtherDay,
    OtherHours,
    OtherPlace,
    OtherTime,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import PlaceId, Seconds
from tus_dispatch.formats.wording import counted, long_date, printable

NBSP = "\u00a0"
_WAYS = {Direction.OUTWARD: "l'aller", Direction.RETURN: "le retour"}


def spoken_time(day: ServiceDay, second: Seconds) -> str:
    """Write a time as it is said: ``9 h 05``.

    Parameters
    ----------
    day, second
        A second of the service day; rounded down to the minute.

    Returns
    -------
    str
        Its spaces do not break.
    """
    local = day.local(second)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def alternative_sentence(alternative: Alternative, booking: Booking, scenario: Scenario) -> str:
    """Say what works instead.

    Parameters
    ----------
    alternative
        Of this booking.
    booking, scenario
        What was asked, and the day it was asked for.

    Returns
    -------
    str
        One French sentence.
    """
    return f"{_condition(alternative.change, booking, scenario)}, oui."


def _condition(change: Change, booking: Booking, scenario: Scenario) -> str:
    if isinstance(change, OtherTime):
        return _other_time(change, booking, scenario.day)
    if isinstance(change, OtherDay):
        return f"Le {long_date(change.date)}, aux mêmes heures"
    if isinstance(change, OtherPlace):
        walk = counted(_tens(change.walk_m), "mètre")
        here, there = (_name(scenario, place) for place in (change.asked, change.place))
        return f"À «{NBSP}{there}{NBSP}», à {walk} à pied de «{NBSP}{here}{NBSP}»"
    if isinstance(change, HubTrip):
        here, there = (_name(scenario, place) for place in (change.asked, change.hub))
        return f"Par le pôle d'échange «{NBSP}{there}{NBSP}» au lieu de «{NBSP}{here}{NBSP}»"
    if isinstance(change, OtherHours):
        by_s = change.earlier_s or change.later_s
        moves = "commençait" if change.earlier_s else "finissait"
        when = "plus tôt" if change.earlier_s else "plus tard"
        return f"Si la vacation {printable(change.shift)} {moves} {_minutes(by_s)} {when}"
    return _eased(change)


def _other_time(change: OtherTime, booking: Booking, day: ServiceDay) -> str:
    requests = {Direction.OUTWARD: booking.outward, Direction.RETURN: booking.return_leg}
    is_pair = all(requests.values())
    phrases = []
    for direction in change.directions:
        request = requests[direction]
        if request is not None:
            old, new = (_asked(request, day, by_s) for by_s in (0, change.by_s))
            way = f"{_WAYS[direction]} " if is_pair else ""
            instead = f"plutôt qu'{old}" if old.startswith("entre") else f"au lieu de {old[2:]}"
            phrases.append(f"{way}{new} {instead}")
    text = " et ".join(phrases)
    return f"{text[0].upper()}{text[1:]}"


def _asked(request: LegRequest, day: ServiceDay, by_s: Seconds) -> str:
    """Say the time a leg asks for, moved by some seconds: its end if it has one, else its start."""
    if request.arrive_by_s is not None:
        return f"à {spoken_time(day, request.arrive_by_s + by_s)}"
    if request.not_before_s is not None:
        return f"à {spoken_time(day, request.not_before_s + by_s)}"
    window = request.pickup_window or request.dropoff_window
    if window is None:
        return ""
    ends = (spoken_time(day, end + by_s) for end in (window.earliest_s, window.latest_s))
    return f"entre {' et '.join(ends)}"


def _eased(change: EasedLimit) -> str:
    minutes = _minutes(change.by_s)
    return {
        "ride-limit": f"Avec {minutes} de plus à bord",
        "wait-aboard": f"Si les personnes à bord attendaient {minutes} de plus à un arrêt",
        "pin": "Sans le verrouillage",
        "wheelchair": "Si la personne peut voyager sur un siège, fauteuil plié",
        "qualification": f"Sans «{NBSP}{printable(change.word)}{NBSP}»",
        "party": f"Avec {counted(change.fewer, 'personne')} de moins",
    }[change.limit]


def _minutes(seconds: Seconds) -> str:
    return f"{-(-seconds // 60)}{NBSP}min"


def _tens(metres: int) -> int:
    return max(10, -(-metres // 10) * 10)


def _name(scenario: Scenario, place: PlaceId) -> str:
    found = scenario.place(place)
    return printable(found.name or found.id)
