"""Every random choice of a made-up day comes from one seed, the same on every machine."""

import math
import random  # noqa: TID251 - the door: its uniform stream is the same in every version
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_NORMAL_TERMS = 12


class Draws:
    """Choices from a seeded stream of uniform numbers.

    Parameters
    ----------
    seed
        Same seed, same choices.

    Notes
    -----
    Only ``random.Random.random`` is used: Python promises its stream for good,
    which neither the other methods nor NumPy's generators do. Committed
    scenarios can therefore be made again, byte by byte, by later versions.
    """

    def __init__(self, seed: int) -> None:
        self._uniform = random.Random(seed).random  # noqa: S311 - not for secrets

    def chance(self, share: float) -> bool:
        """Answer yes with the given probability."""
        return self._uniform() < share

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both bounds included."""
        return low + int(self._uniform() * (high - low + 1))

    def stepped(self, low: int, high: int, step: int) -> int:
        """Draw ``low``, ``low + step``, … up to ``high``."""
        return low + step * self.whole(0, (high - low) // step)

    def real(self, low: float, high: float) -> float:
        """Draw a number between two bounds."""
        return low + self._uniform() * (high - low)

    def choice(self, items: Sequence[T]) -> T:
        """Draw one of the items, all equally likely."""
        return items[self.whole(0, len(items) - 1)]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Draw one of the items by weight.

        Parameters
        ----------
        items
            What to choose from; not empty.
        weights
            One per item, not negative, with a positive sum.

        Returns
        -------
        item
            An item of positive weight.
        """
        mark = self._uniform() * math.fsum(weights)
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return [item for item, weight in zip(items, weights, strict=True) if weight > 0][-1]

    def lognormal(self, median: float, sigma: float) -> float:
        """Draw a positive number whose logarithm is close to normal.

        Parameters
        ----------
        median
            Half of all draws are below.
        sigma
            Standard deviation of the logarithm.

        Returns
        -------
        float
            At most six sigmas away, as a sum of twelve uniforms is.
        """
        normal = sum(self._uniform() for _ in range(_NORMAL_TERMS)) - _NORMAL_TERMS / 2
        return median * math.exp(sigma * normal)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order."""
        pool = list(items)
        for last in range(len(pool) - 1, 0, -1):
            other = self.whole(0, last)
            pool[last], pool[other] = pool[other], pool[last]
        return pool
