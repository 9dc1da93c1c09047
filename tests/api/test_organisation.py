"""The settings of an association: who reads and changes what."""

from typing import Any

import pytest

from tests.api.town import Town
from tus_dispatch.api.v1.schemas.organisation import OrganisationAnswer
from tus_dispatch.desk.access import FIELDS
from tus_dispatch.domain.organisation import Role


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_settings_of_the_own_role(shared_town: Town, role: Role) -> None:
    seen = shared_town.caller(role).get("/v1/organisation").json()

    OrganisationAnswer.model_validate(seen)
    assert set(seen) == set(FIELDS["organisation"][role])


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"retention_months": 12}, {"retention_months": 12}),
        ({"name": "Mobilité Sud"}, {"name": "Mobilité Sud"}),
        (
            {"territory": {"name": "La Réunion", "time_zone": "Indian/Reunion"}},
            {
                "territory": {
                    "name": "La Réunion",
                    "time_zone": "Indian/Reunion",
                    "school_zone": None,
                    "terrain": "plain",
                }
            },
        ),
        (
            {"objective": {"profile": "cost", "weights": {"per_metre": 40}}},
            {"objective": {"profile": "cost", "weights": {"per_metre": 40}}},
        ),
    ],
)
def test_a_coordinator_changes_how_the_association_plans(
    town: Town, change: dict[str, Any], kept: dict[str, Any]
) -> None:
    answer = town.caller(Role.COORDINATOR).send("PATCH", "/v1/organisation", change, If_Match='"1"')

    assert answer.status_code == 200, answer.text
    assert {key: answer.json()[key] for key in kept} == kept


def test_where_travel_times_come_from_is_a_matter_of_the_admin(town: Town) -> None:
    change = {"travel": {"source": "osrm", "url": "http://127.0.0.1:5000"}}

    refused = town.caller(Role.COORDINATOR).send(
        "PATCH", "/v1/organisation", change, If_Match='"1"'
    )
    changed = town.caller(Role.ADMIN).send("PATCH", "/v1/organisation", change, If_Match='"1"')

    assert (refused.status_code, refused.json()["code"]) == (422, "TUS-1510")
    assert changed.json()["travel"]["url"] == "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"territory": {"name": "x", "time_zone": "Mars/Base"}}, "TUS-1022", None),
        ({"retention_months": 0}, "TUS-1014", "/retention_months"),
        ({"colour": "red"}, "TUS-1011", "/colour"),
        ({"objective": {"profile": "speed"}}, "TUS-1019", "/objective/profile"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(
    shared_town: Town, change: dict[str, Any], code: str, field: str | None
) -> None:
    answer = (
        shared_town.caller(Role.ADMIN)
        .send("PATCH", "/v1/organisation", change, If_Match='"1"')
        .json()
    )

    assert (answer["code"], answer["field"]) == (code, field)


def test_a_change_of_older_settings_shows_the_current_ones(town: Town) -> None:
    admin = town.caller(Role.ADMIN)
    current = admin.send(
        "PATCH", "/v1/organisation", {"retention_months": 12}, If_Match='"1"'
    ).json()

    answer = admin.send("PATCH", "/v1/organisation", {"name": "Autre"}, If_Match='"1"')

    assert (answer.status_code, answer.json()["current"]) == (412, current)


@pytest.mark.parametrize(
    ("travel", "code", "field"),
    [
        ({"source": "roads"}, "TUS-1035", "/travel"),
        ({"source": "osrm", "file": "roads.npz"}, "TUS-1035", "/travel"),
        ({"source": "estimate", "profile": "car"}, "TUS-1035", "/travel"),
        ({"source": "estimate", "calibration": 9.0}, "TUS-1014", "/travel/calibration"),
        ({"source": "matrix"}, "TUS-1019", "/travel/source"),
    ],
)
def test_a_source_of_travel_times_that_cannot_be_one_is_refused(
    shared_town: Town, travel: dict[str, Any], code: str, field: str
) -> None:
    answer = (
        shared_town.caller(Role.ADMIN)
        .send("PATCH", "/v1/organisation", {"travel": travel}, If_Match='"1"')
        .json()
    )

    assert (answer["code"], answer["field"]) == (code, field)
