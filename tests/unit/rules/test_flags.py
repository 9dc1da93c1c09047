from dataclasses import replace

import pytest

from tests.makers import CAR, OPEN, five_legs, five_legs_matrix, five_legs_plan
from tests.spoil_edits import edit_each, edit_scenario, edit_vehicle
from tus_dispatch.domain.demand import ServiceRegime
from tus_dispatch.domain.fleet import VehicleTitle
from tus_dispatch.domain.law import Law, TripMode
from tus_dispatch.domain.plan import Plan
from tus_dispatch.planning.legality import flags_of
from tus_dispatch.rules.flags import REGIMES, round_flags, trips_notice


def flagged() -> Plan:
    """The car carries Anne as an employee and Chloé on a public contract, and nobody else."""
    plan = edit_scenario(five_legs_plan(), law=Law(TripMode.FLAGGED, referral_required=False))
    for booking, regime in (
        ("R1", ServiceRegime.PRIVATE_STAFF),
        ("R2", ServiceRegime.INTERNAL),
        ("R3", ServiceRegime.PUBLIC_CONTRACT),
    ):
        plan = edit_each(plan, "bookings", booking, regime=regime)
    return plan


def test_a_round_that_mixes_regimes_is_flagged_by_its_shift() -> None:
    told = [(each.where, each.reason.code) for each in flags_of(flagged(), five_legs_matrix())]

    # Nobody drives the open shift yet, so nobody has an attestation either.
    assert told == [(OPEN, "TUS-2013"), (OPEN, "TUS-2045")]


def test_the_regimes_are_named_once_each() -> None:
    staff, public = ServiceRegime.PRIVATE_STAFF, ServiceRegime.PUBLIC_CONTRACT

    (flag,) = round_flags([staff, public, staff])

    assert "(marché public, transport du personnel)" in flag.sentence
    assert round_flags([staff, staff]) == ()
    assert round_flags([]) == ()


def test_a_hired_vehicle_is_flagged_where_nothing_is_enforced() -> None:
    plan = edit_each(flagged(), "bookings", "R3", regime=ServiceRegime.TUS)
    plan = edit_vehicle(plan, CAR, title=VehicleTitle.HIRED)

    told = [(each.where, each.reason.code) for each in flags_of(plan, five_legs_matrix())]

    # Chloé has no papers; the two regimes of the car are social transport and staff.
    assert told == [("R3:out", "TUS-2001"), (OPEN, "TUS-2011"), (OPEN, "TUS-2045")]


@pytest.mark.parametrize(
    ("law", "code"),
    [(None, "TUS-2041"), (Law(TripMode.FLAGGED), "TUS-2042"), (Law(TripMode.ENFORCED), None)],
    ids=["none", "flagged", "enforced"],
)
def test_a_day_says_how_far_its_trips_are_checked(law: Law | None, code: str | None) -> None:
    notice = trips_notice(replace(five_legs(), law=law))

    assert (None if notice is None else notice.code) == code


def test_every_regime_has_its_words() -> None:
    assert set(REGIMES) == set(ServiceRegime)
