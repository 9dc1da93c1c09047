"""Solves: asked for, begun by one process, heard of while they run, ended once."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.store.codes import conflict, not_found
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import SolveJobRow

_SOLVE_JOB = columns(SolveJobRow)

_PREFIX = "job"
_UNFINISHED = (JobState.QUEUED.value, JobState.SOLVING.value)


def add(session: Session, organisation: OrganisationId, job: SolveJob) -> SolveJob:
    """Queue a solve.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    job
        Day, base and limits; its identity and state are set here.

    Returns
    -------
    SolveJob
        Queued.

    Raises
    ------
    ConflictError
        When a solve of this day is queued or running.
    """
    queued = replace(job, id=new_id(_PREFIX), state=JobState.QUEUED, attempts=0)
    fixed = {"is_stop_asked": False, "queued_at": session.clock.now_at()}
    keys = {"organisation_id": organisation, "id": queued.id}
    try:
        session.execute(insert(SolveJobRow), keys | fixed | _fields(queued))
    except IntegrityError as error:
        raise conflict(
            "already-solving", "plans", job.service_date, "une journée sans calcul en cours"
        ) from error
    return queued


def get(session: Session, organisation: OrganisationId, identity: str) -> SolveJob:
    """Return a solve; NotFoundError when it is not this association's."""
    return _job(_row(session, organisation, identity))


def of_day(
    session: Session, organisation: OrganisationId, service_date: date
) -> tuple[SolveJob, ...]:
    """Return the solves of a day, the latest first."""
    query = (
        select(SolveJobRow)
        .where(_SOLVE_JOB.organisation_id == organisation, _SOLVE_JOB.service_date == service_date)
        .order_by(_SOLVE_JOB.queued_at.desc(), _SOLVE_JOB.id)
        .execution_options(populate_existing=True)
    )
    return tuple(map(_job, session.scalars(query)))


def unfinished(session: Session) -> tuple[tuple[OrganisationId, SolveJob], ...]:
    """Return what is queued or running in the installation, oldest first.

    Parameters
    ----------
    session
        Of a read or a write.

    Returns
    -------
    tuple of pairs
        Association and solve. Asked at the start: what runs then was cut off.
    """
    query = (
        select(SolveJobRow)
        .where(_SOLVE_JOB.state.in_(_UNFINISHED))
        .order_by(_SOLVE_JOB.queued_at, _SOLVE_JOB.id)
        .execution_options(populate_existing=True)
    )
    return tuple((OrganisationId(row.organisation_id), _job(row)) for row in session.scalars(query))


def claim(session: Session, organisation: OrganisationId, identity: str) -> SolveJob | None:
    """Begin a queued solve, unless another of the association is running.

    Parameters
    ----------
    session
        Of a write.
    organisation, identity
        Which solve.

    Returns
    -------
    SolveJob or None
        Solving, one attempt more; None when it is not queued any more, or must
        wait.
    """
    running = session.scalar(
        select(_SOLVE_JOB.id)
        .where(
            _SOLVE_JOB.organisation_id == organisation,
            _SOLVE_JOB.state == JobState.SOLVING.value,
        )
        .limit(1)
    )
    row = _row(session, organisation, identity)
    if running is not None or row.state != JobState.QUEUED.value:
        return None
    values = {
        "state": JobState.SOLVING.value,
        "attempts": row.attempts + 1,
        "heartbeat_at": session.clock.now_at(),
    }
    return _update(session, organisation, identity, values)


def progress(session: Session, organisation: OrganisationId, job: SolveJob) -> SolveJob:
    """Note that a running solve was heard of, and how far it is.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    job
        Served, cost, gap and seconds so far.

    Returns
    -------
    SolveJob
        As kept; unchanged when it has ended meanwhile.
    """
    values = {
        "heartbeat_at": session.clock.now_at(),
        "n_requests": job.n_requests,
        "n_served": job.n_served,
        "cost": job.cost,
        "gap": job.gap,
        "elapsed_s": job.elapsed_s,
    }
    return _update(session, organisation, job.id, values)


def finish(session: Session, organisation: OrganisationId, job: SolveJob) -> SolveJob:
    """End a solve that has not ended yet.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    job
        With its final state, result or failure.

    Returns
    -------
    SolveJob
        As kept; unchanged when it had ended before.
    """
    return _update(session, organisation, job.id, _fields(job))


def queue_again(session: Session, organisation: OrganisationId, identity: str) -> SolveJob:
    """Put a solve whose process died back into the queue; its attempts stay counted."""
    values = {"state": JobState.QUEUED.value, "heartbeat_at": None}
    return _update(session, organisation, identity, values)


def ask_to_stop(session: Session, organisation: OrganisationId, identity: str) -> SolveJob:
    """Ask a solve to end and keep its best plan; a queued one ends at once."""
    row = _row(session, organisation, identity)
    values: dict[str, Any] = {"is_stop_asked": True}
    if row.state == JobState.QUEUED.value:
        values["state"] = JobState.STOPPED.value
    return _update(session, organisation, identity, values)


def is_stop_asked(session: Session, organisation: OrganisationId, identity: str) -> bool:
    """Tell whether somebody asked a solve to end."""
    return _row(session, organisation, identity).is_stop_asked


def _update(
    session: Session, organisation: OrganisationId, identity: str, values: dict[str, Any]
) -> SolveJob:
    session.execute(
        update(SolveJobRow)
        .where(
            _SOLVE_JOB.organisation_id == organisation,
            _SOLVE_JOB.id == identity,
            _SOLVE_JOB.state.in_(_UNFINISHED),
        )
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return get(session, organisation, identity)


def _row(session: Session, organisation: OrganisationId, identity: str) -> SolveJobRow:
    row = session.scalars(
        select(SolveJobRow)
        .where(_SOLVE_JOB.organisation_id == organisation, _SOLVE_JOB.id == identity)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise not_found("plan", identity)
    return row


def _fields(job: SolveJob) -> dict[str, Any]:
    names = [name for name in SolveJob.__slots__ if name != "id"]
    return {name: getattr(job, name) for name in names} | {"state": job.state.value}


def _job(row: SolveJobRow) -> SolveJob:
    values = {name: getattr(row, name) for name in SolveJob.__slots__}
    return SolveJob(**values | {"state": JobState(row.state)})
