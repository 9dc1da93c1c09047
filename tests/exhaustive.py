"""Every way to take one more leg into a day, tried one by one in plain Python.

Nothing is taken from the planner: limits are read from the day itself, written
down as differences between two times, and solved by going round until nothing
moves any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tests.second_law import is_unlawful_crew
from tests.slow_times import Limits, Wish, delayed, settled
from tus_dispatch.domain.demand import Direction, Leg, Load
from tus_dispatch.domain.fleet import BreakRule, Configuration, Shift
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.pauses import pauses_of
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price

DOORS = (StopKind.PICKUP, StopKind.DROPOFF)


@dataclass(frozen=True)
class Item:
    """One action of an order without times; ``start_s`` for a pause that has one."""

    kind: StopKind
    leg: LegId | None = None
    place: PlaceId | None = None
    start_s: int | None = None
    duration_s: int = 0


Order = tuple[Item, ...]


@dataclass(frozen=True)
class Question:
    """A plan and what must be kept while one of its rounds changes."""

    plan: Plan
    matrix: TravelMatrix
    promises: Mapping[LegId, TimeWindow]
    newcomer: Leg | None = None
    legs: dict[LegId, Leg] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.legs.update({leg.id: leg for leg in legs_of(self.plan.scenario)})
        if self.newcomer is not None:
            self.legs[self.newcomer.id] = self.newcomer

    @property
    def scenario(self) -> Scenario:
        return self.plan.scenario

    def round_of(self, shift: ShiftId) -> Round | None:
        return next((each for each in self.plan.rounds if each.shift == shift), None)


def promises_of(plan: Plan) -> dict[LegId, TimeWindow]:
    """What was told, and for everybody else the planned pickup give or take the tolerance."""
    tolerance_s = plan.scenario.policy.promise_tolerance_s
    planned = {
        stop.leg: TimeWindow(max(0, stop.start_s - tolerance_s), stop.start_s + tolerance_s)
        for tour_round in plan.rounds
        for stop in tour_round.stops
        if stop.leg is not None and stop.kind is StopKind.PICKUP
    }
    return planned | {promise.leg: promise.pickup_window for promise in plan.promises}


def cheapest(question: Question) -> dict[ShiftId, int]:
    """Return the least that the newcomer adds to each shift where it fits."""
    base = _price(question, question.plan)
    found: dict[ShiftId, int] = {}
    for shift in question.scenario.shifts:
        for tour_round in all_rounds(question, shift):
            added = _price(question, with_round(question.plan, tour_round)) - base
            found[shift.id] = min(added, found.get(shift.id, added))
    return found


def fits_somewhere(question: Question) -> bool:
    """Tell whether the newcomer fits anywhere at all."""
    shifts = question.scenario.shifts
    return any(True for shift in shifts for _ in all_rounds(question, shift))


def all_rounds(question: Question, shift: Shift) -> Iterator[Round]:
    """Yield one round for every order that has lawful times."""
    newcomer = question.newcomer
    assert newcomer is not None
    old = doors_of(question.round_of(shift.id))
    for i in range(len(old) + 1):
        for j in range(i, len(old) + 1):
            pickup, dropoff = (Item(kind, newcomer.id) for kind in DOORS)
            order = (*old[:i], pickup, *old[i:j], dropoff, *old[j:])
            yield from rounds_of_order(question, shift, order)


def rounds_of_order(question: Question, shift: Shift, doors: Order) -> Iterator[Round]:
    """Yield the rounds of an order of doors, its pauses standing anywhere."""
    if not _may_ride(question, shift, doors):
        return
    rule = shift.break_rule
    for order in _with_slots(question, shift, doors):
        found = _round(question, shift, order, without_break=True)
        if found is not None:
            yield found
        elif rule is not None:
            pause = Item(StopKind.BREAK, duration_s=rule.duration_s)
            for at in range(len(order) + 1):
                if not is_anybody_aboard(order[:at]):
                    longer = (*order[:at], pause, *order[at:])
                    tried = _round(question, shift, longer, without_break=False)
                    if tried is not None:
                        yield tried


def is_anybody_aboard(order: Order) -> bool:
    """Tell so by counting doors: where a limit is lifted, a person may take up no seat."""
    kinds = [item.kind for item in order]
    return kinds.count(StopKind.PICKUP) > kinds.count(StopKind.DROPOFF)


def with_round(plan: Plan, tour_round: Round) -> Plan:
    """Put a round into a plan, in the order of the shifts."""
    rounds = {each.shift: each for each in plan.rounds} | {tour_round.shift: tour_round}
    ordered = (rounds.get(shift.id) for shift in plan.scenario.shifts)
    return replace(plan, rounds=tuple(each for each in ordered if each is not None))


def _price(question: Question, plan: Plan) -> int:
    cost = price(open_case(plan, question.matrix))
    return cost.total - cost.unserved


def doors_of(tour_round: Round | None) -> Order:
    """Return the pickups and dropoffs of a round, in order."""
    stops = () if tour_round is None else tour_round.stops
    return tuple(Item(stop.kind, stop.leg) for stop in stops if stop.kind in DOORS)


def _load(question: Question, order: Order) -> Load:
    seats = wheelchairs = child_seats = 0
    for item in order:
        if item.leg is not None:
            load, sign = question.legs[item.leg].load, 1 if item.kind is StopKind.PICKUP else -1
            seats += sign * load.seats
            wheelchairs += sign * load.wheelchairs
            child_seats += sign * load.child_seats
    return Load(seats, wheelchairs, child_seats)


def _may_ride(question: Question, shift: Shift, order: Order) -> bool:
    vehicle = question.scenario.vehicle(shift.vehicle)
    offered = set(vehicle.features)
    if shift.driver is not None:
        offered |= set(question.scenario.driver(shift.driver).qualifications)
    legs = [question.legs[item.leg] for item in order if item.leg is not None]
    if not all(set(leg.requires) <= offered for leg in legs):
        return False
    if not all(leg.pin is None or leg.pin.shift in {None, shift.id} for leg in legs):
        return False
    if any(is_unlawful_crew(question.scenario, shift, leg) for leg in legs):
        return False
    loads = [_load(question, order[: at + 1]) for at in range(len(order))]
    if max(load.child_seats for load in loads) > vehicle.child_seats:
        return False
    if not any(_holds(each, loads) for each in vehicle.configurations):
        return False
    return not any(_quarrel(question, order[:at]) for at in range(len(order) + 1))


def _holds(room: Configuration, loads: list[Load]) -> bool:
    return all(load.seats <= room.seats and load.wheelchairs <= room.wheelchairs for load in loads)


def _quarrel(question: Question, order: Order) -> bool:
    aboard: list[Leg] = []
    for item in order:
        assert item.leg is not None
        leg = question.legs[item.leg]
        if item.kind is StopKind.PICKUP:
            aboard.append(leg)
        else:
            aboard.remove(leg)
    return any(one.participant in other.never_with for one in aboard for other in aboard)


def _with_slots(question: Question, shift: Shift, doors: Order) -> Iterator[Order]:
    """Yield the order with its fixed pauses in time order, wherever nobody is aboard."""
    vehicle = question.scenario.shifts.index(shift)
    orders = [doors]
    for pause in pauses_of(question.scenario):
        if pause.vehicle != vehicle or pause.kind is StopKind.BREAK:
            continue
        slot = Item(
            pause.kind, None, pause.place, pause.window.earliest_s, duration_s=pause.duration_s
        )
        orders = [
            (*order[:at], slot, *order[at:])
            for order in orders
            for at in range(len(order) + 1)
            if not is_anybody_aboard(order[:at])
        ]
    yield from orders


def _round(question: Question, shift: Shift, order: Order, *, without_break: bool) -> Round | None:
    """Give an order its times: the earliest end, the latest start, late pickups, few early."""
    places = _places(question, shift, order)
    drives = [question.matrix.seconds_between(a, b) for a, b in pairwise(places)]
    metres = [question.matrix.metres_between(a, b) for a, b in pairwise(places)]
    if any(drive is None for drive in drives):
        return None
    range_m = question.scenario.vehicle(shift.vehicle).range_m
    if range_m is not None and sum(m or 0 for m in metres) > range_m:
        return None
    limits = _limits(question, shift, order, [drive or 0 for drive in drives])
    if limits is None:
        return None
    rule = shift.break_rule
    if without_break and rule is not None:
        limits.at_most(0, len(order) + 1, rule.after_s)
    pickups = [at for at, item in enumerate(order, start=1) if item.kind is StopKind.PICKUP]
    start_s = settled(limits, pickups)
    if start_s is None:
        return None
    is_empty = [not is_anybody_aboard(order[:at]) for at in range(len(order) + 1)]
    start_s = delayed(limits, start_s, is_empty, _wishes(question, order))
    return _stops(question, shift, order, start_s)


def _wishes(question: Question, order: Order) -> list[Wish]:
    weights, wishes = question.scenario.objective.weights, []
    for at, item in enumerate(order, start=1):
        leg = question.legs[item.leg] if item.leg is not None else None
        if leg is None:
            continue
        if item.kind is StopKind.PICKUP and leg.target_pickup_s is not None:
            late = weights.per_late_second
            wishes.append(Wish(at, leg.target_pickup_s, per_late_second=late))
        elif item.kind is StopKind.DROPOFF and leg.target_dropoff_s is not None:
            early = weights.per_early_second
            wishes.append(Wish(at, leg.target_dropoff_s, per_early_second=early))
    return wishes


def _places(question: Question, shift: Shift, order: Order) -> list[PlaceId]:
    places = [shift.start_place]
    for item in order:
        if item.leg is not None:
            leg = question.legs[item.leg]
            places.append(leg.origin if item.kind is StopKind.PICKUP else leg.destination)
        else:
            places.append(places[-1] if item.place is None else item.place)
    return [*places, shift.end_place]


def _service_s(question: Question, item: Item) -> int:
    if item.leg is None:
        return item.duration_s
    leg = question.legs[item.leg]
    return leg.boarding_s if item.kind is StopKind.PICKUP else leg.alighting_s


def _limits(question: Question, shift: Shift, order: Order, drives: list[int]) -> Limits | None:
    scenario, n = question.scenario, len(order)
    limits = Limits(n + 2, scenario.day.length_s)
    limits.within(0, shift.start)
    limits.within(n + 1, shift.end)
    if shift.max_duty_s is not None:
        limits.at_most(0, n + 1, shift.max_duty_s)
    services = [0, *(_service_s(question, item) for item in order)]
    picked: dict[LegId, int] = {}
    for at in range(1, n + 2):
        moves_s = services[at - 1] + drives[at - 1]
        limits.at_least(at - 1, at, moves_s)
        if is_anybody_aboard(order[: at - 1]):
            limits.at_most(at - 1, at, moves_s + scenario.policy.max_wait_aboard_s)
        if at <= n:
            item = order[at - 1]
            if item.leg is not None:
                _bound_door(question, shift, limits, at, item, picked)
            elif item.start_s is not None:
                limits.within(at, TimeWindow(item.start_s, item.start_s))
            elif shift.break_rule is not None:
                _bound_break(limits, at, shift.break_rule)
    return limits if limits.are_possible else None


def _bound_break(limits: Limits, at: int, rule: BreakRule) -> None:
    if rule.window is not None:
        limits.within(at, rule.window)
    if rule.after_s:
        limits.at_most(0, at, rule.after_s)


def _bound_door(
    question: Question,
    shift: Shift,
    limits: Limits,
    at: int,
    item: Item,
    picked: dict[LegId, int],
) -> None:
    assert item.leg is not None
    leg = question.legs[item.leg]
    if item.kind is StopKind.PICKUP:
        picked[leg.id] = at
        for window in (leg.pickup_window, question.promises.get(leg.id)):
            if window is not None:
                limits.within(at, window)
        if leg.pin is not None and leg.pin.pickup_s is not None:
            earliest_s = max(0, leg.pin.pickup_s - leg.pin.tolerance_s)
            limits.within(at, TimeWindow(earliest_s, leg.pin.pickup_s + leg.pin.tolerance_s))
    else:
        if leg.dropoff_window is not None:
            limits.within(at, leg.dropoff_window)
        limits.at_most(picked[leg.id], at, leg.boarding_s + _max_ride_s(question, leg))
    _bound_by_partner(question, shift, limits, at, item)


def _max_ride_s(question: Question, leg: Leg) -> int:
    if leg.max_ride_s is not None:
        return leg.max_ride_s
    direct_s = question.matrix.seconds_between(leg.origin, leg.destination)
    # Where no road leads directly, nobody rides.
    return -1 if direct_s is None else leg.ride_limit.max_ride_s(direct_s)


def _bound_by_partner(
    question: Question, shift: Shift, limits: Limits, at: int, item: Item
) -> None:
    """Keep a return behind its outward leg, which may stand on another round or before it here."""
    assert item.leg is not None
    leg = question.legs[item.leg]
    is_return = leg.direction is Direction.RETURN and item.kind is StopKind.PICKUP
    is_outward = leg.direction is Direction.OUTWARD and item.kind is StopKind.DROPOFF
    if leg.partner is None or not (is_return or is_outward):
        return
    wanted = StopKind.DROPOFF if is_return else StopKind.PICKUP
    for tour_round in question.plan.rounds:
        for stop in tour_round.stops:
            if stop.leg == leg.partner and stop.kind is wanted and tour_round.shift != shift.id:
                if is_return:
                    limits.not_before(at, stop.departure_s)
                else:
                    limits.not_after(at, stop.start_s - leg.alighting_s)
    if is_outward:
        limits.last_of[leg.id] = at
    elif leg.partner in limits.last_of:
        outward = question.legs[leg.partner]
        limits.at_least(limits.last_of[leg.partner], at, outward.alighting_s)
    else:
        # Not before it here: then the outward leg is on another round, or out.
        own = question.round_of(shift.id)
        here = {item.leg for item in doors_of(own)}
        if leg.partner in here or (question.newcomer and question.newcomer.id == leg.partner):
            limits.forbid()


def _stops(question: Question, shift: Shift, order: Order, start_s: list[int]) -> Round:
    items = (Item(StopKind.START), *order, Item(StopKind.END))
    places = _places(question, shift, order)
    stops: list[Stop] = []
    loads = [_load(question, order[:at]) for at in range(len(order) + 1)]
    for at, item in enumerate(items):
        before = stops[-1] if stops else None
        drive_s = drive_m = 0
        if before is not None:
            drive_s = question.matrix.seconds_between(before.place, places[at]) or 0
            drive_m = question.matrix.metres_between(before.place, places[at]) or 0
        leaves_s = start_s[at] + (_service_s(question, item) if 0 < at <= len(order) else 0)
        if item.kind is StopKind.START:
            first_s = question.matrix.seconds_between(places[0], places[1]) or 0
            leaves_s = start_s[1] - first_s
        arrival_s = start_s[0] if before is None else before.departure_s + drive_s
        load = loads[min(at, len(order))]
        stops.append(
            Stop(
                item.kind, places[at], item.leg, arrival_s, start_s[at], leaves_s,
                drive_s, drive_m, load,
            )
        )  # fmt: skip
    configurations = question.scenario.vehicle(shift.vehicle).configurations
    chosen = next(at for at, each in enumerate(configurations) if _holds(each, loads))
    return Round(shift.id, shift.vehicle, shift.driver, chosen, tuple(stops))
