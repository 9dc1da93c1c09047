"""The peers by name: which library each needs, and which limits it can say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from tus_dispatch.bench.codes import refusal
from tus_dispatch.bench.peers.problem import PEER_SCALE, Budget, Orders, PeerProblem

Solve = Callable[[PeerProblem, Budget], Orders]


@dataclass(frozen=True, slots=True)
class Peer:
    """One solver we compare with.

    Attributes
    ----------
    name
        What ``--engine`` takes.
    target
        ``module:function``.
    library
        Package it imports.
    distribution
        Name the package is installed and versioned under.
    says_ride_limit, says_route_duration
        Whether it can be told the longest stay aboard and the longest route.
    takes_seed
        Whether runs with other seeds differ by intent.
    scale
        Whole units per unit of the file: what its authors use, or what
        measured best.
    """

    name: str
    target: str
    library: str
    distribution: str
    says_ride_limit: bool = False
    says_route_duration: bool = False
    takes_seed: bool = False
    scale: int = PEER_SCALE

    def expect_installed(self) -> None:
        """Let nobody wait for a run that cannot start.

        Raises
        ------
        InputError
            When the library is not installed.
        """
        if find_spec(self.library) is None:
            expected = f"la bibliothèque {self.distribution} installée"
            raise refusal("peer-missing", "--engine", "--engine", self.name, expected)

    def load(self) -> Solve:
        """Import the library and return what solves with it."""
        import_module(self.library)
        module, function = self.target.split(":")
        solve: Solve = getattr(import_module(module), function)
        return solve


def _by_name(*peers: Peer) -> dict[str, Peer]:
    return {peer.name: peer for peer in peers}


PEERS: Mapping[str, Peer] = _by_name(
    Peer(
        "ortools-gls",
        f"{__package__}.ortools_routing:guided_local_search",
        "ortools",
        "ortools",
        says_ride_limit=True,
        says_route_duration=True,
    ),
    Peer(
        "ortools-ils",
        f"{__package__}.ortools_routing:iterated_local_search",
        "ortools",
        "ortools",
        says_ride_limit=True,
        says_route_duration=True,
    ),
    Peer(
        "pyvrp",
        f"{__package__}.pyvrp_shipments:solve",
        "pyvrp",
        "pyvrp",
        says_route_duration=True,
        takes_seed=True,
    ),
    Peer("vroom", f"{__package__}.vroom_shipments:solve", "vroom", "pyvroom", scale=10_000),
    Peer(
        "vrp-cli",
        f"{__package__}.vrp_cli_jobs:solve",
        "vrp_cli",
        "vrp-cli",
        says_route_duration=True,
    ),
)
