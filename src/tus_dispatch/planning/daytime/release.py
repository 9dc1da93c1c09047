"""Vehicles nobody needs around noon, and who else may have them: never two at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tus_dispatch.domain.daytime_report import FreeVehicle
from tus_dispatch.domain.fleet import Absence, AbsenceReason, Vehicle
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.vehicle_use import UseKind, VehicleUse
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.codes import daytime_reason
from tus_dispatch.planning.round_figures import MIDDAY
from tus_dispatch.planning.round_time import Use, spans

SHORTEST_S: Seconds = 3600
LONGEST_RENTAL = timedelta(days=60)
_REASONS = {
    UseKind.RENTAL: AbsenceReason.RENTED,
    UseKind.WORKSHOP: AbsenceReason.WORKSHOP,
    UseKind.SCHOOL: AbsenceReason.OTHER,
}
_WORDS = {
    UseKind.RENTAL: "location",
    UseKind.WORKSHOP: "atelier",
    UseKind.SCHOOL: "auto-école",
    UseKind.GOODS_FOR_HIRE: "marchandises",
}


def free_vehicles(plan: Plan) -> tuple[FreeVehicle, ...]:
    """Tell which vehicles stand at their depot and are not needed around noon.

    Parameters
    ----------
    plan
        Draft or published.

    Returns
    -------
    tuple of FreeVehicle
        By vehicle and time, every stretch of at least an hour between 09:30
        and 15:30. What a vehicle's absences take is not free.
    """
    return tuple(
        FreeVehicle(vehicle.id, window, window == MIDDAY)
        for vehicle in plan.scenario.vehicles
        for window in _gaps(sorted(_needed(plan, vehicle)))
        if window.latest_s - window.earliest_s >= SHORTEST_S
    )


def booked(
    calendar: Sequence[VehicleUse], wish: VehicleUse, plans: Sequence[Plan] = ()
) -> tuple[VehicleUse, ...] | Reason:
    """Enter a use into the calendar of vehicles.

    Parameters
    ----------
    calendar
        What is entered already, sound.
    wish
        Wanted.
    plans
        Plans of days inside the wish; a round that needs the vehicle goes
        first.

    Returns
    -------
    tuple of VehicleUse or Reason
        The longer calendar by time, or why not.
    """
    refused = _refused(wish) or _taken(calendar, wish) or _driven(plans, wish)
    if refused is not None:
        return refused
    return tuple(sorted((*calendar, wish), key=lambda each: (each.from_at, each.vehicle)))


def with_uses(scenario: Scenario, calendar: Sequence[VehicleUse]) -> Scenario:
    """Keep the planner away from vehicles that are promised to somebody else.

    Parameters
    ----------
    scenario
        A service day.
    calendar
        Sound; uses of other days are left out.

    Returns
    -------
    Scenario
        Its vehicles are absent while they are used.
    """
    vehicles = tuple(
        replace(
            vehicle,
            absences=(
                *vehicle.absences,
                *(
                    Absence(window, _REASONS[each.kind])
                    for each in calendar
                    if each.vehicle == vehicle.id
                    and (window := _inside(each, scenario.day)) is not None
                ),
            ),
        )
        for vehicle in scenario.vehicles
    )
    return replace(scenario, vehicles=vehicles)


def _refused(wish: VehicleUse) -> Reason | None:
    if wish.kind is UseKind.GOODS_FOR_HIRE:
        return daytime_reason("goods-for-hire")
    if wish.kind is not UseKind.RENTAL:
        return None
    if not wish.referral:
        return daytime_reason("rental-without-referral")
    if wish.length > LONGEST_RENTAL:
        return daytime_reason("rental-too-long", days=-(-wish.length // timedelta(days=1)))
    return None


def _taken(calendar: Sequence[VehicleUse], wish: VehicleUse) -> Reason | None:
    for each in calendar:
        is_same = each.vehicle == wish.vehicle
        if is_same and each.from_at < wish.until_at and wish.from_at < each.until_at:
            return daytime_reason(
                "vehicle-taken",
                first=each.said_from(),
                last=each.said_until(),
                what=_WORDS[each.kind],
            )
    return None


def _driven(plans: Sequence[Plan], wish: VehicleUse) -> Reason | None:
    for plan in plans:
        window = _inside(wish, plan.scenario.day)
        vehicle = next((each for each in plan.scenario.vehicles if each.id == wish.vehicle), None)
        if window is None or vehicle is None:
            continue
        for from_s, until_s in sorted(_needed(plan, vehicle)):
            if from_s < window.latest_s and window.earliest_s < until_s:
                day = plan.scenario.day
                first, last = day.wall(from_s), day.wall(until_s)
                return daytime_reason("vehicle-needed", first=first, last=last)
    return None


def _inside(use: VehicleUse, day: ServiceDay) -> TimeWindow | None:
    """Return the part of a use that lies in a service day."""
    from_s = max(0, use.from_at - day.start_at)
    until_s = min(day.length_s, use.until_at - day.start_at)
    return TimeWindow(from_s, until_s) if from_s < until_s else None


def _needed(plan: Plan, vehicle: Vehicle) -> Iterator[tuple[Seconds, Seconds]]:
    """Yield when a vehicle is on a task, away from its depot, or absent."""
    for absence in vehicle.absences:
        yield absence.window.earliest_s, absence.window.latest_s
    for tour_round in plan.rounds:
        if tour_round.vehicle != vehicle.id:
            continue
        for part in spans(tour_round):
            rests = part.use in {Use.IDLE, Use.BREAK, Use.PROTECTED} and not part.aboard
            if not (rests and part.place == vehicle.depot):
                yield part.start_s, part.end_s


def _gaps(busy: list[tuple[Seconds, Seconds]]) -> Iterator[TimeWindow]:
    from_s = MIDDAY.earliest_s
    for start_s, end_s in busy:
        if min(start_s, MIDDAY.latest_s) > from_s:
            yield TimeWindow(from_s, min(start_s, MIDDAY.latest_s))
        from_s = max(from_s, min(end_s, MIDDAY.latest_s))
    if from_s < MIDDAY.latest_s:
        yield TimeWindow(from_s, MIDDAY.latest_s)
