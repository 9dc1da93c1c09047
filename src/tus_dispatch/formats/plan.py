"""The file of a plan, `tus-plan/1`: same bytes for the same plan, all its mistakes at once."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.domain.plan import (
    CostBreakdown,
    Plan,
    Promise,
    Provenance,
    Round,
    Stop,
    Unserved,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, ShiftId, VehicleId
from tus_dispatch.errors import InputError
from tus_dispatch.formats.flag_words import told_flags, without_notice
from tus_dispatch.formats.native.decode import decode, read_bytes
from tus_dispatch.formats.native.format_name import expect_format
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.native.order import in_file_order
from tus_dispatch.formats.native.plan_checks import plan_problems
from tus_dispatch.formats.native.plan_shapes import PlanFile, RoundShape
from tus_dispatch.formats.native.problems import Suggester
from tus_dispatch.formats.native.refusal import problems_of
from tus_dispatch.formats.native.schema import schema_of
from tus_dispatch.formats.native.sparse import Data
from tus_dispatch.formats.scenario import scenario_sha256

FORMAT = "tus-plan/1"
# One stop fits on one line, so that a diff shows which stops moved.
_WIDTH = 320


def load_plan(path: Path, scenario: Scenario) -> Plan:
    """Read a plan file.

    Parameters
    ----------
    path
        A file in the format `tus-plan/1`.
    scenario
        The day it plans.

    Returns
    -------
    Plan
        As written; whether it keeps the rules is for the judge.

    Raises
    ------
    InputError
        When the file cannot be opened, or with everything that is wrong in it.
    """
    return parse_plan(read_bytes(path), scenario, str(path))


def parse_plan(text: str | bytes, scenario: Scenario, source: str) -> Plan:
    """Read the text of a plan file.

    Parameters
    ----------
    text
        JSON; bytes are UTF-8.
    scenario
        The day it plans.
    source
        Name of the file, for messages.

    Returns
    -------
    Plan
        Legs, shifts, drivers and places the scenario does not know are kept.
        Its scenario has the profile the plan was made for.

    Raises
    ------
    InputError
        With everything that is wrong, among it another day, and vehicles or
        configurations the scenario does not have.
    """
    decoded = decode(text, source)
    data = expect_format(decoded, FORMAT, source)
    problems = list(decoded.problems)
    try:
        shape = PlanFile.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, PlanFile, data, (), Suggester())
        raise InputError(source, in_file_order(problems, data)) from error
    problems += plan_problems(shape, scenario)
    if problems:
        raise InputError(source, in_file_order(problems, data))
    return _plan(shape, scenario)


def dump_plan(plan: Plan) -> str:
    """Write a plan as the text of its file.

    Parameters
    ----------
    plan
        A plan whose vehicles and configurations are those of its scenario.

    Returns
    -------
    str
        The same bytes for the same plan; no time of writing inside.

    Raises
    ------
    LookupError
        When a round names a vehicle or a configuration the scenario lacks.
    """
    day, provenance = plan.scenario.day, plan.provenance
    sha256 = scenario_sha256(plan.scenario) if provenance is None else provenance.scenario_sha256
    data = {
        "format": FORMAT,
        "scenario_sha256": sha256,
        "service_date": day.date.isoformat(),
        "time_zone": day.time_zone,
        "profile": plan.scenario.objective.profile.value,
        "provenance": None if provenance is None else _provenance_data(provenance),
        "cost": _cost_data(plan.cost),
        "rounds": [_round_data(each, plan.scenario) for each in plan.rounds],
        "unserved": [_unserved_data(each) for each in plan.unserved],
        "promises": [_promise_data(each, day) for each in plan.promises],
        "certificate": asdict(plan.certificate),
        "flags": [{"where": each.where, **asdict(each.reason)} for each in told_flags(plan)],
    }
    return lay_out(data, _WIDTH)


def plan_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format.

    Returns
    -------
    dict
        Draft 2020-12.
    """
    return schema_of(PlanFile, FORMAT)


def _plan(shape: PlanFile, scenario: Scenario) -> Plan:
    provenance, certificate = shape.provenance, shape.certificate
    return Plan(
        # The price written in the file is that of the profile it was made for.
        scenario=scenario.with_profile(shape.profile),
        rounds=tuple(_round(each, scenario) for each in shape.rounds),
        unserved=tuple(each.to_domain() for each in shape.unserved),
        promises=tuple(each.to_domain() for each in shape.promises),
        cost=shape.cost.to_domain(),
        provenance=None if provenance is None else provenance.to_domain(shape.scenario_sha256),
        certificate=Certificate() if certificate is None else certificate.to_domain(),
        flags=without_notice(each.to_domain() for each in shape.flags),
    )


def _round(shape: RoundShape, scenario: Scenario) -> Round:
    wanted = Configuration(shape.configuration.seats, shape.configuration.wheelchairs)
    vehicle = scenario.vehicle(VehicleId(shape.vehicle))
    return Round(
        shift=ShiftId(shape.shift),
        vehicle=vehicle.id,
        driver=None if shape.driver is None else DriverId(shape.driver),
        configuration=vehicle.configurations.index(wanted),
        stops=tuple(each.to_domain() for each in shape.stops),
    )


def _cost_data(cost: CostBreakdown) -> Data:
    """Write the parts; those of the crews only where the day prices them."""
    of_crews = {"hours", "rotation", "regular_driver"}
    parts = {key: part for key, part in asdict(cost).items() if part or key not in of_crews}
    return parts | {"total": cost.total}


def _round_data(tour_round: Round, scenario: Scenario) -> Data:
    vehicle = scenario.vehicle(tour_round.vehicle)
    configuration = vehicle.configurations[tour_round.configuration]
    return {
        "shift": tour_round.shift,
        "vehicle": tour_round.vehicle,
        "driver": tour_round.driver,
        "configuration": asdict(configuration),
        "stops": [_stop_data(stop, scenario.day) for stop in tour_round.stops],
    }


def _stop_data(stop: Stop, day: ServiceDay) -> Data:
    return {
        "kind": stop.kind.value,
        "place": stop.place,
        "leg": stop.leg,
        "at": day.wall(stop.start_s),
        "arrival_s": stop.arrival_s,
        "start_s": stop.start_s,
        "departure_s": stop.departure_s,
        "drive_s": stop.drive_s,
        "drive_m": stop.drive_m,
        "load": asdict(stop.load),
    }


def _unserved_data(unserved: Unserved) -> Data:
    reason = unserved.reason
    return {"leg": unserved.leg, **asdict(reason), "relaxation": unserved.relaxation}


def _promise_data(promise: Promise, day: ServiceDay) -> Data:
    window = promise.pickup_window
    return {
        "leg": promise.leg,
        "from": day.wall(window.earliest_s),
        "until": day.wall(window.latest_s),
        "earliest_s": window.earliest_s,
        "latest_s": window.latest_s,
    }


def _provenance_data(provenance: Provenance) -> Data:
    values = asdict(provenance) | {"warnings": list(provenance.warnings)}
    # The hash stands at the top of the file, with or without a provenance.
    return {key: value for key, value in values.items() if key != "scenario_sha256"}
