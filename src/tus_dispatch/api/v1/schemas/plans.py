"""Days, solves and plans: where a day stands, who drives whom, and who moves."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    AtText,
    DayText,
    IdText,
    local_text,
    utc_text,
)
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.plan import Promise, Round, Stop, StopKind
from tus_dispatch.domain.service import (
    DayPointer,
    JobState,
    Moved,
    PlanOrigin,
    PlanVersion,
    SolveJob,
)
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.native.shape import Shape


class SolveBody(Shape):
    """How long and how to search for a plan of the day."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"time_limit_s": 60}]})

    time_limit_s: Annotated[int, Field(ge=1, le=3600)] = 60
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    workers: Annotated[int, Field(ge=1, le=8)] = 1


class SolveAnswer(Answer):
    """A solve."""

    id: IdText
    service_date: DayText
    state: JobState
    requests: Annotated[int, Field(description="Legs asked for.")]
    served: Annotated[int, Field(description="Legs the best plan so far serves.")]
    cost: Annotated[int | None, Field(description="Of the best so far, thousandths of a cent.")]
    gap: Annotated[float | None, Field(description="How far from the best it can be, at most.")]
    elapsed_s: float
    time_limit_s: float
    attempts: int
    base: Annotated[int | None, Field(description="Plan version it started from.")]
    number: Annotated[int | None, Field(description="Plan version it made.")]
    is_outdated: Annotated[
        bool, Field(description="The day moved on meanwhile; the result is only offered.")
    ]
    failure: Annotated[str | None, Field(description="Why it failed, a French sentence.")]


class PlannedStopAnswer(Answer):
    """One action of a round."""

    kind: StopKind
    place: IdText
    leg: str | None
    arrival: AtText
    start: AtText
    departure: AtText
    drive_s: int
    drive_m: int
    aboard: int


class RoundAnswer(Answer):
    """What one shift does."""

    shift: IdText
    vehicle: IdText
    driver: IdText | None
    stops: list[PlannedStopAnswer]


class UnservedAnswer(Answer):
    """A leg left out, and why."""

    leg: str
    code: str
    slug: str
    sentence: str
    relaxation: str | None


class PromiseAnswer(Answer):
    """What somebody was told."""

    leg: str
    earliest: AtText
    latest: AtText


class PlanAnswer(Answer):
    """A version of the plan of a day; identities only."""

    id: IdText
    number: int
    parent: int | None
    sha256: str
    origin: PlanOrigin
    made_at: AtText
    profile: Profile
    is_estimated: Annotated[bool, Field(description="Whether travel times are only estimated.")]
    cost: dict[str, int]
    rounds: list[RoundAnswer]
    unserved: list[UnservedAnswer]
    promises: list[PromiseAnswer]


class SolvedPlanAnswer(Answer):
    """A solve and its plan, or the best so far; a plan of another origin has no solve."""

    solve: SolveAnswer | None
    plan: PlanAnswer | None


class VersionAnswer(Answer):
    """One version of the plan of a day."""

    number: int
    origin: PlanOrigin
    made_at: AtText


class DayAnswer(Answer):
    """Where a day stands; its ETag is the revision."""

    service_date: DayText
    start: AtText
    end: AtText
    revision: int
    current: Annotated[int | None, Field(description="Version bookings are taken into.")]
    published: Annotated[int | None, Field(description="Version drivers read.")]
    bookings: int
    versions: list[VersionAnswer]
    solves: list[SolveAnswer]
    plan: Annotated[PlanAnswer | None, Field(description="The current version.")]


class MovedAnswer(Answer):
    """Somebody whose pickup moves by more than ten minutes."""

    leg: str
    before: AtText | None
    after: AtText | None


class PublishedAnswer(Answer):
    """What publishing changes for people."""

    number: int
    moved: list[MovedAnswer]


def solve_data(job: SolveJob) -> dict[str, Any]:
    """Write a solve.

    Parameters
    ----------
    job
        As kept.

    Returns
    -------
    dict
        Fields of ``SolveAnswer``.
    """
    return {
        "id": job.id,
        "service_date": job.service_date.isoformat(),
        "state": job.state.value,
        "requests": job.n_requests,
        "served": job.n_served,
        "cost": job.cost,
        "gap": job.gap,
        "elapsed_s": job.elapsed_s,
        "time_limit_s": job.time_limit_s,
        "attempts": job.attempts,
        "base": job.base_number,
        "number": job.result_number,
        "is_outdated": job.is_outdated,
        "failure": job.failure,
    }


def plan_data(version: PlanVersion) -> dict[str, Any]:
    """Write a version of a plan.

    Parameters
    ----------
    version
        With its day.

    Returns
    -------
    dict
        Fields of ``PlanAnswer``.
    """
    plan = version.plan
    day = plan.scenario.day
    return {
        "id": version.id,
        "number": version.number,
        "parent": version.parent,
        "sha256": version.sha256,
        "origin": version.origin.value,
        "made_at": utc_text(version.made_at),
        "profile": plan.scenario.objective.profile.value,
        "is_estimated": plan.is_estimated,
        "cost": asdict(plan.cost) | {"total": plan.cost.total},
        "rounds": [_round_data(each, day) for each in plan.rounds],
        "unserved": [
            {"leg": each.leg, **asdict(each.reason), "relaxation": each.relaxation}
            for each in plan.unserved
        ],
        "promises": [_promise_data(each, day) for each in plan.promises],
    }


def day_data(day: ServiceDay, pointer: DayPointer) -> dict[str, Any]:
    """Write where a day stands.

    Parameters
    ----------
    day
        Its instants.
    pointer
        Which versions count.

    Returns
    -------
    dict
        The first fields of ``DayAnswer``.
    """
    return {
        "service_date": day.date.isoformat(),
        "start": local_text(day.start_at, day.time_zone),
        "end": local_text(day.start_at + day.length_s, day.time_zone),
        "revision": pointer.revision,
        "current": pointer.current,
        "published": pointer.published,
    }


def moved_data(moved: Moved, day: ServiceDay) -> dict[str, Any]:
    """Write who moves.

    Parameters
    ----------
    moved
        Before and after.
    day
        Of the plan.

    Returns
    -------
    dict
        Fields of ``MovedAnswer``.
    """
    return {
        "leg": moved.leg,
        "before": None if moved.before_s is None else _at(moved.before_s, day),
        "after": None if moved.after_s is None else _at(moved.after_s, day),
    }


def _round_data(tour_round: Round, day: ServiceDay) -> dict[str, Any]:
    return {
        "shift": tour_round.shift,
        "vehicle": tour_round.vehicle,
        "driver": tour_round.driver,
        "stops": [_stop_data(each, day) for each in tour_round.stops],
    }


def _stop_data(stop: Stop, day: ServiceDay) -> dict[str, Any]:
    return {
        "kind": stop.kind.value,
        "place": stop.place,
        "leg": stop.leg,
        "arrival": _at(stop.arrival_s, day),
        "start": _at(stop.start_s, day),
        "departure": _at(stop.departure_s, day),
        "drive_s": stop.drive_s,
        "drive_m": stop.drive_m,
        "aboard": stop.load.people,
    }


def _promise_data(promise: Promise, day: ServiceDay) -> dict[str, Any]:
    window = promise.pickup_window
    return {
        "leg": promise.leg,
        "earliest": _at(window.earliest_s, day),
        "latest": _at(window.latest_s, day),
    }


def _at(second: int, day: ServiceDay) -> str:
    return local_text(day.start_at + second, day.time_zone)
