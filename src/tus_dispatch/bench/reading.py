"""What can be benchmarked: files of the literature, and scenarios of our own."""

from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.formats.benchmark_file import read_literature
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.formats.scenario import load_scenario


@dataclass(frozen=True, slots=True)
class LiteratureCase:
    """A file of Cordeau or of Li and Lim.

    Attributes
    ----------
    name
        Stem of the file.
    literature
        What it says.
    unlimited
        The same without its ride limit, if it has one.
    is_relaxed
        Whether a ride limit the file has was lifted; its records are then no
        longer comparable with published ones.
    """

    name: str
    literature: LiteratureInstance
    unlimited: LiteratureInstance
    is_relaxed: bool

    @property
    def n_requests(self) -> int:
        """Number of requests."""
        return self.literature.n_requests


@dataclass(frozen=True, slots=True)
class DayCase:
    """A scenario with its travel times.

    Attributes
    ----------
    name
        Stem of the file.
    scenario, matrix
        The day.
    """

    name: str
    scenario: Scenario
    matrix: TravelMatrix

    @property
    def n_requests(self) -> int:
        """Number of legs."""
        return len(legs_of(self.scenario))


Case = LiteratureCase | DayCase


def read_case(path: Path, *, ride_limit: bool = True) -> Case:
    """Read a file of either kind; scenarios are told apart by their suffix.

    Parameters
    ----------
    path
        ``.json`` for a scenario, anything else for a benchmark file.
    ride_limit
        Whether the longest stay aboard of a benchmark file holds; that of a
        scenario always does.

    Returns
    -------
    LiteratureCase or DayCase
        Ready to run.

    Raises
    ------
    InputError
        When the file cannot be used.
    """
    if path.suffix.lower() == ".json":
        scenario = load_scenario(path)
        return DayCase(path.stem, scenario, travel_matrix(scenario, path.parent))
    limited, unlimited = read_literature(path), read_literature(path, ride_limit=False)
    has_limit = bool((limited.instance.max_ride_s != unlimited.instance.max_ride_s).any())
    literature = limited if ride_limit else unlimited
    return LiteratureCase(path.stem, literature, unlimited, has_limit and not ride_limit)
