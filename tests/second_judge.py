"""A second, slow judge: it drives every round second by second and counts what happens.

It shares nothing with the package's judge but the plan and the travel times:
durations are not subtracted but lived through, so that both cannot make the
same mistake with a plus and a minus.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.second_law import legal_faults
from tus_dispatch.domain.demand import Leg, Load
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import CostBreakdown, Plan, Round, Stop, StopKind
from tus_dispatch.domain.reason import REASONS
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, PlaceId
from tus_dispatch.domain.window import TimeWindow

LETTERS = {
    StopKind.START: "S",
    StopKind.PICKUP: "p",
    StopKind.DROPOFF: "d",
    StopKind.BREAK: "b",
    StopKind.PROTECTED: "x",
    StopKind.ABSENCE: "a",
    StopKind.END: "E",
}
SHAPE = re.compile(r"S[pdbxa]+E")


class FaultError(Exception):
    """The plan cannot be driven as it says."""


@dataclass
class World:
    """What is known after driving some of the rounds."""

    plan: Plan
    matrix: TravelMatrix
    legs: dict[LegId, Leg]
    seconds_aboard: Counter[LegId] = field(default_factory=Counter)
    busy: set[tuple[str, int]] = field(default_factory=set)
    picked: dict[LegId, tuple[str, int]] = field(default_factory=dict)
    dropped: dict[LegId, int] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    shifts: set[str] = field(default_factory=set)


def expect(truth: object, fault: str) -> None:
    if not truth:
        raise FaultError(fault)


def find_fault(plan: Plan, matrix: TravelMatrix) -> str | None:
    """Return the first thing that is wrong with a plan, or None."""
    world = World(plan, matrix, {leg.id: leg for leg in legs_of(plan.scenario)})
    try:
        for tour_round in plan.rounds:
            _Driver(world, tour_round).drive()
        _look_at_people(world)
        _look_at_cost(world)
        _look_at_certificate(plan)
        fault = next(legal_faults(plan, matrix, world.legs), None)
        expect(fault is None, f"law: {fault}")
    except FaultError as fault:
        return str(fault)
    except KeyError as missing:
        return f"unknown {missing}"
    return None


class _Driver:
    def __init__(self, world: World, tour_round: Round) -> None:
        scenario = world.plan.scenario
        self.world, self.tour_round, self.stops = world, tour_round, tour_round.stops
        self.shift = scenario.shift(tour_round.shift)
        self.vehicle = scenario.vehicle(self.shift.vehicle)
        expect(0 <= tour_round.configuration < len(self.vehicle.configurations), "configuration")
        self.seats = self.vehicle.configurations[tour_round.configuration]
        self.skills = set(self.vehicle.features)
        self.slots: list[tuple[TimeWindow, PlaceId | None]] = [
            (absence.window, self.vehicle.depot) for absence in self.vehicle.absences
        ]
        if self.shift.driver is not None:
            driver = scenario.driver(self.shift.driver)
            self.skills |= set(driver.qualifications)
            self.slots += [(s.window, s.place) for s in driver.protected_slots]
        self.on_board: list[Leg] = []
        self.duty_s = self.metres = 0
        self.breaks: list[tuple[int, int]] = []

    def drive(self) -> None:
        stops, tour_round = self.stops, self.tour_round
        expect(SHAPE.fullmatch("".join(LETTERS[stop.kind] for stop in stops)), "shape")
        expect(tour_round.shift not in self.world.shifts, "shift twice")
        self.world.shifts.add(tour_round.shift)
        crew = (self.shift.vehicle, self.shift.driver)
        expect((tour_round.vehicle, tour_round.driver) == crew, "crew")
        for stop in stops:
            self.world.plan.scenario.place(stop.place)
        for second, doing, place in self._seconds():
            self._live(second, doing, place)
        self._look_at_duty()

    def _seconds(self) -> Iterator[tuple[int, str, PlaceId | None]]:
        """Yield what the vehicle does in every second of the duty."""
        first = self.stops[0]
        now, length_s = first.start_s, self.world.plan.scenario.day.length_s
        expect(0 <= first.arrival_s <= now and first.place == self.shift.start_place, "start")
        expect((first.drive_s, first.drive_m, first.load) == (0, 0, Load()), "start is no drive")
        expect(first.departure_s >= now, "left before sign-on")
        while now < first.departure_s:
            yield now, "stand", first.place
            now += 1
        for before, stop in zip(self.stops, self.stops[1:], strict=False):
            expect(stop.departure_s <= length_s, "past the day")
            for _ in range(self._road_s(before, stop)):
                yield now, "drive", None
                now += 1
            expect(stop.arrival_s == now, "arrival")
            waited_s, people = 0, len(self.on_board)
            while now < stop.start_s:
                yield now, "stand", stop.place
                now, waited_s = now + 1, waited_s + 1
            expect(stop.start_s == now, "service before arrival")
            allowed_s = self.world.plan.scenario.policy.max_wait_aboard_s
            expect(not people or waited_s <= allowed_s, "waiting aboard")
            self.world.tally["wait_aboard"] += waited_s * people
            for doing in self._serve(before, stop):
                yield now, doing, stop.place
                now += 1
            expect(stop.departure_s == now, "departure")
            expect(stop.load == self._load(), "declared load")

    def _road_s(self, before: Stop, stop: Stop) -> int:
        seconds = self.world.matrix.seconds_between(before.place, stop.place)
        metres = self.world.matrix.metres_between(before.place, stop.place)
        expect(seconds is not None and metres is not None, "no road")
        expect((stop.drive_s, stop.drive_m) == (seconds, metres), "declared drive")
        self.metres += metres or 0
        return seconds or 0

    def _serve(self, before: Stop, stop: Stop) -> Iterator[str]:
        if stop.kind in {StopKind.PICKUP, StopKind.DROPOFF}:
            expect(stop.leg is not None, "a door of nobody")
            leg = self.world.legs[stop.leg or LegId("")]
            yield from (
                self._board(stop, leg) if stop.kind is StopKind.PICKUP else self._alight(stop, leg)
            )
            return
        expect(stop.leg is None and not self.on_board, "somebody at a pause")
        if stop.kind is StopKind.END:
            expect(stop.place == self.shift.end_place, "end place")
            return
        if stop.kind is StopKind.BREAK:
            expect(stop.place == before.place, "drove to a break")
            rule, length_s = self.shift.break_rule, stop.departure_s - stop.start_s
            expect(rule is None or length_s >= rule.duration_s, "short break")
            self.breaks.append((stop.start_s, length_s))
        else:
            expect(self._is_due(stop), "a pause for nothing")
        for _ in range(stop.departure_s - stop.start_s):
            yield "rest" if stop.kind is StopKind.BREAK else "slot"

    def _is_due(self, stop: Stop) -> bool:
        scenario = self.world.plan.scenario
        if stop.kind is StopKind.ABSENCE:
            windows = [absence.window for absence in self.vehicle.absences]
        elif self.shift.driver is None:
            windows = []
        else:
            slots = scenario.driver(self.shift.driver).protected_slots
            windows = [slot.window for slot in slots]
        return any(
            window.intersect(TimeWindow(stop.start_s, stop.departure_s)) for window in windows
        )

    def _board(self, stop: Stop, leg: Leg) -> Iterator[str]:
        world, start_s = self.world, stop.start_s
        expect(leg.id not in world.picked and stop.place == leg.origin, "pickup")
        expect(set(leg.requires) <= self.skills, "skills")
        window = leg.pickup_window
        expect(not window or window.earliest_s <= start_s <= window.latest_s, "pickup window")
        for other in self.on_board:
            people = world.plan.scenario.participant
            expect(other.participant not in people(leg.participant).never_with, "company")
            expect(leg.participant not in people(other.participant).never_with, "company")
        world.picked[leg.id] = (self.tour_round.shift, start_s)
        if leg.target_pickup_s is not None and start_s > leg.target_pickup_s:
            world.tally["late"] += start_s - leg.target_pickup_s
        for _ in range(leg.boarding_s):
            yield "serve"
        self.on_board.append(leg)
        load = self._load()
        expect(load.seats <= self.seats.seats, "seats")
        expect(load.wheelchairs <= self.seats.wheelchairs, "wheelchair spaces")
        expect(load.child_seats <= self.vehicle.child_seats, "child seats")

    def _alight(self, stop: Stop, leg: Leg) -> Iterator[str]:
        start_s, window = stop.start_s, leg.dropoff_window
        expect(leg in self.on_board and stop.place == leg.destination, "dropoff")
        expect(not window or window.earliest_s <= start_s <= window.latest_s, "dropoff window")
        if leg.target_dropoff_s is not None and start_s < leg.target_dropoff_s:
            self.world.tally["early"] += leg.target_dropoff_s - start_s
        self.on_board.remove(leg)
        for _ in range(leg.alighting_s):
            yield "serve"
        self.world.dropped[leg.id] = start_s + leg.alighting_s

    def _load(self) -> Load:
        people: defaultdict[str, int] = defaultdict(int)
        for leg in self.on_board:
            for name in ("seats", "wheelchairs", "child_seats"):
                people[name] += getattr(leg.load, name)
        return Load(**people)

    def _live(self, second: int, doing: str, place: PlaceId | None) -> None:
        self.duty_s += 1
        for leg in self.on_board:
            self.world.seconds_aboard[leg.id] += 1
        for name in {f"vehicle {self.vehicle.id}", f"driver {self.shift.driver}"} - {"driver None"}:
            expect((name, second) not in self.world.busy, "in two places")
            self.world.busy.add((name, second))
        for window, where in self.slots:
            if window.earliest_s <= second < window.latest_s:
                expect(doing == "slot" and where in {None, place}, "worked through a slot")

    def _look_at_duty(self) -> None:
        shift, stops = self.shift, self.stops
        sign_on_s, sign_off_s = stops[0].start_s, stops[-1].departure_s
        expect(shift.start.earliest_s <= sign_on_s <= shift.start.latest_s, "sign-on")
        expect(shift.end.earliest_s <= sign_off_s <= shift.end.latest_s, "sign-off")
        expect(shift.max_duty_s is None or self.duty_s <= shift.max_duty_s, "duty")
        expect(self.vehicle.range_m is None or self.metres <= self.vehicle.range_m, "range")
        rule = shift.break_rule
        at_work_s = self.duty_s - sum(length_s for _, length_s in self.breaks)
        if rule and (rule.after_s == 0 or at_work_s > rule.after_s):
            latest_s = sign_on_s + (rule.after_s or self.duty_s)
            expect(
                any(
                    start_s <= latest_s
                    and (
                        not rule.window or rule.window.earliest_s <= start_s <= rule.window.latest_s
                    )
                    for start_s, _ in self.breaks
                ),
                "break",
            )
        self.world.tally["metres"] += self.metres
        self.world.tally["duty"] += self.duty_s
        self.world.tally["open"] += shift.driver is None


def _look_at_people(world: World) -> None:
    plan = world.plan
    left_out = Counter(item.leg for item in plan.unserved)
    for item in plan.unserved:
        expect(item.reason.code == REASONS[item.reason.slug].code, "reason")
        expect(item.relaxation is None or item.relaxation in REASONS, "relaxation")
    expect(world.picked.keys() == world.dropped.keys(), "somebody never gets out")
    expect(Counter(world.picked.keys()) + left_out == Counter(world.legs.keys()), "each once")
    for promise in plan.promises:
        if world.legs[promise.leg].id in world.picked:
            start_s, window = world.picked[promise.leg][1], promise.pickup_window
            expect(window.earliest_s <= start_s <= window.latest_s, "promise")
    for name, (shift, start_s) in world.picked.items():
        leg, pin = world.legs[name], world.legs[name].pin
        expect(leg.partner is None or leg.partner in world.picked, "partner")
        if leg.partner is not None and name.endswith(":ret"):
            expect(start_s >= world.dropped[leg.partner], "return before outward")
        expect(not pin or pin.shift in {None, shift}, "pinned shift")
        if pin and pin.pickup_s is not None:
            expect(abs(start_s - pin.pickup_s) <= pin.tolerance_s, "pinned time")
        aboard_s, direct_s = world.seconds_aboard[name], _direct_s(world, leg)
        limit_s = leg.ride_limit.max_ride_s(direct_s) if leg.max_ride_s is None else leg.max_ride_s
        expect(aboard_s <= limit_s, "aboard too long")
        world.tally["excess_ride"] += max(0, aboard_s - direct_s)


def _direct_s(world: World, leg: Leg) -> int:
    seconds = world.matrix.seconds_between(leg.origin, leg.destination)
    expect(seconds is not None, "no direct road")
    return seconds or 0


def _look_at_cost(world: World) -> None:
    weights, tally = world.plan.scenario.objective.weights, world.tally
    unserved = 0
    for item in world.plan.unserved:
        leg = world.legs[item.leg]
        if leg.price_eur_cents is None:
            unserved += weights.per_unserved_leg * (100 + leg.priority) // 100
        else:
            unserved += leg.price_eur_cents * 1000
    priced = CostBreakdown(
        distance=tally["metres"] * weights.per_metre,
        duty=tally["duty"] * weights.per_duty_second,
        rounds=len(world.plan.rounds) * weights.per_round + tally["open"] * weights.per_open_round,
        excess_ride=tally["excess_ride"] * weights.per_excess_ride_second,
        wait_aboard=tally["wait_aboard"] * weights.per_wait_aboard_second,
        early=tally["early"] * weights.per_early_second,
        late=tally["late"] * weights.per_late_second,
        unserved=unserved,
    )
    expect(priced == world.plan.cost, f"cost {priced}")


def _look_at_certificate(plan: Plan) -> None:
    it, cost = plan.certificate, plan.cost.total
    expect(it.method in {"no bound", "event-based model"}, "method")
    if it.lower_bound is None or it.gap is None:
        nothing = (it.lower_bound, it.gap, it.proved_optimal, it.method)
        expect(nothing == (None, None, False, "no bound"), "certificate")
        return
    expect(it.method != "no bound" and it.lower_bound <= cost, "bound")
    expect(abs(it.gap - (cost - it.lower_bound) / cost) < 2e-6, "gap")
    expect(not it.proved_optimal or cost - it.lower_bound <= 1 + cost / 10**6, "proof")
