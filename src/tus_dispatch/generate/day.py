"""A made-up rural day from a family, a seed and two sizes, with a plan that serves it."""

import numpy as np

from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.generate.codes import refusal
from tus_dispatch.generate.compose import ATTEMPTS, Attempt, Task, compose
from tus_dispatch.generate.families import family_named
from tus_dispatch.generate.reference import reference_plan
from tus_dispatch.generate.setting import Setting

# A day that holds fewer of its legs is not saved by people living closer.
_HOPELESS_SHARE = 0.7


def generate(
    family: str,
    *,
    seed: int,
    n_legs: int,
    n_shifts: int,
    solvable: bool = True,
    setting: Setting | None = None,
) -> Scenario:
    """Make up a day.

    Parameters
    ----------
    family
        One of the six names.
    seed
        Same arguments, same scenario.
    n_legs, n_shifts
        Exactly so many; an outward and a return leg count two.
    solvable
        Draw bookings so that a plan serves all of them; False draws without
        looking at the shifts.
    setting
        Date and roads.

    Returns
    -------
    Scenario
        The day.

    Raises
    ------
    InputError
        When the family is unknown, a size too small, or the legs do not fit.
    """
    task = Task(family_named(family), seed, n_legs, n_shifts, setting or Setting(), solvable)
    return _attempt(task).scenario


def generate_with_reference(
    family: str, *, seed: int, n_legs: int, n_shifts: int, setting: Setting | None = None
) -> tuple[Scenario, Plan, TravelMatrix]:
    """Make up a day and show the plan it was built around.

    Parameters
    ----------
    family
        One of the six names.
    seed
        Same arguments, same answer.
    n_legs, n_shifts
        Exactly so many.
    setting
        Date and roads.

    Returns
    -------
    tuple
        The same scenario as :func:`generate` gives, a plan that serves every
        leg, and the travel times between its places.

    Raises
    ------
    InputError
        As :func:`generate`.
    """
    task = Task(family_named(family), seed, n_legs, n_shifts, setting or Setting(), solvable=True)
    done = _attempt(task)
    plan = reference_plan(done.scenario, done.roster.tours, done.land)
    return done.scenario, plan, _cut(done)


def _attempt(task: Task) -> Attempt:
    """Draw days until one holds all legs."""
    if task.n_legs < 2:
        raise refusal("generate-size", "--legs", task.n_legs, "au moins 2")
    if task.n_shifts < 1:
        raise refusal("generate-size", "--shifts", task.n_shifts, "au moins 1")
    most = 0
    for number in range(ATTEMPTS):
        done = compose(task, number)
        if done.n_fitted == task.n_legs:
            return done
        most = max(most, done.n_fitted)
        if most < _HOPELESS_SHARE * task.n_legs:
            break
    raise refusal("generate-too-full", "--legs", task.n_legs, f"au plus {most} environ")


def _cut(done: Attempt) -> TravelMatrix:
    """Keep the rows and columns of places that are in use."""
    matrix = done.land.matrix
    places = tuple(place.id for place in done.scenario.places)
    rows = [matrix.index(place) for place in places]
    cut = np.ix_(rows, rows)
    return TravelMatrix(
        places, matrix.seconds[cut], matrix.metres[cut], matrix.source, matrix.warnings
    )
