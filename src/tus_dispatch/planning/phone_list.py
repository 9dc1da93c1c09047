"""The phone list says whom to call about a plan, in which order, and what to say."""

from itertools import groupby

from tus_dispatch.domain.phone_list import Call, CallLeg, PhoneList
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.run_sheet import short_name
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.told import LegNews, ToldLeg
from tus_dispatch.domain.units import ParticipantId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.told import DEFAULT_HALF_WIDTH_S, told_legs, urgency


def phone_list(
    plan: Plan,
    previous: Plan | None = None,
    *,
    half_width_s: Seconds = DEFAULT_HALF_WIDTH_S,
    published_at: int | None = None,
) -> PhoneList:
    """Return the phone list of a plan.

    Parameters
    ----------
    plan
        A plan that was judged, with the promises made before it is published.
    previous
        What people know, or None before the first publication.
    half_width_s
        What people are told when nothing was promised: the planned pickup,
        give or take this.
    published_at
        Instant for the heading.

    Returns
    -------
    PhoneList
        One entry per person with a leg on this day; whoever cancelled is not
        called.
    """
    told = [
        each
        for each in told_legs(plan, previous, half_width_s)
        if each.news is not LegNews.CANCELLED
    ]
    by_person = sorted(told, key=_person)
    groups = [tuple(legs) for _, legs in groupby(by_person, key=_person)]
    groups.sort(key=lambda legs: min(urgency(leg) for leg in legs))
    scenario = plan.scenario
    calls = [_call(scenario, legs) for legs in groups]
    return PhoneList(
        service_date=scenario.day.date,
        time_zone=scenario.day.time_zone,
        territory=scenario.territory.name,
        to_call=tuple(call for call in calls if call.news.needs_call),
        informed=tuple(call for call in calls if not call.news.needs_call),
        published_at=published_at,
    )


def _person(told: ToldLeg) -> ParticipantId:
    return told.participant


def _call(scenario: Scenario, legs: tuple[ToldLeg, ...]) -> Call:
    person = scenario.participant(legs[0].participant)
    name = f"{person.first_name.strip()} {person.last_name.strip()}".strip() or person.id
    return Call(
        name=name,
        phone=person.phone,
        news=min(legs, key=urgency).news,
        legs=tuple(_leg(scenario, leg) for leg in sorted(legs, key=_time)),
    )


def _time(told: ToldLeg) -> tuple[bool, Seconds]:
    window = told.window or told.before
    return (True, 0) if window is None else (False, window.earliest_s)


def _leg(scenario: Scenario, told: ToldLeg) -> CallLeg:
    from_clock, until_clock = _clocks(scenario, told.window)
    before_from_clock, before_until_clock = _clocks(scenario, told.before)
    return CallLeg(
        direction=told.direction,
        news=told.news,
        place=scenario.place(told.origin).name,
        from_clock=from_clock,
        until_clock=until_clock,
        before_from_clock=before_from_clock,
        before_until_clock=before_until_clock,
        driver=_driver(scenario, told.shift),
    )


def _clocks(scenario: Scenario, window: TimeWindow | None) -> tuple[str | None, str | None]:
    if window is None:
        return None, None
    return scenario.day.clock(window.earliest_s), scenario.day.clock(window.latest_s)


def _driver(scenario: Scenario, shift: ShiftId | None) -> str:
    driver = None if shift is None else scenario.shift(shift).driver
    if driver is None:
        return ""
    person = scenario.driver(driver)
    return short_name(person.first_name, person.last_name, driver)
