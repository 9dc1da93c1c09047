"""Requests drawn from the OpenAPI document, in every role, with all of Schemathesis' checks."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
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
# Their bodies are files with schemas of their own.
_DOCUMENTS = {"/v1/check", "/v1/days/{date}/scenario"}
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
        operation: Any = found.ok()  # type: ignore[union-attr]
        access = ACCESS[operation.method.upper(), operation.path]
        count = examples if access.is_public or role in access.roles else refused
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for mode in modes if count > 1 else modes[:1]:
            _Round(town, role, known, tally).send(operation, mode, max(1, count // 2))
    return tally


def known_ids(town: Town) -> list[str]:
    """Make one of each kind of thing, so that some drawn requests find something."""
    caller = town.caller(Role.COORDINATOR)
    return [str(caller.make(each.path, each.body(caller))["id"]) for each in SAMPLES]


@dataclass(frozen=True, slots=True)
class _Round:
    """Requests of one kind to one operation."""

    town: Town
    role: Role
    known: list[str]
    tally: Tally

    def send(self, operation: Any, mode: GenerationMode, count: int) -> None:
        """Draw requests, send them, and note what the checks find."""

        @seed(0)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
        )
        @given(case=operation.as_strategy(mode), name=st.sampled_from([None, *self.known]))
        def drawn(case: Any, name: str | None) -> None:
            if name is not None and "id" in case.path_parameters:
                case.path_parameters["id"] = name
            self._judge(case, mode)

        # Where a route takes nothing, nothing can be wrong.
        with suppress(Unsatisfiable):
            drawn()
        if operation.path.startswith("/v1/sessions"):
            self.town.sign_in_again()

    def _judge(self, case: Any, mode: GenerationMode) -> None:
        headers = {"Authorization": f"Bearer {self.town.tokens[self.role]}"}
        case.body = _whole(case.body)
        response, tally = case.call(headers=headers), self.tally
        what = f"{case.method} {case.operation.path}"
        tally.cases += 1
        tally.statuses[response.status_code] += 1
        try:
            case.validate_response(response, headers=headers)
        except FailureGroup as group:
            tally.failures += [f"{what}: {each}" for each in group.exceptions]
        is_document = case.operation.path in _DOCUMENTS
        if mode is GenerationMode.POSITIVE and response.status_code == 422 and not is_document:
            codes = {each["code"] for each in response.json()["problems"]}
            if codes & _SHAPE_CODES:
                tally.failures.append(f"{what}: refused {case.body!r}: {response.text}")


def _whole(value: Any) -> Any:
    """Write 3.0 as 3, which is one number to a schema and two to our readers."""
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def told(tally: Tally) -> Iterator[str]:
    """Say in lines what came back."""
    yield f"{tally.cases} requests: {dict(sorted(tally.statuses.items()))}"
    yield from dict.fromkeys(tally.failures)
