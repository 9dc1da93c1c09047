"""Invented participants: how they board, what they need, why they may travel."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Participant, Referral
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.drivers import FIRST_AID
from tus_dispatch.generate.family import DemandRanges
from tus_dispatch.generate.people import People
from tus_dispatch.generate.settlements import Settlement
from tus_dispatch.generate.vehicles import RAMP

# A quarter of the limit everybody has, for people who cannot sit for long.
_OWN_LIMIT = RideLimit(ratio_percent=25, constant_s=0, minimum_s=600, cap_s=1500)
# Who notes the outcome of the check.
CHECKED_BY = "coordination"
_NOTES = (
    "Klaxonner au portail, pas de sonnette.",
    "Aider à descendre les marches.",
    "Attend au bord de la route.",
    "Appeler en arrivant.",
    "Sac de courses à porter.",
    "Portail vert après l’église.",
)
_NOTE_SHARE, _FIRST_AID_SHARE = 0.15, 0.02


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody who asks to be driven.

    Attributes
    ----------
    participant
        The person.
    party_size
        People travelling together.
    """

    participant: Participant
    party_size: int


def make_profile(number: int, people: People, draws: Draws, ranges: DemandRanges) -> Profile:
    """Invent a participant; eligibility follows when home and destination are known.

    Parameters
    ----------
    number
        Counted from 0.
    people, draws
        Where names and chance come from.
    ranges
        The family's shares.

    Returns
    -------
    Profile
        Within the ranges of ``domain.md`` §3.3.
    """
    name = people.meet()
    wheelchair = draws.chance(ranges.wheelchair_share)
    boarding_s, alighting_s = _door_times(draws, ranges, wheelchair=wheelchair)
    party_size = 1 if wheelchair else _party(draws, ranges)
    has_child = party_size > 1 and draws.chance(ranges.child_share)
    requires = [RAMP] * wheelchair + [FIRST_AID] * draws.chance(_FIRST_AID_SHARE)
    participant = Participant(
        id=ParticipantId(f"P{number + 1:03d}"),
        first_name=name.first,
        last_name=name.last,
        phone=name.phone,
        boarding_s=boarding_s,
        alighting_s=alighting_s,
        wheelchair=wheelchair,
        companions=int(party_size == 1 and draws.chance(ranges.companion_share)),
        child_seats=int(has_child),
        ride_limit=_OWN_LIMIT if draws.chance(ranges.own_limit_share) else None,
        requires=tuple(requires),
        note=draws.choice(_NOTES) if draws.chance(_NOTE_SHARE) else None,
    )
    return Profile(participant, party_size)


def ground_for(
    home: Settlement, site: Settlement, listed: Container[str | None], draws: Draws, *, at_hub: bool
) -> EligibilityGround:
    """Choose a ground on which the trip is lawful (``domain.md`` §2.2).

    Parameters
    ----------
    home, site
        Both ends.
    listed
        Eligible communes.
    draws
        Where chance comes from.
    at_hub
        Whether the other end is a multimodal hub.

    Returns
    -------
    EligibilityGround
        By income from a town; by both into a town unless to its hub.
    """
    if home.insee not in listed:
        return EligibilityGround.INCOME
    if site.insee not in listed and not at_hub:
        return draws.weighted((EligibilityGround.BOTH, EligibilityGround.INCOME), (8, 2))
    return draws.weighted(
        (EligibilityGround.LOCATION, EligibilityGround.BOTH, EligibilityGround.INCOME), (5, 4, 1)
    )


def papers(
    ground: EligibilityGround, day: date, prescribers: int, draws: Draws
) -> tuple[Eligibility, Referral]:
    """Draw a valid eligibility check and a valid referral.

    Parameters
    ----------
    ground
        Outcome of the check.
    day
        Service date, inside all periods.
    prescribers
        How many there are.
    draws
        Where chance comes from.

    Returns
    -------
    tuple
        Income is checked for a year, residence without limit.
    """
    checked = day - timedelta(days=draws.whole(5, 300))
    by_income = ground is not EligibilityGround.LOCATION
    eligibility = Eligibility(
        ground=ground,
        checked_on=checked,
        expires_on=checked + timedelta(days=365) if by_income else None,
        checked_by=CHECKED_BY,
    )
    starts = day - timedelta(days=draws.whole(1, 120))
    referral = Referral(
        starts_on=starts,
        expires_on=day + timedelta(days=draws.whole(7, 240)),
        prescriber=f"prescripteur-{draws.whole(1, prescribers):03d}",
    )
    return eligibility, referral


def _door_times(draws: Draws, ranges: DemandRanges, *, wheelchair: bool) -> tuple[int, int]:
    """Draw seconds to get in and out (§3.3)."""
    if wheelchair:
        return draws.stepped(300, 600, 60), draws.stepped(240, 480, 60)
    if draws.chance(ranges.slow_share):
        return draws.stepped(180, 300, 30), draws.stepped(60, 120, 30)
    return draws.stepped(60, 180, 30), draws.stepped(30, 90, 30)


def _party(draws: Draws, ranges: DemandRanges) -> int:
    size = draws.weighted((1, 2, 3), ranges.party_shares)
    return size if size < 3 else draws.weighted((3, 4), (3, 1))
