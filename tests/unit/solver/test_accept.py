"""Search goes on from trials hardly dearer, and from those that leave out others."""

from random import Random  # noqa: TID251 - seeded, and passed in

from tests.line_instances import Trip, line
from tus_dispatch.solver.accept import Acceptance
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.recreate import insert_by_regret


def crowd() -> Instance:
    """Three trips at once that fill the only vehicle; the fourth is optional."""
    due = (3000, 3000)
    trips = [Trip(at, at + 2, pickup=due, seats=4) for at in (10, 11, 12)]
    return line([*trips, Trip(40, 42, pickup=(9000, 9000), price=10**6)])


def serving(instance: Instance, *requests: int) -> Draft:
    draft = Draft(instance)
    insert_by_regret(draft, requests, Random(0))  # noqa: S311
    assert set(draft.unserved()) == set(range(instance.n_requests)) - set(requests)
    return draft


def test_a_cheaper_trial_is_accepted() -> None:
    instance = crowd()
    near, far = serving(instance, 0), serving(instance, 2)
    assert near.cost < far.cost

    assert Acceptance(instance)(near, far, far, Random(0))  # noqa: S311


def test_a_dearer_trial_that_leaves_out_the_same_people_is_not() -> None:
    instance = crowd()
    alone, with_optional = serving(instance, 0), serving(instance, 0, 3)
    assert with_optional.cost < alone.cost

    accepts = Acceptance(instance)

    assert not accepts(alone, with_optional, with_optional, Random(0))  # noqa: S311


def test_a_trial_hardly_dearer_is_accepted_now_and_then() -> None:
    # 24 km and 60 m more: two and a half thousandths.
    instance = crowd()
    base, slightly = serving(instance, 0), serving(instance, 0)
    slightly.costs[0] += 60
    accepts = Acceptance(instance)

    verdicts = {accepts(slightly, base, base, Random(seed)) for seed in range(30)}  # noqa: S311

    assert verdicts == {True, False}


def test_a_dearer_trial_is_accepted_when_its_absentees_were_seldom_absent() -> None:
    instance = crowd()
    near, far = serving(instance, 0), serving(instance, 2)
    accepts = Acceptance(instance)

    # Requests 1 and 2 have been left out many times.
    for _ in range(5):
        accepts(near, near, near, Random(0))  # noqa: S311

    assert accepts(far, near, near, Random(0))  # noqa: S311


def test_optional_trips_left_out_do_not_count() -> None:
    instance = crowd()
    alone, with_optional = serving(instance, 0), serving(instance, 0, 3)
    accepts = Acceptance(instance)
    for _ in range(5):
        accepts(with_optional, with_optional, with_optional, Random(0))  # noqa: S311

    assert not accepts(alone, with_optional, with_optional, Random(0))  # noqa: S311
