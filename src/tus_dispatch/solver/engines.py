"""The engines by name, all behind one interface."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol

from tus_dispatch.solver import engine_names
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.routing_search import search_by_routing
from tus_dispatch.solver.search import Settings, search
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop

DEFAULT_ENGINE = engine_names.DEFAULT_ENGINE
WITHOUT_PROOF = f"{DEFAULT_ENGINE}/no-proof"


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


# The names with a stroke are the default engine without one of its parts: they
# show in the benchmarks what the part is worth. None of them proves, so the one
# without anything but the proof is what the others are compared with.
ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        DEFAULT_ENGINE: search,
        "routing": search_by_routing,
        WITHOUT_PROOF: search,
        f"{DEFAULT_ENGINE}/no-pool": partial(search, settings=Settings(pool=False)),
        f"{DEFAULT_ENGINE}/earliest-start": partial(search, settings=Settings(exact=False)),
        f"{DEFAULT_ENGINE}/no-screens": partial(search, settings=Settings(screens=False)),
        f"{DEFAULT_ENGINE}/no-closing": partial(search, settings=Settings(closing=False)),
    }
)
