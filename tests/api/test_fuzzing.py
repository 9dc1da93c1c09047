"""Whatever comes in is answered as documented: no server error, nothing bad accepted."""

from pathlib import Path

import pytest

from tests.api.fuzzing import fuzz, told
from tests.api.town import open_town
from tus_dispatch.domain.organisation import Role


@pytest.mark.parametrize("role", list(Role))
def test_drawn_requests_are_answered_as_documented(role: Role, tmp_path: Path) -> None:
    with open_town(f"sqlite:///{tmp_path}/tus.db", tmp_path) as town:
        tally = fuzz(town, role, examples=10, refused=1)

    assert tally.failures == [], "\n".join(told(tally))
    assert max(tally.statuses) < 500
    assert tally.cases > 90
