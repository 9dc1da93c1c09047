"""The random days are what every campaign stands on: sound, of the size asked for, and mixed."""

from collections import Counter
from random import Random  # noqa: TID251 - days are drawn from a seed

import pytest

from tests.strategies import AUTUMN, SPRING, Day, random_day
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.verify.plan import verify_plan

MIDNIGHT_S = 20 * 3600


def day(seed: int, n_legs: int, n_shifts: int) -> Day:
    return random_day(Random(seed), n_legs=n_legs, n_shifts=n_shifts)  # noqa: S311


@pytest.mark.parametrize(("n_legs", "n_shifts"), [(1, 1), (1, 8), (2, 1), (7, 3), (40, 1), (40, 8)])
def test_a_day_has_the_size_asked_for_and_a_sound_plan(n_legs: int, n_shifts: int) -> None:
    scenario, matrix, plan = day(3, n_legs, n_shifts)

    assert len(legs_of(scenario)) == n_legs
    assert len(scenario.shifts) == n_shifts
    assert plan.scenario is scenario
    assert verify_plan(plan, matrix) == ()


def test_one_seed_is_one_day() -> None:
    first, again, other = day(5, 9, 2), day(5, 9, 2), day(6, 9, 2)

    assert first[2] == again[2]
    assert first[1].seconds.tolist() == again[1].seconds.tolist()
    assert first[2] != other[2]


def _features(one: Day) -> set[str]:
    scenario, matrix, plan = one
    kinds = {stop.kind for tour_round in plan.rounds for stop in tour_round.stops}
    legs = legs_of(scenario)
    shift_of = {s.leg: r.shift for r in plan.rounds for s in r.stops if s.leg is not None}
    vehicles = Counter(shift.vehicle for shift in scenario.shifts)
    people = Counter(booking.participant for booking in scenario.bookings)
    found = {
        "linked": any(leg.partner for leg in legs),
        "across rounds": any(
            leg.partner and shift_of.get(leg.id) != shift_of.get(leg.partner) for leg in legs
        ),
        "wheelchair": any(leg.load.wheelchairs for leg in legs),
        "child seat": any(leg.load.child_seats for leg in legs),
        "party": any(leg.load.seats > 1 for leg in legs),
        "break": StopKind.BREAK in kinds,
        "slot": StopKind.PROTECTED in kinds,
        "absence": StopKind.ABSENCE in kinds,
        "open shift": any(tour_round.driver is None for tour_round in plan.rounds),
        "shared vehicle": max(vehicles.values()) > 1,
        "spare shift": len(plan.rounds) < len(scenario.shifts),
        "range": any(vehicle.range_m for vehicle in scenario.vehicles),
        "apart": any(participant.never_with for participant in scenario.participants),
        "requirement": any(leg.requires for leg in legs),
        "pin": any(leg.pin for leg in legs),
        "promise": bool(plan.promises),
        "priority": any(leg.priority for leg in legs),
        "optional": any(leg.price_eur_cents for leg in legs),
        "left out": bool(plan.unserved),
        "own ride limit": any(leg.max_ride_s is not None for leg in legs),
        "waiting aboard": plan.cost.wait_aboard > 0,
        "booked twice": max(people.values()) > 1,
        "unreachable": bool((matrix.seconds == -1).any()),
        "asymmetric": bool((matrix.seconds != matrix.seconds.T).any()),
        "clock change": scenario.day.date in {AUTUMN, SPRING},
        "after midnight": max(r.stops[-1].start_s for r in plan.rounds) > MIDNIGHT_S,
        scenario.objective.profile.value: True,
    }
    return {name for name, is_there in found.items() if is_there}


def test_random_days_mix_everything_a_scenario_can_say() -> None:
    counts: Counter[str] = Counter()
    for seed in range(200):
        counts.update(_features(day(seed, 14, 4)))

    # What is rare must still come up often enough to be tried in a campaign.
    assert {name: n for name, n in counts.items() if n < 6} == {}
    assert len(counts) == 29
    nights = counts["after midnight"] + counts["clock change"]
    assert nights >= 20
