"""A plan is an order of stops and their times, with what was promised kept apart."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.domain.units import (
    DriverId,
    LegId,
    Metres,
    MilliCents,
    PlaceId,
    Seconds,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.window import TimeWindow


class StopKind(StrEnum):
    """What happens at a stop."""

    START = "start"
    PICKUP = "pickup"
    DROPOFF = "dropoff"
    BREAK = "break"
    PROTECTED = "protected"
    ABSENCE = "absence"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stop:
    """One action of a round.

    Attributes
    ----------
    kind
        What happens.
    place
        Where the vehicle stands.
    leg
        Who gets in or out; None for everything else.
    arrival_s
        When the vehicle gets there, seconds of the service day.
    start_s
        Start of service: doors open, break begins, sign-on or sign-off. For
        ``start`` it is the sign-on, for ``end`` the sign-off.
    departure_s
        When the vehicle drives on. For ``start`` this may be long after the
        sign-on; for ``end`` it equals the sign-off.
    drive_s, drive_m
        The drive from the stop before, 0 at the start.
    load
        What is taken up aboard after the action.
    """

    kind: StopKind
    place: PlaceId
    leg: LegId | None
    arrival_s: Seconds
    start_s: Seconds
    departure_s: Seconds
    drive_s: Seconds
    drive_m: Metres
    load: Load

    @property
    def waiting_s(self) -> Seconds:
        """The idle seconds between arrival and start of service."""
        return self.start_s - self.arrival_s


@dataclass(frozen=True, slots=True)
class Round:
    """What one shift does: at least a start and an end with something between.

    Attributes
    ----------
    shift, vehicle, driver
        Who drives what; the driver is None on an open shift.
    configuration
        Index of the vehicle's configuration used all round long.
    stops
        First the start, last the end.
    """

    shift: ShiftId
    vehicle: VehicleId
    driver: DriverId | None
    configuration: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """What a person was told; planning may move times only inside it.

    Attributes
    ----------
    leg
        Whose promise.
    pickup_window
        Bounds for the start of service at the pickup.
    """

    leg: LegId
    pickup_window: TimeWindow


@dataclass(frozen=True, slots=True)
class Unserved:
    """A leg left out, and why.

    Attributes
    ----------
    leg
        Which leg.
    reason
        Code and sentence for the person on the phone.
    relaxation
        Slug of the one limit whose relaxation lets the leg (and its partner)
        into the final plan, or None when no single one does.
    """

    leg: LegId
    reason: Reason
    relaxation: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in a plan that nothing forbids and somebody should look at.

    Attributes
    ----------
    where
        A leg, a shift, or ``plan``.
    reason
        Code and sentence.
    """

    where: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CostBreakdown:
    """What a plan costs by the scenario's objective, in thousandths of a cent.

    Attributes
    ----------
    distance, duty, rounds
        Driving, time between sign-on and sign-off, use of shifts.
    excess_ride, wait_aboard, early, late
        What people bear.
    unserved
        Legs left out.
    hours, rotation, regular_driver
        What the choice of drivers costs: hours off the contract, early starts
        and short days not taken in turns, other drivers than the usual one.
    """

    distance: MilliCents = 0
    duty: MilliCents = 0
    rounds: MilliCents = 0
    excess_ride: MilliCents = 0
    wait_aboard: MilliCents = 0
    early: MilliCents = 0
    late: MilliCents = 0
    unserved: MilliCents = 0
    hours: MilliCents = 0
    rotation: MilliCents = 0
    regular_driver: MilliCents = 0

    @property
    def total(self) -> MilliCents:
        """Sum of all parts."""
        return (
            self.distance
            + self.duty
            + self.rounds
            + self.excess_ride
            + self.wait_aboard
            + self.early
            + self.late
            + self.unserved
            + self.crew
        )

    @property
    def crew(self) -> MilliCents:
        """The parts that depend on who drives, not on what is driven."""
        return self.hours + self.rotation + self.regular_driver

    @property
    def driven(self) -> MilliCents:
        """All other parts, which the search knows and a certificate speaks of."""
        return self.total - self.crew


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a plan came about, so that it can be made again; no wall time.

    Attributes
    ----------
    engine, version
        Search engine and package version.
    seed, workers
        As asked.
    scenario_sha256
        Hash of the canonical scenario file the plan belongs to.
    travel_source
        ``estimate``, ``roads``, ``matrix`` or ``osrm``.
    warnings
        French sentences about the travel times.
    """

    engine: str
    version: str
    seed: int
    workers: int
    scenario_sha256: str
    travel_source: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All rounds of a service day.

    Attributes
    ----------
    scenario
        The day it plans.
    rounds
        Used shifts only, in the order of the scenario.
    unserved
        Legs left out; every leg is served or here, never both.
    promises
        What was told to people, by leg; empty for a first draft.
    cost
        Price by the scenario's objective.
    provenance
        How it was made, or None for a plan built by hand.
    certificate
        How far from the best it can be; by default nothing is known.
    flags
        What is allowed and still worth a second look, by the law of its day.
    """

    scenario: Scenario
    rounds: tuple[Round, ...]
    unserved: tuple[Unserved, ...] = ()
    promises: tuple[Promise, ...] = ()
    cost: CostBreakdown = CostBreakdown()
    provenance: Provenance | None = None
    certificate: Certificate = Certificate()
    flags: tuple[Flag, ...] = ()

    @property
    def is_estimated(self) -> bool:
        """Whether its travel times are only estimated, so that every page says so."""
        if self.provenance is None:
            return isinstance(self.scenario.travel, EstimateSource)
        return self.provenance.travel_source == "estimate"
