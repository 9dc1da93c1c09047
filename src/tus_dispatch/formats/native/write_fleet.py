"""Vehicles, drivers and shifts as the plain data of their file."""

from dataclasses import asdict

from tus_dispatch.domain.fleet import BreakRule, Driver, Shift, Vehicle
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.native.fleet import (
    BreakShape,
    ConfigurationShape,
    DriverShape,
    ProtectedSlotShape,
    ShiftShape,
    VehicleShape,
)
from tus_dispatch.formats.native.sparse import (
    Data,
    band,
    date_text,
    instant,
    period,
    sparse,
    window,
)


def vehicle_data(vehicle: Vehicle, day: ServiceDay) -> Data:
    """Write a vehicle."""
    return sparse(
        VehicleShape,
        id=vehicle.id,
        name=vehicle.name,
        depot=vehicle.depot,
        configurations=[
            sparse(ConfigurationShape, **asdict(each)) for each in vehicle.configurations
        ],
        child_seats=vehicle.child_seats,
        energy=vehicle.energy.value,
        range_m=vehicle.range_m,
        title=vehicle.title.value,
        absences=[
            period(each.window, day) | {"reason": each.reason.value} for each in vehicle.absences
        ],
        features=list(vehicle.features),
    )


def driver_data(driver: Driver, day: ServiceDay) -> Data:
    """Write a driver."""
    return sparse(
        DriverShape,
        id=driver.id,
        first_name=driver.first_name,
        last_name=driver.last_name,
        phone=driver.phone,
        volunteer=driver.volunteer,
        contract_week_s=driver.contract_week_s,
        worked_week_s=driver.worked_week_s,
        night_year_s=driver.night_year_s,
        last_duty_end=instant(driver.last_duty_end_at, day),
        qualifications=list(driver.qualifications),
        protected_slots=[
            period(slot.window, day)
            | sparse(ProtectedSlotShape, kind=slot.kind.value, place=slot.place)
            for slot in driver.protected_slots
        ],
        home=driver.home,
        past_work=[
            {"from": instant(span.start_at, day), "until": instant(span.end_at, day)}
            for span in driver.past_work
        ],
        past_weeks_s=list(driver.past_weeks_s),
        told_on=None if driver.told_on is None else driver.told_on.isoformat(),
        medical_until=date_text(driver.medical_until),
    )


def shift_data(shift: Shift, scenario: Scenario) -> Data:
    """Write a shift, with ``depot`` and ``home`` where they say the same."""
    day = scenario.day
    words = {scenario.vehicle(shift.vehicle).depot: "depot"}
    if shift.driver is not None and (home := scenario.driver(shift.driver).home) is not None:
        words = {home: "home"} | words
    return sparse(
        ShiftShape,
        id=shift.id,
        name=shift.name,
        vehicle=shift.vehicle,
        driver=shift.driver,
        start=band(shift.start, day),
        end=band(shift.end, day),
        start_place=words.get(shift.start_place, shift.start_place),
        end_place=words.get(shift.end_place, shift.end_place),
        max_duty_s=shift.max_duty_s,
        **{"break": _break(shift.break_rule, day)},
    )


def _break(rule: BreakRule | None, day: ServiceDay) -> Data | None:
    if rule is None:
        return None
    # An empty object is a break as usual; no object is no break.
    return sparse(
        BreakShape,
        duration_s=rule.duration_s,
        after_s=rule.after_s,
        window=window(rule.window, day),
    )
