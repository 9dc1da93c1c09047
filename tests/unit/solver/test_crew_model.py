"""The small model of crews finds what trying every choice finds."""

from itertools import product
from random import Random  # noqa: TID251 - problems are drawn from a seed

import pytest

from tus_dispatch.solver.models.crew import Crew, CrewProblem, Term, assign_crews

HOUR_S = 3600


def problem(rng: Random) -> CrewProblem:
    n_routes, n_crews = rng.randint(1, 4), rng.randint(1, 3)
    return CrewProblem(
        work_s=tuple(rng.randint(1, 8) * HOUR_S for _ in range(n_routes)),
        is_early=tuple(rng.random() < 0.4 for _ in range(n_routes)),
        crews=tuple(
            Crew(
                worked_s=rng.choice((0, 0, 3 * HOUR_S)),
                terms=tuple(
                    Term(rng.randint(-12, 6) * HOUR_S, rng.randint(1, 9))
                    for _ in range(rng.randint(0, 2))
                ),
                early_price=rng.choice((0, 40_000)),
                short_price=rng.choice((0, 30_000)),
            )
            for _ in range(n_crews)
        ),
        allowed=tuple(tuple(rng.random() < 0.7 for _ in range(n_crews)) for _ in range(n_routes)),
        apart=tuple(
            (d, one, other)
            for d in range(n_crews)
            for one in range(n_routes)
            for other in range(one)
            if rng.random() < 0.4
        ),
        price=tuple(
            tuple(rng.choice((0, 20_000)) for _ in range(n_crews)) for _ in range(n_routes)
        ),
        short_s=4 * HOUR_S,
    )


def is_allowed(one: CrewProblem, choice: tuple[int | None, ...]) -> bool:
    pairs = [(r, d) for r, d in enumerate(choice) if d is not None]
    return (
        all(one.allowed[r][d] for r, d in pairs)
        and all(choice.count(d) <= 2 for d in range(len(one.crews)))
        and not any(choice[a] == choice[b] == d for d, a, b in one.apart)
    )


def cost(one: CrewProblem, choice: tuple[int | None, ...]) -> tuple[int, int]:
    """Routes without a driver first, then the price of those who have routes to choose from."""
    total = 0
    for d, crew in enumerate(one.crews):
        mine = [r for r, driver in enumerate(choice) if driver == d]
        if not any(row[d] for row in one.allowed):
            continue
        work_s = sum(one.work_s[r] for r in mine)
        total += sum(abs(term.off_s + work_s) * term.price for term in crew.terms)
        total += sum(one.price[r][d] for r in mine)
        total += crew.early_price * any(one.is_early[r] for r in mine)
        day_s = crew.worked_s + work_s
        total += crew.short_price * (day_s > 0 and day_s < one.short_s)
    return choice.count(None), total


@pytest.mark.parametrize("seed", range(60))
def test_no_other_choice_names_more_or_costs_less(seed: int) -> None:
    one = problem(Random(seed))  # noqa: S311
    choices = product((None, *range(len(one.crews))), repeat=len(one.work_s))
    best = min(cost(one, choice) for choice in choices if is_allowed(one, choice))

    found = assign_crews(one)

    assert is_allowed(one, found)
    assert cost(one, found) == best


def test_prices_beyond_whole_numbers_are_scaled_down() -> None:
    dear = Crew(0, (Term(-5 * HOUR_S, 10**12),))
    one = CrewProblem(
        (5 * HOUR_S,), (False,), (Crew(0, ()), dear), ((True, True),), (), ((0, 0),), 0
    )

    # Without the route the second driver would stay five hours behind.
    assert assign_crews(one) == (1,)
