"""A disk whose power can be cut: what was not synced is lost, or arrives in pieces."""

from random import Random  # noqa: TID251 - seeded by the number of the cut
from typing import Any

import apsw

SECTOR = 512


class CutFile:
    """A file of the disk, as SQLite uses one."""

    def __init__(self, disk: "CutDisk", content: bytes) -> None:
        self.disk = disk
        self.content = bytearray(content)
        self.durable = bytearray(content)
        self.pending: list[tuple[int, bytes | None]] = []

    def xRead(self, amount: int, offset: int) -> bytes:
        """Return what was written, synced or not."""
        return bytes(self.content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        """Take a write, which is not on the disk yet."""
        if self.disk.tick():
            _apply(self.content, offset, bytes(data))
            self.pending.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        """Take a truncation, which is not on the disk yet."""
        if self.disk.tick():
            _apply(self.content, size, None)
            self.pending.append((size, None))

    def xSync(self, flags: int) -> None:
        """Bring everything to the disk."""
        if self.disk.tick():
            for offset, data in self.pending:
                _apply(self.durable, offset, data)
            self.pending = []

    def xFileSize(self) -> int:
        """Return the size as written."""
        return len(self.content)

    def xLock(self, level: int) -> None:
        """Nobody else is there."""

    def xUnlock(self, level: int) -> None:
        """Nobody else is there."""

    def xCheckReservedLock(self) -> bool:
        """Nobody else is there."""
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        """Know no further commands."""
        return False

    def xSectorSize(self) -> int:
        """Return what a disk writes at once."""
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        """Promise nothing."""
        return 0

    def xClose(self) -> None:
        """Keep the content: it is the disk's."""

    def after_cut(self, rng: Random | None) -> bytes:
        """Return what the power cut leaves.

        With a source of chances, writes that were not synced arrive whole, in
        pieces, or not at all, in any combination; without one, none arrives.
        """
        left = bytearray(self.durable)
        for offset, data in self.pending if rng is not None else ():
            assert rng is not None
            if data is None:
                if rng.random() < 0.5:
                    _apply(left, offset, None)
                continue
            fate = rng.random()
            for start in range(0, len(data), SECTOR):
                if fate < 0.4 or (fate < 0.7 and rng.random() < 0.5):
                    _apply(left, offset + start, data[start : start + SECTOR])
        return bytes(left)


class CutDisk(apsw.VFS):
    """All files, and the moment at which the power goes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: dict[str, CutFile] = {}
        self.n_steps = 0
        self.cut_at: int | None = None
        self.is_passing = False
        self.is_off = False
        super().__init__(name, "")

    def load(
        self, files: dict[str, bytes], cut_at: int | None = None, *, is_passing: bool = False
    ) -> None:
        """Put files on the disk; the power goes at a step, or one step fails, or nothing."""
        self.files = {path: CutFile(self, content) for path, content in files.items()}
        self.n_steps, self.cut_at = 0, cut_at
        self.is_passing, self.is_off = is_passing, False

    def tick(self) -> bool:
        """Count a write or a sync; False once the power is off."""
        if self.is_off:
            return False
        self.n_steps += 1
        if self.n_steps == self.cut_at:
            self.is_off = not self.is_passing
            raise apsw.IOError("the disk fails")
        return True

    def as_written(self) -> dict[str, bytes]:
        """Return the files as whoever has them open sees them."""
        return {path: bytes(file.content) for path, file in self.files.items()}

    def after_cut(self, rng: Random | None) -> dict[str, bytes]:
        """Return the files that the power cut leaves."""
        return {path: file.after_cut(rng) for path, file in self.files.items()}

    def xFullPathname(self, name: str) -> str:
        """Know no folders."""
        return name

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> Any:
        """Open a file, making it when it is not there."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return self.files.setdefault(path, CutFile(self, b""))

    def xAccess(self, pathname: str, flags: int) -> bool:
        """Tell whether a file is there."""
        return pathname in self.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Remove a file at once and for good."""
        self.files.pop(filename, None)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data
