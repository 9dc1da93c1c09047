"""Stop writing while the disk is nearly full; everything can still be read and printed."""

import contextlib
import logging
import os
import shutil
from pathlib import Path
from typing import Protocol

_LOG = logging.getLogger("tus_dispatch.guard")
BALLAST_BYTES = 64_000_000
# Below this share of the least free space the ballast is thrown off.
_LAST_SHARE = 4
# Space must come back with some to spare, lest the mode flickers.
_MARGIN = 1.1


class Writes(Protocol):
    """The part of a database that the guard may turn off and on."""

    @property
    def why_read_only(self) -> str | None:
        """The reason, or None while it can be written."""

    def read_only(self, reason: str) -> None:
        """Refuse every write from now on."""

    def writable(self) -> None:
        """Allow writes again."""


class DiskGuard:
    """Watches the free space beside a database.

    Parameters
    ----------
    writes
        The database.
    folder
        Where its file lies.
    ballast
        A file that is given up when space runs out, so that what must be
        written to end well still can be.
    min_free_bytes
        With less nothing is written any more.
    """

    def __init__(self, writes: Writes, folder: Path, ballast: Path, min_free_bytes: int) -> None:
        self.min_free_bytes = min_free_bytes
        self._writes, self._folder, self._ballast = writes, folder, ballast
        self._reason: str | None = None

    def look(self) -> None:
        """Measure, and turn writing off or on again."""
        free_bytes = shutil.disk_usage(self._folder).free
        if free_bytes < self.min_free_bytes:
            self._stop(free_bytes)
        elif free_bytes > _MARGIN * self.min_free_bytes:
            self._go_on(free_bytes)

    def _stop(self, free_bytes: int) -> None:
        if self._writes.why_read_only is None:
            self._reason = f"disque presque plein, {free_bytes // 1_000_000} Mo libres"
            self._writes.read_only(self._reason)
            _LOG.error("read-only: %d MB free", free_bytes // 1_000_000)
        if free_bytes < self.min_free_bytes // _LAST_SHARE:
            self._ballast.unlink(missing_ok=True)

    def _go_on(self, free_bytes: int) -> None:
        # Another reason, such as a commit that failed, is not ours to forget.
        if self._reason is not None and self._writes.why_read_only == self._reason:
            self._writes.writable()
            _LOG.warning("writable again: %d MB free", free_bytes // 1_000_000)
            self._reason = None
        if free_bytes > self.min_free_bytes + 2 * BALLAST_BYTES:
            lay_ballast(self._ballast)


def lay_ballast(path: Path) -> None:
    """Put a file of ballast on the disk, unless it is there.

    Parameters
    ----------
    path
        Where. When it does not fit there is none.
    """
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.posix_fallocate(handle, 0, BALLAST_BYTES)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
    finally:
        os.close(handle)
