"""The judge of plans: one list of rules, in order of seriousness."""

from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.verify import (
    certificate,
    choices,
    cost,
    duty,
    law,
    people,
    structure,
    times,
    working_time,
)
from tus_dispatch.verify.case import Rule, open_case
from tus_dispatch.verify.violations import Violation

RULES: tuple[Rule, ...] = (
    structure.references_exist,
    structure.rounds_have_their_shape,
    structure.every_leg_stands_once,
    structure.pickups_precede_dropoffs,
    structure.stops_are_at_their_places,
    structure.crews_are_those_of_the_shift,
    structure.shifts_are_used_once,
    duty.vehicles_are_in_one_place,
    duty.drivers_are_in_one_place,
    law.carried_legs_are_lawful,
    law.crews_may_carry_their_legs,
    times.times_lie_in_the_day,
    times.drives_take_their_time,
    times.service_starts_after_arrival,
    times.service_takes_its_time,
    people.everybody_has_a_seat,
    people.incompatible_people_never_meet,
    people.shifts_offer_what_legs_require,
    working_time.duties_are_lawful,
    choices.linked_legs_go_together,
    choices.returns_follow_their_outward,
    duty.pauses_are_empty,
    duty.breaks_are_taken,
    duty.duties_keep_the_hours,
    duty.duties_are_short_enough,
    duty.protected_slots_are_free,
    duty.absent_vehicles_stand_still,
    duty.rounds_keep_the_range,
    people.doors_open_in_their_windows,
    people.nobody_rides_too_long,
    people.nobody_waits_aboard_too_long,
    choices.pins_hold,
    choices.promises_are_kept,
    duty.claimed_pauses_exist,
    times.declared_drives_are_true,
    people.declared_loads_are_true,
    cost.declared_cost_is_true,
    certificate.certificate_follows_from_the_cost,
)


def verify_plan(plan: Plan, matrix: TravelMatrix) -> tuple[Violation, ...]:
    """Return every rule a plan breaks.

    Order and times are taken as given; nothing is repaired or rescheduled.
    Any plan can be judged, also one that names things the day does not know.

    Parameters
    ----------
    plan
        The plan, with its scenario.
    matrix
        Travel times between the places of the scenario.

    Returns
    -------
    tuple of Violation
        Most serious first, then in the order of the plan; empty for a sound
        plan.
    """
    case = open_case(plan, matrix)
    return tuple(violation for rule in RULES for violation in rule(case))
