"""What nothing forbids and somebody should look at: authorities, other services, lifted rules."""

from collections.abc import Iterable, Iterator

from tus_dispatch.domain.demand import Booking, Direction, LegRequest, ServiceRegime
from tus_dispatch.domain.law import Area
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.reason import REASONS, Reason, reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.rules.legal_day import LegalDay
from tus_dispatch.rules.trips import leg_legality
from tus_dispatch.rules.words import said_instant

# What is said of a whole day; it follows from the scenario.
NOTICES = frozenset({"trips-unchecked", "trips-flagged"})
REGIMES = {
    ServiceRegime.TUS: "transport d’utilité sociale",
    ServiceRegime.PRIVATE_STAFF: "transport du personnel",
    ServiceRegime.PUBLIC_CONTRACT: "marché public",
    ServiceRegime.INTERNAL: "trajet interne",
    ServiceRegime.RENTAL_SELF_DRIVE: "location sans chauffeur",
}


def trips_notice(scenario: Scenario) -> Reason | None:
    """Say that the trips of a day are not checked, or only flagged.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    Reason or None
        None where unlawful trips are left out.
    """
    if scenario.law is None:
        return reason_for("trips-unchecked")
    return None if scenario.law.is_enforced else reason_for("trips-flagged")


def leg_flags(booking: Booking, direction: Direction, day: LegalDay) -> tuple[Reason, ...]:
    """Return what to look at in one leg.

    Parameters
    ----------
    booking, direction
        Which leg; the booking has it.
    day
        Areas, people and places.

    Returns
    -------
    tuple of Reason
        Where trips are flagged only, what is unlawful comes first.
    """
    unlawful = () if day.law.is_enforced else leg_legality(booking, direction, day)
    if booking.regime is not ServiceRegime.TUS:
        return unlawful
    asked = requests_of(booking)[direction]
    return (*unlawful, *_areas(asked, day), *_unsigned(booking, day), *_lifted(booking))


def round_flags(regimes: Iterable[ServiceRegime]) -> tuple[Reason, ...]:
    """Return what to look at in one round.

    Parameters
    ----------
    regimes
        Of the bookings it carries.

    Returns
    -------
    tuple of Reason
        One, where they are not all the same.
    """
    names = sorted({REGIMES[each] for each in regimes})
    return (reason_for("mixed-regimes", regimes=", ".join(names)),) if len(names) > 1 else ()


def _areas(asked: LegRequest, day: LegalDay) -> Iterator[Reason]:
    for area in day.law.authorities:
        if _holds(area, asked, day):
            yield reason_for("aom-exclusion", area=area.name)
    for service in day.law.public_services:
        if _holds(service, asked, day):
            yield reason_for("served-otherwise", service=service.name)


def _holds(area: Area, asked: LegRequest, day: LegalDay) -> bool:
    return all(_is_in(area, end, day) for end in (asked.origin, asked.destination))


def _is_in(area: Area, place: PlaceId, day: LegalDay) -> bool:
    return place in area.places or day.places[place].insee in area.communes


def _unsigned(booking: Booking, day: LegalDay) -> Iterator[Reason]:
    outcome = day.participants[booking.participant].eligibility
    if outcome is not None and outcome.checked_on is not None and outcome.checked_by is None:
        yield reason_for("eligibility-unsigned")


def _lifted(booking: Booking) -> Iterator[Reason]:
    for each in booking.overrides:
        yield reason_for(
            "rule-lifted",
            code=REASONS[each.slug].code,
            by=each.by,
            day=said_instant(each.made_at),
            motive=each.motive,
        )
