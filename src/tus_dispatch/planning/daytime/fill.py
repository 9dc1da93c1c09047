"""The second stage: optional legs go in where they are worth more than they cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tus_dispatch.domain.daytime import FlexibleBooking, GroupEvent
from tus_dispatch.domain.daytime_report import Proposal
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.planning.daytime.choice import Filled, Limits
from tus_dispatch.planning.daytime.flexible import with_flexible
from tus_dispatch.planning.daytime.group_events import gather
from tus_dispatch.planning.offers import shared_with
from tus_dispatch.planning.open_day import OpenDay, open_day


def fill(plan: Plan, matrix: TravelMatrix, limits: Limits) -> Filled:
    """Put optional legs into a plan, the most worthwhile first.

    Parameters
    ----------
    plan
        In the narrow day of ``frozen.frozen``. What may come in are the
        flexible bookings and events of its day; who is served already is not
        asked again.
    matrix
        Knows the places of the plan and of everybody who may come in.
    limits
        Read from the plan before anything came in.

    Returns
    -------
    Filled
        Every booking, and every group, was worth more than it cost at that
        moment; after each, everything else was quoted anew.
    """
    filled = Filled(plan)
    known = {each.id for each in plan.scenario.bookings}
    flexible = [each for each in plan.scenario.flexible_bookings if each.id not in known]
    events = list(plan.scenario.group_events)
    while True:
        day = open_day(filled.plan, matrix)
        best = max(
            _worthwhile(day, flexible, events, limits), key=lambda each: each.net, default=None
        )
        if best is None:
            return filled
        filled = Filled(best.plan, (*filled.proposals, *best.proposals))
        came = {proposal.source for proposal in best.proposals}
        flexible = [each for each in flexible if each.id not in came]
        events = [each for each in events if each.id not in came]


def _worthwhile(
    day: OpenDay,
    flexible: Sequence[FlexibleBooking],
    events: Sequence[GroupEvent],
    limits: Limits,
) -> Iterator[Filled]:
    """Yield the day with each thing that is worth its cost."""
    for each in flexible:
        found = with_flexible(day, each, limits)
        if found is not None:
            yield found
    for event in events:
        group = gather(day, event, limits)
        if group is not None:
            yield group


def settled(proposals: Sequence[Proposal], plan: Plan) -> tuple[Proposal, ...]:
    """Return proposals with the shifts and times they have in the end.

    Parameters
    ----------
    proposals
        As they came in.
    plan
        With all of them; later ones may have moved earlier ones a little.

    Returns
    -------
    tuple of Proposal
        What they added when they came in is left as it was.
    """
    stops = {
        (stop.leg, stop.kind): (tour_round, stop)
        for tour_round in plan.rounds
        for stop in tour_round.stops
    }
    done = []
    for each in proposals:
        legs = []
        for leg in each.offer.legs:
            tour_round, pickup = stops[leg.leg, StopKind.PICKUP]
            _, dropoff = stops[leg.leg, StopKind.DROPOFF]
            legs.append(
                replace(
                    leg,
                    shift=tour_round.shift,
                    pickup_s=pickup.start_s,
                    dropoff_s=dropoff.start_s,
                    shared_with=shared_with(tour_round, leg.leg),
                    new_round=tour_round,
                )
            )
        done.append(replace(each, offer=replace(each.offer, legs=tuple(legs))))
    return tuple(done)
