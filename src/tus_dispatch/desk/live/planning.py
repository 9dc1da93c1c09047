"""Days are planned as jobs: queued, solved in child processes, kept if the day has not moved on."""

import logging
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import event

from tus_dispatch.desk.live.assemble import among_themselves
from tus_dispatch.desk.live.current import base_of
from tus_dispatch.desk.live.days import DayNow, day_now
from tus_dispatch.desk.live.matrices import matrix_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.snapshots import texts_of
from tus_dispatch.desk.live.standing import roll_out
from tus_dispatch.desk.live.started import with_started_pinned
from tus_dispatch.desk.planning_a_file import PlannedDay, plan_day
from tus_dispatch.desk.solving import FALLBACK_ENGINE, Progress
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service import JobState, PlanOrigin, SolveJob
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.errors import InputError, KeptError, NotFoundError, ReadOnlyError, TusError
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.store import jobs, plans
from tus_dispatch.store.session import Session

_LOG = logging.getLogger(__name__)

# A solve whose process died is begun once more, not for ever.
MOST_ATTEMPTS = 2
_BEAT_S = 1.0
_CUT_OFF_TWICE = "Le calcul a été interrompu deux fois ; la dernière version du plan reste valable."
_UNEXPECTED = "Le calcul a échoué ; la dernière version du plan reste valable."


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How long and how to plan.

    Attributes
    ----------
    time_limit_s
        Seconds of search.
    seed
        For the search.
    workers
        Processes side by side.
    """

    time_limit_s: float = 20.0
    seed: int = 0
    workers: int = 1


def start(
    office: Office, session: Session, actor: Actor, service_date: date, options: PlanOptions
) -> SolveJob:
    """Queue the planning of a day, standing bookings rolled out before.

    Parameters
    ----------
    office
        Of the installation; hears of the job once the transaction is
        committed.
    session
        Of a write.
    actor
        Whose hand.
    service_date
        Which day.
    options
        How long.

    Returns
    -------
    SolveJob
        Queued.

    Raises
    ------
    InputError
        When the day cannot be planned as it is, for instance because two
        shifts need one vehicle.
    ConflictError
        When this day is being planned already.
    """
    organisation = actor.organisation
    roll_out(office, session, organisation, service_date, actor=actor, first=service_date)
    day = day_now(session, organisation, service_date)
    expect_plannable(day.scenario)
    job = jobs.add(
        session,
        organisation,
        SolveJob(
            id="",
            service_date=service_date,
            base_number=day.pointer.current,
            base_revision=day.pointer.revision,
            state=JobState.QUEUED,
            time_limit_s=options.time_limit_s,
            seed=options.seed,
            workers=options.workers,
        ),
    )
    event.listen(session, "after_commit", lambda _: office.enqueue(organisation, job.id), once=True)
    return job


def status(session: Session, actor: Actor, job_id: str) -> SolveJob:
    """Return where a solve stands; NotFoundError when it is not this association's."""
    return jobs.get(session, actor.organisation, job_id)


def stop(session: Session, actor: Actor, job_id: str) -> SolveJob:
    """Ask a solve to end and keep its best; one that has not begun ends at once."""
    return jobs.ask_to_stop(session, actor.organisation, job_id)


def expect_plannable(scenario: Scenario) -> None:
    """Refuse a day that does not fit together.

    Parameters
    ----------
    scenario
        As it was put together.

    Raises
    ------
    InputError
        With everything that is wrong, as if it came from a file.
    """
    data = scenario_data(among_themselves(scenario))
    scenario_from_data(data, scenario.day.date.isoformat())


def solve_queued(office: Office, organisation: OrganisationId, job_id: str) -> bool:
    """Do a queued solve.

    Parameters
    ----------
    office
        Of the installation.
    organisation, job_id
        Which solve.

    Returns
    -------
    bool
        False when it must wait for another solve of the association.
    """
    try:
        with office.database.write() as session:
            job = jobs.claim(session, organisation, job_id)
    except NotFoundError:
        return True
    except ReadOnlyError:
        return False
    if job is None:
        with office.database.read() as session:
            return jobs.get(session, organisation, job_id).state is not JobState.QUEUED
    try:
        if job.attempts > MOST_ATTEMPTS:
            _fail(office, organisation, job, _CUT_OFF_TWICE)
        else:
            _Solve(office, organisation, job).run()
    except (TusError, OSError) as error:
        _fail(office, organisation, job, _sentence(error))
    except Exception:  # noqa: BLE001 - logged below
        # Whoever waits for other solves must not lose the worker.
        _LOG.exception("solve %s failed", job_id)
        _fail(office, organisation, job, _UNEXPECTED)
    return True


class _Solve:
    """One solve from the day as it is to a kept version."""

    def __init__(self, office: Office, organisation: OrganisationId, job: SolveJob) -> None:
        self.office, self.organisation, self.job = office, organisation, job
        self._beat_s = office.clock.monotonic_s()

    def run(self) -> None:
        """Read, decide, verify, write."""
        with self.office.database.read() as session:
            day = day_now(session, self.organisation, self.job.service_date)
            base = base_of(self.office, session, self.organisation, day)
        current = None if day.pointer.current is None else base.plan
        scenario = day.scenario
        if current is not None:
            scenario = with_started_pinned(scenario, current, day.records.bookings)
        expect_plannable(scenario)
        matrix = matrix_of(self.office, scenario)

        planned = self._planned(scenario, matrix, current)
        plan = planned.plan
        if current is not None and base.is_sound and _breaks_a_promise(plan, current):
            # The search may leave somebody out who was told a time: then nobody moves.
            plan = current

        self._keep(day, plan, matrix if plan is not current else base.matrix, planned)

    def _planned(
        self, scenario: Scenario, matrix: TravelMatrix, current: Plan | None
    ) -> PlannedDay:
        job = self.job
        options = replace(
            self.office.solving,
            time_limit_s=job.time_limit_s,
            seed=job.seed,
            workers=job.workers,
            goes_on=self._goes_on,
        )
        for _ in range(MOST_ATTEMPTS):
            planned = plan_day(scenario, matrix, options, current=current, on_progress=self._hear)
            outcome = planned.outcome
            if outcome.engine != FALLBACK_ENGINE or not outcome.lost or outcome.is_stopped:
                break
        return planned

    def _hear(self, progress: Progress) -> None:
        self.job = replace(
            self.job,
            n_requests=progress.n_requests,
            n_served=progress.n_served,
            cost=progress.route_cost,
            elapsed_s=progress.elapsed_s,
        )

    def _goes_on(self) -> bool:
        """Note that the solve is alive, and look whether somebody wants it to end."""
        now_s = self.office.clock.monotonic_s()
        if now_s - self._beat_s < _BEAT_S:
            return True
        self._beat_s = now_s
        try:
            with self.office.database.write() as session:
                jobs.progress(session, self.organisation, self.job)
                return not jobs.is_stop_asked(session, self.organisation, self.job.id)
        except ReadOnlyError:
            return True

    def _keep(self, day: DayNow, plan: Plan, matrix: TravelMatrix, planned: PlannedDay) -> None:
        texts, outcome = texts_of(plan, matrix), planned.outcome
        service_date = self.job.service_date
        with self.office.database.write() as session:
            pointer = plans.pointer(session, self.organisation, service_date)
            is_current = pointer == day.pointer
            number = plans.save(
                session,
                self.organisation,
                service_date,
                plan_text=texts.plan,
                snapshot_text=texts.snapshot,
                origin=PlanOrigin.SOLVE,
                base=day.pointer.current,
                is_current=is_current,
            )
            served = {stop.leg for each in plan.rounds for stop in each.stops if stop.leg}
            done = replace(
                self.job,
                state=JobState.STOPPED if outcome.is_stopped else JobState.COMPLETED,
                base_number=day.pointer.current,
                base_revision=day.pointer.revision,
                n_requests=len(served) + len(plan.unserved),
                n_served=len(served),
                cost=plan.cost.total,
                gap=plan.certificate.gap,
                elapsed_s=outcome.elapsed_s,
                result_number=number,
                is_outdated=not is_current,
            )
            jobs.finish(session, self.organisation, done)


def _breaks_a_promise(plan: Plan, current: Plan) -> bool:
    """Tell whether somebody who was promised a pickup is left out."""
    left_out = {each.leg for each in plan.unserved}
    served = {stop.leg for each in current.rounds for stop in each.stops}
    return any(each.leg in left_out for each in current.promises if each.leg in served)


def _fail(office: Office, organisation: OrganisationId, job: SolveJob, why: str) -> None:
    with office.database.write() as session:
        jobs.finish(session, organisation, replace(job, state=JobState.FAILED, failure=why))


def _sentence(error: Exception) -> str:
    if isinstance(error, KeptError):
        return f"{error.problem.code} : {error.problem.remedy}"
    if isinstance(error, InputError):
        first = error.problems[0]
        return f"{first.code} {first.where} : {first.remedy}"
    return str(error) or _UNEXPECTED
