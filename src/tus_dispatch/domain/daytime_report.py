"""Everything that filling the middle of a day has to tell the people who decide about it."""

from dataclasses import dataclass

from tus_dispatch.domain.daytime import ProtectedTarget
from tus_dispatch.domain.daytime_figures import DaytimeFigures, Gain
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.fleet import ProtectedSlot
from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.units import (
    BookingId,
    EurCents,
    Metres,
    MilliCents,
    PlaceId,
    Seconds,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Proposal:
    """A booking that goes into the middle of the day, until somebody confirms it.

    Attributes
    ----------
    booking
        With the windows it was placed in.
    source
        Identity of the flexible booking or event it comes from.
    offer
        Its place, as it was when the booking went in.
    value_eur_cents
        What its legs are worth together.
    net
        What is left when kilometres and paid time are paid, thousandths of a
        cent.
    """

    booking: Booking
    source: str
    offer: BookingOffer
    value_eur_cents: EurCents
    net: MilliCents


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom the middle of the day has no place.

    Attributes
    ----------
    booking
        Identity of the flexible booking or attendance.
    source
        Identity of the flexible booking or event.
    reason
        Code and sentence.
    """

    booking: BookingId
    source: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class PlacedSlot:
    """A protected slot the planner has placed.

    Attributes
    ----------
    target
        What it serves.
    slot
        Hard from now on.
    """

    target: ProtectedTarget
    slot: ProtectedSlot


@dataclass(frozen=True, slots=True)
class MissingTime:
    """Protected time that found no place.

    Attributes
    ----------
    target
        What was asked for.
    missing_s
        How much of it is missing.
    """

    target: ProtectedTarget
    missing_s: Seconds


@dataclass(frozen=True, slots=True)
class EmptyRun:
    """A drive with nobody aboard, and who could ride along.

    Attributes
    ----------
    shift
        Of which round.
    origin, destination
        Where it starts and where it ends.
    start_s, end_s
        From and until.
    metres
        Its length.
    corridor
        Flexible bookings and attendances with a leg that starts and ends near
        the drive, the smallest detour first.
    """

    shift: ShiftId
    origin: PlaceId
    destination: PlaceId
    start_s: Seconds
    end_s: Seconds
    metres: Metres
    corridor: tuple[BookingId, ...]


@dataclass(frozen=True, slots=True)
class FreeVehicle:
    """A vehicle at its depot that no round needs for a while.

    Attributes
    ----------
    vehicle
        Which one.
    window
        From and until, inside 09:30 to 15:30.
    is_all_midday
        Whether it is free all of that time.
    """

    vehicle: VehicleId
    window: TimeWindow
    is_all_midday: bool


@dataclass(frozen=True, slots=True)
class SearchRun:
    """How the plans of a report were searched for, so that they can be made again.

    Attributes
    ----------
    engine, version
        Search engine and package version.
    seed
        Of both searches.
    time_limit_s, iterations
        Limits of each search; None for no limit of that kind.
    """

    engine: str
    version: str
    seed: int
    time_limit_s: float | None
    iterations: int | None


@dataclass(frozen=True, slots=True)
class DaytimeReport:
    """A day with its middle filled beside the same day without.

    Attributes
    ----------
    planned
        The plan that was given.
    without
        The counterfactual: planned again without anything optional.
    plan
        Filled, judged and found sound; as ``without`` where nothing was worth
        its cost.
    proposals
        What came in, to be confirmed by somebody.
    left_out
        Who is still waiting, and why.
    placed, missing
        Protected slots placed, and what found no place.
    empty_runs
        Empty drives of the counterfactual that somebody could ride along.
    free_vehicles
        Vehicles the filled plan does not need for a while.
    before, after
        Measures of ``without`` and of ``plan``.
    gain
        Their difference.
    run
        How both were searched for.
    """

    planned: Plan
    without: Plan
    plan: Plan
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
    placed: tuple[PlacedSlot, ...]
    missing: tuple[MissingTime, ...]
    empty_runs: tuple[EmptyRun, ...]
    free_vehicles: tuple[FreeVehicle, ...]
    before: DaytimeFigures
    after: DaytimeFigures
    gain: Gain
    run: SearchRun
