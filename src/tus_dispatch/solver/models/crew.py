"""Who takes which route: a small exact model of hours, turns and people known to each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

MOST_ROUTES_EACH = 2
WORK_LIMIT = 5.0
# Prices are scaled down together where their sum would not fit into a whole number.
_LARGEST = 2**56


@dataclass(frozen=True, slots=True)
class Term:
    """A price for the distance between what a driver has worked and what is due.

    Attributes
    ----------
    off_s
        Worked less due, before the routes to be given; negative when behind.
    price
        Per second, to either side.
    """

    off_s: int
    price: int


@dataclass(frozen=True, slots=True)
class Crew:
    """One driver, as the model sees them.

    Attributes
    ----------
    worked_s
        Work of the day that is settled already.
    terms
        Prices of hours.
    early_price
        Price of an early route; 0 when the day begins early anyway.
    short_price
        Price of a day that has work, but little.
    """

    worked_s: int
    terms: tuple[Term, ...]
    early_price: int = 0
    short_price: int = 0


@dataclass(frozen=True, slots=True)
class CrewProblem:
    """Routes that want a driver.

    Attributes
    ----------
    work_s, is_early
        Per route.
    crews
        The drivers.
    allowed
        Whether a driver may take a route, by route and driver.
    apart
        Driver and two routes that are not both theirs.
    price
        Of a driver on a route, by route and driver.
    short_s
        A day with less work than this is short.
    """

    work_s: tuple[int, ...]
    is_early: tuple[bool, ...]
    crews: tuple[Crew, ...]
    allowed: tuple[tuple[bool, ...], ...]
    apart: tuple[tuple[int, int, int], ...]
    price: tuple[tuple[int, ...], ...]
    short_s: int


def assign_crews(problem: CrewProblem) -> tuple[int | None, ...]:
    """Give as many routes as possible a driver, and among such choices the cheapest.

    Parameters
    ----------
    problem
        Small: a handful of routes, some dozens of drivers.

    Returns
    -------
    tuple of int or None
        The driver of each route, or None. The same problem has the same
        answer.
    """
    chosen = _Model(problem).solve()
    return tuple(
        next((d for d in range(len(problem.crews)) if (r, d) in chosen), None)
        for r in range(len(problem.work_s))
    )


class _Model:
    def __init__(self, problem: CrewProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.takes = {
            (r, d): self.model.new_bool_var(f"takes {r} {d}")
            for r, row in enumerate(problem.allowed)
            for d, may in enumerate(row)
            if may
        }
        for r in range(len(problem.work_s)):
            self.model.add_at_most_one(self._of_route(r))
        for d in range(len(problem.crews)):
            self.model.add(sum(self._of_driver(d).values()) <= MOST_ROUTES_EACH)
        for d, one, other in problem.apart:
            if (one, d) in self.takes and (other, d) in self.takes:
                self.model.add_bool_or(self.takes[one, d].negated(), self.takes[other, d].negated())

    def solve(self) -> set[tuple[int, int]]:
        if not self.takes:
            return set()
        named = sum(self.takes.values())
        self.model.maximize(named)
        best = self._run()
        self.model.add(named == len(best))
        for key, var in self.takes.items():
            self.model.add_hint(var, key in best)
        scale = max(1, self._worst() // _LARGEST)
        terms = [term for d in range(len(self.problem.crews)) for term in self._cost(d)]
        prices = [price // scale for _, price in terms]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([var for var, _ in terms], prices))
        return self._run() or best

    def _run(self) -> set[tuple[int, int]]:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = WORK_LIMIT
        status = solver.solve(self.model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return set()
        return {key for key, var in self.takes.items() if solver.boolean_value(var)}

    def _of_route(self, r: int) -> list[cp_model.IntVar]:
        return [var for (route, _), var in self.takes.items() if route == r]

    def _of_driver(self, d: int) -> dict[int, cp_model.IntVar]:
        return {r: var for (r, driver), var in self.takes.items() if driver == d}

    def _worst(self) -> int:
        total_s = sum(self.problem.work_s)
        hours = sum(
            (abs(term.off_s) + total_s) * term.price
            for crew in self.problem.crews
            for term in crew.terms
        )
        turns = sum(crew.early_price + crew.short_price for crew in self.problem.crews)
        return hours + turns + sum(max(row, default=0) for row in self.problem.price)

    def _cost(self, d: int) -> Iterator[tuple[cp_model.IntVar, int]]:
        """Yield what has a price for a driver, and the price."""
        problem, crew, mine = self.problem, self.problem.crews[d], self._of_driver(d)
        if not mine:
            return
        for r, var in mine.items():
            yield var, problem.price[r][d]
        seconds = [problem.work_s[r] for r in mine]
        work = cp_model.LinearExpr.weighted_sum(list(mine.values()), seconds)
        for number, term in enumerate(crew.terms):
            most_s = abs(term.off_s) + sum(seconds)
            off = self.model.new_int_var(0, most_s, f"off {d} {number}")
            self.model.add_abs_equality(off, work + term.off_s)
            yield off, term.price
        early = [var for r, var in mine.items() if problem.is_early[r]]
        if crew.early_price and early:
            begins_early = self.model.new_bool_var(f"early {d}")
            self.model.add_max_equality(begins_early, early)
            yield begins_early, crew.early_price
        if crew.short_price:
            yield self._is_short(d, list(mine.values()), work), crew.short_price

    def _is_short(
        self, d: int, mine: list[cp_model.IntVar], work: cp_model.LinearExpr
    ) -> cp_model.IntVar:
        """Return whether the day has work, but little."""
        crew, short_s = self.problem.crews[d], self.problem.short_s
        has_work = self.model.new_bool_var(f"works {d}")
        if crew.worked_s:
            self.model.add(has_work == 1)
        else:
            self.model.add_max_equality(has_work, mine)
        is_long = self.model.new_bool_var(f"long {d}")
        self.model.add(work >= short_s - crew.worked_s).only_enforce_if(is_long)
        self.model.add(work < short_s - crew.worked_s).only_enforce_if(is_long.negated())
        is_short = self.model.new_bool_var(f"short {d}")
        self.model.add_bool_and(has_work, is_long.negated()).only_enforce_if(is_short)
        self.model.add_bool_or(has_work.negated(), is_long).only_enforce_if(is_short.negated())
        return is_short
