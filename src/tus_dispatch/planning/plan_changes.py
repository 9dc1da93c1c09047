"""What a new plan moves, compared with one that people may already know."""

from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.plan_changes import PlanChanges
from tus_dispatch.domain.units import LegId, Seconds, ShiftId

MOVED_MORE_THAN_S = 600


def compare(plan: Plan, previous: Plan) -> PlanChanges:
    """Compare two plans leg by leg.

    Parameters
    ----------
    plan
        The new plan.
    previous
        The plan people know, of the same day or of another with the same
        bookings.

    Returns
    -------
    PlanChanges
        Legs in the order of the new plan's rounds, those no longer served in
        the order of the previous one's.
    """
    new, old = _timetable(plan), _timetable(previous)
    shifts, old_shifts = _shifts(plan), _shifts(previous)
    moves_s = [abs(start_s - old[stop]) for stop, start_s in new.items() if stop in old]
    return PlanChanges(
        plan_stability=sum(move_s > MOVED_MORE_THAN_S for move_s in moves_s),
        largest_move_s=max(moves_s, default=None),
        changed_round=tuple(
            leg for leg, shift in shifts.items() if old_shifts.get(leg, shift) != shift
        ),
        newly_served=tuple(leg for leg in shifts if leg not in old_shifts),
        no_longer_served=tuple(leg for leg in old_shifts if leg not in shifts),
    )


def _timetable(plan: Plan) -> dict[tuple[LegId, StopKind], Seconds]:
    return {
        (stop.leg, stop.kind): stop.start_s
        for tour_round in plan.rounds
        for stop in tour_round.stops
        if stop.leg is not None
    }


def _shifts(plan: Plan) -> dict[LegId, ShiftId]:
    return {
        stop.leg: tour_round.shift
        for tour_round in plan.rounds
        for stop in tour_round.stops
        if stop.leg is not None
    }
