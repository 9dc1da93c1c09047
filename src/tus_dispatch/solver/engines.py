"""The engines by name, all behind one interface."""

from collections.abc import Callable, Mapping
from typing import Protocol

from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.search import Incumbent, search
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop

DEFAULT_ENGINE = "ruin-recreate"


class Engine(Protocol):
    """Searches an instance; every incumbent is feasible under all its rules."""

    def __call__(
        self,
        instance: Instance,
        *,
        seed: int,
        stop: Stop,
        on_incumbent: Callable[[Incumbent], None],
        start: Solution | None = None,
    ) -> Incumbent:
        """Search until told to stop and return the best found."""
        ...


ENGINES: Mapping[str, Engine] = {DEFAULT_ENGINE: search}
