"""What one round takes and does: its duty parted, its metres empty and loaded, its idle gaps."""

from collections.abc import Iterable

from tus_dispatch.domain.emissions import EmissionFactors
from tus_dispatch.domain.leg_figures import Gap, LegFigures, RoundFigures, count_people
from tus_dispatch.domain.plan import Plan, Round, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.round_time import Span, Use, spans, uncovered_s

# 09:30 to 15:30: no clock changes between 04:00 and then.
MIDDAY = TimeWindow(5 * 3600 + 1800, 11 * 3600 + 1800)
SHORTEST_GAP_S = 900


def figures_of_duty(
    plan: Plan, tour_round: Round, legs: tuple[LegFigures, ...], factors: EmissionFactors
) -> RoundFigures:
    """Count one round.

    Parameters
    ----------
    plan, tour_round
        The plan and one of its rounds.
    legs
        The legs of the round.
    factors
        Emissions per kilometre.

    Returns
    -------
    RoundFigures
        All sums over the spans of its duty.
    """
    parts = spans(tour_round)
    vehicle = plan.scenario.vehicle(tour_round.vehicle)
    configuration = vehicle.configurations[tour_round.configuration]
    loaded_m = sum(part.metres for part in parts if part.aboard)
    total_m = sum(stop.drive_m for stop in tour_round.stops)
    g_per_km = factors.g_per_km(vehicle.energy)
    sign_on_s, sign_off_s = tour_round.stops[0].start_s, tour_round.stops[-1].departure_s
    idle = [part for part in parts if part.use is Use.IDLE]
    paid = not _is_volunteer(plan.scenario, tour_round)
    return RoundFigures(
        shift=tour_round.shift,
        vehicle=tour_round.vehicle,
        driver=tour_round.driver,
        sign_on_s=sign_on_s,
        sign_off_s=sign_off_s,
        driving_s=_spent_on(Use.DRIVING, parts),
        service_s=_spent_on(Use.SERVICE, parts),
        break_s=_spent_on(Use.BREAK, parts),
        protected_s=_spent_on(Use.PROTECTED, parts),
        idle_s=_spent_on(Use.IDLE, parts),
        paid_s=paid * (sign_off_s - sign_on_s),
        paid_idle_s=paid * _spent_on(Use.IDLE, parts),
        paid_midday_s=paid * sum(part.within(MIDDAY) for part in parts),
        paid_idle_midday_s=paid * sum(part.within(MIDDAY) for part in idle),
        breaks=sum(stop.kind is StopKind.BREAK for stop in tour_round.stops),
        legs=len(legs),
        people=count_people(legs),
        total_m=total_m,
        empty_m=sum(part.metres for part in parts if not part.aboard),
        loaded_m=loaded_m,
        passenger_m=sum(part.metres * part.aboard for part in parts),
        seat_m=(configuration.seats + configuration.wheelchairs) * loaded_m,
        co2e_mg=g_per_km * total_m,
        co2e_avoided_mg=g_per_km * (sum(leg.direct_m or 0 for leg in legs) - loaded_m),
        gaps=tuple(_gaps(tour_round.shift, idle)),
    )


def _is_volunteer(scenario: Scenario, tour_round: Round) -> bool:
    return tour_round.driver is not None and scenario.driver(tour_round.driver).volunteer


def _spent_on(use: Use, parts: Iterable[Span]) -> Seconds:
    return sum(part.length_s for part in parts if part.use is use)


def _gaps(shift: ShiftId, idle: list[Span]) -> list[Gap]:
    merged: list[Gap] = []
    for part in (part for part in idle if not part.aboard and part.length_s):
        start_s = part.start_s
        if merged and merged[-1].end_s == start_s and merged[-1].place == part.place:
            start_s = merged.pop().start_s
        merged.append(Gap(shift, part.place, start_s, part.end_s))
    return [gap for gap in merged if gap.length_s >= SHORTEST_GAP_S]


def vehicle_idle_midday_s(plan: Plan) -> Seconds:
    """Return how long available vehicles stand without anybody aboard around noon.

    Parameters
    ----------
    plan
        All vehicles of its scenario count, also those without a round.

    Returns
    -------
    int
        Seconds between 09:30 and 15:30 in which a vehicle is not absent, does
        not drive, and nobody is aboard, gets in or gets out; all vehicles
        added up.
    """
    total_s = 0
    for vehicle in plan.scenario.vehicles:
        taken = [(each.window.earliest_s, each.window.latest_s) for each in vehicle.absences]
        for tour_round in plan.rounds:
            if tour_round.vehicle == vehicle.id:
                taken += [
                    (part.start_s, part.end_s)
                    for part in spans(tour_round)
                    if part.use in {Use.DRIVING, Use.SERVICE} or part.aboard
                ]
        total_s += uncovered_s(MIDDAY, taken)
    return total_s
