"""What a pattern of driver days costs on a demand: paid hours, idle hours, people served, law."""

from dataclasses import dataclass

from tus_dispatch.domain.plan import Plan, Round, StopKind
from tus_dispatch.domain.units import Metres, MilliCents, Seconds
from tus_dispatch.planning.hours.patterns import Pattern

# The middle of the day, in seconds of the service day: 09:30 to 15:30.
MIDDAY_S = (19_800, 41_400)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One pattern on one demand.

    Attributes
    ----------
    key, title, days_week
        The pattern.
    n_vehicles, n_drivers
        Used on the day.
    n_served, n_asked
        Legs.
    paid_s, idle_s, midday_idle_s
        Paid driver time; how much of it is neither driving nor people getting
        in and out; and how much of that lies between 09:30 and 15:30.
    driven_m
        Kilometres of all rounds.
    cost
        By the day's objective, without the price of people left out or of
        contract hours, thousandths of a cent.
    breaches
        French sentences, one per rule that the pattern's duties break.
    by_agreement
        Whether all of them are rules of part-time interruptions, which an
        agreement may set otherwise.
    """

    key: str
    title: str
    days_week: str
    n_vehicles: int
    n_drivers: int
    n_served: int
    n_asked: int
    paid_s: Seconds
    idle_s: Seconds
    midday_idle_s: Seconds
    driven_m: Metres
    cost: MilliCents
    breaches: tuple[str, ...]
    by_agreement: bool

    @property
    def is_lawful(self) -> bool:
        """Whether no duty breaks a rule."""
        return not self.breaches


_OF_INTERRUPTIONS = frozenset({"gap-count", "gap-length"})


def roster_row(pattern: Pattern, plan: Plan) -> RosterRow:
    """Count what a pattern does.

    Parameters
    ----------
    pattern
        Whose day was planned.
    plan
        Sound, with the flags of its duties.

    Returns
    -------
    RosterRow
        Shifts without a round are not worked and not paid.
    """
    broken: dict[str, str] = {}
    for flag in plan.flags:
        if flag.reason.code.startswith("TUS-22"):
            broken.setdefault(flag.reason.slug, flag.reason.sentence)
    idle = [span for each in plan.rounds for span in idle_spans(each)]
    served = {stop.leg for each in plan.rounds for stop in each.stops if stop.leg is not None}
    return RosterRow(
        key=pattern.key,
        title=pattern.title,
        days_week=pattern.days_week,
        n_vehicles=len({each.vehicle for each in plan.rounds}),
        n_drivers=len({each.driver for each in plan.rounds}),
        n_served=len(served),
        n_asked=len(served) + len(plan.unserved),
        paid_s=sum(_paid_s(each) for each in plan.rounds),
        idle_s=sum(end_s - begin_s for begin_s, end_s in idle),
        midday_idle_s=sum(
            max(0, min(end_s, MIDDAY_S[1]) - max(begin_s, MIDDAY_S[0])) for begin_s, end_s in idle
        ),
        driven_m=sum(stop.drive_m for each in plan.rounds for stop in each.stops),
        cost=plan.cost.driven - plan.cost.unserved,
        breaches=tuple(broken.values()),
        by_agreement=bool(broken) and set(broken) <= _OF_INTERRUPTIONS,
    )


def idle_spans(tour_round: Round) -> list[tuple[Seconds, Seconds]]:
    """Return when a driver is paid and has nothing to do.

    Parameters
    ----------
    tour_round
        Sound.

    Returns
    -------
    list of tuple
        Waiting at the start, before stops and before the end; breaks are free
        and not paid, protected slots and absences are something to do.
    """
    first = tour_round.stops[0]
    spans = [(first.start_s, first.departure_s)]
    spans += [(stop.arrival_s, stop.start_s) for stop in tour_round.stops[1:]]
    return [span for span in spans if span[0] < span[1]]


def _paid_s(tour_round: Round) -> Seconds:
    stops = tour_round.stops
    breaks_s = sum(stop.departure_s - stop.start_s for stop in stops if stop.kind is StopKind.BREAK)
    return stops[-1].departure_s - stops[0].start_s - breaks_s
