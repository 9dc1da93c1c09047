"""Ten flexible bookings and two events on a day of each family."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.filled_days import priced
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.generate.day import generate_with_reference
from tus_dispatch.generate.daytime import with_daytime
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.fill import fill
from tus_dispatch.planning.daytime.frozen import frozen, restored
from tus_dispatch.planning.daytime.idle import daytime_figures, gain
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.plan import verify_plan

SEED = 4


@pytest.mark.parametrize("family", FAMILIES)
def test_every_promised_time_stays_and_no_law_is_broken(family: str) -> None:
    day, planned, _ = generate_with_reference(family, seed=SEED, n_legs=20, n_shifts=5)
    scenario = with_daytime(day, seed=SEED, n_flexible=10, n_events=2)
    plan, matrix = replace(planned, scenario=scenario), travel_matrix(scenario, Path())

    found = fill(frozen(plan), matrix, limits_of(plan))

    filled = priced(restored(found.plan, plan), matrix)
    figures, gained = daytime_figures(filled, matrix, plan), gain(plan, filled, matrix)
    assert scenario.law is not None
    assert scenario.law.is_enforced
    assert verify_plan(filled, matrix) == ()
    assert verify_filled(plan, filled) == ()
    assert figures.largest_move_s <= 300
    assert figures.optional_offered >= 20
    assert gained.legs == sum(len(each.offer.legs) for each in found.proposals) > 0
    assert gained.net > 0
