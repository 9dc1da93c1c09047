"""What people ask for: a visit somewhere at some hour, and the legs around it."""

from dataclasses import dataclass, field

from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Purpose
from tus_dispatch.domain.units import BookingId, PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.generate.clock import (
    AFTER_LAST_BUS_HOURS,
    EARLY_HOURS,
    EVENING_HOURS,
    HOURS,
    SITE_KINDS,
    Hours,
    SiteKind,
)
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import DemandRanges
from tus_dispatch.generate.participants import Profile
from tus_dispatch.generate.sites import Site

# §3.3: appointments start five minutes after people are dropped.
APPOINTMENT_MARGIN_S = 300
# §3.3: arrive at most 20 minutes early, be fetched at most 20 minutes late.
STRICT_S = 1200
_STRICT_SHARE = 0.3
# §3.3: ten to fifteen minutes on the platform.
_HUB_MARGIN_S = (600, 900)
# §3.3: flexible trips fit anywhere in two to four hours.
_FLEXIBLE_EARLIER_S, _FLEXIBLE_LATER_S, _FLEXIBLE_RETURN_S = 3600, 5400, 9000
_SHORTEST_STAY_S = 1800
PRICES_EUR_CENTS = (800, 3000)
_REFERENCE_SHARE = 0.3

PRIORITIES: dict[Purpose, int] = {
    Purpose.WORK: 50,
    Purpose.TRAINING: 50,
    Purpose.INSERTION: 30,
    Purpose.MEDICAL: 60,
    Purpose.ERRANDS: 10,
    Purpose.OTHER: 10,
}


@dataclass(slots=True)
class Session:
    """A visit that one or more bookings are for.

    Attributes
    ----------
    purpose
        What for.
    site
        Where.
    arrive_s, leave_s
        When it starts and ends.
    is_flexible
        Whether the hours may be moved and the trip left out.
    homes
        Where the people who come already live, indices of homes.
    """

    purpose: Purpose
    site: Site
    arrive_s: Seconds
    leave_s: Seconds
    is_flexible: bool = False
    homes: list[int] = field(default_factory=list)


def open_session(
    purpose: Purpose, ranges: DemandRanges, sites: tuple[Site, ...], draws: Draws
) -> Session:
    """Draw a visit by the clock of the day.

    Parameters
    ----------
    purpose
        What for.
    ranges
        The family's shares.
    sites
        All destinations.
    draws
        Where chance comes from.

    Returns
    -------
    Session
        Nobody comes yet.
    """
    kind, hours = _kind_and_hours(purpose, ranges, draws)
    site = draws.choice([site for site in sites if site.kind is kind])
    when = draws.weighted(hours, [row.weight for row in hours])
    arrive_s = when.arrive_s
    if kind is SiteKind.HUB:
        arrive_s -= draws.stepped(*_HUB_MARGIN_S, 60)
    elif kind is SiteKind.HEALTH:
        arrive_s -= APPOINTMENT_MARGIN_S
    optional = purpose in (Purpose.ERRANDS, Purpose.OTHER)
    is_flexible = optional and draws.chance(ranges.flexible_share)
    return Session(purpose, site, arrive_s, when.leave_s, is_flexible)


def make_booking(
    number: int,
    session: Session,
    home: PlaceId,
    profile: Profile,
    draws: Draws,
    ways: tuple[Direction, ...],
) -> Booking:
    """Turn a visit into what the association writes down.

    Parameters
    ----------
    number
        Counted from 0.
    session
        Where and when.
    home
        Where the person lives.
    profile
        Who comes.
    draws
        Where chance comes from.
    ways
        Outward, return or both.

    Returns
    -------
    Booking
        One or two legs.
    """
    site = session.site.place.id
    is_strict = draws.chance(_STRICT_SHARE)
    outward = _outward(session, home, site, strict=is_strict)
    back = _return(session, site, home, profile.participant.alighting_s, strict=is_strict)
    price = draws.stepped(*PRICES_EUR_CENTS, 100) if session.is_flexible else None
    return Booking(
        id=BookingId(f"B{number + 1:03d}"),
        participant=profile.participant.id,
        outward=outward if Direction.OUTWARD in ways else None,
        return_leg=back if Direction.RETURN in ways else None,
        party_size=profile.party_size,
        purpose=session.purpose,
        priority=PRIORITIES[session.purpose],
        price_eur_cents=price,
        external_ref=f"R-{number + 1001}" if draws.chance(_REFERENCE_SHARE) else None,
    )


def _kind_and_hours(
    purpose: Purpose, ranges: DemandRanges, draws: Draws
) -> tuple[SiteKind, tuple[Hours, ...]]:
    if purpose in (Purpose.WORK, Purpose.TRAINING) and draws.chance(ranges.hub_share):
        late = draws.chance(ranges.evening_hub_share)
        return SiteKind.HUB, AFTER_LAST_BUS_HOURS if late else HOURS[SiteKind.HUB]
    if purpose is Purpose.WORK:
        shift = draws.real(0, 1)
        if shift < ranges.early_share:
            return SiteKind.ZONE, EARLY_HOURS
        if shift < ranges.early_share + ranges.evening_share:
            return SiteKind.ZONE, EVENING_HOURS
    kind = draws.choice(SITE_KINDS[purpose])
    return kind, HOURS[kind]


def _outward(session: Session, home: PlaceId, site: PlaceId, *, strict: bool) -> LegRequest:
    arrive_s = session.arrive_s
    if session.is_flexible:
        window = TimeWindow(arrive_s - _FLEXIBLE_EARLIER_S, arrive_s + _FLEXIBLE_LATER_S)
        return LegRequest(home, site, dropoff_window=window)
    if strict:
        return LegRequest(home, site, dropoff_window=TimeWindow(arrive_s - STRICT_S, arrive_s))
    return LegRequest(home, site, arrive_by_s=arrive_s)


def _return(
    session: Session, site: PlaceId, home: PlaceId, alighting_s: Seconds, *, strict: bool
) -> LegRequest:
    leave_s = session.leave_s
    if session.is_flexible:
        # The latest arrival leaves room to get out and to stay a while.
        leave_s = session.arrive_s + _FLEXIBLE_LATER_S + alighting_s + _SHORTEST_STAY_S
        window = TimeWindow(leave_s, leave_s + _FLEXIBLE_RETURN_S)
        return LegRequest(site, home, pickup_window=window)
    if strict:
        return LegRequest(site, home, pickup_window=TimeWindow(leave_s, leave_s + STRICT_S))
    return LegRequest(site, home, not_before_s=leave_s)
