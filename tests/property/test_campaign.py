"""A tenth of every long campaign, in process; ``make campaign`` runs the whole."""

from collections.abc import Callable

import pytest

from tests.campaign import CAMPAIGNS
from tests.campaign_tally import Tally

SHARE = 10


@pytest.mark.parametrize(
    ("campaign", "first", "count"), CAMPAIGNS, ids=[entry[0].__name__ for entry in CAMPAIGNS]
)
def test_a_tenth_of_the_campaign_has_no_fault(
    campaign: Callable[[int, int], Tally], first: int, count: int
) -> None:
    tally = campaign(first, count // SHARE)

    assert tally.faults == []
    assert tally.count == count // SHARE
