"""Everything a plan names exists, and every leg stands in it once, at its own places."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import Stop, StopKind
from tus_dispatch.domain.reason import REASONS
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.verify.case import DOORS, Case, RoundCase, find
from tus_dispatch.verify.violations import Violation, broken

_REASON_CODES = {slug: kind.code for slug, kind in REASONS.items()}


def references_exist(case: Case) -> Iterator[Violation]:
    """Yield names of the plan that the day does not know."""
    for tour in case.tours:
        yield from _unknown_in_round(case, tour)
    for item in case.plan.unserved:
        if item.leg not in case.legs:
            yield _unknown("plan", "le trajet", item.leg)
        if _REASON_CODES.get(item.reason.slug) != item.reason.code:
            yield _unknown(item.leg, "le motif", f"{item.reason.code} {item.reason.slug}")
        if item.relaxation is not None and item.relaxation not in REASONS:
            yield _unknown(item.leg, "la limite", item.relaxation)
    for promise in case.plan.promises:
        if promise.leg not in case.legs:
            yield _unknown("plan", "le trajet", promise.leg)


def _unknown_in_round(case: Case, tour: RoundCase) -> Iterator[Violation]:
    if tour.shift is None:
        yield _unknown(tour.name, "la vacation", tour.name)
    elif tour.configuration is None:
        yield _unknown(tour.name, "la configuration", tour.tour_round.configuration)
    for index, stop in enumerate(tour.stops):
        if not case.knows(stop.place) or find(case.scenario.place, stop.place) is None:
            yield _unknown(tour.at(index), "le lieu", stop.place)
        if stop.leg is not None and stop.leg not in case.legs:
            yield _unknown(tour.at(index), "le trajet", stop.leg)


def _unknown(where: str, what: str, name: object) -> Violation:
    return broken("unknown-reference", where, what=what, name=name)


def every_leg_stands_once(case: Case) -> Iterator[Violation]:
    """Yield legs that are nowhere, or in more than one place."""
    left_out = [item.leg for item in case.plan.unserved]
    for leg in case.legs:
        doors = max(case.pickups.get(leg, 0), case.dropoffs.get(leg, 0))
        times = doors + left_out.count(leg)
        if times == 0:
            yield broken("leg-missing", leg)
        elif times > 1:
            yield broken("leg-twice", leg, times - 1, times=times)


def pickups_precede_dropoffs(case: Case) -> Iterator[Violation]:
    """Yield legs that do not get in and then out of the same round."""
    for leg in case.legs:
        pickups, dropoffs = case.pickups.get(leg, 0), case.dropoffs.get(leg, 0)
        if pickups and not dropoffs:
            yield broken("pickup-dropoff", leg, what="pas de dépose")
        elif dropoffs and not pickups:
            yield broken("pickup-dropoff", leg, what="pas de prise en charge")
        elif pickups and leg not in case.rides:
            yield broken("pickup-dropoff", leg, what="mauvais ordre ou deux vacations")


def stops_are_at_their_places(case: Case) -> Iterator[Violation]:
    """Yield stops that are not where leg, shift or break want them."""
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            expected = _expected_place(case, tour, index, stop)
            if expected is not None and stop.place != expected:
                yield broken("wrong-place", tour.at(index), place=stop.place, expected=expected)


def _expected_place(case: Case, tour: RoundCase, index: int, stop: Stop) -> PlaceId | None:
    leg = case.legs.get(stop.leg) if stop.leg is not None else None
    if stop.kind in DOORS and leg is not None:
        return leg.origin if stop.kind is StopKind.PICKUP else leg.destination
    if stop.kind is StopKind.START and tour.shift:
        return tour.shift.start_place
    if stop.kind is StopKind.END and tour.shift:
        return tour.shift.end_place
    if stop.kind is StopKind.BREAK and index:
        return tour.stops[index - 1].place
    return None


def rounds_have_their_shape(case: Case) -> Iterator[Violation]:
    """Yield rounds that do not go from one start over something to one end."""
    for tour in case.tours:
        kinds = [stop.kind for stop in tour.stops]
        if kinds[:1] != [StopKind.START] or kinds.count(StopKind.START) != 1:
            yield broken("round-shape", tour.name, what="pas un seul départ, en tête")
        if kinds[-1:] != [StopKind.END] or kinds.count(StopKind.END) != 1:
            yield broken("round-shape", tour.name, what="pas une seule arrivée, en dernier")
        if len(kinds) < 3:
            yield broken("round-shape", tour.name, what="rien entre le départ et l'arrivée")
        if any((stop.leg is not None) != (stop.kind in DOORS) for stop in tour.stops):
            yield broken("round-shape", tour.name, what="un arrêt sans son trajet, ou l'inverse")


def crews_are_those_of_the_shift(case: Case) -> Iterator[Violation]:
    """Yield rounds with another vehicle or driver than their shift has.

    An open shift may have any driver of the day.
    """
    for tour in case.tours:
        shift, tour_round = tour.shift, tour.tour_round
        if shift is None:
            continue
        is_named = shift.driver is None and tour.driver is not None
        driver = tour_round.driver if is_named else shift.driver
        if (tour_round.vehicle, tour_round.driver) != (shift.vehicle, driver):
            yield broken("wrong-crew", tour.name)


def shifts_are_used_once(case: Case) -> Iterator[Violation]:
    """Yield shifts with more than one round."""
    names = [tour.name for tour in case.tours]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield broken("shift-twice", name, names.count(name) - 1, times=names.count(name))
