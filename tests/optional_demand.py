"""Optional demand for any day: people who rode anyway ask again, others ask along the rounds."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded, and passed in

from tests.filled_days import priced
from tus_dispatch.domain.daytime import (
    Attendance,
    EventKind,
    FlexibleBooking,
    GroupEvent,
    ProtectedTarget,
)
from tus_dispatch.domain.demand import Purpose
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, EventId, PlaceId, TargetId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.frozen import booking_of
from tus_dispatch.planning.daytime.retimed import without_bookings
from tus_dispatch.planning.encode import leg_times

HOUR_S = 3600
WORTH_IT = 100_000


def with_demand(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan:
    """Let people of a day ask for more.

    A booking is taken out of the plan and asked for again at any time, so that there is
    room for it; other people ask to ride from one stop of a round to a later one.
    """
    plan, again = _asked_again(plan, matrix, rng)
    scenario = plan.scenario
    flexible = [*again, *(_along_a_round(plan, rng, number) for number in range(3))]
    targets = tuple(
        ProtectedTarget(TargetId(f"T{number}"), driver.id, SlotKind.TRAINING, 1800, (1800, 900))
        for number, driver in enumerate(scenario.drivers[:1])
    )
    daytime = replace(
        scenario.policy.daytime,
        extra_km_eur_cents=rng.choice((0, 30, 200)),
        evening_peak_s=rng.choice((4, 8, 12)) * HOUR_S,
    )
    day = replace(
        scenario,
        flexible_bookings=tuple(flexible),
        group_events=(_event(scenario, rng),),
        protected_targets=targets,
        policy=replace(scenario.policy, daytime=daytime),
    )
    return replace(plan, scenario=day)


def _asked_again(
    plan: Plan, matrix: TravelMatrix, rng: Random
) -> tuple[Plan, list[FlexibleBooking]]:
    served = {booking_of(leg) for leg in leg_times(plan)}
    pool = [each for each in plan.scenario.bookings if each.id in served and each.outward]
    if len(pool) < 2:
        return plan, []
    booking = rng.choice(pool)
    fewer = without_bookings(plan, matrix, frozenset({booking.id}))
    if fewer is None or booking.outward is None:
        return plan, []
    asked = FlexibleBooking(
        booking.id,
        booking.participant,
        booking.outward.origin,
        booking.outward.destination,
        (TimeWindow(0, plan.scenario.day.length_s - HOUR_S),),
        stay_s=0,
        one_way=booking.return_leg is None,
        party_size=booking.party_size,
        requires=booking.requires,
        value_eur_cents=WORTH_IT,
    )
    return priced(fewer, matrix), [asked]


def _along_a_round(plan: Plan, rng: Random, number: int) -> FlexibleBooking:
    """Ask to ride from one stop of a round to a later one, and perhaps back."""
    scenario = plan.scenario
    home, place = _two_places(scenario, rng)
    at_s = scenario.day.length_s // 2
    if plan.rounds:
        stops = [stop for stop in rng.choice(plan.rounds).stops if stop.leg is not None]
        first, second = sorted(rng.sample(range(len(stops)), 2))
        if stops[first].place != stops[second].place:
            home, place, at_s = stops[first].place, stops[second].place, stops[second].start_s
    start_s = max(0, at_s - rng.randint(0, 2) * HOUR_S)
    people = [each for each in scenario.participants if not each.wheelchair]
    return FlexibleBooking(
        BookingId(f"F{number}"),
        rng.choice(people or scenario.participants).id,
        home,
        place,
        (TimeWindow(start_s, min(scenario.day.length_s, start_s + 4 * HOUR_S)),),
        stay_s=rng.choice((0, 300, 900)),
        one_way=rng.random() < 0.6,
        purpose=rng.choice(list(Purpose)),
        value_eur_cents=rng.choice((None, WORTH_IT)),
    )


def _event(scenario: Scenario, rng: Random) -> GroupEvent:
    start_s = rng.randint(3, 14) * HOUR_S
    _, place = _two_places(scenario, rng)
    homes = [each.id for each in scenario.places if each.id != place]
    people = rng.sample(scenario.participants, min(3, len(scenario.participants)))
    return GroupEvent(
        EventId("E"),
        "Sortie",
        rng.choice(list(EventKind)),
        place,
        TimeWindow(start_s, start_s + HOUR_S),
        capacity=rng.randint(1, 4),
        attendances=tuple(Attendance(each.id, rng.choice(homes)) for each in people),
    )


def _two_places(scenario: Scenario, rng: Random) -> tuple[PlaceId, PlaceId]:
    first, second = rng.sample(scenario.places, 2)
    return first.id, second.id
