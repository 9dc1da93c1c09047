"""Vehicles between the rounds: what is free, and who may have it, by one set of rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.desk.live.refusing import RefusedError
from tus_dispatch.domain.demand import Referral
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.roster import VehicleState
from tus_dispatch.domain.roster import VehicleUse as KeptUse
from tus_dispatch.domain.vehicle_use import UseKind, VehicleUse
from tus_dispatch.planning.daytime.release import booked
from tus_dispatch.store import organisations, plans
from tus_dispatch.store.days import planned_days
from tus_dispatch.store.resources import VEHICLE_USES, referrals_of
from tus_dispatch.store.session import Session

_KINDS = {
    VehicleState.RENTED: UseKind.RENTAL,
    VehicleState.SCHOOL: UseKind.SCHOOL,
    VehicleState.WORKSHOP: UseKind.WORKSHOP,
    VehicleState.GOODS_FOR_HIRE: UseKind.GOODS_FOR_HIRE,
    # Whatever keeps a vehicle away keeps it away from everybody.
    VehicleState.CHARGING: UseKind.WORKSHOP,
    VehicleState.UNAVAILABLE: UseKind.WORKSHOP,
}


def expect_free(
    session: Session, organisation: OrganisationId, wish: KeptUse, own: str | None = None
) -> None:
    """Refuse a use that a vehicle cannot have.

    Parameters
    ----------
    session
        Of the write that would keep it.
    organisation
        Whose vehicle.
    wish
        Wanted.
    own
        Identity of the entry that is changed, or None for a new one.

    Raises
    ------
    RefusedError
        When somebody has the vehicle already or a round needs it, when a
        rental has no referral or lasts too long, or when goods of others
        would be carried.
    """
    if wish.state not in _KINDS:
        return
    zone = organisations.load(session, organisation).value.territory.time_zone
    period = (wish.from_at, wish.until_at)
    calendar = [
        _use(each.value, zone)
        for each in VEHICLE_USES.all(session, organisation, vehicle=wish.vehicle, overlaps=period)
        if each.id != own and each.value.state in _KINDS
    ]
    asked = _use(wish, zone, _referral(session, organisation, wish, zone))
    answer = booked(calendar, asked, tuple(_plans(session, organisation, wish, zone)))
    if isinstance(answer, Reason):
        raise RefusedError((answer,), "/state" if answer.code.startswith("TUS-2") else "/vehicle")


def _use(kept: KeptUse, zone: str, referral: str | None = None) -> VehicleUse:
    kind = _KINDS[kept.state]
    return VehicleUse(kept.vehicle, kind, kept.from_at, kept.until_at, referral, zone)


def _referral(
    session: Session, organisation: OrganisationId, wish: KeptUse, zone: str
) -> str | None:
    """Return who has sent the tenant: a referral that covers the whole rental."""
    if wish.participant is None:
        return None
    first, last = _dates(wish, zone)
    own = referrals_of(session, organisation, (wish.participant,)).get(wish.participant, ())
    covering = (each for each in own if _covers(each, first, last))
    return next((each.prescriber or "…" for each in covering), None)


def _covers(referral: Referral, first: date, last: date) -> bool:
    ends = referral.expires_on is None or last <= referral.expires_on
    return referral.starts_on <= first and ends


def _plans(
    session: Session, organisation: OrganisationId, wish: KeptUse, zone: str
) -> Iterator[Plan]:
    first, last = _dates(wish, zone)
    # A service day goes on until four in the morning.
    for day in planned_days(session, organisation, first - timedelta(days=1), last):
        pointer = plans.pointer(session, organisation, day)
        for number in sorted({pointer.current, pointer.published} - {None}, key=str):
            if number is not None:
                yield kept_plan(plans.load(session, organisation, day, number)).plan


def _dates(wish: KeptUse, zone: str) -> tuple[date, date]:
    first, last = (
        datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(zone)).date()
        for at in (wish.from_at, wish.until_at - 1)
    )
    return first, last
