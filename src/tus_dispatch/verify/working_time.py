"""Nobody works longer, sooner or later than the law allows, by the hours of the plan alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tus_dispatch.domain.fleet import Driver, SlotKind
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import DriverId
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.rules.working_time.breach import Breach
from tus_dispatch.rules.working_time.case import DutyDay, History, joined
from tus_dispatch.rules.working_time.checks import breaches
from tus_dispatch.rules.working_time.limits import Limits, limits_on
from tus_dispatch.verify.case import Case, RoundCase
from tus_dispatch.verify.violations import Violation

# Whoever will take an open shift is an employee of whom nothing is known yet.
_NOBODY = "La personne qui fera la vacation {shift}"
_OF_ONE_DAY = ("work-day", "break-due", "amplitude", "sunday-rest")
_WORKED_SLOTS = (SlotKind.TRAINING, SlotKind.ACCOMPANIMENT)


@dataclass(frozen=True, slots=True)
class UnlawfulDuty:
    """A rule of working time that somebody's duties in a plan break.

    Attributes
    ----------
    where
        The first of the shifts.
    breach
        Which rule, and its sentence.
    is_named
        Whether the plan itself gave the driver one of the shifts.
    """

    where: str
    breach: Breach
    is_named: bool


def duties_are_lawful(case: Case) -> Iterator[Violation]:
    """Yield duties that the law of working time forbids, where a day enforces it.

    A driver named for an open shift must be lawful in any case: nobody asked
    for that duty but the plan.
    """
    law = case.scenario.working_time
    for found in unlawful_duties(case):
        if found.is_named or (law is not None and law.is_enforced):
            breach = found.breach
            yield Violation(breach.code, breach.slug, found.where, breach.by, breach.sentence)


def unlawful_duties(case: Case) -> Iterator[UnlawfulDuty]:
    """Yield every rule of working time that the duties of a plan break.

    Parameters
    ----------
    case
        The plan under judgement.

    Yields
    ------
    UnlawfulDuty
        By driver, in the order of the rounds; volunteers have none.
    """
    for duty, tours in _duties(case):
        driver = tours[0].driver
        is_named = any(
            tour.shift is not None
            and tour.shift.driver is None
            and tour.tour_round.driver is not None
            for tour in tours
        )
        for breach in breaches(duty):
            if driver is not None or breach.slug in _OF_ONE_DAY:
                yield UnlawfulDuty(tours[0].name, breach, is_named)


def duty_days(case: Case) -> Iterator[DutyDay]:
    """Yield the days of all employees of a plan, as the rules of working time read them."""
    for duty, _ in _duties(case):
        yield duty


def _duties(case: Case) -> Iterator[tuple[DutyDay, list[RoundCase]]]:
    law = case.scenario.working_time
    limits = limits_on(case.scenario.day.date, () if law is None else law.own_rules)
    groups: dict[str, list[RoundCase]] = {}
    for tour in case.tours:
        if _is_in_the_day(case, tour):
            key = f"\0{tour.name}" if tour.driver is None else tour.driver.id
            groups.setdefault(key, []).append(tour)
    for tours in groups.values():
        driver = tours[0].driver
        if driver is not None and driver.volunteer:
            continue
        duty = _duty_day(case, driver, tours, limits)
        if duty is not None:
            yield duty, tours


def work_by_driver(case: Case) -> dict[DriverId, tuple[WorkSpan, ...]]:
    """Return what every driver of the plan works on the day.

    Parameters
    ----------
    case
        The plan under judgement.

    Returns
    -------
    dict
        Rounds without their breaks, and the training and accompaniment of
        those who drive one.
    """
    groups: dict[DriverId, list[RoundCase]] = {}
    for tour in case.tours:
        if tour.driver is not None and _is_in_the_day(case, tour):
            groups.setdefault(tour.driver.id, []).append(tour)
    return {
        name: _work(case, tours[0].driver, tours, _breaks(case, tours))
        for name, tours in groups.items()
    }


def _is_in_the_day(case: Case, tour: RoundCase) -> bool:
    """Tell whether a round lies in the service day; of others the judge says so elsewhere."""
    return 0 <= tour.sign_on_s < tour.sign_off_s <= case.scenario.day.length_s


def _work(
    case: Case, driver: Driver | None, tours: list[RoundCase], breaks: tuple[WorkSpan, ...]
) -> tuple[WorkSpan, ...]:
    duties = [(tour.sign_on_s, tour.sign_off_s) for tour in tours]
    used = {tour.name for tour in tours}
    for slot in driver.protected_slots if driver is not None else ():
        if slot.kind in _WORKED_SLOTS:
            # What an own shift was to hold that the plan does not use is no matter of the plan.
            unused = [
                (shift.start.earliest_s, shift.end.latest_s)
                for shift in case.scenario.shifts
                if driver is not None and shift.driver == driver.id and shift.id not in used
            ]
            duties += _cut(slot.window.earliest_s, slot.window.latest_s, unused)
    return _without(joined(_span(case, *each) for each in duties), breaks)


def _duty_day(
    case: Case, driver: Driver | None, tours: list[RoundCase], limits: Limits
) -> DutyDay | None:
    day = case.scenario.day
    breaks = _breaks(case, tours)
    work = _work(case, driver, tours, breaks)
    if not work:
        return None
    if driver is None:
        name = _NOBODY.format(shift=tours[0].name)
        return DutyDay(name, day.date, day.time_zone, work, limits, breaks)
    return DutyDay(
        name=_name(driver),
        day=day.date,
        time_zone=day.time_zone,
        work=work,
        limits=limits,
        breaks=breaks,
        contract_week_s=driver.contract_week_s,
        history=History(
            past=joined(span for span in driver.past_work if span.end_at <= work[0].start_at),
            worked_week_s=driver.worked_week_s,
            past_weeks_s=driver.past_weeks_s,
            night_year_s=driver.night_year_s,
            last_end_at=driver.last_duty_end_at,
        ),
        told_on=driver.told_on,
    )


def _breaks(case: Case, tours: list[RoundCase]) -> tuple[WorkSpan, ...]:
    return joined(
        _span(case, stop.start_s, stop.departure_s)
        for tour in tours
        for stop in tour.stops
        if stop.kind is StopKind.BREAK and stop.departure_s > stop.start_s
    )


def _without(duties: Iterable[WorkSpan], breaks: Iterable[WorkSpan]) -> tuple[WorkSpan, ...]:
    """Take breaks out of duties."""
    free = [(pause.start_at, pause.end_at) for pause in breaks]
    return joined(
        WorkSpan(*part) for span in duties for part in _cut(span.start_at, span.end_at, free)
    )


def _cut(start: int, end: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of a span without some others."""
    left = [(start, end)]
    for begin, until in holes:
        parts = [
            part
            for first, last in left
            for part in ((first, min(last, begin)), (max(first, until), last))
        ]
        left = [part for part in parts if part[0] < part[1]]
    return [part for part in left if part[0] < part[1]]


def _span(case: Case, start_s: int, end_s: int) -> WorkSpan:
    start_at = case.scenario.day.start_at
    return WorkSpan(start_at + start_s, start_at + end_s)


def _name(driver: Driver) -> str:
    initial = f" {driver.last_name[0]}." if driver.last_name else ""
    return f"{driver.first_name}{initial}" if driver.first_name else driver.id
