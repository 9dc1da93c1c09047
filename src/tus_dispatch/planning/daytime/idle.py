"""The three idlenesses of a day, and every measure of what filling it has changed."""

from collections.abc import Iterator

from tus_dispatch.domain.daytime_figures import Bar, DaytimeFigures, Gain, RoundIdleness
from tus_dispatch.domain.figures import Figures
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, EurCents, LegId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.asking import value_of_leg
from tus_dispatch.planning.daytime.frozen import (
    MILLI_CENTS,
    MINUTE_S,
    attendance_id,
    booking_of,
    optional_ids,
)
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.leg_windows import LegTimes
from tus_dispatch.planning.round_figures import MIDDAY
from tus_dispatch.planning.round_time import Span, Use, spans, uncovered_s


def daytime_figures(plan: Plan, matrix: TravelMatrix, planned: Plan) -> DaytimeFigures:
    """Measure the middle of a day.

    Parameters
    ----------
    plan
        A plan without violations.
    matrix
        Its travel times.
    planned
        What people were told or what was planned before the middle of the
        day was filled; pickups of both plans are compared.

    Returns
    -------
    DaytimeFigures
        By round and for the day.
    """
    counted = figures(plan, matrix)
    moves_s = _moves_s(leg_times(plan), leg_times(planned))
    optional = optional_ids(plan.scenario)
    served = [leg for leg in leg_times(plan) if booking_of(leg) in optional]
    production = counted.production
    return DaytimeFigures(
        rounds=_rounds(plan, counted),
        paid_idle_s=counted.idleness.paid_idle_s,
        paid_idle_midday_s=counted.idleness.paid_idle_midday_s,
        paid_midday_s=counted.idleness.paid_midday_s,
        vehicle_idle_midday_s=counted.idleness.vehicle_idle_midday_s,
        empty_m=production.empty_m,
        loaded_m=production.loaded_m,
        passenger_m=production.passenger_m,
        seat_m=production.seat_m,
        paid_s=production.paid_s,
        legs=counted.service.requests_accepted,
        paid_legs=production.paid_legs,
        optional_offered=len(optional),
        optional_served=len({booking_of(leg) for leg in served}),
        optional_legs=len(served),
        protected_s=production.protected_s,
        protected_planned_s=_protected_planned_s(planned),
        displaced_s=sum(moves_s),
        largest_move_s=max(moves_s, default=0),
    )


def gain(without: Plan, filled: Plan, matrix: TravelMatrix) -> Gain:
    """Compare a filled day with the same demand without filling.

    Parameters
    ----------
    without
        The counterfactual: the same day, planned again without anything
        optional.
    filled
        With what came in.
    matrix
        Travel times of both.

    Returns
    -------
    Gain
        Differences, filled less counterfactual.
    """
    before, after = figures(without, matrix), figures(filled, matrix)
    added = leg_times(filled).keys() - leg_times(without).keys()
    value = sum(_values(filled.scenario).get(booking_of(leg), 0) for leg in added)
    extra_m = after.production.total_m - before.production.total_m
    extra_paid_s = after.production.paid_s - before.production.paid_s
    daytime = filled.scenario.policy.daytime
    paid = daytime.extra_paid_minute_eur_cents * MILLI_CENTS * extra_paid_s // MINUTE_S
    return Gain(
        legs=len(added),
        extra_m=extra_m,
        extra_paid_s=extra_paid_s,
        idle_saved_s=before.idleness.paid_idle_midday_s - after.idleness.paid_idle_midday_s,
        idle_before_s=before.idleness.paid_idle_midday_s,
        protected_s=after.production.protected_s - before.production.protected_s,
        value_eur_cents=value,
        net=value * MILLI_CENTS - daytime.extra_km_eur_cents * extra_m - paid,
    )


def _values(scenario: Scenario) -> dict[BookingId, EurCents]:
    values = {each.id: value_of_leg(each, scenario) for each in scenario.flexible_bookings}
    for event in scenario.group_events:
        for each in event.attendances:
            values[attendance_id(event.id, each.participant)] = value_of_leg(event, scenario)
    return values


def _rounds(plan: Plan, counted: Figures) -> tuple[RoundIdleness, ...]:
    return tuple(
        RoundIdleness(
            shift=each.shift,
            vehicle=each.vehicle,
            driver=each.driver,
            paid_idle_s=each.paid_idle_s,
            paid_idle_midday_s=each.paid_idle_midday_s,
            paid_midday_s=each.paid_midday_s,
            vehicle_idle_midday_s=_standing_s(tour_round),
            empty_m=each.empty_m,
            total_m=each.total_m,
            bars=tuple(_bars(tour_round)),
        )
        for tour_round, each in zip(plan.rounds, counted.rounds, strict=True)
    )


def _bars(tour_round: Round) -> Iterator[Bar]:
    last: Bar | None = None
    for part in spans(tour_round):
        if not part.length_s:
            continue
        use = _use(part)
        if last is not None and last.use == use:
            last = Bar(use, last.start_s, part.end_s)
            continue
        if last is not None:
            yield last
        last = Bar(use, part.start_s, part.end_s)
    if last is not None:
        yield last


def _use(part: Span) -> str:
    if part.use is Use.DRIVING:
        return "loaded" if part.aboard else "empty"
    return str(part.use.value)


def _standing_s(tour_round: Round) -> Seconds:
    """Return how long a round's vehicle stands with nobody aboard, 09:30 to 15:30."""
    duty = TimeWindow(tour_round.stops[0].start_s, tour_round.stops[-1].departure_s)
    hours = duty.intersect(MIDDAY)
    if hours is None:
        return 0
    busy = (
        (part.start_s, part.end_s)
        for part in spans(tour_round)
        if part.use in {Use.DRIVING, Use.SERVICE} or part.aboard
    )
    return uncovered_s(hours, busy)


def _moves_s(now: dict[LegId, LegTimes], planned: dict[LegId, LegTimes]) -> list[Seconds]:
    return [abs(now[leg].pickup_s - times.pickup_s) for leg, times in planned.items() if leg in now]


def _protected_planned_s(plan: Plan) -> Seconds:
    """Return the protected time that slots inside duties and targets ask for."""
    scenario, total_s = plan.scenario, 0
    for tour_round in plan.rounds:
        if tour_round.driver is None:
            continue
        duty = TimeWindow(tour_round.stops[0].start_s, tour_round.stops[-1].departure_s)
        for slot in scenario.driver(tour_round.driver).protected_slots:
            inside = duty.intersect(slot.window)
            total_s += 0 if inside is None else inside.latest_s - inside.earliest_s
    return total_s + sum(each.target_s for each in scenario.protected_targets)
