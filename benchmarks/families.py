"""Write made-up files of the literature's families: ``python -m benchmarks.families OUT``.

For trying a search on files it has never seen: ``--family b --requests 96 --vehicles 8
--count 5`` writes ``b8-96-1.txt`` to ``b8-96-5.txt``.
"""

import argparse
import sys
from pathlib import Path

from tests.literature_families import FAMILIES, dial_a_ride, pairs

PAIRS = "pairs"


def main() -> None:
    """Write files by family, size and seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--family", choices=[*FAMILIES, PAIRS], default="b")
    parser.add_argument("--requests", type=int, default=48)
    parser.add_argument("--vehicles", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1, help="Of the first file.")
    parser.add_argument("--count", type=int, default=1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for seed in range(asked.seed, asked.seed + asked.count):
        if asked.family == PAIRS:
            text = pairs(n_pairs=asked.requests, n_vehicles=asked.vehicles, seed=seed)
        else:
            text = dial_a_ride(
                asked.family, n_requests=asked.requests, n_vehicles=asked.vehicles, seed=seed
            )
        path = asked.out / f"{asked.family}{asked.vehicles}-{asked.requests}-{seed}.txt"
        path.write_text(text, encoding="ascii")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
