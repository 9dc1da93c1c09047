"""What need not be worked out twice: the last few results, by what they were made of."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Memory(Generic[V]):
    """The results used last, for any number of threads.

    Parameters
    ----------
    size
        How many are remembered.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return a result, working it out when nobody did.

        Parameters
        ----------
        key
            Everything the result depends on.
        make
            Works it out; while it does, others who want the same wait for it
            instead of working too.

        Returns
        -------
        object
            The same for the same key, until it is forgotten.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            busy = self._busy.setdefault(key, threading.Lock())
        with busy:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            made = make()
            with self._lock:
                self._kept[key] = made
                self._busy.pop(key, None)
                while len(self._kept) > self._size:
                    self._kept.popitem(last=False)
            return made

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        """Return how many results are remembered."""
        return len(self._kept)
