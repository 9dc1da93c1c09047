"""Make the costs anew that `make test` is held to: ``python -m benchmarks.regression``."""

import argparse
import json
import sys
from time import perf_counter

from tests.regression_guard import BASELINE, CASES, SEED, search
from tus_dispatch.solver.engines import DEFAULT_ENGINE

ITERATIONS = 10_000


def main() -> None:
    """Search every case and write the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    iterations = parser.parse_args().iterations
    costs = {}
    for case in CASES:
        instance = case.make()
        began_at = perf_counter()
        found = search(instance, iterations)
        wall_s = perf_counter() - began_at
        n_out = len(found.solution.unserved)
        sys.stdout.write(f"{case.name}: {found.cost}, {n_out} left out, {wall_s:.1f} s\n")
        costs[case.name] = found.cost
    baseline = {
        "engine": DEFAULT_ENGINE,
        "seed": SEED,
        "iterations": iterations,
        "costs": costs,
    }
    BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
