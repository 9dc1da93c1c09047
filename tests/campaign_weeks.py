"""Four weeks of a made-up association, day by day, with hours carried on from plan to plan."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded by the number of the instance

from tests.campaign_hours import plan_lawfully
from tests.campaign_tally import Tally
from tests.day_hours import HOUR_S, hours_of
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.fleet import Driver, ProtectedSlot, Shift, SlotKind
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.verify.plan import verify_plan

# A Monday in November; no public holiday in the four weeks.
FIRST_DAY = date(2026, 11, 16)
N_WEEKS, N_DAYS = 4, 5
N_LEGS, N_SHIFTS = 24, 6
COMES = 0.85
CONTRACT_S = 26 * HOUR_S
# Over the four weeks, nobody may be further off the contract than this.
TOLERANCE = 0.15
TRAINING_S = 6300
BAND_S = 5400


@dataclass
class Association:
    """A made-up organisation: every shift is open, and everybody works part-time."""

    template: Scenario
    drivers: list[Driver]
    rng: Random

    def day(self, number: int) -> Scenario:
        """The scenario of a working day: recurring bookings, some of which stay away."""
        when = FIRST_DAY + timedelta(days=number // N_DAYS * 7 + number % N_DAYS)
        template, week = self.template, number // N_DAYS
        # Weeks of the run are noted in spans; before it everybody kept to the contract.
        weeks_s = (0,) * min(week, 3) + (CONTRACT_S,) * max(0, 3 - week)
        drivers = tuple(
            replace(each, protected_slots=_training(at, number), past_weeks_s=weeks_s)
            for at, each in enumerate(self.drivers)
        )
        return replace(
            template,
            day=ServiceDay(when, template.day.time_zone),
            drivers=drivers,
            shifts=tuple(_opened(template, each) for each in template.shifts),
            vehicles=tuple(replace(each, absences=()) for each in template.vehicles),
            bookings=tuple(each for each in template.bookings if self.rng.random() < COMES),
            law=None,
        )

    def carry_on(self, plan: Plan) -> None:
        """Note what everybody has worked, trainings of people without a round too."""
        spans = {
            hours.driver.id: tuple(WorkSpan(*each) for each in hours.work)
            for hours in hours_of(plan)
            if hours.driver is not None
        }
        start_at = plan.scenario.day.start_at
        for each in plan.scenario.drivers:
            trained = tuple(
                WorkSpan(start_at + slot.window.earliest_s, start_at + slot.window.latest_s)
                for slot in each.protected_slots
            )
            spans.setdefault(each.id, trained)
        self.drivers = [
            replace(each, past_work=(*each.past_work, *spans[each.id])) for each in self.drivers
        ]

    def worked_s(self, driver: Driver) -> int:
        return sum(span.length_s for span in driver.past_work)


def live_four_weeks(first: int, count: int) -> Tally:
    """Plan four weeks of made-up associations; the hours of every driver end near the contract.

    Parameters
    ----------
    first, count
        Numbers of the associations; the six families take turns.

    Returns
    -------
    Tally
        Faults are violations, among them protected slots that are not kept,
        rounds that nobody drives, and drivers further off their contract over
        the four weeks than the tolerance.
    """
    tally = Tally("associations over four weeks", count)
    for number in range(first, first + count):
        association = association_of(number)
        for day in range(N_WEEKS * N_DAYS):
            scenario = association.day(day)
            matrix = travel_matrix(scenario, Path())
            plan = plan_lawfully(scenario, matrix, None, seed=number)
            tally.counts["rounds"] += len(plan.rounds)
            tally.counts["rounds without a driver"] += sum(r.driver is None for r in plan.rounds)
            tally.counts["protected slots"] += sum(
                len(driver.protected_slots) for driver in scenario.drivers
            )
            found = verify_plan(plan, matrix)
            tally.faults += [f"association {number}, day {day}: {each}" for each in found]
            association.carry_on(plan)
        for driver in association.drivers:
            due_s = N_WEEKS * CONTRACT_S
            off = (association.worked_s(driver) - due_s) / due_s
            tally.counts[f"drivers off by {math.ceil(abs(off) * 100):2} %"] += 1
            if abs(off) > TOLERANCE:
                tally.faults.append(f"association {number}: {driver.id} is off by {off:.1%}")
    return tally


def association_of(number: int) -> Association:
    """Make up an association with as many drivers as its demand gives work to."""
    template = generate(
        sorted(FAMILIES)[number % len(FAMILIES)], seed=number, n_legs=N_LEGS, n_shifts=N_SHIFTS
    )
    offered = {word for each in template.drivers for word in each.qualifications}
    drivers = [
        Driver(
            id=DriverId(f"D{at:02d}"),
            first_name=f"Agent {at}",
            contract_week_s=CONTRACT_S,
            qualifications=tuple(sorted(offered)),
        )
        for at in range(2 * N_SHIFTS)
    ]
    # A week with plenty of drivers tells how much work there is.
    pilot = Association(template, drivers, Random(number))  # noqa: S311
    work_s = 0
    for day in range(N_DAYS):
        scenario = pilot.day(day)
        plan = plan_lawfully(scenario, travel_matrix(scenario, Path()), None, seed=number)
        work_s += sum(hours.worked_s for hours in hours_of(_bare(plan)))
    n_drivers = max(1, work_s // (CONTRACT_S - TRAINING_S))
    return Association(template, drivers[:n_drivers], Random(number))  # noqa: S311


def _bare(plan: Plan) -> Plan:
    """The rounds without their drivers, so that only driving counts."""
    rounds = tuple(replace(each, driver=None) for each in plan.rounds)
    return replace(plan, rounds=rounds)


def _opened(template: Scenario, shift: Shift) -> Shift:
    """Nobody drives it yet, and it may end later, where its vehicle is free."""
    later = [
        other.start.earliest_s
        for other in template.shifts
        if other.vehicle == shift.vehicle and other.start.earliest_s >= shift.end.latest_s
    ]
    end_s = min([shift.end.latest_s + BAND_S, *later])
    more_s = end_s - shift.end.latest_s
    return replace(
        shift,
        driver=None,
        start_place=template.vehicle(shift.vehicle).depot,
        end_place=template.vehicle(shift.vehicle).depot,
        end=TimeWindow(shift.end.earliest_s, end_s),
        max_duty_s=None if shift.max_duty_s is None else shift.max_duty_s + more_s,
    )


def _training(at: int, number: int) -> tuple[ProtectedSlot, ...]:
    """Training once a week in the middle of the day, on another day for each."""
    if at % N_DAYS != number % N_DAYS:
        return ()
    # 11:45 to 13:30.
    return (ProtectedSlot(TimeWindow(27_900, 27_900 + TRAINING_S), SlotKind.TRAINING),)
