"""Who may be carried and where to: ground, referral, zone, hub and distance."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tus_dispatch.domain.demand import (
    EligibilityGround,
    LegRequest,
    Participant,
    Referral,
)
from tus_dispatch.domain.law import DistanceBasis
from tus_dispatch.domain.reason import Reason, reason_for
from tus_dispatch.domain.units import Metres, PlaceId
from tus_dispatch.rules.legal_day import LegalDay
from tus_dispatch.rules.words import quoted, said_date, said_km

_EVERYTHING = "le critère retenu, la date et le nom de qui a vérifié"


def ground_reasons(person: Participant, day: date) -> Iterator[Reason]:
    """Tell whether a person may use social transport on a day at all.

    Parameters
    ----------
    person
        Whose outcome of a check is looked at.
    day
        The service date.

    Yields
    ------
    Reason
        At most one.
    """
    outcome = person.eligibility
    if outcome is None:
        yield reason_for("eligibility-unchecked", missing=_EVERYTHING)
    elif outcome.ground is EligibilityGround.NONE:
        yield reason_for("ineligible")
    elif outcome.checked_on is None:
        yield reason_for("eligibility-unchecked", missing="la date de la vérification")
    elif outcome.checked_on > day:
        missing = f"une vérification faite au plus tard le {said_date(day)}"
        yield reason_for("eligibility-unchecked", missing=missing)
    elif outcome.expires_on is not None and outcome.expires_on < day:
        until = said_date(outcome.expires_on)
        yield reason_for("eligibility-expired", until=until, day=said_date(day))


def referral_reasons(person: Participant, day: date) -> Iterator[Reason]:
    """Tell whether somebody referred a person for a day.

    Parameters
    ----------
    person
        With dated referrals.
    day
        The service date.

    Yields
    ------
    Reason
        At most one: none, none any more, or none yet.
    """
    if any(_covers(each, day) for each in person.referrals):
        return
    ended = [
        each.expires_on
        for each in person.referrals
        if each.expires_on is not None and each.expires_on < day
    ]
    coming = [each.starts_on for each in person.referrals if each.starts_on > day]
    if ended:
        yield reason_for("referral-expired", until=said_date(max(ended)), day=said_date(day))
    elif coming:
        yield reason_for("referral-not-begun", start=said_date(min(coming)), day=said_date(day))
    else:
        yield reason_for("no-referral")


def _covers(referral: Referral, day: date) -> bool:
    return referral.starts_on <= day and (referral.expires_on is None or day <= referral.expires_on)


def zone_reasons(
    person: Participant, asked: LegRequest, day: LegalDay, *, instead: str = ""
) -> Iterator[Reason]:
    """Tell whether a leg stays where its person may be taken.

    Parameters
    ----------
    person
        By residence only the zone matters; by income it does not.
    asked
        Origin and destination.
    day
        Communes, hubs and settings.
    instead
        French sentence naming what would be lawful.

    Yields
    ------
    Reason
        At most one.
    """
    outcome = person.eligibility
    if outcome is None or outcome.ground is not EligibilityGround.LOCATION:
        return
    zone = day.law.zone
    if zone is None or zone.edition is None or zone.edition > day.date:
        yield reason_for("zone-list-missing", missing=_missing_list(day))
        return
    ends = (asked.origin, asked.destination)
    unknown = [each for each in ends if day.places[each].insee is None and not day.is_hub(each)]
    if unknown:
        yield reason_for("commune-unknown", place=day.name(unknown[0]))
        return
    outside = [each for each in ends if day.places[each].insee not in zone.communes]
    if not outside:
        return
    if len(outside) == 1 and day.is_hub(outside[0]):
        if outside[0] == asked.origin and not day.settings.hub_return:
            yield reason_for("hub-return", hub=day.name(asked.origin))
        return
    yield reason_for("zone", missing=_outside(outside, day), instead=instead)


def _missing_list(day: LegalDay) -> str:
    zone = day.law.zone
    if zone is None:
        return "la liste des communes éligibles"
    if zone.edition is None:
        return f"la liste des communes éligibles, {quoted(zone.file or '')}, qui n’est pas chargée"
    listed, today = said_date(zone.edition), said_date(day.date)
    return f"une liste des communes valable le {today}, celle du {listed} ne l’étant pas encore"


def _outside(places: Sequence[PlaceId], day: LegalDay) -> str:
    edition = day.law.zone.edition if day.law.zone else None
    names = " et ".join(quoted(day.name(each)) for each in places)
    verb = "ne sont" if len(places) > 1 else "n’est"
    listed = f" du {said_date(edition)}" if edition else ""
    if len(places) == 1 or not all(day.is_hub(each) for each in places):
        return f"{names} {verb} ni dans une commune de la liste{listed} ni un pôle déclaré"
    return f"{names} sont deux pôles, et aucun n’est dans une commune de la liste{listed}"


def distance_reasons(
    asked: LegRequest, legs: Sequence[LegRequest], day: LegalDay, *, instead: str = ""
) -> Iterator[Reason]:
    """Tell whether a leg is longer than lawful.

    Parameters
    ----------
    asked
        The leg.
    legs
        All legs of its booking, which count together where the setting says so.
    day
        Distances and settings.
    instead
        French sentence naming what would be lawful.

    Yields
    ------
    Reason
        At most one; a leg without any road has no length.
    """
    settings = day.settings
    whole = settings.distance_basis is DistanceBasis.BOOKING
    length_m = _length_m(legs if whole else [asked], day.direct_m)
    if length_m is None or length_m <= settings.longest_m:
        return
    yield reason_for(
        "distance",
        what="L’aller et le retour font ensemble" if whole and len(legs) > 1 else "Ce trajet fait",
        length=said_km(length_m),
        limit=said_km(settings.longest_m),
        excess=said_km(length_m - settings.longest_m),
        instead=instead,
    )


def _length_m(
    legs: Sequence[LegRequest], direct_m: Callable[[PlaceId, PlaceId], Metres | None]
) -> Metres | None:
    lengths = [direct_m(each.origin, each.destination) for each in legs]
    known = [each for each in lengths if each is not None]
    return sum(known) if len(known) == len(lengths) else None
