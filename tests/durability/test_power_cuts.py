"""A power cut at any write or sync loses no booking that was acknowledged."""

import pytest

from tests.durability.power_cuts import WITHOUT_SYNC, Trace, cut, fail, record, spread, steps

N_CUTS = 60
N_BOOKINGS = 24


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    return record(tmp_path_factory.mktemp("power"), N_BOOKINGS)


def test_no_acknowledged_booking_is_lost_or_halved_on_the_shipped_profile(trace: Trace) -> None:
    tally = cut(trace, spread(steps(trace), N_CUTS))

    assert (tally.n_cuts, tally.n_lost, tally.n_halved, tally.n_corrupt) == (N_CUTS, 0, 0, 0)
    # Cuts come early and late: on average half of the bookings were acknowledged.
    assert tally.n_acknowledged > N_CUTS * len(trace.bookings) / 3


def test_without_syncs_the_same_cuts_lose_bookings(trace: Trace) -> None:
    tally = cut(trace, spread(steps(trace, WITHOUT_SYNC), N_CUTS), WITHOUT_SYNC)

    assert tally.n_lost > 0


def test_a_write_or_sync_that_fails_is_never_taken_for_a_success(trace: Trace) -> None:
    tally = fail(trace, spread(steps(trace), N_CUTS))

    assert (tally.n_cuts, tally.n_lost, tally.n_halved, tally.n_corrupt) == (N_CUTS, 0, 0, 0)
