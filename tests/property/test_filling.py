"""Whatever filling a day accepts, both judges accept, on any day and for any demand."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded by the example

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.filled_days import priced
from tests.optional_demand import with_demand
from tests.strategies import Day, days
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.fill import fill
from tus_dispatch.planning.daytime.frozen import frozen, restored
from tus_dispatch.planning.daytime.idle import gain
from tus_dispatch.planning.daytime.protected import place_slots
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.plan import verify_plan


@given(days(max_legs=10), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_what_comes_in_is_sound_and_disturbs_nobody(day: Day, seed: int) -> None:
    _, matrix, planned = day
    plan = with_demand(planned, matrix, Random(seed))  # noqa: S311
    limits = limits_of(plan)
    first = place_slots(frozen(plan), matrix, limits)

    filled = fill(first.plan, matrix, limits)
    protected = place_slots(filled.plan, matrix, limits)

    after = priced(restored(protected.plan, plan), matrix)
    event(f"{len(filled.proposals)} came in, {len(protected.placed)} slots")
    assert verify_plan(after, matrix) == ()
    assert verify_filled(plan, after) == ()


@given(days(max_legs=10), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_worth_of_a_filling_is_what_its_proposals_say(day: Day, seed: int) -> None:
    _, matrix, planned = day
    plan = with_demand(planned, matrix, Random(seed))  # noqa: S311
    bare = replace(plan, scenario=replace(plan.scenario, protected_targets=()))

    filled = fill(frozen(bare), matrix, limits_of(bare))

    after = priced(restored(filled.plan, bare), matrix)
    found = gain(bare, after, matrix)
    assert found.legs == sum(len(each.offer.legs) for each in filled.proposals)
    assert set(leg_times(bare)) <= set(leg_times(after))
    # Prices per paid minute are rounded once for each proposal, by less than a thousandth.
    assert abs(found.net - filled.net) <= 1 + len(filled.proposals)
