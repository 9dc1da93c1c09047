"""The law inside planning: what must not be planned, with its reason, and what to look at."""

from collections.abc import Iterator, Mapping, Sequence

from tus_dispatch.domain.demand import Direction, Leg, ServiceRegime
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.legs import leg_id, legs_of, requests_of
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Flag, Plan
from tus_dispatch.domain.reason import Reason, reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, LegId, ShiftId
from tus_dispatch.rules.crews import crew_reasons
from tus_dispatch.rules.flags import leg_flags, round_flags, trips_notice
from tus_dispatch.rules.legal_day import legal_day
from tus_dispatch.rules.settings import settings_on
from tus_dispatch.rules.trips import leg_legality

_OTHER_WAY = {Direction.OUTWARD: "Le retour", Direction.RETURN: "L’aller"}


def unlawful_legs(
    scenario: Scenario, legs: Sequence[Leg], matrix: TravelMatrix
) -> dict[LegId, tuple[Reason, ...]]:
    """Return the legs that the law forbids, whoever would drive them.

    Parameters
    ----------
    scenario
        Has the bookings of the legs; without an enforced law nothing is
        forbidden.
    legs
        Legs of the day.
    matrix
        Their direct drives.

    Returns
    -------
    dict
        Every reason by leg; lawful legs are not in it.

    Raises
    ------
    KeyError
        When the law is enforced and the day lacks the booking of a leg.
    """
    day = legal_day(scenario, matrix)
    if day is None or not day.law.is_enforced:
        return {}
    found = {}
    for leg in legs:
        reasons = leg_legality(scenario.booking(leg.booking), leg.direction, day)
        if reasons:
            found[leg.id] = reasons
    return found


def forbidden_legs(
    scenario: Scenario, legs: Sequence[Leg], matrix: TravelMatrix
) -> dict[LegId, Reason]:
    """Return the one reason to tell for every leg the law keeps out.

    Parameters
    ----------
    scenario, legs, matrix
        As in :func:`unlawful_legs`.

    Returns
    -------
    dict
        The most serious reason by leg; a lawful leg whose linked leg is not
        has a reason that says so.
    """
    unlawful = unlawful_legs(scenario, legs, matrix)
    told = {leg: reasons[0] for leg, reasons in unlawful.items()}
    for leg in legs:
        if leg.partner in told and leg.partner in unlawful and leg.id not in told:
            code = told[leg.partner].code
            other = _OTHER_WAY[leg.direction]
            told[leg.id] = reason_for("linked-unlawful", other=other, code=code)
    return told


def refusal_by_law(scenario: Scenario, legs: Sequence[Leg], matrix: TravelMatrix) -> Refusal | None:
    """Refuse a booking that is not lawful.

    Parameters
    ----------
    scenario, legs, matrix
        As in :func:`unlawful_legs`.

    Returns
    -------
    Refusal or None
        Of its first unlawful leg, without alternatives.
    """
    unlawful: Mapping[LegId, tuple[Reason, ...]] = unlawful_legs(scenario, legs, matrix)
    return next((Refusal(leg, reasons[0]) for leg, reasons in unlawful.items()), None)


class CrewLaw:
    """Which shifts may lawfully serve which legs, looked up once per regime.

    Parameters
    ----------
    scenario
        Knows vehicles and drivers; without an enforced law every shift may.
    """

    def __init__(self, scenario: Scenario) -> None:
        law = scenario.law
        self._scenario = scenario
        self._settings = (
            settings_on(law, scenario.day.date) if law is not None and law.is_enforced else None
        )
        self._known: dict[tuple[ShiftId, ServiceRegime], tuple[Reason, ...]] = {}

    def reasons(self, shift: Shift, leg: Leg) -> tuple[Reason, ...]:
        """Return why a shift may not serve a leg; empty when it may."""
        if self._settings is None:
            return ()
        key = (shift.id, leg.regime)
        if key not in self._known:
            scenario = self._scenario
            driver = None if shift.driver is None else scenario.driver(shift.driver)
            vehicle = scenario.vehicle(shift.vehicle)
            self._known[key] = crew_reasons(
                vehicle, driver, leg.regime, self._settings, scenario.day.date
            )
        return self._known[key]


def booking_flags(scenario: Scenario, booking: BookingId, matrix: TravelMatrix) -> tuple[Flag, ...]:
    """Return what somebody should look at before a booking is promised.

    Parameters
    ----------
    scenario, booking, matrix
        The day, a booking of it, and its travel times.

    Returns
    -------
    tuple of Flag
        First that trips are not checked or only flagged, then each leg's.
    """
    notice, day = trips_notice(scenario), legal_day(scenario, matrix)
    told = [] if notice is None else [Flag("plan", notice)]
    if day is None:
        return tuple(told)
    asked = scenario.booking(booking)
    for direction in requests_of(asked):
        told += [
            Flag(leg_id(booking, direction), reason) for reason in leg_flags(asked, direction, day)
        ]
    return tuple(told)


def flags_of(plan: Plan, matrix: TravelMatrix) -> tuple[Flag, ...]:
    """Return what somebody should look at in a plan.

    Parameters
    ----------
    plan, matrix
        Any plan and its travel times.

    Returns
    -------
    tuple of Flag
        Served legs in the order of the day, then rounds. Empty where nothing
        is said about the law; that the trips are not checked is said
        whenever a plan is shown.
    """
    return tuple(_flags(plan, matrix))


def _flags(plan: Plan, matrix: TravelMatrix) -> Iterator[Flag]:
    scenario = plan.scenario
    day = legal_day(scenario, matrix)
    if day is None:
        return
    legs = {leg.id: leg for leg in legs_of(scenario)}
    served = [
        {stop.leg for stop in each.stops if stop.leg is not None and stop.leg in legs}
        for each in plan.rounds
    ]
    for leg in legs.values():
        if any(leg.id in of_round for of_round in served):
            booking = scenario.booking(leg.booking)
            for reason in leg_flags(booking, leg.direction, day):
                yield Flag(leg.id, reason)
    for tour_round, of_round in zip(plan.rounds, served, strict=True):
        regimes = sorted({legs[leg].regime for leg in of_round})
        vehicle = scenario.vehicle(tour_round.vehicle)
        driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
        for regime in () if day.law.is_enforced else regimes:
            for reason in crew_reasons(vehicle, driver, regime, day.settings, day.date):
                yield Flag(tour_round.shift, reason)
        for reason in round_flags(regimes):
            yield Flag(tour_round.shift, reason)
