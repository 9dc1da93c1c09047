"""What a good plan is: one set of weights per profile, all in thousandths of a cent."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.units import MilliCents


class Profile(StrEnum):
    """Named objectives."""

    COST = "cost"
    BALANCED = "balanced"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Weights:
    """Price of each thing a plan uses or does to people, in thousandths of a cent.

    Attributes
    ----------
    per_metre
        Driving one metre. 30 is 0.30 euro per kilometre.
    per_duty_second
        One second between sign-on and sign-off. 500 is 18 euro per hour.
    per_round
        Using a shift at all.
    per_open_round
        Added when the shift has no driver yet.
    per_excess_ride_second
        One second aboard beyond the direct drive, per leg.
    per_wait_aboard_second
        One second of standing still with people aboard, per leg aboard.
    per_early_second
        One second of arriving before the time asked for.
    per_late_second
        One second of being picked up after the time asked for.
    per_unserved_leg
        Leaving a required leg out; priority multiplies it by up to two.
    per_week_hours_second
        One second by which a driver's week so far lies off the contract. This
        and what follows counts where a day applies the law of working time.
    per_month_hours_second
        The same over the last four weeks.
    per_early_start
        A start before 06:00, for each the driver has had more than others.
    per_short_round
        A day of less than four hours, likewise.
    per_other_driver
        A leg driven by somebody else than the participant's regular driver.
    """

    per_metre: MilliCents = 30
    per_duty_second: MilliCents = 500
    per_round: MilliCents = 500_000
    per_open_round: MilliCents = 2_000_000
    per_excess_ride_second: MilliCents = 0
    per_wait_aboard_second: MilliCents = 0
    per_early_second: MilliCents = 0
    per_late_second: MilliCents = 0
    per_unserved_leg: MilliCents = 1_000_000_000
    per_week_hours_second: MilliCents = 0
    per_month_hours_second: MilliCents = 0
    per_early_start: MilliCents = 0
    per_short_round: MilliCents = 0
    per_other_driver: MilliCents = 0

    @staticmethod
    def of(profile: Profile) -> "Weights":
        """Return the weights a profile stands for.

        Parameters
        ----------
        profile
            ``cost``, ``balanced`` (cost plus comfort) or ``distance`` (the
            literature's objective).

        Returns
        -------
        Weights
            All prices of the profile.
        """
        if profile is Profile.COST:
            return Weights()
        if profile is Profile.BALANCED:
            return Weights(
                per_excess_ride_second=150,
                per_wait_aboard_second=150,
                per_early_second=50,
                per_late_second=50,
                per_week_hours_second=300,
                per_month_hours_second=300,
                per_early_start=500_000,
                per_short_round=500_000,
                per_other_driver=200_000,
            )
        return Weights(per_metre=1, per_duty_second=0, per_round=0, per_open_round=0)


@dataclass(frozen=True, slots=True)
class Objective:
    """The profile chosen and the weights in force.

    Attributes
    ----------
    profile
        Where the weights started from.
    weights
        The profile's weights, possibly changed one by one in the scenario.
    """

    profile: Profile = Profile.BALANCED
    weights: Weights = Weights.of(Profile.BALANCED)
