"""What a plan means for the day: service, production, idleness, robustness, balance, climate."""

from dataclasses import dataclass

from tus_dispatch.domain.emissions import EmissionFactors
from tus_dispatch.domain.leg_figures import Gap, LeftOutFigures, LegFigures, RoundFigures
from tus_dispatch.domain.units import DriverId, Metres, Seconds


@dataclass(frozen=True, slots=True)
class Spread:
    """How a quantity is spread over the legs that have one.

    Attributes
    ----------
    mean
        Arithmetic mean.
    p95
        Smallest value that 95 % of the values do not exceed.
    max
        Largest value.
    """

    mean: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True)
class Service:
    """What people get.

    Attributes
    ----------
    requests, requests_accepted
        Legs asked for, and legs in a round.
    refused_by_cause
        Legs left out by slug of the reason, sorted by slug.
    participants
        Different participants carried.
    people
        Different people carried, companions included.
    served_communes
        Different INSEE codes at the doors of served legs.
    excess_ride_s, ride_ratio
        Ride minus direct drive, and ride divided by direct drive; None
        without any leg.
    limit_use_max
        Largest share of its ride limit that a leg uses.
    wait_aboard_total_s, wait_aboard_max_s
        Standing still with people aboard: per leg added up, and the longest
        at one stop.
    arrival_margin_mean_s, arrival_margin_min_s
        Time between dropoff and the arrival asked for; None without any.
    pickup_deviation_s
        Time between the departure asked for and pickup.
    promise_deviation_max_s
        Largest distance from the middle of a promised window.
    on_time_arrival
        Share of legs with an arrival asked for that arrive by then and at
        most 30 minutes before.
    on_time_pickup
        Share of legs with a departure asked for that are picked up at most
        20 minutes after.
    max_regret_s
        Largest time a leg arrives after its earliest lawful arrival.
    """

    requests: int
    requests_accepted: int
    refused_by_cause: tuple[tuple[str, int], ...]
    participants: int
    people: int
    served_communes: int
    excess_ride_s: Spread | None
    ride_ratio: Spread | None
    limit_use_max: float | None
    wait_aboard_total_s: Seconds
    wait_aboard_max_s: Seconds
    arrival_margin_mean_s: float | None
    arrival_margin_min_s: Seconds | None
    pickup_deviation_s: Spread | None
    promise_deviation_max_s: Seconds | None
    on_time_arrival: float | None
    on_time_pickup: float | None
    max_regret_s: Seconds | None


@dataclass(frozen=True, slots=True)
class Production:
    """What the day takes; sums over the rounds.

    Attributes
    ----------
    rounds, open_rounds, unused_shifts, vehicles, drivers
        Rounds, rounds without a driver, shifts without a round, and different
        vehicles and drivers out.
    duty_s, paid_s, driving_s, service_s, break_s, protected_s
        As in the rounds.
    breaks
        Breaks placed.
    total_m, empty_m, loaded_m, passenger_m, seat_m
        As in the rounds.
    direct_m
        Direct drives of all served legs, each once.
    paid_legs
        Legs on paid rounds.
    """

    rounds: int
    open_rounds: int
    unused_shifts: int
    vehicles: int
    drivers: int
    duty_s: Seconds
    paid_s: Seconds
    driving_s: Seconds
    service_s: Seconds
    break_s: Seconds
    protected_s: Seconds
    breaks: int
    total_m: Metres
    empty_m: Metres
    loaded_m: Metres
    passenger_m: Metres
    seat_m: Metres
    direct_m: Metres
    paid_legs: int

    @property
    def empty_km_rate(self) -> float | None:
        """The empty kilometres divided by all kilometres."""
        return _ratio(self.empty_m, self.total_m)

    @property
    def occupancy_km(self) -> float | None:
        """The passenger-kilometres divided by loaded kilometres."""
        return _ratio(self.passenger_m, self.loaded_m)

    @property
    def seat_fill(self) -> float | None:
        """The passenger-kilometres divided by seat-kilometres offered while loaded."""
        return _ratio(self.passenger_m, self.seat_m)

    @property
    def trips_per_driver_hour(self) -> float | None:
        """The legs on paid rounds divided by paid hours."""
        return _ratio(self.paid_legs * 3600, self.paid_s)


@dataclass(frozen=True, slots=True)
class Idleness:
    """Three different things, never added up.

    Attributes
    ----------
    paid_idle_s
        A: paid time that is neither driving nor boarding nor break nor
        protected.
    paid_idle_midday_s, paid_midday_s
        A and paid time between 09:30 and 15:30.
    vehicle_idle_midday_s
        B: available vehicles standing with nobody aboard, 09:30 to 15:30.
    gaps
        Long idle times of all rounds, longest first.
    """

    paid_idle_s: Seconds
    paid_idle_midday_s: Seconds
    paid_midday_s: Seconds
    vehicle_idle_midday_s: Seconds
    gaps: tuple[Gap, ...]

    @property
    def paid_idle_rate_midday(self) -> float | None:
        """A inside the window divided by paid time inside the window."""
        return _ratio(self.paid_idle_midday_s, self.paid_midday_s)


@dataclass(frozen=True, slots=True)
class Robustness:
    """How much can go wrong before somebody is late.

    Attributes
    ----------
    slack_min_s, slack_mean_s
        Over pickups and dropoffs with a bound; None without any.
    stops_with_window
        Pickups and dropoffs with a latest time.
    slower_10_broken
        How many of them are late when every drive takes a tenth longer.
    slower_10_late_max_s
        The worst of these delays.
    """

    slack_min_s: Seconds | None
    slack_mean_s: float | None
    stops_with_window: int
    slower_10_broken: int
    slower_10_late_max_s: Seconds

    @property
    def slower_10_broken_rate(self) -> float | None:
        """Share of the stops with a window that break."""
        return _ratio(self.slower_10_broken, self.stops_with_window)


@dataclass(frozen=True, slots=True)
class DriverFigures:
    """The day of one driver.

    Attributes
    ----------
    driver
        Who.
    duty_s
        All duties of the day added up.
    legs
        Legs served.
    over_contract_s
        By how much the week so far and this day exceed the contract, at
        least 0; None without a contract.
    """

    driver: DriverId
    duty_s: Seconds
    legs: int
    over_contract_s: Seconds | None


@dataclass(frozen=True, slots=True)
class Balance:
    """How evenly work is shared between the drivers who are out.

    Attributes
    ----------
    drivers
        In the order of the scenario.
    """

    drivers: tuple[DriverFigures, ...]

    @property
    def duty_min_s(self) -> Seconds | None:
        """Shortest day."""
        return min((each.duty_s for each in self.drivers), default=None)

    @property
    def duty_max_s(self) -> Seconds | None:
        """Longest day."""
        return max((each.duty_s for each in self.drivers), default=None)

    @property
    def over_contract_s(self) -> Seconds:
        """The seconds beyond the contracts, all drivers together."""
        return sum(each.over_contract_s or 0 for each in self.drivers)


@dataclass(frozen=True, slots=True)
class Climate:
    """Emissions of the day.

    Attributes
    ----------
    co2e_mg
        All kilometres by the factor of each vehicle.
    co2e_avoided_mg
        What the loaded kilometres save against every leg driven alone and
        directly by the same vehicle; negative when detours outweigh sharing.
    factors
        The table used.
    """

    co2e_mg: int
    co2e_avoided_mg: int
    factors: EmissionFactors


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted on a plan.

    Attributes
    ----------
    legs
        Served legs, in the order of the scenario.
    left_out
        Legs in no round, in the order of the scenario.
    rounds
        In the order of the plan.
    service, production, idleness, robustness, balance, climate
        The day.
    """

    legs: tuple[LegFigures, ...]
    left_out: tuple[LeftOutFigures, ...]
    rounds: tuple[RoundFigures, ...]
    service: Service
    production: Production
    idleness: Idleness
    robustness: Robustness
    balance: Balance
    climate: Climate


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
