"""Which people must hear something new when a plan replaces another."""

from dataclasses import dataclass

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.told import LegNews, ToldLeg
from tus_dispatch.domain.units import LegId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow

DEFAULT_HALF_WIDTH_S = 300
_RANKS = {news: rank for rank, news in enumerate(LegNews)}


@dataclass(frozen=True, slots=True)
class Pickup:
    """Where and when a plan fetches a leg.

    Attributes
    ----------
    shift
        Who comes.
    start_s
        Planned start of service, seconds of the service day.
    """

    shift: ShiftId
    start_s: Seconds


def pickups_of(plan: Plan) -> dict[LegId, Pickup]:
    """Return the pickup of every served leg.

    Parameters
    ----------
    plan
        Any plan.

    Returns
    -------
    dict
        By leg, in the order of rounds and stops.
    """
    return {
        stop.leg: Pickup(tour_round.shift, stop.start_s)
        for tour_round in plan.rounds
        for stop in tour_round.stops
        if stop.kind is StopKind.PICKUP and stop.leg is not None
    }


def told_legs(
    plan: Plan, previous: Plan | None, half_width_s: Seconds = DEFAULT_HALF_WIDTH_S
) -> tuple[ToldLeg, ...]:
    """Say of every leg what its person knew and what they shall know.

    Parameters
    ----------
    plan
        About to be published, with the promises made before: somebody who was
        promised a time when booking knows it.
    previous
        What was published last, or None before the first time.
    half_width_s
        Without a promise people are told the planned pickup, give or take
        this.

    Returns
    -------
    tuple of ToldLeg
        All legs of the day in the order of the bookings, then those of
        bookings that are there no more.

    Notes
    -----
    A move inside what was told is no news: the vehicle still comes when the
    person expects it.
    """
    old = _Known(previous, half_width_s)
    new = _Known(plan, half_width_s)
    present = tuple(_present(leg, new, old) for leg in legs_of(plan.scenario))
    there = {each.leg for each in present}
    gone = [] if previous is None else legs_of(previous.scenario)
    cancelled = tuple(
        _told(leg, LegNews.CANCELLED, new, old)
        for leg in gone
        if leg.id not in there and leg.id in old.pickups
    )
    return present + cancelled


def urgency(told: ToldLeg) -> tuple[int, Seconds]:
    """Return a key that sorts what needs a call soonest to the front, then by time."""
    window = told.window or told.before
    return _RANKS[told.news], 0 if window is None else window.earliest_s


class _Known:
    """Pickups, promises and places of a plan; empty without one."""

    def __init__(self, plan: Plan | None, half_width_s: Seconds) -> None:
        self.pickups = {} if plan is None else pickups_of(plan)
        promises = () if plan is None else plan.promises
        self.promises = {each.leg: each.pickup_window for each in promises}
        legs = () if plan is None else legs_of(plan.scenario)
        self.origins = {leg.id: leg.origin for leg in legs}
        self._half_width_s = half_width_s

    def window(self, leg: LegId) -> TimeWindow | None:
        if leg not in self.pickups:
            return None
        if leg in self.promises:
            return self.promises[leg]
        start_s = self.pickups[leg].start_s
        return TimeWindow(max(0, start_s - self._half_width_s), start_s + self._half_width_s)

    def shift(self, leg: LegId) -> ShiftId | None:
        return self.pickups[leg].shift if leg in self.pickups else None


def _present(leg: Leg, new: _Known, old: _Known) -> ToldLeg:
    if leg.id not in new.pickups:
        was_told = leg.id in old.pickups or leg.id in new.promises
        return _told(leg, LegNews.GONE if was_told else LegNews.UNSERVED, new, old)
    before = old.window(leg.id)
    if before is None:
        is_promised = leg.id in new.promises
        return _told(leg, LegNews.KEPT if is_promised else LegNews.NEW, new, old)
    start_s = new.pickups[leg.id].start_s
    is_kept = old.origins[leg.id] == leg.origin and before.earliest_s <= start_s <= before.latest_s
    return _told(leg, LegNews.KEPT if is_kept else LegNews.MOVED, new, old)


def _told(leg: Leg, news: LegNews, new: _Known, old: _Known) -> ToldLeg:
    before = old.window(leg.id)
    is_as_before = news is LegNews.KEPT and before is not None
    return ToldLeg(
        leg=leg.id,
        participant=leg.participant,
        direction=leg.direction,
        news=news,
        origin=leg.origin,
        destination=leg.destination,
        window=before if is_as_before else new.window(leg.id),
        before=before,
        shift=new.shift(leg.id),
        shift_before=old.shift(leg.id),
    )
