"""What came in is worth more than the kilometres and paid minutes it takes."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import Plan
from tus_dispatch.verify.daytime.case import FilledCase, guarded
from tus_dispatch.verify.violations import Violation


def filling_is_worth_it(case: FilledCase) -> Iterator[Violation]:
    """Yield one violation when the legs gained are worth less than what they add."""
    if not any(case.new_bookings()):
        return
    daytime = case.before.scenario.policy.daytime
    added_m = _driven_m(case.after) - _driven_m(case.before)
    added_s = _paid_s(case.after) - _paid_s(case.before)
    # Thousandths of a cent: cents per kilometre times metres, cents per minute times seconds.
    cost = daytime.extra_km_eur_cents * added_m
    cost += daytime.extra_paid_minute_eur_cents * added_s * 1000 // 60
    by = cost - 1000 * _value_eur_cents(case)
    if by >= 0:
        yield guarded("filled-worth", "plan", max(1, by))


def _value_eur_cents(case: FilledCase) -> int:
    total = 0
    values = case.before.scenario.policy.daytime.values
    for booking in case.new_bookings():
        n_legs = sum(case.doors(booking.id, each) is not None for each in ("out", "ret"))
        flexible, event = case.flexible.get(booking.id), case.events.get(booking.id)
        if flexible is not None:
            own = flexible.value_eur_cents
            total += n_legs * (values.of(flexible.purpose) if own is None else own)
        elif event is not None:
            own = event.value_eur_cents
            total += n_legs * (values.of(event.kind) if own is None else own)
    return total


def _driven_m(plan: Plan) -> int:
    return sum(stop.drive_m for tour_round in plan.rounds for stop in tour_round.stops)


def _paid_s(plan: Plan) -> int:
    volunteers = {each.id for each in plan.scenario.drivers if each.volunteer}
    return sum(
        each.stops[-1].departure_s - each.stops[0].start_s
        for each in plan.rounds
        if each.driver not in volunteers
    )
