"""One writer per SQLite file: one thread of one process, however many have it open."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tus_dispatch.store.codes import busy

_LONGEST_WAIT_S = 30.0
_LOCKS: dict[Path, "WriterLock"] = {}
_LOCKS_GUARD = threading.Lock()


class WriterLock:
    """The right to write to one file.

    Threads wait for one another. The process that wrote first keeps the file to
    itself until it closes it or ends: old SQLite libraries damage a file that two processes
    write to and checkpoint at once.

    Parameters
    ----------
    path
        The database file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._threads = threading.Lock()
        self._owner: int | None = None
        self._file: int | None = None
        self._n_users = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the right to write.

        Yields
        ------
        None
            While nobody else writes.

        Raises
        ------
        ReadOnlyError
            When somebody else keeps it too long.
        RuntimeError
            When this thread holds it already.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("a write inside a write would wait for itself")
        if not self._threads.acquire(timeout=_LONGEST_WAIT_S):
            raise busy(f"{_LONGEST_WAIT_S:.0f} s d’attente")
        self._owner = threading.get_ident()
        try:
            self._take_file()
            yield
        finally:
            self._owner = None
            self._threads.release()

    def _take_file(self) -> None:
        if self._file is not None:
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise busy(f"{self._path.name}, tenu par un autre programme") from error
        self._file = file

    def join(self) -> None:
        """Count one more who has the file open."""
        self._n_users += 1

    def leave(self) -> bool:
        """Count one less; the last one leaves the file to other processes."""
        self._n_users -= 1
        if self._n_users == 0 and self._file is not None:
            os.close(self._file)
            self._file = None
        return self._n_users == 0


def writer_lock(path: Path) -> WriterLock:
    """Return the lock of a file, the same one for everybody in this process.

    Parameters
    ----------
    path
        The database file.

    Returns
    -------
    WriterLock
        To be given back with :func:`give_back`.
    """
    with _LOCKS_GUARD:
        lock = _LOCKS.setdefault(path.resolve(), WriterLock(path.resolve()))
        lock.join()
        return lock


def give_back(path: Path, lock: WriterLock) -> None:
    """Give the lock of a file back, once for each time it was taken.

    Parameters
    ----------
    path
        The database file.
    lock
        As returned by :func:`writer_lock`.
    """
    with _LOCKS_GUARD:
        if lock.leave():
            _LOCKS.pop(path.resolve(), None)
