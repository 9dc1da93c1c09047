"""The plan that counts, on the day as it is now: read once, judged, and ready for quotes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import tus_dispatch
from tus_dispatch.desk.live.assemble import DayRecords, place_of, travel_for
from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.days import DayNow, day_now, kept_plan
from tus_dispatch.desk.live.matrices import matrix_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.plan import Plan, Provenance
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.planning.carry import carry, unplanned
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.store import plans
from tus_dispatch.store.session import Session
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.plan import verify_plan
from tus_dispatch.verify.violations import Violation

INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class Base:
    """What a change of the plan starts from.

    Attributes
    ----------
    plan
        The current plan carried over to the day as it is now, priced.
    matrix
        Travel times between all places of the association.
    stranded
        Legs that it can no longer serve.
    violations
        Rules it no longer keeps.
    """

    plan: Plan
    matrix: TravelMatrix
    stranded: tuple[LegId, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everybody is still driven as planned."""
        return not self.stranded and not self.violations


def open_now(
    office: Office, session: Session, organisation: OrganisationId, service_date: date
) -> tuple[DayPointer, OpenDay]:
    """Return the current plan ready for quotes.

    Parameters
    ----------
    office
        Remembers days that were opened.
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    pointer : DayPointer
        The version and revision it stands for.
    day : OpenDay
        Without any plan, a day on which nobody is served yet.

    Raises
    ------
    ConflictError
        When the day has changed so that the plan cannot be driven any more.
    """
    pointer = plans.pointer(session, organisation, service_date)

    def opened() -> OpenDay:
        base = base_of(office, session, organisation, day_now(session, organisation, service_date))
        expect_sound_base(base, service_date)
        return open_day(base.plan, base.matrix)

    if not pointer.revision:
        # Nothing tells when what such a day consists of changes.
        return pointer, opened()
    key = (organisation, service_date, pointer.current, pointer.revision)
    return pointer, office.open_days.get(key, opened)


def base_of(office: Office, session: Session, organisation: OrganisationId, day: DayNow) -> Base:
    """Carry the current plan over to the day as it is now, and judge it.

    Parameters
    ----------
    office
        Remembers travel times.
    session
        Of a read or a write.
    organisation
        Whose day.
    day
        As it is now, perhaps with or without a booking in question.

    Returns
    -------
    Base
        Sound, or with what is wrong.
    """
    matrix = matrix_of(office, wide(day.records, day.scenario))
    if day.pointer.current is None:
        plan = priced(unplanned(day.scenario), matrix)
        return Base(plan, matrix)
    record = plans.load(session, organisation, day.pointer.service_date, day.pointer.current)
    kept = kept_plan(record).plan
    base = _carried(kept, day.scenario, matrix)
    if base.violations and not base.stranded:
        # Another order of the same pauses may be enough.
        return _carried(kept, day.scenario, matrix, retime=_shifts_of(base))
    return base


def expect_sound_base(base: Base, service_date: date) -> None:
    """Refuse to build on a plan that the day does not allow any more.

    Parameters
    ----------
    base
        The plan on the day as it is now.
    service_date
        For the message.

    Raises
    ------
    ConflictError
        With the first rule that is broken.
    """
    if not base.is_sound:
        named = [*(each.sentence for each in base.violations), *base.stranded]
        raise conflicting("plan-outdated", str(service_date), named[0])


def wide(records: DayRecords, scenario: Scenario) -> Scenario:
    """Return a day with every place of the association that travel times are known for.

    Parameters
    ----------
    records
        Of the day.
    scenario
        The day.

    Returns
    -------
    Scenario
        For travel times only.
    """
    travel = records.organisation.travel
    rows = set(travel.places) if isinstance(travel, MatrixSource) else None
    known = {place.id for place in scenario.places}
    others = (
        place_of(each)
        for each in sorted(records.places, key=lambda each: each.id)
        if each.id not in known
    )
    more = tuple(
        place for place in others if (place.id in rows if rows else place.point is not None)
    )
    places = (*scenario.places, *more)
    return replace(scenario, places=places, travel=travel_for(travel, [each.id for each in places]))


def priced(plan: Plan, matrix: TravelMatrix) -> Plan:
    """Return a plan at its price, with the travel times it was made with."""
    provenance = Provenance(
        engine=INSERTION if plan.provenance is None else plan.provenance.engine,
        version=tus_dispatch.__version__,
        seed=0 if plan.provenance is None else plan.provenance.seed,
        workers=1 if plan.provenance is None else plan.provenance.workers,
        scenario_sha256="",
        travel_source=matrix.source,
        warnings=matrix.warnings,
    )
    return replace(plan, cost=price(open_case(plan, matrix)), provenance=provenance)


def _carried(
    kept: Plan, scenario: Scenario, matrix: TravelMatrix, *, retime: Collection[ShiftId] = ()
) -> Base:
    carried = carry(kept, scenario, matrix, retime=retime)
    plan = priced(carried.plan, matrix)
    return Base(plan, matrix, carried.stranded, verify_plan(plan, matrix))


def _shifts_of(base: Base) -> set[ShiftId]:
    named = {each.where.partition("/")[0] for each in base.violations}
    on_round = {
        str(stop.leg): each.shift for each in base.plan.rounds for stop in each.stops if stop.leg
    }
    return {on_round.get(each, ShiftId(each)) for each in named}
