"""What the middle of a day looks like, and what filling it has changed."""

from dataclasses import dataclass

from tus_dispatch.domain.units import (
    DriverId,
    EurCents,
    Metres,
    MilliCents,
    Seconds,
    ShiftId,
    VehicleId,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """Part of a duty spent on one thing, for a chart.

    Attributes
    ----------
    use
        ``loaded``, ``empty``, ``service``, ``break``, ``protected`` or
        ``idle``.
    start_s, end_s
        From and until.
    """

    use: str
    start_s: Seconds
    end_s: Seconds


@dataclass(frozen=True, slots=True)
class RoundIdleness:
    """The three idlenesses of one round.

    Attributes
    ----------
    shift, vehicle, driver
        Which round.
    paid_idle_s, paid_idle_midday_s, paid_midday_s
        A: paid time without a task, all day and from 09:30 to 15:30, and the
        paid time of those hours.
    vehicle_idle_midday_s
        B: its vehicle stands with nobody aboard between sign-on and sign-off,
        09:30 to 15:30.
    empty_m, total_m
        C: driven with nobody aboard, of all metres.
    bars
        The duty from sign-on to sign-off, without hole or overlap.
    """

    shift: ShiftId
    vehicle: VehicleId
    driver: DriverId | None
    paid_idle_s: Seconds
    paid_idle_midday_s: Seconds
    paid_midday_s: Seconds
    vehicle_idle_midday_s: Seconds
    empty_m: Metres
    total_m: Metres
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class DaytimeFigures:
    """The middle of one day under one plan.

    Attributes
    ----------
    rounds
        In the order of the plan.
    paid_idle_s, paid_idle_midday_s, paid_midday_s
        A, all rounds added up.
    vehicle_idle_midday_s
        B, all vehicles added up, also those without a round.
    empty_m, loaded_m, passenger_m, seat_m
        C, and what the loaded metres carry.
    paid_s, legs, paid_legs
        Paid time, legs served, and those on paid rounds.
    optional_offered, optional_served
        Flexible bookings and attendances of events, and those served.
    optional_legs
        Legs of those served.
    protected_s, protected_planned_s
        Protected time inside duties, and what slots and targets ask for.
    displaced_s
        Sum of the moves of pickups that were told or planned.
    largest_move_s
        The largest of them.
    """

    rounds: tuple[RoundIdleness, ...]
    paid_idle_s: Seconds
    paid_idle_midday_s: Seconds
    paid_midday_s: Seconds
    vehicle_idle_midday_s: Seconds
    empty_m: Metres
    loaded_m: Metres
    passenger_m: Metres
    seat_m: Metres
    paid_s: Seconds
    legs: int
    paid_legs: int
    optional_offered: int
    optional_served: int
    optional_legs: int
    protected_s: Seconds
    protected_planned_s: Seconds
    displaced_s: Seconds
    largest_move_s: Seconds

    @property
    def total_m(self) -> Metres:
        """The metres driven, empty and loaded."""
        return self.empty_m + self.loaded_m

    @property
    def paid_idle_rate_midday(self) -> float | None:
        """A inside 09:30 to 15:30 divided by paid time inside."""
        return _ratio(self.paid_idle_midday_s, self.paid_midday_s)

    @property
    def empty_km_rate(self) -> float | None:
        """The empty metres divided by all metres."""
        return _ratio(self.empty_m, self.total_m)

    @property
    def occupancy_km(self) -> float | None:
        """The passenger-metres divided by loaded metres."""
        return _ratio(self.passenger_m, self.loaded_m)

    @property
    def seat_fill(self) -> float | None:
        """The passenger-metres divided by seat-metres offered while loaded."""
        return _ratio(self.passenger_m, self.seat_m)

    @property
    def trips_per_driver_hour(self) -> float | None:
        """The legs on paid rounds divided by paid hours."""
        return _ratio(self.paid_legs * 3600, self.paid_s)

    @property
    def flex_fill(self) -> float | None:
        """Optional tasks served divided by those offered."""
        return _ratio(self.optional_served, self.optional_offered)

    @property
    def training_hours_kept(self) -> float | None:
        """Protected time done divided by protected time planned."""
        return _ratio(self.protected_s, self.protected_planned_s)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a filled day has more than the same day without filling.

    Attributes
    ----------
    legs
        Legs gained.
    extra_m, extra_paid_s
        Metres and paid time more; negative where the filled day has less.
    idle_saved_s
        Paid idle time from 09:30 to 15:30 that is used now.
    idle_before_s
        Paid idle time of those hours without filling.
    protected_s
        Protected time gained; it is part of ``idle_saved_s``.
    value_eur_cents
        What the legs gained are worth.
    net
        What is left of it, thousandths of a cent.
    """

    legs: int
    extra_m: Metres
    extra_paid_s: Seconds
    idle_saved_s: Seconds
    idle_before_s: Seconds
    protected_s: Seconds
    value_eur_cents: EurCents
    net: MilliCents

    @property
    def idle_used(self) -> float | None:
        """Share of the paid midday idle time that is used now."""
        return _ratio(self.idle_saved_s, self.idle_before_s)

    @property
    def marginal_m_per_leg(self) -> float | None:
        """The metres more per leg gained."""
        return _ratio(self.extra_m, self.legs)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
