"""A plan of a day carried over to the same day as it is now, nobody moved without need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.planning.retime import retimed, shortened

NOT_PLANNED_YET = "not-planned-yet"


@dataclass(frozen=True, slots=True)
class Carried:
    """What came over.

    Attributes
    ----------
    plan
        On the day as it is now; who was asked for since is left out. Its cost
        is that of before: whoever keeps the plan prices it.
    stranded
        Legs that the plan served and that still want to travel, but whose
        shift is gone, or whose round can no longer be driven.
    """

    plan: Plan
    stranded: tuple[LegId, ...] = ()


def unplanned(scenario: Scenario) -> Plan:
    """Return the plan of a day that nobody has planned yet.

    Parameters
    ----------
    scenario
        The day.

    Returns
    -------
    Plan
        Everybody is left out, for that reason.
    """
    reason = reason_for(NOT_PLANNED_YET)
    return Plan(
        scenario, rounds=(), unserved=tuple(Unserved(leg.id, reason) for leg in legs_of(scenario))
    )


def carry(
    plan: Plan, scenario: Scenario, matrix: TravelMatrix, *, retime: Collection[ShiftId] = ()
) -> Carried:
    """Carry a plan over to the day as it is now.

    Parameters
    ----------
    plan
        Of the day as it was.
    scenario
        The day as it is: legs may have gone or come, shifts changed.
    matrix
        Travel times between its places.
    retime
        Shifts whose rounds are timed anew although nobody left them.

    Returns
    -------
    Carried
        Rounds that lost nobody keep order and times to the second; the others
        keep their order. Whether the plan keeps the rules of the day as it is
        now is for the judge.
    """
    legs = legs_of(scenario)
    wanted = {leg.id for leg in legs}
    moved = _on(scenario, plan, wanted)
    changed = {each.shift for each in moved.rounds} & set(retime)
    # A round that cannot be driven may strand the other half of a booking elsewhere.
    while True:
        served = _served(moved)
        moved, cut = _without(moved, (served - wanted) | _widows(legs, served))
        changed |= cut
        if not changed:
            break
        for shift in sorted(changed & {each.shift for each in moved.rounds}):
            moved = retimed(moved, shift, matrix) or _without_round(moved, shift)
        changed = set()
    served = _served(moved)
    told = {each.leg: each for each in plan.unserved}
    late = reason_for(NOT_PLANNED_YET)
    unserved = tuple(
        told.get(leg.id, Unserved(leg.id, late)) for leg in legs if leg.id not in served
    )
    before = _served(plan)
    stranded = tuple(leg.id for leg in legs if leg.id in before and leg.id not in served)
    return Carried(replace(moved, unserved=unserved), stranded)


def _on(scenario: Scenario, plan: Plan, wanted: Collection[LegId]) -> Plan:
    """Put the rounds that are still driven on the day, with the crews they have now."""
    shifts = {shift.id: shift for shift in scenario.shifts}
    rounds = {
        each.shift: crewed
        for each in plan.rounds
        if each.shift in shifts
        if (crewed := _crewed(each, shifts[each.shift], scenario)) is not None
    }
    return replace(
        plan,
        scenario=scenario,
        rounds=tuple(rounds[shift] for shift in shifts if shift in rounds),
        unserved=(),
        promises=tuple(each for each in plan.promises if each.leg in wanted),
        certificate=Certificate(),
    )


def _crewed(tour_round: Round, shift: Shift, scenario: Scenario) -> Round | None:
    """Give a round the crew of its shift, in the first configuration that holds everybody."""
    loads = [stop.load for stop in tour_round.stops]
    seats = max(load.seats for load in loads)
    wheelchairs = max(load.wheelchairs for load in loads)
    offered = scenario.vehicle(shift.vehicle).configurations
    fitting = [
        at
        for at, each in enumerate(offered)
        if seats <= each.seats and wheelchairs <= each.wheelchairs
    ]
    if not fitting:
        return None
    is_same = tour_round.vehicle == shift.vehicle and tour_round.configuration in fitting
    chosen = tour_round.configuration if is_same else fitting[0]
    return replace(tour_round, vehicle=shift.vehicle, driver=shift.driver, configuration=chosen)


def _served(plan: Plan) -> set[LegId]:
    return {stop.leg for each in plan.rounds for stop in each.stops if stop.leg is not None}


def _widows(legs: Sequence[Leg], served: Collection[LegId]) -> set[LegId]:
    return {
        leg.id
        for leg in legs
        if leg.id in served and leg.partner is not None and leg.partner not in served
    }


def _without(plan: Plan, gone: Collection[LegId]) -> tuple[Plan, set[ShiftId]]:
    """Take legs out of their rounds; return the shifts whose rounds are shorter now."""
    rounds = [(each, shortened(each, gone)) for each in plan.rounds]
    cut = {each.shift for each, rest in rounds if rest is not None and rest != each}
    return replace(plan, rounds=tuple(rest for _, rest in rounds if rest is not None)), cut


def _without_round(plan: Plan, shift: ShiftId) -> Plan:
    return replace(plan, rounds=tuple(each for each in plan.rounds if each.shift != shift))
