from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.daytime_makers import FLEXIBLE, flexible, quiet_day
from tests.makers import BOURG, CAR, GARAGE, HAMEAU, MINIBUS, MINUTE_M, at, five_legs_matrix, window
from tus_dispatch.domain.fleet import AbsenceReason
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.units import VehicleId
from tus_dispatch.domain.vehicle_use import UseError, UseKind, VehicleUse
from tus_dispatch.planning.daytime.release import booked, free_vehicles, with_uses
from tus_dispatch.planning.daytime.return_fill import detour_m, empty_runs

PARIS = ZoneInfo("Europe/Paris")


def use(
    start: str, end: str, kind: UseKind = UseKind.WORKSHOP, vehicle: VehicleId = CAR
) -> VehicleUse:
    from_at, until_at = (
        int(datetime.fromisoformat(each).replace(tzinfo=PARIS).timestamp()) for each in (start, end)
    )
    return VehicleUse(vehicle, kind, from_at, until_at)


def code(answer: object) -> str:
    assert isinstance(answer, Reason)
    return answer.code


def test_vehicles_at_their_depot_are_free_between_the_rounds() -> None:
    free = {each.vehicle: each for each in free_vehicles(quiet_day())}

    # Back at the garage at 11:49 and at 13:23; looked at from 09:30 to 15:30.
    assert free[MINIBUS].window == window("11:49", "15:30")
    assert free[CAR].window == window("13:23", "15:30")
    assert not any(each.is_all_midday for each in free.values())


def test_a_vehicle_without_a_round_is_free_all_of_midday() -> None:
    plan = quiet_day()

    free = free_vehicles(replace(plan, rounds=plan.rounds[1:]))

    assert (free[0].vehicle, free[0].is_all_midday) == (MINIBUS, True)


def test_one_vehicle_is_never_promised_to_two_at_once() -> None:
    first = use("2026-03-10T14:00", "2026-03-10T15:00")
    calendar = booked((), first)
    assert calendar == (first,)

    answer = booked((first,), use("2026-03-10T14:59", "2026-03-10T16:00", UseKind.SCHOOL))

    assert code(answer) == "TUS-5301"
    # The next one may begin when the first ends, and another vehicle at any time.
    then = use("2026-03-10T15:00", "2026-03-10T16:00")
    assert booked((first,), then) == (first, then)
    other = use("2026-03-10T14:00", "2026-03-10T15:00", vehicle=MINIBUS)
    assert booked((first,), other) == (other, first)


def test_a_round_goes_before_the_calendar() -> None:
    plan = quiet_day()

    answer = booked((), use("2026-03-10T13:00", "2026-03-10T14:00"), (plan,))

    assert code(answer) == "TUS-5302"
    free = use("2026-03-10T13:23", "2026-03-10T14:00")
    assert booked((), free, (plan,)) == (free,)


def test_rentals_need_a_referral_and_last_sixty_days_at_most() -> None:
    # The clocks change on 29 March: sixty days on the wall are an hour less by the sun.
    sixty = replace(
        use("2026-03-10T09:00", "2026-05-09T09:00", UseKind.RENTAL), referral="référent 12"
    )
    longer = replace(sixty, until_at=sixty.until_at + 1)

    assert booked((), sixty) == (sixty,)
    assert code(booked((), replace(sixty, referral=None))) == "TUS-2902"
    refused = booked((), longer)
    assert code(refused) == "TUS-2903"
    assert isinstance(refused, Reason)
    assert "61" in refused.sentence


def test_goods_for_hire_are_refused_with_what_would_be_lawful() -> None:
    answer = booked((), use("2026-03-10T14:00", "2026-03-10T15:00", UseKind.GOODS_FOR_HIRE))

    assert isinstance(answer, Reason)
    assert answer.code == "TUS-2901"
    assert "panier" in answer.sentence


def test_the_planner_keeps_away_from_a_vehicle_that_is_promised() -> None:
    plan = quiet_day()
    calendar = (
        use("2026-03-10T14:00", "2026-03-10T15:00"),
        use("2026-03-11T14:00", "2026-03-11T15:00"),
    )

    day = with_uses(plan.scenario, calendar)

    (absence,) = day.vehicle(CAR).absences
    assert absence.window == window("14:00", "15:00")
    assert absence.reason is AbsenceReason.WORKSHOP
    assert day.vehicle(MINIBUS).absences == ()


def test_a_use_without_length_is_no_use() -> None:
    with pytest.raises(UseError):
        use("2026-03-10T14:00", "2026-03-10T14:00")


def test_an_empty_drive_names_who_could_ride_along() -> None:
    matrix = five_legs_matrix()

    runs = empty_runs(quiet_day(bookings=(flexible(),)), matrix)

    # From the garage through the village to the hamlet, and the centre lies before it.
    first = runs[0]
    assert (first.origin, first.destination, first.metres) == (GARAGE, HAMEAU, 30 * MINUTE_M)
    assert first.start_s == at("08:40")
    assert first.corridor == (FLEXIBLE,)
    assert detour_m(matrix, (GARAGE, HAMEAU), (BOURG, HAMEAU)) == 0


def test_nobody_is_named_for_a_drive_at_another_hour() -> None:
    evening = replace(flexible(), windows=(window("18:00", "20:00"),))

    assert empty_runs(quiet_day(bookings=(evening,)), five_legs_matrix()) == ()
