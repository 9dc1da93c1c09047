"""Training and accompaniment are put where drivers wait, and stand in their calendar."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.live.current import priced
from tus_dispatch.desk.live.keeping import keep_plan
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.settling import planned_day, settle
from tus_dispatch.domain.daytime_report import MissingTime, PlacedSlot
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import DriverTime
from tus_dispatch.domain.service import DayPointer, PlanOrigin
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.frozen import frozen, restored
from tus_dispatch.planning.daytime.protected import place_slots
from tus_dispatch.store import daytime
from tus_dispatch.store.resources import DRIVER_TIMES
from tus_dispatch.store.session import Session

Keep = Callable[[Session, "Kept"], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the protected time of a day.

    Attributes
    ----------
    slots
        New entries of the drivers' calendar.
    missing
        What found no place.
    """

    slots: tuple[Record[DriverTime], ...]
    missing: tuple[MissingTime, ...]


@dataclass(frozen=True, slots=True)
class _Decision:
    """A plan whose drivers have their protected time, not yet kept."""

    pointer: DayPointer
    plan: Plan
    matrix: TravelMatrix
    placed: tuple[PlacedSlot, ...]
    missing: tuple[MissingTime, ...]


def protect(office: Office, actor: Actor, service_date: date, keep: Keep) -> Kept:
    """Place the protected time that drivers are to have on a day.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    service_date
        Which day.
    keep
        Keeps the answer in the same transaction.

    Returns
    -------
    Kept
        The slots are hard from now on; nobody on board moves beyond the
        tolerance of the middle of the day.

    Raises
    ------
    ConflictError
        When the day has no plan, or must be planned again first.
    """

    def decide(session: Session) -> _Decision:
        planned = planned_day(office, session, actor.organisation, service_date)
        plan, matrix = planned.plan, planned.matrix
        found = place_slots(frozen(plan), matrix, limits_of(plan))
        whole = priced(restored(found.plan, plan), matrix)
        return _Decision(planned.day.pointer, whole, matrix, found.placed, found.missing)

    def write(session: Session, decision: _Decision) -> Kept:
        kept = _write(session, actor, decision)
        keep(session, kept)
        return kept

    return settle(office, actor, decide, write)


def _write(session: Session, actor: Actor, decision: _Decision) -> Kept:
    organisation, day = actor.organisation, decision.plan.scenario.day
    slots = tuple(
        DRIVER_TIMES.add(
            session,
            organisation,
            DriverTime(
                each.target.driver,
                each.slot.kind,
                day.start_at + each.slot.window.earliest_s,
                day.start_at + each.slot.window.latest_s,
                each.slot.place,
            ),
            actor=actor,
        )
        for each in decision.placed
    )
    missing = {each.target.id for each in decision.missing}
    for record in daytime.TARGETS.all(session, organisation, service_date=day.date):
        if not record.value.is_placed and record.id not in missing:
            value = replace(record.value, is_placed=True)
            daytime.TARGETS.change(
                session, organisation, record.id, record.version, value, actor=actor
            )
    if slots:
        plan, matrix = decision.plan, decision.matrix
        keep_plan(session, actor, decision.pointer, plan, matrix, PlanOrigin.CHANGE)
    return Kept(slots, decision.missing)
