"""Plans are kept: judged once more, without anybody's name, as the next version of their day."""

from tus_dispatch.desk.live.snapshots import texts_of
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.service import DayPointer, PlanOrigin
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.store import plans
from tus_dispatch.store.session import Session


def keep_plan(
    session: Session,
    actor: Actor,
    pointer: DayPointer,
    plan: Plan,
    matrix: TravelMatrix,
    origin: PlanOrigin,
) -> int:
    """Keep a plan as the current version of its day.

    Parameters
    ----------
    session
        Of a write.
    actor
        Whose hand, and whose association.
    pointer
        The version it was made from.
    plan, matrix
        At its price, with the travel times it was made with.
    origin
        What made it.

    Returns
    -------
    int
        Number of the new version.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, which is a fault of the planner.
    StalePlanError
        When somebody was faster.
    ConflictError
        When a vehicle or driver would be used twice at the same time.
    """
    expect_sound(plan, matrix)
    texts = texts_of(plan, matrix)
    return plans.save(
        session,
        actor.organisation,
        pointer.service_date,
        plan_text=texts.plan,
        snapshot_text=texts.snapshot,
        origin=origin,
        base=pointer.current,
        actor=actor,
    )
