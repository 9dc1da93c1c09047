"""A plan in a day where nothing that was told or planned can be disturbed."""

from dataclasses import replace

from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.objective import Weights
from tus_dispatch.domain.plan import Plan, Promise, Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId, LegId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.encode import leg_times

MILLI_CENTS = 1000
MINUTE_S = 60


def frozen(plan: Plan) -> Plan:
    """Narrow the day of a plan to what filling it may still change.

    Parameters
    ----------
    plan
        Sound; promises may be missing for some or all legs.

    Returns
    -------
    Plan
        The same rounds in a day that has served bookings only, all of them
        required, with every pickup promised where it was told and planned,
        every used shift ending when its round ends, and no open shift that
        nobody drives. Its objective prices kilometres and paid time as the
        association does for the middle of the day.
    """
    scenario = plan.scenario
    ends_s = {each.shift: each.stops[-1].start_s for each in plan.rounds}
    served = {booking_of(leg) for leg in leg_times(plan)}
    bookings = tuple(
        replace(each, price_eur_cents=None) for each in scenario.bookings if each.id in served
    )
    day = replace(
        scenario,
        bookings=bookings,
        shifts=tuple(_shift(each, ends_s) for each in scenario.shifts if _may_drive(each, ends_s)),
        objective=replace(scenario.objective, weights=_weights(scenario)),
    )
    return replace(
        plan, scenario=day, promises=kept_windows(plan), unserved=(), provenance=plan.provenance
    )


def kept_windows(plan: Plan) -> tuple[Promise, ...]:
    """Return where every pickup must stay.

    Parameters
    ----------
    plan
        Draft or published.

    Returns
    -------
    tuple of Promise
        For each served leg the planned pickup give or take the policy's
        ``move_s``, inside what the person was told.
    """
    move_s = plan.scenario.policy.daytime.move_s
    told = {each.leg: each.pickup_window for each in plan.promises}
    return tuple(
        Promise(leg, _around(times.pickup_s, move_s, told.get(leg)))
        for leg, times in leg_times(plan).items()
    )


def restored(filled: Plan, plan: Plan) -> Plan:
    """Bring the rounds of a filled plan back into the day they belong to.

    Parameters
    ----------
    filled
        Made in a day that :func:`frozen` narrowed.
    plan
        As it was before.

    Returns
    -------
    Plan
        The day with the bookings and protected slots that came in, shifts and
        prices as they were. The declared cost is still that of the narrow
        day: whoever keeps the plan prices it.
    """
    known = {each.id for each in plan.scenario.bookings}
    new = tuple(each for each in filled.scenario.bookings if each.id not in known)
    scenario = replace(
        plan.scenario,
        bookings=(*plan.scenario.bookings, *new),
        drivers=filled.scenario.drivers,
    )
    return replace(plan, scenario=scenario, rounds=filled.rounds)


def optional_ids(scenario: Scenario) -> frozenset[BookingId]:
    """Return the identities of bookings that filling the day may make or has made.

    Parameters
    ----------
    scenario
        With its flexible bookings and events.

    Returns
    -------
    frozenset of BookingId
        Whether the day has such bookings already or not.
    """
    attending = (
        attendance_id(event.id, attendance.participant)
        for event in scenario.group_events
        for attendance in event.attendances
    )
    return frozenset((*(each.id for each in scenario.flexible_bookings), *attending))


def attendance_id(event: str, participant: str) -> BookingId:
    """Name the booking of somebody who comes to an event."""
    return BookingId(f"{event}-{participant}")


def round_of(plan: Plan, shift: ShiftId) -> Round | None:
    """Return what a shift does in a plan, or None."""
    return next((each for each in plan.rounds if each.shift == shift), None)


def booking_of(leg: LegId) -> BookingId:
    """Return the booking a leg belongs to."""
    return BookingId(leg.rpartition(":")[0])


def _around(pickup_s: Seconds, move_s: Seconds, told: TimeWindow | None) -> TimeWindow:
    planned = TimeWindow(max(0, pickup_s - move_s), pickup_s + move_s)
    return planned if told is None else told.intersect(planned) or planned


def _may_drive(shift: Shift, ends_s: dict[ShiftId, Seconds]) -> bool:
    return shift.id in ends_s or shift.driver is not None


def _shift(shift: Shift, ends_s: dict[ShiftId, Seconds]) -> Shift:
    end_s = ends_s.get(shift.id)
    return shift if end_s is None else replace(shift, end=TimeWindow(end_s, end_s))


def _weights(scenario: Scenario) -> Weights:
    daytime = scenario.policy.daytime
    return replace(
        scenario.objective.weights,
        # Cents per kilometre are thousandths of a cent per metre.
        per_metre=daytime.extra_km_eur_cents,
        per_duty_second=daytime.extra_paid_minute_eur_cents * MILLI_CENTS // MINUTE_S,
    )
