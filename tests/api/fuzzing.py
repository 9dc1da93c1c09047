"""Requests drawn from the OpenAPI document, in every role, with all of Schemathesis' checks."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import (
    ChecksConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.config._checks import MissingRequiredHeaderConfig
from schemathesis.core.failures import FailureGroup

from tests.api.samples import SAMPLES
from tests.api.town import Town
from tus_dispatch.desk.access import ACCESS
from tus_dispatch.domain.organisation import Role

# Nobody named a version, or not the one it is: no schema can know.
_VERSIONS = ("412", "428")
# An end before its start, a trip to where one is, a social security number: rules that
# no JSON Schema says. A mistake in the shape of what was generated to fit is a failure.
_SHAPE_CODES = {"TUS-1011", "TUS-1012", "TUS-1013", "TUS-1014", "TUS-1018", "TUS-1019"}
_DEFAULT_POSITIVE = ("2xx", "401", "403", "404", "409", "429")
_DEFAULT_MISSING = ("400", "401", "403", "406", "415", "422")


@dataclass(slots=True)
class Tally:
    """What came back.

    Attributes
    ----------
    cases
        Requests sent.
    statuses
        How often each was answered.
    failures
        What the checks found, with the request that shows it.
    """

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def configuration() -> SchemathesisConfig:
    """Return a configuration with every check on."""
    checks = ChecksConfig(
        positive_data_acceptance=PositiveDataAcceptanceConfig(
            expected_statuses=(*_DEFAULT_POSITIVE, *_VERSIONS, "422")
        ),
        missing_required_header=MissingRequiredHeaderConfig(
            expected_statuses=(*_DEFAULT_MISSING, "428")
        ),
    )
    return SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(checks=checks)))


def fuzz(town: Town, role: Role, examples: int, refused: int) -> Tally:
    """Send drawn requests to every operation.

    Parameters
    ----------
    town
        An association with a little of everything.
    role
        Who calls.
    examples
        Per operation that the role may call, half of them wrong on purpose.
    refused
        Per operation that it may not.

    Returns
    -------
    Tally
        Without failures when all is well.
    """
    schema = schemathesis.openapi.from_asgi("/openapi.json", town.app, config=configuration())
    known, tally = known_ids(town), Tally()
    for found in schema.get_all_operations():
        operation = found.ok()
        access = ACCESS[operation.method.upper(), operation.path]
        count = examples if access.is_public or role in access.roles else refused
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _fuzz_one(town, role, operation, mode, max(1, count // 2), known, tally)
    return tally


def known_ids(town: Town) -> list[str]:
    """Make one of each kind of thing, so that some drawn requests find something."""
    caller = town.caller(Role.COORDINATOR)
    return [str(caller.make(each.path, each.body(caller))["id"]) for each in SAMPLES]


def _fuzz_one(
    town: Town,
    role: Role,
    operation: Any,
    mode: GenerationMode,
    count: int,
    known: list[str],
    tally: Tally,
) -> None:
    path = operation.path

    @seed(0)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(settings.default.phases[0], settings.default.phases[2]),
    )
    @given(case=operation.as_strategy(mode), name=st.sampled_from([None, *known]))
    def send(case: Any, name: str | None) -> None:
        if name is not None and "id" in case.path_parameters and mode is GenerationMode.POSITIVE:
            case.path_parameters["id"] = name
        headers = {"Authorization": f"Bearer {town.tokens[role]}"}
        response = case.call(headers=headers)
        tally.cases += 1
        tally.statuses[response.status_code] += 1
        try:
            case.validate_response(response, headers=headers)
        except FailureGroup as group:
            tally.failures += [f"{case.method} {path}: {each}" for each in group.exceptions]
        if mode is GenerationMode.POSITIVE and response.status_code == 422:
            codes = {each["code"] for each in response.json()["problems"]}
            if codes & _SHAPE_CODES:
                tally.failures.append(
                    f"{case.method} {path}: refused {case.body!r}: {response.text}"
                )

    # Where a route takes nothing, nothing can be wrong.
    with suppress(Unsatisfiable):
        send()
    if path.startswith("/v1/sessions"):
        town.sign_in_again()


def told(tally: Tally) -> Iterator[str]:
    """Say in lines what came back."""
    yield f"{tally.cases} requests: {dict(sorted(tally.statuses.items()))}"
    yield from dict.fromkeys(tally.failures)
