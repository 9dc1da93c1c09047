"""Requests drawn from the OpenAPI document, in every role, with all of Schemathesis' checks."""

import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
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
from tests.api.town import Town, open_town, quick_hashes
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


def fuzz(town: Town, examples: int, *, show: bool = False) -> Tally:
    """Send drawn requests to every operation, each by every role that it opens to.

    Parameters
    ----------
    town
        An association with a little of everything.
    examples
        Per operation, half of them wrong on purpose; of these the roles that
        may not call it send one.
    show
        Whether to say which operation is done.

    Returns
    -------
    Tally
        Without failures when all is well.
    """
    schema = schemathesis.openapi.from_asgi("/openapi.json", town.app, config=configuration())
    sender = _Sender(town, known_ids(town), Tally())
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            sender.send(operation, mode, max(1, examples // 2))
        if show:
            sys.stdout.write(f"{operation.label}: {sender.tally.cases} requests so far\n")
            sys.stdout.flush()
    return sender.tally


def known_ids(town: Town) -> list[str]:
    """Make one of each kind of thing, so that some drawn requests find something."""
    caller = town.caller(Role.COORDINATOR)
    return [str(caller.make(each.path, each.body(caller))["id"]) for each in SAMPLES]


@dataclass(frozen=True, slots=True)
class _Sender:
    """Draws requests and notes what comes back."""

    town: Town
    known: list[str]
    tally: Tally

    def send(self, operation: Any, mode: GenerationMode, count: int) -> None:
        """Draw requests to an operation and send each by every role in question."""
        access = ACCESS[operation.method.upper(), operation.path]
        opened = list(Role) if access.is_public else sorted(access.roles)
        refused = [role for role in Role if role not in opened]

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
            # What is wrong on purpose must stay so.
            is_free = mode is GenerationMode.POSITIVE and "id" in case.path_parameters
            if name is not None and is_free:
                case.path_parameters["id"] = name
            case.body = _whole(case.body)
            for role in [*opened, *refused]:
                self._judge(case, mode, role)
            refused.clear()

        # Where a route takes nothing, nothing can be wrong.
        with suppress(Unsatisfiable):
            drawn()
        if operation.path.startswith("/v1/sessions"):
            self.town.sign_in_again()

    def _judge(self, case: Any, mode: GenerationMode, role: Role) -> None:
        headers = {"Authorization": f"Bearer {self.town.tokens[role]}"}
        response, tally = case.call(headers=headers), self.tally
        what = f"{role} {case.method} {case.operation.path}"
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


def main() -> None:
    """Draw many requests per operation, and say what came back."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with TemporaryDirectory() as folder:
        url, place = f"sqlite:///{folder}/tus.db", Path(folder)
        with warnings.catch_warnings(), quick_hashes(), open_town(url, place) as town:
            warnings.simplefilter("ignore")
            tally = fuzz(town, examples, show=True)
    sys.stdout.write("\n".join(told(tally)) + "\n")
    sys.exit(1 if tally.failures or max(tally.statuses) >= 500 else 0)


if __name__ == "__main__":
    main()
