"""The plan a made-up day was built around, as stops with times and a price."""

from tus_dispatch.domain.plan import CostBreakdown, Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import MilliCents, Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.generate.land import Land
from tus_dispatch.generate.timetable import NOBODY
from tus_dispatch.generate.tour import Request, Tour
from tus_dispatch.rules.working_time.aim import aim_of, turns_missed
from tus_dispatch.rules.working_time.case import joined


def reference_plan(scenario: Scenario, tours: list[Tour], land: Land) -> Plan:
    """Write down what the shifts under construction do.

    Parameters
    ----------
    scenario
        The finished day.
    tours
        One per shift, in the order of the scenario.
    land
        Places and drives.

    Returns
    -------
    Plan
        Every leg is served; shifts without a leg are not used.
    """
    used = [tour for tour in tours if tour.requests]
    rounds = tuple(_round(tour, land) for tour in used)
    return Plan(scenario, rounds, cost=_cost(scenario, rounds, used))


def _round(tour: Tour, land: Land) -> Round:
    place_ids = land.matrix.place_ids
    places, loads = tour.places(), tour.loads()
    stops: list[Stop] = []
    for i, node in enumerate(tour.nodes):
        leg = tour.requests[node.leg].leg if node.leg != NOBODY else None
        start_s = tour.start_s[i]
        before = stops[-1] if stops else None
        drive_s = land.travel.seconds[places[i - 1]][places[i]] if before else 0
        stops.append(
            Stop(
                kind=node.kind,
                place=place_ids[places[i]],
                leg=leg.id if leg else None,
                arrival_s=before.departure_s + drive_s if before else start_s,
                start_s=start_s,
                departure_s=_departure(tour, land, places, i),
                drive_s=drive_s,
                drive_m=land.travel.metres[places[i - 1]][places[i]] if before else 0,
                load=loads[i],
            )
        )
    shift = tour.shift
    return Round(shift.id, shift.vehicle, shift.driver, tour.configuration, tuple(stops))


def _departure(tour: Tour, land: Land, places: list[int], i: int) -> Seconds:
    """Leave when service is over, but the start as late as the first stop allows."""
    node = tour.nodes[i]
    if node.kind is StopKind.START:
        return tour.start_s[1] - land.travel.seconds[places[0]][places[1]]
    return tour.start_s[i] + node.service_s


def _cost(scenario: Scenario, rounds: tuple[Round, ...], tours: list[Tour]) -> CostBreakdown:
    weights = scenario.objective.weights
    stops = [stop for one in rounds for stop in one.stops]
    rides = [ride for tour in tours for ride in _rides(tour)]
    duty_s = sum(one.stops[-1].start_s - one.stops[0].start_s for one in rounds)
    n_open = sum(one.driver is None for one in rounds)
    excess_s = sum(
        down_s - up_s - request.leg.boarding_s - request.direct_s for request, up_s, down_s in rides
    )
    early_s = sum(max(0, (r.leg.target_dropoff_s or 0) - down_s) for r, _, down_s in rides)
    targets = [(r.leg.target_pickup_s, up_s) for r, up_s, _ in rides]
    late_s = sum(up_s - target_s for target_s, up_s in targets if target_s is not None)
    return CostBreakdown(
        distance=sum(stop.drive_m for stop in stops) * weights.per_metre,
        duty=duty_s * weights.per_duty_second,
        rounds=len(rounds) * weights.per_round + n_open * weights.per_open_round,
        excess_ride=excess_s * weights.per_excess_ride_second,
        wait_aboard=sum(_wait_s(one) for one in rounds) * weights.per_wait_aboard_second,
        early=early_s * weights.per_early_second,
        late=late_s * weights.per_late_second,
        **_crew_cost(scenario, rounds),
    )


def _crew_cost(scenario: Scenario, rounds: tuple[Round, ...]) -> dict[str, MilliCents]:
    """Price hours off the contract and turns not taken; nobody has a regular driver."""
    if scenario.working_time is None:
        return {}
    weights, day = scenario.objective.weights, scenario.day
    aims = [
        aim_of(driver, day, _work(scenario, [one for one in rounds if one.driver == driver.id]))
        for driver in scenario.drivers
    ]
    early, short = turns_missed(aims)
    return {
        "hours": sum(each.week_off_s for each in aims) * weights.per_week_hours_second
        + sum(each.month_off_s for each in aims) * weights.per_month_hours_second,
        "rotation": early * weights.per_early_start + short * weights.per_short_round,
    }


def _work(scenario: Scenario, rounds: list[Round]) -> tuple[WorkSpan, ...]:
    """Return when rounds are work: from sign-on to sign-off, without the breaks."""
    start_at = scenario.day.start_at
    spans = []
    for one in rounds:
        begin_s = one.stops[0].start_s
        for stop in one.stops:
            if stop.kind in {StopKind.BREAK, StopKind.END}:
                spans.append((begin_s, stop.start_s))
                begin_s = stop.departure_s
    return joined(
        WorkSpan(start_at + begin_s, start_at + end_s)
        for begin_s, end_s in spans
        if begin_s < end_s
    )


def _rides(tour: Tour) -> list[tuple[Request, Seconds, Seconds]]:
    times: dict[int, list[Seconds]] = {}
    for node, start_s in zip(tour.nodes, tour.start_s, strict=True):
        if node.leg != NOBODY:
            times.setdefault(node.leg, []).append(start_s)
    return [(tour.requests[index], up_s, down_s) for index, (up_s, down_s) in times.items()]


def _wait_s(one: Round) -> Seconds:
    aboard = total_s = 0
    for stop in one.stops:
        total_s += stop.waiting_s * aboard
        aboard += {StopKind.PICKUP: 1, StopKind.DROPOFF: -1}.get(stop.kind, 0)
    return total_s
