"""What was linked, pinned or promised stays so."""

from collections.abc import Iterator

from tus_dispatch.domain.demand import Direction
from tus_dispatch.verify.case import Case
from tus_dispatch.verify.violations import Violation, broken


def linked_legs_go_together(case: Case) -> Iterator[Violation]:
    """Yield legs served without the leg they are linked to."""
    served = {*case.pickups, *case.dropoffs}
    for leg in case.legs.values():
        if leg.partner is not None and leg.id in served and leg.partner not in served:
            other = "retour" if leg.direction is Direction.OUTWARD else "aller"
            yield broken("linked-leg", leg.id, other=other)


def returns_follow_their_outward(case: Case) -> Iterator[Violation]:
    """Yield returns picked up before the outward leg is over."""
    for ride in case.rides.values():
        leg = ride.leg
        if leg.direction is not Direction.RETURN or leg.partner is None:
            continue
        outward = case.rides.get(leg.partner)
        if outward is None:
            continue
        by = outward.dropoff.start_s + outward.leg.alighting_s - ride.pickup.start_s
        if by > 0:
            yield broken("return-first", leg.id, by)


def pins_hold(case: Case) -> Iterator[Violation]:
    """Yield served legs that are not on the shift or at the time they are pinned to.

    A pinned leg that is left out carries its reason; that is no violation.
    """
    for ride in case.rides.values():
        pin = ride.leg.pin
        if pin is None:
            continue
        if pin.shift is not None and ride.tour.name != pin.shift:
            yield broken("pin", ride.leg.id, expected=pin.shift, actual=ride.tour.name)
        if pin.pickup_s is not None:
            by = abs(ride.pickup.start_s - pin.pickup_s) - pin.tolerance_s
            if by > 0:
                yield broken(
                    "pin",
                    ride.leg.id,
                    by,
                    expected=case.clock(pin.pickup_s),
                    actual=case.clock(ride.pickup.start_s),
                )


def promises_are_kept(case: Case) -> Iterator[Violation]:
    """Yield pickups outside the window the person was told.

    A promised leg that is left out carries its reason; that is no violation.
    """
    for promise in case.plan.promises:
        ride, window = case.rides.get(promise.leg), promise.pickup_window
        if ride is None:
            continue
        start_s = ride.pickup.start_s
        by = max(window.earliest_s - start_s, start_s - window.latest_s)
        if by > 0:
            yield broken(
                "promise",
                promise.leg,
                by,
                clock=case.clock(start_s),
                earliest=case.clock(window.earliest_s),
                latest=case.clock(window.latest_s),
            )
