"""Protected slots for training and accompaniment, put where a driver has nothing to do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tus_dispatch.domain.daytime import ProtectedTarget
from tus_dispatch.domain.daytime_report import MissingTime, PlacedSlot
from tus_dispatch.domain.fleet import ProtectedSlot
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import DriverId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.choice import Limits
from tus_dispatch.planning.daytime.guards import keeps_buffer, nobody_is_in_two_places
from tus_dispatch.planning.daytime.retimed import retimed
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.round_time import Use, spans

# Between the peaks, 09:15 to 16:00; no clock changes between 04:00 and then.
TROUGH = TimeWindow(5 * 3600 + 900, 12 * 3600)
STEP_S: Seconds = 900


@dataclass(frozen=True, slots=True)
class Protected:
    """A plan whose drivers have their protected time.

    Attributes
    ----------
    plan
        Its drivers have the new slots.
    placed
        The new slots.
    missing
        What found no place, in the order of the targets; targets that are met
        are absent.
    """

    plan: Plan
    placed: tuple[PlacedSlot, ...] = ()
    missing: tuple[MissingTime, ...] = ()


def place_slots(plan: Plan, matrix: TravelMatrix, limits: Limits) -> Protected:
    """Give drivers the training and accompaniment they are to have.

    Parameters
    ----------
    plan
        In the narrow day of ``frozen.frozen``; its day names the targets.
    matrix
        Knows its places.
    limits
        Read from the plan before anything came in.

    Returns
    -------
    Protected
        Every slot lies in a trough, inside one duty, and costs the plan as
        little as any. Slots the driver has already count for the target.
    """
    placed: list[PlacedSlot] = []
    missing: list[MissingTime] = []
    for target in plan.scenario.protected_targets:
        left_s = target.target_s - _has_s(plan.scenario, target)
        for length_s in sorted(target.lengths_s, reverse=True):
            while length_s <= left_s:
                found = _best(open_day(plan, matrix), target, length_s, limits)
                if found is None:
                    break
                plan, slot = found
                placed.append(PlacedSlot(target, slot))
                left_s -= length_s
        if left_s > 0:
            missing.append(MissingTime(target, left_s))
    return Protected(plan, tuple(placed), tuple(missing))


def missing_of(plan: Plan) -> tuple[MissingTime, ...]:
    """Return what the targets of a day still lack."""
    scenario = plan.scenario
    left = ((each, each.target_s - _has_s(scenario, each)) for each in scenario.protected_targets)
    return tuple(MissingTime(target, left_s) for target, left_s in left if left_s > 0)


def with_slot(scenario: Scenario, driver: DriverId, slot: ProtectedSlot) -> Scenario:
    """Return the day in which a driver has one more protected slot."""
    return replace(
        scenario,
        drivers=tuple(
            replace(each, protected_slots=(*each.protected_slots, slot))
            if each.id == driver
            else each
            for each in scenario.drivers
        ),
    )


def _best(
    day: OpenDay, target: ProtectedTarget, length_s: Seconds, limits: Limits
) -> tuple[Plan, ProtectedSlot] | None:
    """Return the plan with the cheapest slot of a length, the earliest among equals."""
    best: tuple[int, Plan, ProtectedSlot] | None = None
    for tour_round in day.plan.rounds:
        if tour_round.driver != target.driver:
            continue
        before = day.sizes[tour_round.shift].cost
        for start_s in _starts_s(tour_round, length_s):
            window = TimeWindow(start_s, start_s + length_s)
            slot = ProtectedSlot(window, target.kind, target.place)
            found = _with_slot(day, tour_round, target.driver, slot)
            if found is None or not _keeps(found[1], tour_round.shift, limits):
                continue
            if best is None or found[0] - before < best[0]:
                best = found[0] - before, found[1], slot
    return None if best is None else best[1:]


def _with_slot(
    day: OpenDay, tour_round: Round, driver: DriverId, slot: ProtectedSlot
) -> tuple[int, Plan] | None:
    scenario = with_slot(day.plan.scenario, driver, slot)
    changed = day.under(replace(day.plan, scenario=scenario))
    found = retimed(changed, tour_round.shift)
    if found is None:
        return None
    cost, new_round = found
    rounds = tuple(new_round if each is tour_round else each for each in day.plan.rounds)
    return cost, replace(day.plan, scenario=scenario, rounds=rounds)


def _keeps(plan: Plan, shift: ShiftId, limits: Limits) -> bool:
    """Tell whether new times of a round leave what windows cannot say as it must be."""
    buffer_s = plan.scenario.policy.daytime.peak_buffer_s
    return all(
        keeps_buffer(each, limits.peaks.get(shift), limits.confirmed, buffer_s)
        for each in plan.rounds
        if each.shift == shift
    ) and nobody_is_in_two_places(plan.rounds, plan.scenario.bookings, limits.confirmed)


def _starts_s(tour_round: Round, length_s: Seconds) -> Iterator[Seconds]:
    """Yield quarter hours from which a driver has nothing to do for long enough."""
    sign_off_s = tour_round.stops[-1].start_s
    for part in spans(tour_round):
        if part.use is not Use.IDLE or part.aboard:
            continue
        first_s = max(part.start_s, TROUGH.earliest_s)
        start_s = -(-first_s // STEP_S) * STEP_S
        until_s = min(part.end_s, TROUGH.latest_s, sign_off_s)
        while start_s + length_s <= until_s:
            yield start_s
            start_s += STEP_S


def _has_s(scenario: Scenario, target: ProtectedTarget) -> Seconds:
    return sum(
        slot.window.latest_s - slot.window.earliest_s
        for slot in scenario.driver(target.driver).protected_slots
        if slot.kind is target.kind
    )
