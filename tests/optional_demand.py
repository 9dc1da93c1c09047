"""Optional demand thrown at any day: at its own people and places, at hours that may not work."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded, and passed in

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
from tus_dispatch.domain.units import BookingId, EventId, PlaceId, TargetId
from tus_dispatch.domain.window import TimeWindow

HOUR_S = 3600


def with_demand(plan: Plan, rng: Random) -> Plan:
    """Let people of a day ask for more, near the times of its rounds."""
    scenario = plan.scenario
    flexible = tuple(_flexible(scenario, rng, number) for number in range(3))
    events = (_event(scenario, rng),)
    targets = tuple(
        ProtectedTarget(TargetId(f"T{number}"), driver.id, SlotKind.TRAINING, 1800, (1800, 900))
        for number, driver in enumerate(scenario.drivers[:1])
    )
    daytime = replace(
        scenario.policy.daytime,
        extra_km_eur_cents=rng.choice((0, 30, 200)),
        evening_peak_s=rng.choice((8, 12)) * HOUR_S,
    )
    day = replace(
        scenario,
        flexible_bookings=flexible,
        group_events=events,
        protected_targets=targets,
        policy=replace(scenario.policy, daytime=daytime),
    )
    return replace(plan, scenario=day)


def _flexible(scenario: Scenario, rng: Random, number: int) -> FlexibleBooking:
    home, place = _two_places(scenario, rng)
    windows = []
    for _ in range(rng.randint(1, 2)):
        start_s = rng.randint(0, 14) * HOUR_S
        windows.append(TimeWindow(start_s, start_s + rng.randint(2, 6) * HOUR_S))
    return FlexibleBooking(
        BookingId(f"F{number}"),
        rng.choice(scenario.participants).id,
        home,
        place,
        tuple(windows),
        stay_s=rng.choice((0, 900, 3600)),
        one_way=rng.random() < 0.3,
        party_size=rng.choice((1, 1, 2)),
        purpose=rng.choice(list(Purpose)),
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
