"""Chance inside kernels: the same numbers compiled and interpreted.

References
----------
.. [1] L'Ecuyer, P. (1988). Efficient and portable combined random number
   generators. *Communications of the ACM*, 31(6), 742-751.
"""

import numpy as np

from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel

FIRST_MODULUS = 2147483563
SECOND_MODULUS = 2147483399
FIRST_FACTOR = 40014
SECOND_FACTOR = 40692


def make_dice(seed: int) -> Ints:
    """Return the state of a generator.

    Parameters
    ----------
    seed
        Any whole number from 0.

    Returns
    -------
    ndarray of shape (2,)
        Changed by every throw.
    """
    words = np.random.SeedSequence(seed).generate_state(2, np.uint32).astype(np.int64)
    return np.array(
        [1 + words[0] % (FIRST_MODULUS - 1), 1 + words[1] % (SECOND_MODULUS - 1)], dtype=np.int64
    )


@inner_kernel
def throw(dice: Ints, sides: int) -> int:
    """Return a whole number from 0 to below ``sides``, at most 2**31."""
    return _next(dice) % sides


@inner_kernel
def chance(dice: Ints) -> float:
    """Return a number between 0 and 1, both excluded."""
    return (_next(dice) + 0.5) / (FIRST_MODULUS - 1)


@inner_kernel
def _next(dice: Ints) -> int:
    dice[0] = dice[0] * FIRST_FACTOR % FIRST_MODULUS
    dice[1] = dice[1] * SECOND_FACTOR % SECOND_MODULUS
    z: int = (dice[0] - dice[1]) % (FIRST_MODULUS - 1)
    return z
