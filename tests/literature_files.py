"""Two tiny benchmark files whose best routes can be checked by hand."""

from pathlib import Path

from tus_dispatch.formats.benchmark_file import read_literature
from tus_dispatch.formats.literature import LiteratureInstance

# Two requests on 3-4-5 triangles: from (3, 4) to (0, 4), and from (3, 0) to (6, 0).
# The second, then the first: 3 + 3 + 5 + 3 + 4 = 18, and nothing is shorter: one
# vehicle each drives 12 + 12, any other order of one vehicle more than 23.
CORDEAU_ROWS = """
0   0   0   0  0   0  480
1   3   4   3  1   0 1440
2   3   0   3  2  10   20
3   0   4   3 -1  30   60
4   6   0   3 -2   0 1440
5   0   0   0  0   0  480
"""
# The same in the other format, with the dropoffs first: its rows are 3 and 4 for the
# pickups, 1 and 2 for the dropoffs.
LI_LIM = """2 3 1
0 0 0  0  0 480 0 0 0
1 0 4 -1 30  60 3 3 0
2 6 0 -2  0 470 3 4 0
3 3 4  1  0 470 3 0 1
4 3 0  2 10  20 3 0 2
"""
BEST_COST = 18.0
# Nodes 0 and 1 are the pickups, 2 and 3 the dropoffs.
BEST_ORDERS = ((1, 3, 0, 2),)


def cordeau_text(*, max_duty: int = 480, max_ride: int = 30, n_vehicles: int = 2) -> str:
    """The dial-a-ride file, with limits of one's own."""
    return f"{n_vehicles} 2 {max_duty} 3 {max_ride}\n{CORDEAU_ROWS.lstrip()}"


def cordeau_file(folder: Path, **limits: int) -> Path:
    """Write the dial-a-ride file into a folder."""
    path = folder / "tiny.txt"
    path.write_text(cordeau_text(**limits), encoding="ascii")
    return path


def li_lim_file(folder: Path) -> Path:
    """Write the pickup-and-delivery file into a folder."""
    path = folder / "pairs.txt"
    path.write_text(LI_LIM, encoding="ascii")
    return path


def tiny(folder: Path, *, ride_limit: bool = True, **limits: int) -> LiteratureInstance:
    """Read the dial-a-ride file."""
    return read_literature(cordeau_file(folder, **limits), ride_limit=ride_limit)
