"""What a plan file must share with the scenario it is read for."""

from collections.abc import Iterator

from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.plan_shapes import PlanFile, RoundShape
from tus_dispatch.formats.native.problems import Part, Suggester, pointer, problem, shorten

Offered = dict[str, tuple[Configuration, ...]]


def plan_problems(shape: PlanFile, scenario: Scenario) -> Iterator[Problem]:
    """Tell what keeps a plan file from being a plan of this scenario.

    Parameters
    ----------
    shape
        The file.
    scenario
        The day it is read for.

    Yields
    ------
    Problem
        On another day seconds mean other hours, so nothing else is compared.
    """
    day = scenario.day
    expected = (("service_date", day.date.isoformat()), ("time_zone", day.time_zone))
    found = (shape.service_date.isoformat(), shape.time_zone)
    is_other_day = False
    for (key, ours), theirs in zip(expected, found, strict=True):
        if ours != theirs:
            is_other_day = True
            yield problem("plan-of-another-day", pointer((key,)), shorten(theirs), f'"{ours}"')
    if is_other_day:
        return
    suggester = Suggester()
    offered: Offered = {each.id: each.configurations for each in scenario.vehicles}
    for i, tour_round in enumerate(shape.rounds):
        at: tuple[Part, ...] = ("rounds", i)
        yield from _vehicle_problems(tour_round, at, offered, suggester)
        for j, stop in enumerate(tour_round.stops):
            yield from _clock_problems(stop.at, stop.start_s, (*at, "stops", j, "at"), scenario)
    for i, promise in enumerate(shape.promises):
        at = ("promises", i)
        yield from _clock_problems(promise.start, promise.earliest_s, (*at, "from"), scenario)
        yield from _clock_problems(promise.until, promise.latest_s, (*at, "until"), scenario)


def _vehicle_problems(
    tour_round: RoundShape, at: tuple[Part, ...], offered: Offered, suggester: Suggester
) -> Iterator[Problem]:
    wanted = Configuration(tour_round.configuration.seats, tour_round.configuration.wheelchairs)
    configurations = offered.get(tour_round.vehicle)
    if configurations is None:
        near = suggester.closest(tour_round.vehicle, offered)
        expected = f"« {near} » ?" if near else "l’identifiant d’un véhicule"
        where = pointer((*at, "vehicle"))
        yield problem("unknown-id", where, shorten(tour_round.vehicle), expected)
    elif wanted not in configurations:
        choices = ", ".join(f"{each.seats}+{each.wheelchairs}" for each in configurations)
        where = pointer((*at, "configuration"))
        value = f"{wanted.seats}+{wanted.wheelchairs}"
        yield problem("plan-configuration", where, value, f"places + fauteuils : {choices}")


def _clock_problems(
    text: str, second: int, at: tuple[Part, ...], scenario: Scenario
) -> Iterator[Problem]:
    clock = scenario.day.wall(second)
    if text != clock:
        yield problem(
            "plan-contradiction", pointer(at), shorten(text), f'"{clock}", soit {second} s'
        )
