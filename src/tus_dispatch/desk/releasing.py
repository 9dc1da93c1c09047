"""Vehicles between the rounds: which are free, and who gets them; read, decide, write."""

from dataclasses import dataclass, replace
from pathlib import Path

from tus_dispatch.desk.codes import refusal
from tus_dispatch.desk.outputs import write_text
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.daytime_report import FreeVehicle
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.service_day import WallTimeError
from tus_dispatch.domain.units import VehicleId
from tus_dispatch.domain.vehicle_use import UseError, UseKind, VehicleUse
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.formats.vehicle_calendar import calendar_text, load_calendar
from tus_dispatch.planning.daytime.release import booked, free_vehicles, with_uses


@dataclass(frozen=True, slots=True)
class Wish:
    """A use that somebody asks for, inside the service day.

    Attributes
    ----------
    vehicle, kind
        Which vehicle, and what for.
    start, until
        Clock times of the service day.
    referral
        Who has sent the tenant, or None.
    """

    vehicle: str
    kind: str
    start: str
    until: str
    referral: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """What a day leaves to others.

    Attributes
    ----------
    plan
        As it was read.
    free
        Vehicles nobody needs around noon, uses in the calendar left out.
    calendar
        With the wish, where it was granted.
    refused
        Why not, or None.
    """

    plan: Plan
    free: tuple[FreeVehicle, ...]
    calendar: tuple[VehicleUse, ...]
    refused: Reason | None = None


def release_a_file(
    scenario: Path, plan: Path, calendar: Path | None = None, wish: Wish | None = None
) -> Released:
    """Tell which vehicles are free, and enter a use into the calendar.

    Parameters
    ----------
    scenario, plan
        Files of the day.
    calendar
        File of the calendar; made when missing.
    wish
        A use to enter, or None.

    Returns
    -------
    Released
        The calendar is written only where a wish was granted.

    Raises
    ------
    InputError
        When a file or the wish cannot be used.
    PlanRefusedError
        When the judge refuses the plan.
    """
    day = load_scenario(scenario)
    known = load_plan(plan, day)
    expect_sound(known, travel_matrix(day, scenario.parent))
    uses = () if calendar is None else load_calendar(calendar, day.day.time_zone)
    asked = None if wish is None else _use(wish, known)

    answer = uses if asked is None else booked(uses, asked, (known,))

    if isinstance(answer, Reason):
        return Released(known, _free(known, uses), uses, answer)
    if asked is not None and calendar is not None:
        write_text(calendar, calendar_text(answer), option="--calendar")
    return Released(known, _free(known, answer), answer)


def _free(plan: Plan, uses: tuple[VehicleUse, ...]) -> tuple[FreeVehicle, ...]:
    return free_vehicles(replace(plan, scenario=with_uses(plan.scenario, uses)))


def _use(wish: Wish, plan: Plan) -> VehicleUse:
    day = plan.scenario.day
    if all(each.id != wish.vehicle for each in plan.scenario.vehicles):
        expected = "un véhicule de ce jour"
        raise refusal("unknown-vehicle", "--add", "--add", wish.vehicle, expected)
    if wish.kind not in set(UseKind):
        expected = "l’un de : " + ", ".join(UseKind)
        raise refusal("unusable-use", "--add", "--add", wish.kind, expected)
    try:
        from_at, until_at = (day.start_at + day.parse(each) for each in (wish.start, wish.until))
        return VehicleUse(
            VehicleId(wish.vehicle),
            UseKind(wish.kind),
            from_at,
            until_at,
            wish.referral,
            day.time_zone,
        )
    except WallTimeError as error:
        raise refusal("unusable-use", "--add", "--add", error.text, error.expected) from error
    except UseError as error:
        value = f"{wish.start}–{wish.until}"
        expected = "une fin plus tard que le début"
        raise refusal("unusable-use", "--add", "--add", value, expected) from error
