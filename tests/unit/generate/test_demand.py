"""Demand looks like practice: distances, parties, purposes, pairs and the clock of the day."""

from collections import Counter
from statistics import median, quantiles

import pytest

from tests.unit.generate.days import KEYS, all_days, ordinary_day, usual_days
from tus_dispatch.domain.demand import Booking, LegRequest, Purpose
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.generate.clock import at
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.network.times import EstimateTimes


def usual_bookings() -> list[Booking]:
    return [booking for day in usual_days() for booking in day.bookings]


def requests(booking: Booking) -> list[LegRequest]:
    return [leg for leg in (booking.outward, booking.return_leg) if leg is not None]


def leg_km(scenario: Scenario) -> list[float]:
    times = EstimateTimes(scenario.territory.terrain)
    matrix = times.matrix(scenario.places)
    legs = legs_of(scenario)
    return [(matrix.metres_between(leg.origin, leg.destination) or 0) / 1000 for leg in legs]


def test_no_leg_is_longer_than_60_km_or_shorter_than_3() -> None:
    for scenario, _, _ in all_days():
        assert 3.0 <= min(leg_km(scenario)) <= max(leg_km(scenario)) <= 60.0


def test_half_of_the_legs_drawn_freely_are_shorter_than_about_13_km() -> None:
    # Wished for: median 13, or 17 in Essonne; three quarters below 22, 95 % below 45.
    km = sorted(one for day in usual_days() for one in leg_km(day))
    cuts = quantiles(km, n=20)

    assert 11 <= median(km) <= 17
    assert 17 <= cuts[14] <= 27
    assert 30 <= cuts[18] <= 50


@pytest.mark.parametrize("key", KEYS)
def test_distances_stay_plausible_where_bookings_had_to_fit(key: str) -> None:
    km = [one for seed in (1, 2, 3) for one in leg_km(ordinary_day(key, seed)[0])]

    assert 6 <= median(km) <= 20


def test_most_bookings_are_for_one_person() -> None:
    sizes = Counter(min(booking.party_size, 3) for booking in usual_bookings())
    n = sizes.total()

    # 88, 9 and 3 % of some 650 bookings; two to three standard errors around.
    assert n > 600
    assert 0.84 <= sizes[1] / n <= 0.93
    assert 0.05 <= sizes[2] / n <= 0.13
    assert 0.01 <= sizes[3] / n <= 0.055


def test_purposes_follow_the_mix_of_an_insertion_service() -> None:
    seen = Counter(booking.purpose for booking in usual_bookings())

    for purpose, share in FAMILIES["cher_multidepot"].demand.purposes:
        # Six points are three standard errors of the largest share.
        assert abs(seen[purpose] / seen.total() - share) <= 0.06


def test_the_somme_asks_for_more_workshops_than_the_others() -> None:
    day = generate("somme_vallees", seed=1, n_legs=150, n_shifts=20, solvable=False)
    share = sum(b.purpose is Purpose.INSERTION for b in day.bookings) / len(day.bookings)

    assert 0.20 <= share <= 0.36


def test_most_bookings_have_two_legs_and_one_way_legs_go_both_ways() -> None:
    bookings = usual_bookings()
    n_pairs = sum(len(requests(booking)) == 2 for booking in bookings)
    only_out = sum(booking.return_leg is None for booking in bookings)
    only_back = sum(booking.outward is None for booking in bookings)

    assert 0.84 <= n_pairs / len(bookings) <= 0.92
    assert 0.3 <= only_out / (only_out + only_back) <= 0.7


def test_mornings_bring_people_and_late_afternoons_take_them_home() -> None:
    arrivals, departures = [], []
    for booking in usual_bookings():
        out, back = booking.outward, booking.return_leg
        if out:
            window = out.dropoff_window
            arrivals.append(window.latest_s if window else out.arrive_by_s or 0)
        if back:
            window = back.pickup_window
            departures.append(window.earliest_s if window else back.not_before_s or 0)

    assert share_between(arrivals, at(7), at(9, 15)) > 0.45
    assert share_between(departures, at(16), at(19, 15)) > 0.4
    assert 0 < share_between(arrivals, at(4), at(5, 30)) < 0.08
    assert 0.1 < share_between(arrivals, at(9, 15), at(11, 30)) < 0.4


def share_between(seconds: list[int], first_s: int, last_s: int) -> float:
    return sum(first_s <= second <= last_s for second in seconds) / len(seconds)


def test_alencon_takes_people_home_after_the_last_bus() -> None:
    day = generate("alencon_19h", seed=1, n_legs=150, n_shifts=20, solvable=False)
    late = [
        back
        for booking in day.bookings
        if (back := booking.return_leg) is not None
        and "Gare" in day.place(back.origin).name
        and (back.pickup_window.earliest_s if back.pickup_window else back.not_before_s or 0)
        >= at(19)
    ]

    assert len(late) >= 3


def test_people_reach_the_platform_ten_to_fifteen_minutes_before_a_departure() -> None:
    departures = {at(6, 52), at(7, 22), at(7, 52), at(8, 52), at(12, 52), at(13, 22)}
    to_hubs = [
        request.arrive_by_s or (request.dropoff_window.latest_s if request.dropoff_window else 0)
        for day in usual_days()
        for booking in day.bookings
        if (request := booking.outward) and "Gare" in day.place(request.destination).name
    ]

    assert len(to_hubs) > 20
    for latest_s in to_hubs:
        assert any(600 <= leaves_s - latest_s <= 900 for leaves_s in departures)


def test_several_people_go_to_one_place_at_one_time() -> None:
    for day in usual_days():
        visits = Counter(
            (out.destination, out.arrive_by_s)
            for booking in day.bookings
            if (out := booking.outward) and out.arrive_by_s
        )
        assert max(visits.values()) >= 3
        assert max(visits.values()) <= 8


def test_what_may_be_left_out_is_flexible_and_has_a_price() -> None:
    optional = [b for b in usual_bookings() if b.price_eur_cents is not None]

    assert 5 <= len(optional) <= 0.06 * len(usual_bookings())
    for booking in optional:
        assert booking.purpose in (Purpose.ERRANDS, Purpose.OTHER)
        assert 800 <= (booking.price_eur_cents or 0) <= 3000
        for request in requests(booking):
            window = request.pickup_window or request.dropoff_window
            assert window is not None
            assert 2 * 3600 <= window.latest_s - window.earliest_s <= 4 * 3600


def test_doors_take_their_time() -> None:
    for day in usual_days():
        for person in day.participants:
            if person.wheelchair:
                assert 300 <= person.boarding_s <= 600
                assert 240 <= person.alighting_s <= 480
                assert "ramp" in person.requires
            else:
                assert 60 <= person.boarding_s <= 300
                assert 30 <= person.alighting_s <= 120


def test_some_people_need_more_than_a_seat() -> None:
    people = [person for day in usual_days() for person in day.participants]
    n = len(people)

    assert 0.03 <= sum(p.wheelchair for p in people) / n <= 0.11
    assert 0.01 <= sum(p.companions for p in people) / n <= 0.06
    assert 0.02 <= sum(p.ride_limit is not None for p in people) / n <= 0.09
    assert sum(p.child_seats for p in people) >= 5
