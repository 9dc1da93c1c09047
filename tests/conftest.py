"""Profiles of Hypothesis and the folder of real data, for every test."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.data_folder import find_data_folder

# A slow machine is no fault of the code, so no example has a deadline. The gate
# is derandomised: the same commit is green or red everywhere.
settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=100_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def data_folder() -> Path | None:
    """Folder of real data; None means: generate what the test needs."""
    return find_data_folder()
