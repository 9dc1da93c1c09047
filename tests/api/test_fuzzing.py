"""Whatever comes in is answered as documented: no server error, nothing bad accepted."""

from pathlib import Path

from tests.api.fuzzing import fuzz, told
from tests.api.town import open_town
from tus_dispatch.desk.access import ACCESS


def test_requests_drawn_from_the_document_are_answered_as_documented_to_every_role(
    tmp_path: Path,
) -> None:
    with open_town(f"sqlite:///{tmp_path}/tus.db", tmp_path) as town:
        tally = fuzz(town, examples=10)

    assert tally.failures == [], "\n".join(told(tally))
    assert max(tally.statuses) < 500
    assert tally.cases > 10 * len(ACCESS)
