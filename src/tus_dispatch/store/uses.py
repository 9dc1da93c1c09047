"""When vehicles and drivers are in use by a plan; the database refuses two uses at once."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.store.refused import told
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.plans import PlanUseRow

_PLAN_USE = columns(PlanUseRow)

CURRENT = "current"
PUBLISHED = "published"


def set_uses(session: Session, organisation: str, layer: str, number: int, plan_text: str) -> None:
    """Replace the uses of a day in one layer by those of a plan.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    layer
        The current plan's or the published plan's.
    number
        Of the version.
    plan_text
        Its file, with the service day, its time zone and its rounds.

    Raises
    ------
    ConflictError
        When a vehicle or driver would be used twice at the same time.
    """
    plan = json.loads(plan_text)
    service_date = date.fromisoformat(plan["service_date"])
    session.execute(
        delete(PlanUseRow)
        .where(
            _PLAN_USE.organisation_id == organisation,
            _PLAN_USE.layer == layer,
            _PLAN_USE.service_date == service_date,
        )
        .execution_options(synchronize_session=False)
    )
    start_at = ServiceDay(service_date, plan["time_zone"]).start_at
    shared = {
        "organisation_id": organisation,
        "layer": layer,
        "service_date": service_date,
        "number": number,
    }
    rows = [shared | each for each in _uses(plan, start_at)]
    if not rows:
        return
    try:
        session.execute(insert(PlanUseRow), rows)
    except IntegrityError as error:
        refusal = told(error)
        if refusal is None:
            raise
        raise refusal from error


def _uses(plan: dict[str, Any], start_at: int) -> Iterator[dict[str, Any]]:
    for each in plan["rounds"]:
        stops = each["stops"]
        if not stops:
            continue
        for kind in ("vehicle", "driver"):
            if each[kind] is not None:
                yield {
                    "shift_id": each["shift"],
                    "subject_kind": kind,
                    "subject_id": each[kind],
                    "from_at": start_at + stops[0]["arrival_s"],
                    "until_at": start_at + stops[-1]["departure_s"],
                }


def duties_before(
    session: Session, organisation: str, first: date, day: date
) -> dict[str, list[tuple[int, int]]]:
    """Return when drivers are on duty by the plans of earlier days.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose.
    first, day
        First day looked at, and the day before which all lie.

    Returns
    -------
    dict of str to list
        By driver, sign-on and sign-off in UTC epoch seconds, in order. A day
        that is published counts as published, another as it is planned now.
    """
    rows = session.execute(
        select(
            _PLAN_USE.service_date,
            _PLAN_USE.layer,
            _PLAN_USE.subject_id,
            _PLAN_USE.from_at,
            _PLAN_USE.until_at,
        )
        .where(
            _PLAN_USE.organisation_id == organisation,
            _PLAN_USE.subject_kind == "driver",
            _PLAN_USE.service_date >= first,
            _PLAN_USE.service_date < day,
        )
        .order_by(_PLAN_USE.from_at)
    ).all()
    is_published = {service_date for service_date, layer, *_ in rows if layer == PUBLISHED}
    found: dict[str, list[tuple[int, int]]] = {}
    for service_date, layer, driver, from_at, until_at in rows:
        if layer == PUBLISHED or service_date not in is_published:
            found.setdefault(driver, []).append((from_at, until_at))
    return found
