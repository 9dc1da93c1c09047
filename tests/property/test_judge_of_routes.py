"""What the judge of plans accepts, the judge of solutions accepts in the solver's words."""

from hypothesis import given, settings

from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.planning.encode import Encoding, encode
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.verify.instance import verify_solution


def _node(encoding: Encoding, vehicle: int, stop: Stop) -> int:
    n = len(encoding.legs)
    if stop.leg is not None:
        request = [leg.id for leg in encoding.legs].index(stop.leg)
        return request + (n if stop.kind is StopKind.DROPOFF else 0)
    return 2 * n + next(
        at
        for at, pause in enumerate(encoding.pauses)
        if (pause.vehicle, pause.kind) == (vehicle, stop.kind)
        and pause.window.earliest_s <= stop.start_s <= pause.window.latest_s
    )


def _route(encoding: Encoding, tour_round: Round) -> Route:
    vehicle = [shift.id for shift in encoding.shifts].index(tour_round.shift)
    between = tour_round.stops[1:-1]
    return Route(
        vehicle=vehicle,
        nodes=tuple(_node(encoding, vehicle, stop) for stop in between),
        start_s=tuple(stop.start_s for stop in between),
        sign_on_s=tour_round.stops[0].start_s,
        sign_off_s=tour_round.stops[-1].departure_s,
    )


def _solution(encoding: Encoding, plan: Plan) -> Solution:
    left_out = {item.leg for item in plan.unserved}
    return Solution(
        routes=tuple(_route(encoding, tour_round) for tour_round in plan.rounds),
        unserved=tuple(r for r, leg in enumerate(encoding.legs) if leg.id in left_out),
    )


@settings(max_examples=100)
@given(day=days(max_legs=30, max_shifts=6))
def test_a_sound_plan_is_a_sound_solution(day: Day) -> None:
    scenario, matrix, plan = day
    encoding = encode(
        scenario,
        legs_of(scenario),
        matrix,
        promises={promise.leg: promise.pickup_window for promise in plan.promises},
    )

    assert verify_solution(encoding.instance, _solution(encoding, plan)) == ()
