"""The judge of filled days: one list of guards, in order of seriousness."""

from collections.abc import Callable, Iterator

from tus_dispatch.domain.plan import Plan
from tus_dispatch.verify.daytime import optional, promised, worth
from tus_dispatch.verify.daytime.case import FilledCase, open_filled_case
from tus_dispatch.verify.violations import Violation

Guard = Callable[[FilledCase], Iterator[Violation]]

GUARDS: tuple[Guard, ...] = (
    optional.demand_is_what_was_asked,
    promised.everybody_is_still_served,
    promised.pickups_stay,
    promised.shifts_end_as_planned,
    promised.protected_slots_are_kept,
    promised.open_shifts_stay_unused,
    promised.evening_peaks_have_their_buffer,
    optional.nobody_is_stranded,
    optional.nobody_is_in_two_places,
    optional.flexible_hours_are_kept,
    optional.last_departures_are_reached,
    optional.events_have_everybody_in_time,
    optional.events_keep_their_capacity,
    worth.filling_is_worth_it,
)


def verify_filled(before: Plan, after: Plan) -> tuple[Violation, ...]:
    """Return every guard that filling a day has broken.

    Parameters
    ----------
    before
        The plan as it was, told or only planned.
    after
        The same day with optional bookings in it. Whether it is sound as a
        plan is for :func:`verify.plan.verify_plan`.

    Returns
    -------
    tuple of Violation
        Most serious first; empty when nobody was disturbed and everybody who
        came in gets what was asked for.
    """
    case = open_filled_case(before, after)
    return tuple(violation for guard in GUARDS for violation in guard(case))
