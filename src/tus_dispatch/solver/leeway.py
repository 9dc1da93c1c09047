"""How far the times of some orders may still be chosen, and which rules bind the choice."""

from collections.abc import Iterable
from dataclasses import dataclass

from tus_dispatch.solver.time_rules import CLOCK, Rule

NEVER = -(2**62)


@dataclass(frozen=True, slots=True)
class Leeway:
    """All schedules that keep some rules.

    Attributes
    ----------
    first, last
        Earliest and latest of every moment, shape ``(n,)``. All the earliest
        together are a schedule, and so are all the latest.
    rules
        Rules that do not follow from these.
    """

    first: list[int]
    last: list[int]
    rules: list[Rule]

    def narrowed(self, rules: Iterable[Rule]) -> "Leeway | None":
        """Return what is left under further rules.

        Parameters
        ----------
        rules
            To keep as well.

        Returns
        -------
        Leeway or None
            None when no schedule keeps them all.

        Notes
        -----
        Bellman-Ford, to and fro because most rules join neighbours: two or
        three double sweeps in practice.
        """
        first, last = self.first.copy(), self.last.copy()
        there = [*self.rules, *rules]
        back = there[::-1]
        for sweep in range(len(first) + 1):
            changed = False
            for u, v, least in back if sweep % 2 else there:
                if first[u] + least > first[v]:
                    first[v] = first[u] + least
                    changed = True
                if last[v] - least < last[u]:
                    last[u] = last[v] - least
                    changed = True
            if any(early > late for early, late in zip(first, last, strict=True)):
                return None
            if not changed:
                break
        else:
            return None
        binding = [(u, v, least) for u, v, least in there if first[v] - last[u] < least]
        return Leeway(first, last, binding)


def leeway_of(rules: Iterable[Rule], n_moments: int) -> Leeway | None:
    """Return all schedules that keep some rules.

    Parameters
    ----------
    rules
        What to keep; they bound every moment on both sides.
    n_moments
        How many moments there are, the clock's zero included.

    Returns
    -------
    Leeway or None
        None when no schedule keeps the rules.
    """
    first, last = [NEVER] * n_moments, [-NEVER] * n_moments
    first[CLOCK] = last[CLOCK] = 0
    return Leeway(first, last, []).narrowed(rules)
