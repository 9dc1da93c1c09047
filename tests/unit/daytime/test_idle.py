from dataclasses import replace
from itertools import pairwise

from tests.daytime_makers import flexible, quiet_day, training
from tests.filled_days import filled_pair
from tests.makers import five_legs_matrix
from tus_dispatch.planning.daytime.idle import daytime_figures, gain
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.planning.figures import figures

MATRIX = five_legs_matrix()
MINUTE_S = 60


def test_the_three_idlenesses_of_a_day_known_by_heart() -> None:
    plan = quiet_day(bookings=(flexible(),), targets=(training(),))

    found = daytime_figures(plan, MATRIX, plan)

    minibus, car = found.rounds
    # The minibus stands from 09:29 to 11:00, the car from 08:26 to 13:00 with a break of
    # 20 minutes; noon begins at 09:30.
    assert minibus.paid_idle_midday_s == 90 * MINUTE_S
    assert car.paid_idle_midday_s == (210 - 20) * MINUTE_S
    assert found.paid_idle_midday_s == (90 + 190) * MINUTE_S
    # On duty 09:30 to 11:49 and 09:30 to 13:23.
    assert found.paid_midday_s == (139 + 233) * MINUTE_S
    assert found.paid_idle_rate_midday == 280 / 372
    assert (minibus.vehicle_idle_midday_s, car.vehicle_idle_midday_s) == (5400, 210 * MINUTE_S)
    # Garage to hamlet, hamlet to garage; garage to village, mill to garage.
    assert (minibus.empty_m, car.empty_m) == (60_000, 15_000)
    assert found.total_m == 120_000
    assert (found.optional_offered, found.optional_served) == (1, 0)
    # Half an hour is planned for Léa, and nothing of it is done.
    assert found.training_hours_kept == 0
    assert (found.displaced_s, found.largest_move_s) == (0, 0)


def test_measures_agree_with_the_figures_of_the_plan() -> None:
    pair = filled_pair()

    found = daytime_figures(pair.after, pair.matrix, pair.before)

    counted = figures(pair.after, pair.matrix)
    assert found.empty_km_rate == counted.production.empty_km_rate
    assert found.occupancy_km == counted.production.occupancy_km
    assert found.seat_fill == counted.production.seat_fill
    assert found.trips_per_driver_hour == counted.production.trips_per_driver_hour
    assert found.paid_idle_rate_midday == counted.idleness.paid_idle_rate_midday
    assert sum(each.empty_m for each in found.rounds) == counted.production.empty_m


def test_bars_cover_every_duty_without_hole_or_overlap() -> None:
    pair = filled_pair()

    found = daytime_figures(pair.after, pair.matrix, pair.before)

    for tour_round, each in zip(pair.after.rounds, found.rounds, strict=True):
        stops = tour_round.stops
        assert (each.bars[0].start_s, each.bars[-1].end_s) == (
            stops[0].start_s,
            stops[-1].departure_s,
        )
        assert all(one.end_s == other.start_s for one, other in pairwise(each.bars))


def test_what_a_filling_gains_is_the_difference_of_two_plans() -> None:
    pair = filled_pair()

    found = gain(pair.before, pair.after, pair.matrix)

    before, after = (figures(each, pair.matrix) for each in (pair.before, pair.after))
    new = leg_times(pair.after).keys() - leg_times(pair.before).keys()
    assert found.legs == len(new) > 0
    assert found.extra_m == after.production.total_m - before.production.total_m
    idle = [each.idleness.paid_idle_midday_s for each in (before, after)]
    assert found.idle_saved_s == idle[0] - idle[1]
    assert found.idle_used == found.idle_saved_s / idle[0]
    assert found.marginal_m_per_leg == found.extra_m / len(new)


def test_a_pickup_that_moves_is_counted() -> None:
    plan = quiet_day()
    later = tuple(
        replace(each, stops=tuple(replace(stop, start_s=stop.start_s + 60) for stop in each.stops))
        for each in plan.rounds
    )

    found = daytime_figures(replace(plan, rounds=later), MATRIX, plan)

    # Five pickups, a minute each.
    assert (found.displaced_s, found.largest_move_s) == (5 * 60, 60)
