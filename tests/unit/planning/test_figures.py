"""The figures of the five-leg day, worked out by hand."""

from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    CENTRE,
    CHLOE_OUT,
    MINUTE_S,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.emissions import EmissionFactors
from tus_dispatch.domain.figures import Figures, Spread
from tus_dispatch.domain.fleet import Absence, AbsenceReason, Energy
from tus_dispatch.domain.leg_figures import Gap
from tus_dispatch.domain.plan import Plan, Promise, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.planning.figures import figures


def counted(plan: Plan) -> Figures:
    return figures(plan, five_legs_matrix())


def with_drivers(plan: Plan, **changes: object) -> Plan:
    drivers = tuple(replace(driver, **changes) for driver in plan.scenario.drivers)  # type: ignore[arg-type]
    return replace(plan, scenario=replace(plan.scenario, drivers=drivers))


def without_minibus(plan: Plan) -> Plan:
    """Leave Basile out; the car's round stays."""
    left_out = tuple(
        Unserved(leg, reason_for(slug))
        for leg, slug in ((BASILE_OUT, "qualification"), (BASILE_RET, "linked-leg"))
    )
    return replace(plan, rounds=plan.rounds[1:], unserved=left_out)


def test_a_shared_ride_is_compared_with_the_direct_drive_and_the_limit() -> None:
    chloe = next(leg for leg in counted(five_legs_plan()).legs if leg.leg == CHLOE_OUT)

    # In at 08:05 + 2, out at 08:24; Bourg to Centre is 15 minutes; the limit
    # is 15 + max(15, half of 15).
    assert (chloe.ride_s, chloe.direct_s, chloe.max_ride_s) == (17 * 60, 15 * 60, 30 * 60)
    assert chloe.excess_ride_s == 2 * 60
    assert chloe.ride_ratio == 17 / 15
    assert chloe.shared_with == (ANNE_OUT,)
    # Asked for 08:30; earliest lawful arrival 08:00.
    assert chloe.arrival_margin_s == 6 * 60
    assert chloe.regret_s == 24 * 60
    assert chloe.pickup_deviation_s is None


def test_legs_come_in_the_order_of_the_scenario_not_of_the_rounds() -> None:
    legs = [leg.leg for leg in counted(five_legs_plan()).legs]

    assert legs == [ANNE_OUT, ANNE_RET, BASILE_OUT, BASILE_RET, CHLOE_OUT]


def test_the_service_of_the_day() -> None:
    service = counted(five_legs_plan()).service

    assert (service.requests, service.requests_accepted) == (5, 5)
    # Anne and Basile ride there and back and are still one person each.
    assert (service.participants, service.people, service.served_communes) == (3, 3, 1)
    # Anne 11 for 10, Basile 10 for 10, Chloé 17 for 15, both returns direct:
    # (1 + 0 + 0 + 0 + 2) minutes over five legs.
    assert service.excess_ride_s == Spread(mean=36.0, p95=120, max=120)
    assert service.ride_ratio is not None
    assert service.ride_ratio.mean == pytest.approx((1.1 + 1 + 1 + 1 + 17 / 15) / 5)
    assert service.limit_use_max == 17 / 30
    # Anne 5, Basile 5, Chloé 6 minutes before the time asked for.
    assert service.arrival_margin_mean_s == pytest.approx(16 * 60 / 3)
    assert service.arrival_margin_min_s == 5 * 60
    assert (service.on_time_arrival, service.on_time_pickup) == (1.0, 1.0)
    # Anne arrives at 08:25, lawful from 08:00 on.
    assert service.max_regret_s == 25 * 60
    assert (service.wait_aboard_total_s, service.wait_aboard_max_s) == (0, 0)


def test_an_arrival_more_than_half_an_hour_early_is_not_on_time() -> None:
    plan = five_legs_plan()
    out = replace(plan.scenario.bookings[1].outward, arrive_by_s=at("10:00"))  # type: ignore[type-var]
    bookings = list(plan.scenario.bookings)
    bookings[1] = replace(bookings[1], outward=out)
    plan = replace(plan, scenario=replace(plan.scenario, bookings=tuple(bookings)))

    # Basile now arrives 35 minutes before the time asked for, the others 5 and 6.
    assert counted(plan).service.on_time_arrival == 2 / 3


def test_waiting_with_somebody_aboard_counts_for_everybody_aboard() -> None:
    plan = five_legs_plan()
    car = plan.rounds[1]
    # The car reaches Anne at 08:12 with Chloé aboard and lets her in at 08:15;
    # both are dropped three minutes later than before.
    anne_in = replace(
        car.stops[2], start_s=car.stops[2].start_s + 180, departure_s=car.stops[2].departure_s + 180
    )
    later = [
        replace(
            stop,
            arrival_s=stop.arrival_s + 180,
            start_s=stop.start_s + 180,
            departure_s=stop.departure_s + 180,
        )
        for stop in car.stops[3:5]
    ]
    at_break = replace(car.stops[5], arrival_s=at("08:29"))
    waiting = replace(car, stops=(*car.stops[:2], anne_in, *later, at_break, *car.stops[6:]))
    figures_ = counted(replace(plan, rounds=(plan.rounds[0], waiting)))

    waits = {leg.leg: leg.wait_aboard_s for leg in figures_.legs}
    assert waits[CHLOE_OUT] == 180
    assert waits[ANNE_OUT] == 0
    assert figures_.service.wait_aboard_max_s == 180


def test_a_duty_is_parted_without_remainder() -> None:
    car = counted(five_legs_plan()).rounds[1]

    # 08:00 to 13:23. Driving 5 + 5 + 10 + 10 + 10; doors 2 + 2 + 1 + 1 + 2 + 1;
    # break 20; the rest is 08:26 to 11:30 and 11:50 to 13:00.
    assert car.duty_s == 323 * 60
    assert (car.driving_s, car.service_s, car.break_s) == (40 * 60, 9 * 60, 20 * 60)
    assert car.idle_s == (184 + 70) * 60
    assert car.breaks == 1
    assert car.gaps == (
        Gap(OPEN, CENTRE, at("08:26"), at("11:30")),
        Gap(OPEN, CENTRE, at("11:50"), at("13:00")),
    )


def test_kilometres_are_empty_or_loaded() -> None:
    minibus, car = counted(five_legs_plan()).rounds

    # Empty to the hamlet and home from it, Basile aboard in between.
    assert (minibus.total_m, minibus.empty_m, minibus.loaded_m) == (80_000, 60_000, 20_000)
    # Empty 5 to Bourg and 10 home; one aboard 5, two aboard 10, one aboard 10.
    assert (car.total_m, car.empty_m, car.loaded_m) == (40_000, 15_000, 25_000)
    assert car.passenger_m == (5 + 2 * 10 + 10) * 1000
    # Four seats in the car; five and a wheelchair space in the minibus.
    assert (car.seat_m, minibus.seat_m) == (4 * 25_000, 6 * 20_000)


def test_the_production_of_the_day() -> None:
    production = counted(five_legs_plan()).production

    assert (production.rounds, production.open_rounds, production.unused_shifts) == (2, 1, 0)
    assert (production.vehicles, production.drivers, production.breaks) == (2, 1, 1)
    # Minibus 189 and car 323 minutes.
    assert production.duty_s == production.paid_s == 512 * 60
    assert production.empty_km_rate == 75 / 120
    # 20 + 35 passenger-kilometres on 20 + 25 loaded ones, 120 + 100 offered.
    assert production.occupancy_km == 55 / 45
    assert production.seat_fill == 55 / 220
    assert production.trips_per_driver_hour == pytest.approx(5 / (512 / 60))
    # 10 + 10 + 10 + 10 + 15.
    assert production.direct_m == 55_000


def test_the_three_idlenesses_of_the_day() -> None:
    idleness = counted(five_legs_plan()).idleness

    # A: minibus 09:29 to 11:00, car 184 + 70 minutes.
    assert idleness.paid_idle_s == (91 + 254) * 60
    # At midday from 09:30 on: minibus 90, car 120 + 70; on duty the minibus
    # until 11:49, the car until 13:23.
    assert idleness.paid_idle_midday_s == 280 * 60
    assert idleness.paid_midday_s == (139 + 233) * 60
    assert idleness.paid_idle_rate_midday == 280 / 372
    # B: twice six hours, less 11:00 to 11:49 and 13:00 to 13:23.
    assert idleness.vehicle_idle_midday_s == (720 - 49 - 23) * 60
    assert [gap.length_s for gap in idleness.gaps] == [184 * 60, 91 * 60, 70 * 60]


def test_a_vehicle_in_the_workshop_is_not_idle() -> None:
    plan = five_legs_plan()
    # 15:00 to 16:00: half an hour of it at midday.
    absence = Absence(window("15:00", "16:00"), AbsenceReason.WORKSHOP)
    minibus, car = plan.scenario.vehicles
    vehicles = (minibus, replace(car, absences=(absence,)))
    plan = replace(plan, scenario=replace(plan.scenario, vehicles=vehicles))

    assert counted(plan).idleness.vehicle_idle_midday_s == (720 - 49 - 23 - 30) * 60


def test_a_volunteer_is_on_duty_but_not_paid() -> None:
    result = counted(with_drivers(five_legs_plan(), volunteer=True))

    assert result.production.duty_s == 512 * 60
    assert result.production.paid_s == 323 * 60
    assert result.idleness.paid_idle_s == 254 * 60
    # Only the three legs of the car are on a paid round.
    assert result.production.trips_per_driver_hour == pytest.approx(3 / (323 / 60))


def test_hours_beyond_the_contract_are_seen() -> None:
    # 26 hours of contract, 24 worked, 3:09 today: 1:09 too much.
    plan = with_drivers(five_legs_plan(), contract_week_s=26 * 3600, worked_week_s=24 * 3600)

    balance = counted(plan).balance

    assert [driver.over_contract_s for driver in balance.drivers] == [69 * MINUTE_S]
    assert (balance.duty_min_s, balance.duty_max_s) == (189 * 60, 189 * 60)


def test_emissions_follow_the_energy_of_each_vehicle() -> None:
    plan = five_legs_plan()
    minibus, car = plan.scenario.vehicles
    vehicles = (minibus, replace(car, energy=Energy.ELECTRIC))
    plan = replace(plan, scenario=replace(plan.scenario, vehicles=vehicles))

    climate = figures(plan, five_legs_matrix(), EmissionFactors(diesel=200, electric=20)).climate

    # 80 km at 200 g and 40 km at 20 g.
    assert climate.co2e_mg == (16_000 + 800) * 1000
    # The minibus drives 20 km loaded for 20 km asked for, the car 25 for 35.
    assert climate.co2e_avoided_mg == (0 + 10 * 20) * 1000


def test_legs_left_out_are_counted_by_cause_and_described() -> None:
    result = counted(without_minibus(five_legs_plan()))

    assert result.service.requests_accepted == 3
    assert result.service.refused_by_cause == (("linked-leg", 1), ("qualification", 1))
    assert result.production.unused_shifts == 1
    assert [each.leg for each in result.left_out] == [BASILE_OUT, BASILE_RET]
    assert {each.direct_s for each in result.left_out} == {10 * 60}


def test_a_pickup_is_compared_with_the_middle_of_its_promise() -> None:
    plan = five_legs_plan()
    # The middle is 12:58, pickup is at 13:00.
    promise = Promise(ANNE_RET, window("12:53", "13:03"))

    result = counted(replace(plan, promises=(promise,)))

    assert result.service.promise_deviation_max_s == 2 * 60


def test_an_empty_plan_has_no_ratios_and_no_error() -> None:
    plan = five_legs_plan()
    left_out = tuple(Unserved(leg.leg, reason_for("no-vehicle")) for leg in counted(plan).legs)

    result = counted(replace(plan, rounds=(), unserved=left_out))

    assert result.service.excess_ride_s is None
    assert result.service.on_time_arrival is None
    assert result.production.empty_km_rate is None
    assert result.production.occupancy_km is None
    assert result.production.trips_per_driver_hour is None
    assert result.idleness.paid_idle_rate_midday is None
    assert result.robustness.slower_10_broken_rate is None
    assert result.balance.duty_max_s is None
    # Both vehicles stand all midday.
    assert result.idleness.vehicle_idle_midday_s == 12 * 3600


def test_two_rounds_of_one_driver_are_one_day() -> None:
    plan = five_legs_plan()
    lea = plan.scenario.drivers[0].id
    both = tuple(replace(each, driver=lea) for each in plan.rounds)

    balance = counted(replace(plan, rounds=both)).balance

    assert [(each.duty_s, each.legs) for each in balance.drivers] == [(512 * 60, 5)]


def test_rounds_keep_the_order_of_the_plan() -> None:
    assert [each.shift for each in counted(five_legs_plan()).rounds] == [WITH_DRIVER, OPEN]
