"""What a plan means for one leg and for one round, in seconds and metres."""

from collections.abc import Iterable
from dataclasses import dataclass

from tus_dispatch.domain.units import (
    DriverId,
    LegId,
    Metres,
    ParticipantId,
    PlaceId,
    Seconds,
    ShiftId,
    VehicleId,
)


@dataclass(frozen=True, slots=True)
class LegFigures:
    """How one served leg travels.

    Attributes
    ----------
    leg, participant, shift
        Which leg, who travels, and on which shift.
    people
        Size of the party.
    pickup_s, dropoff_s
        Start of service at the doors, seconds of the service day.
    ride_s
        From the end of boarding to the start of alighting.
    direct_s, direct_m
        The drive without any detour; None when no road joins the doors.
    max_ride_s
        Longest ride allowed; None when it depends on an unknown direct drive.
    wait_aboard_s
        Standing still while aboard, service of others not counted.
    longest_wait_aboard_s
        The longest of these waits at one stop.
    arrival_margin_s
        From the start of alighting to the time asked for; negative when late,
        None when no arrival was asked for.
    pickup_deviation_s
        From the time asked for to the start of boarding; None when no
        departure was asked for.
    promise_deviation_s
        From the middle of the promised window to the start of boarding; None
        without a promise.
    regret_s
        How much later than the earliest lawful arrival by a direct drive.
    pickup_slack_s, dropoff_slack_s
        How long the stop may slip before it or a later one breaks a limit;
        None without any bound.
    shared_with
        Legs aboard at some moment of the ride, in the order of the round.
    """

    leg: LegId
    participant: ParticipantId
    shift: ShiftId
    people: int
    pickup_s: Seconds
    dropoff_s: Seconds
    ride_s: Seconds
    direct_s: Seconds | None
    direct_m: Metres | None
    max_ride_s: Seconds | None
    wait_aboard_s: Seconds
    longest_wait_aboard_s: Seconds
    arrival_margin_s: Seconds | None
    pickup_deviation_s: Seconds | None
    promise_deviation_s: Seconds | None
    regret_s: Seconds | None
    pickup_slack_s: Seconds | None
    dropoff_slack_s: Seconds | None
    shared_with: tuple[LegId, ...]

    @property
    def excess_ride_s(self) -> Seconds | None:
        """The seconds aboard beyond the direct drive."""
        return None if self.direct_s is None else self.ride_s - self.direct_s

    @property
    def ride_ratio(self) -> float | None:
        """Ride divided by the direct drive; None when there is no direct drive."""
        return self.ride_s / self.direct_s if self.direct_s else None

    @property
    def limit_use(self) -> float | None:
        """Ride divided by the longest ride allowed."""
        return self.ride_s / self.max_ride_s if self.max_ride_s else None


@dataclass(frozen=True, slots=True)
class LeftOutFigures:
    """What is known of a leg that no round serves.

    Attributes
    ----------
    leg
        Which leg.
    direct_s
        Direct drive, or None when no road joins the doors.
    max_ride_s
        Longest ride allowed, or None when it cannot be known.
    """

    leg: LegId
    direct_s: Seconds | None
    max_ride_s: Seconds | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A quarter of an hour or more in which a round stands idle with nobody aboard.

    Attributes
    ----------
    shift
        Whose round.
    place
        Where the vehicle stands.
    start_s, end_s
        From and until.
    """

    shift: ShiftId
    place: PlaceId
    start_s: Seconds
    end_s: Seconds

    @property
    def length_s(self) -> Seconds:
        """How long it lasts."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """What one round takes and does.

    Attributes
    ----------
    shift, vehicle, driver
        Who drives what; the driver is None on an open shift.
    sign_on_s, sign_off_s
        Begin and end of the duty.
    driving_s, service_s, break_s, protected_s, idle_s
        The duty, parted; vehicle absences on duty count as idle.
    paid_s
        The duty, breaks included; 0 for a volunteer.
    paid_idle_s
        ``idle_s``; 0 for a volunteer.
    paid_midday_s, paid_idle_midday_s
        The same between 09:30 and 15:30.
    breaks
        Breaks placed.
    legs, people
        Legs served, and different people carried; companions count.
    total_m, empty_m, loaded_m
        Driven in all, with nobody aboard, with somebody aboard.
    passenger_m
        Metres of every person aboard, added up.
    seat_m
        Loaded metres times the spaces of the configuration.
    co2e_mg
        Emissions by the factor of the vehicle's energy, milligrams.
    co2e_avoided_mg
        What the loaded kilometres save against every leg driven alone and
        directly by the same vehicle; negative when detours outweigh sharing.
    gaps
        Long idle times.
    """

    shift: ShiftId
    vehicle: VehicleId
    driver: DriverId | None
    sign_on_s: Seconds
    sign_off_s: Seconds
    driving_s: Seconds
    service_s: Seconds
    break_s: Seconds
    protected_s: Seconds
    idle_s: Seconds
    paid_s: Seconds
    paid_idle_s: Seconds
    paid_midday_s: Seconds
    paid_idle_midday_s: Seconds
    breaks: int
    legs: int
    people: int
    total_m: Metres
    empty_m: Metres
    loaded_m: Metres
    passenger_m: Metres
    seat_m: Metres
    co2e_mg: int
    co2e_avoided_mg: int
    gaps: tuple[Gap, ...]

    @property
    def duty_s(self) -> Seconds:
        """From sign-on to sign-off, breaks included."""
        return self.sign_off_s - self.sign_on_s


def count_people(legs: Iterable[LegFigures]) -> int:
    """Return how many different people travel; there and back is one person, not two.

    Parameters
    ----------
    legs
        Served legs.

    Returns
    -------
    int
        Each participant with the largest party he or she travels with.
    """
    parties: dict[ParticipantId, int] = {}
    for leg in legs:
        parties[leg.participant] = max(leg.people, parties.get(leg.participant, 0))
    return sum(parties.values())
