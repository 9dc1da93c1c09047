"""Rules an association sets for itself, with the defaults of rural practice."""

from dataclasses import dataclass

from tus_dispatch.domain.daytime import DaytimePolicy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.units import Seconds


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits that hold for everybody unless a person or a booking says otherwise.

    Attributes
    ----------
    ride_limit
        Longest stay aboard.
    max_wait_aboard_s
        Longest standstill before one stop while people are aboard.
    arrive_early_s
        With ``arrive_by``: how much earlier people may be dropped.
    depart_late_s
        With ``not_before``: how much later people may be picked up.
    promise_tolerance_s
        How far a promised pickup may move, to either side.
    extra_person_s
        Boarding seconds for each further person of a party.
    daytime
        How far the middle of the day may be filled.
    """

    ride_limit: RideLimit = RideLimit()
    max_wait_aboard_s: Seconds = 300
    arrive_early_s: Seconds = 1800
    depart_late_s: Seconds = 2400
    promise_tolerance_s: Seconds = 300
    extra_person_s: Seconds = 60
    daytime: DaytimePolicy = DaytimePolicy()
