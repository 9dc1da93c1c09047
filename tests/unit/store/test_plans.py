"""Versions of plans never change; the pointer moves only from where it was seen."""

from datetime import date

import pytest

from tests.kept import DAY, World, add_booking, save_plan, with_double_use
from tests.makers import five_legs_plan
from tus_dispatch.domain.service import DayPointer, PlanOrigin
from tus_dispatch.errors import ConflictError, NotFoundError, StalePlanError
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.store import events, plans
from tus_dispatch.store.session import Database

PLAN_DAY = five_legs_plan().scenario.day.date


def test_a_version_comes_back_as_it_was_written(database: Database, world: World) -> None:
    with database.write() as session:
        number = save_plan(session, world)

    with database.read() as session:
        found = plans.load(session, world.organisation, PLAN_DAY, number)
        assert plans.find_by_id(session, world.organisation, found.id) == found
        assert plans.versions(session, world.organisation, PLAN_DAY) == (
            (1, PlanOrigin.SOLVE, found.made_at),
        )
        pointer = plans.pointer(session, world.organisation, PLAN_DAY)

    assert found.plan_text == dump_plan(five_legs_plan())
    assert (found.number, found.parent) == (1, None)
    assert pointer == DayPointer(PLAN_DAY, current=1, published=None, revision=1)


def test_the_second_of_two_plans_made_on_one_version_is_stale(
    database: Database, world: World
) -> None:
    with database.write() as session:
        save_plan(session, world)
    with database.write() as session:
        save_plan(session, world, base=1)

    with pytest.raises(StalePlanError) as refusal, database.write() as session:
        save_plan(session, world, base=1)

    assert refusal.value.problem.code == "TUS-5001"
    with database.read() as session:
        assert plans.pointer(session, world.organisation, PLAN_DAY).current == 2
        assert len(plans.versions(session, world.organisation, PLAN_DAY)) == 2


def test_a_plan_made_before_a_booking_came_is_stale_by_revision(
    database: Database, world: World
) -> None:
    with database.read() as session:
        before = plans.pointer(session, world.organisation, PLAN_DAY)
    with database.write() as session:
        add_booking(session, world, PLAN_DAY)
    plan = five_legs_plan()

    with pytest.raises(StalePlanError), database.write() as session:
        plans.save(
            session,
            world.organisation,
            PLAN_DAY,
            plan_text=dump_plan(plan),
            snapshot_text="{}",
            origin=PlanOrigin.SOLVE,
            base=before.current,
            base_revision=before.revision,
        )


def test_an_outdated_result_is_kept_aside_and_can_be_taken(
    database: Database, world: World
) -> None:
    with database.write() as session:
        save_plan(session, world)
        aside = plans.save(
            session,
            world.organisation,
            PLAN_DAY,
            plan_text=dump_plan(five_legs_plan()),
            snapshot_text="{}",
            origin=PlanOrigin.SOLVE,
            base=None,
            is_current=False,
        )
        kept = plans.pointer(session, world.organisation, PLAN_DAY).current
        plans.move(session, world.organisation, PLAN_DAY, aside, base=1)
        taken = plans.pointer(session, world.organisation, PLAN_DAY).current

    assert (kept, aside, taken) == (1, 2, 2)


def test_publishing_again_ends_the_earlier_publication(database: Database, world: World) -> None:
    with database.write() as session:
        save_plan(session, world)
        plans.publish(session, world.organisation, PLAN_DAY, 1)
    with database.write() as session:
        save_plan(session, world, base=1)
        still = plans.pointer(session, world.organisation, PLAN_DAY).published
        plans.publish(session, world.organisation, PLAN_DAY, 2, actor=world.dispatcher)

    with database.read() as session:
        pointer = plans.pointer(session, world.organisation, PLAN_DAY)
        kinds = [event.kind for event in events.page(session, world.organisation, limit=100)]
    assert (still, pointer.current, pointer.published) == (1, 2, 2)
    assert kinds[-4:] == ["plan.saved", "plan.published", "plan.saved", "plan.published"]


def test_a_version_that_is_not_current_is_never_published_over_a_newer_one(
    database: Database, world: World
) -> None:
    with database.write() as session:
        save_plan(session, world)
        save_plan(session, world, base=1)

    with pytest.raises(StalePlanError), database.write() as session:
        plans.publish(session, world.organisation, PLAN_DAY, 1)
    with pytest.raises(NotFoundError), database.write() as session:
        plans.publish(session, world.organisation, PLAN_DAY, 3)


def test_a_day_that_moved_on_since_it_was_looked_at_is_not_published(
    database: Database, world: World
) -> None:
    with database.write() as session:
        save_plan(session, world)
        seen = plans.pointer(session, world.organisation, PLAN_DAY).revision
        add_booking(session, world, PLAN_DAY)

    with pytest.raises(StalePlanError), database.write() as session:
        plans.publish(session, world.organisation, PLAN_DAY, 1, seen)


def test_a_plan_that_uses_a_vehicle_twice_at_once_is_refused(
    database: Database, world: World
) -> None:
    with pytest.raises(ConflictError) as refusal, database.write() as session:
        save_plan(session, world, with_double_use())

    assert refusal.value.problem.code == "TUS-5006"
    with database.read() as session:
        assert plans.pointer(session, world.organisation, PLAN_DAY).current is None


def test_a_day_without_anything_has_revision_zero(database: Database, world: World) -> None:
    with database.read() as session:
        found = plans.pointer(session, world.organisation, date(2030, 1, 1))

    assert found == DayPointer(date(2030, 1, 1))
    assert found.service_date != DAY
