"""What may go after some time: old views, old versions of plans, answers nobody repeats."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.store import events, idempotency, offers
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import Table, columns
from tus_dispatch.store.tables.plans import DayRow, PlanRow, PublicationRow
from tus_dispatch.store.tables.watch import EventRow, EventSubjectRow, RetentionGateRow

_DAY_S = 86_400
VIEWS_KEPT_S = 365 * _DAY_S
ANSWERS_KEPT_S = 7 * _DAY_S
OFFERS_KEPT_S = _DAY_S

_PLAN, _DAY, _PUBLICATION = columns(PlanRow), columns(DayRow), columns(PublicationRow)
_EVENT, _SUBJECT = columns(EventRow), columns(EventSubjectRow)


def clear(session: Session, organisation: OrganisationId, *, plans_before: date) -> dict[str, int]:
    """Remove what need not be kept any longer.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    plans_before
        Versions of days before go, but for current and published ones.

    Returns
    -------
    dict
        Rows removed, by what they were. Views are kept for a year, answers to
        repeated requests for a week, expired offers for a day.
    """
    now = session.clock.now_at()
    session.execute(insert(RetentionGateRow), {"organisation_id": organisation, "opened_at": now})
    removed = {
        "views": _clear_views(session, organisation, now - VIEWS_KEPT_S),
        "plans": _clear_plans(session, organisation, plans_before),
        "answers": idempotency.forget(session, organisation, now - ANSWERS_KEPT_S),
        "offers": offers.forget_expired(session, organisation, now - OFFERS_KEPT_S),
    }
    gate = columns(RetentionGateRow).organisation_id == organisation
    _remove(session, RetentionGateRow, gate)
    if any(removed.values()):
        events.record(session, organisation, "retention.cleared", None, [], removed)
    return removed


def _clear_views(session: Session, organisation: str, before_at: int) -> int:
    old = (
        (_EVENT.organisation_id == organisation)
        & (_EVENT.stream == events.VIEWS)
        & (_EVENT.at < before_at)
    )
    last = session.scalar(select(_EVENT.seq).where(old).order_by(_EVENT.seq.desc()).limit(1))
    if last is None:
        return 0
    # Only from the start, so that what is left is still a chain.
    _remove(
        session,
        EventSubjectRow,
        (_SUBJECT.organisation_id == organisation)
        & (_SUBJECT.stream == events.VIEWS)
        & (_SUBJECT.seq <= last),
    )
    return _remove(
        session,
        EventRow,
        (_EVENT.organisation_id == organisation)
        & (_EVENT.stream == events.VIEWS)
        & (_EVENT.seq <= last),
    )


def _clear_plans(session: Session, organisation: str, before: date) -> int:
    current = select(_DAY.current_number).where(
        _DAY.organisation_id == organisation,
        _DAY.service_date == _PLAN.service_date,
        _DAY.current_number.is_not(None),
    )
    published = select(_PUBLICATION.number).where(
        _PUBLICATION.organisation_id == organisation,
        _PUBLICATION.service_date == _PLAN.service_date,
    )
    return _remove(
        session,
        PlanRow,
        (_PLAN.organisation_id == organisation)
        & (_PLAN.service_date < before)
        & _PLAN.number.not_in(current)
        & _PLAN.number.not_in(published),
    )


def _remove(session: Session, table: type[Table], which: Any) -> int:
    result: Any = session.execute(
        delete(table).where(which).execution_options(synchronize_session=False)
    )
    return int(result.rowcount)
