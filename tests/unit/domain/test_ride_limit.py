"""The longest ride is the direct drive and a bounded detour."""

import pytest

from tus_dispatch.domain.ride_limit import RideLimit


@pytest.mark.parametrize(
    ("limit", "direct_s", "longest_s"),
    [
        # Half as much again, never less than 15 minutes, never more than 45.
        (RideLimit(), 0, 900),
        (RideLimit(), 600, 1500),
        (RideLimit(), 1800, 2700),
        (RideLimit(), 1802, 2703),
        (RideLimit(), 5400, 8100),
        (RideLimit(), 5402, 8102),
        (RideLimit(), 36_000, 38_700),
        # The constant comes before minimum and cap.
        (RideLimit(constant_s=300), 1200, 2100),
        (RideLimit(constant_s=300), 1400, 2400),
        (RideLimit(constant_s=300), 5400, 8100),
        # The proportional part is rounded down: 33 % of 1000 s is 330 s.
        (RideLimit(33, 0, 0, 2700), 1001, 1331),
        (RideLimit(0, 0, 0, 0), 1200, 1200),
        # A cap below the minimum wins.
        (RideLimit(50, 0, 900, 600), 600, 1200),
    ],
)
def test_ride_limits(limit: RideLimit, direct_s: int, longest_s: int) -> None:
    assert limit.max_ride_s(direct_s) == longest_s
