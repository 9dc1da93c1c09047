"""The board shows everything of a day that the office must know when no screen works."""

from tus_dispatch.domain.day_board import BoardChange, BoardRound, BoardUnserved, DayBoard
from tus_dispatch.domain.demand import Leg, Participant
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Unserved
from tus_dispatch.domain.run_sheet import short_name
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.told import LegNews, ToldLeg
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.run_sheet import run_sheet
from tus_dispatch.planning.told import DEFAULT_HALF_WIDTH_S, Pickup, pickups_of, told_legs, urgency


def day_board(
    plan: Plan,
    previous: Plan | None = None,
    *,
    half_width_s: Seconds = DEFAULT_HALF_WIDTH_S,
    number: int | None = None,
    published_at: int | None = None,
) -> DayBoard:
    """Return the board of a plan.

    Parameters
    ----------
    plan
        A plan that was judged, with the promises made before it is published.
    previous
        What hangs on the wall, or None.
    half_width_s
        What people are told when nothing was promised: the planned pickup,
        give or take this.
    number, published_at
        Version and instant, for the heading.

    Returns
    -------
    DayBoard
        First names and initials only; never a purpose or an eligibility.
    """
    scenario = plan.scenario
    legs = {leg.id: leg for leg in legs_of(scenario)}
    before = {} if previous is None else pickups_of(previous)
    return DayBoard(
        service_date=scenario.day.date,
        time_zone=scenario.day.time_zone,
        territory=scenario.territory.name,
        rounds=tuple(_round(plan, tour_round) for tour_round in plan.rounds),
        unserved=tuple(
            _unserved(scenario, legs[each.leg], each, before.get(each.leg))
            for each in plan.unserved
        ),
        changes=None if previous is None else _changes(plan, previous, half_width_s),
        estimated=plan.is_estimated,
        number=number,
        published_at=published_at,
    )


def _round(plan: Plan, tour_round: Round) -> BoardRound:
    driver = None if tour_round.driver is None else plan.scenario.driver(tour_round.driver)
    return BoardRound(run_sheet(plan, tour_round), None if driver is None else driver.phone)


def _unserved(
    scenario: Scenario, leg: Leg, unserved: Unserved, before: Pickup | None
) -> BoardUnserved:
    def clock(second: Seconds | None) -> str | None:
        return None if second is None else scenario.day.clock(second)

    leave, arrive = _bounds(leg.pickup_window), _bounds(leg.dropoff_window)
    if leg.target_pickup_s is not None:
        leave = (leg.target_pickup_s, None)
    if leg.target_dropoff_s is not None:
        arrive = (None, leg.target_dropoff_s)
    return BoardUnserved(
        person=_short(scenario.participant(leg.participant)),
        direction=leg.direction,
        origin=scenario.place(leg.origin).name,
        destination=scenario.place(leg.destination).name,
        leave_from=clock(leave[0]),
        leave_until=clock(leave[1]),
        arrive_from=clock(arrive[0]),
        arrive_until=clock(arrive[1]),
        sentence=unserved.reason.sentence,
        before_clock=None if before is None else clock(before.start_s),
    )


def _bounds(window: TimeWindow | None) -> tuple[Seconds | None, Seconds | None]:
    return (None, None) if window is None else (window.earliest_s, window.latest_s)


def _changes(plan: Plan, previous: Plan, half_width_s: Seconds) -> tuple[BoardChange, ...]:
    told = [
        each
        for each in told_legs(plan, previous, half_width_s)
        if each.news in {LegNews.MOVED, LegNews.NEW, LegNews.CANCELLED} or _is_other_round(each)
    ]
    return tuple(_change(each, plan, previous) for each in sorted(told, key=urgency))


def _is_other_round(told: ToldLeg) -> bool:
    return None not in {told.shift, told.shift_before} and told.shift != told.shift_before


def _change(told: ToldLeg, plan: Plan, previous: Plan) -> BoardChange:
    scenario = previous.scenario if told.news is LegNews.CANCELLED else plan.scenario
    now, before = pickups_of(plan).get(told.leg), pickups_of(previous).get(told.leg)
    clock = plan.scenario.day.clock
    return BoardChange(
        news=told.news,
        person=_short(scenario.participant(told.participant)),
        direction=told.direction,
        before_clock=None if before is None else clock(before.start_s),
        clock=None if now is None else clock(now.start_s),
        shift_before=told.shift_before,
        shift=told.shift,
    )


def _short(person: Participant) -> str:
    return short_name(person.first_name, person.last_name, person.id)
