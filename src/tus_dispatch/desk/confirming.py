"""A proposal that a person has agreed to becomes a promise: read, decide, verify, write."""

from collections.abc import Sequence
from pathlib import Path

from tus_dispatch.desk.codes import refusal
from tus_dispatch.desk.outputs import write_text
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import BookingId
from tus_dispatch.formats.plan import dump_plan, load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.daytime.flexible import confirmed, unconfirmed


def confirm_a_file(
    scenario: Path, plan: Path, bookings: Sequence[str], out: Path
) -> tuple[Plan, tuple[BookingId, ...]]:
    """Confirm bookings of a filled plan and write it.

    Parameters
    ----------
    scenario, plan
        Files of the filled day.
    bookings
        Those that have been agreed.
    out
        Plan file to write.

    Returns
    -------
    plan : Plan
        With the new promises.
    waiting : tuple of BookingId
        Proposals nobody has confirmed yet.

    Raises
    ------
    InputError
        When a file cannot be used or the plan does not serve a booking.
    PlanRefusedError
        When the judge refuses the plan.
    """
    day = load_scenario(scenario)
    known = load_plan(plan, day)
    try:
        told = confirmed(known, [BookingId(each) for each in bookings])
    except LookupError as error:
        expected = "une réservation que ce plan sert"
        raise refusal("not-served", "BOOKINGS", "BOOKINGS", error.args[0], expected) from error
    expect_sound(told, travel_matrix(day, scenario.parent))
    write_text(out, dump_plan(told), option="--out")
    return told, tuple(unconfirmed(told))
