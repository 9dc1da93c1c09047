"""A backup made while people book holds everything acknowledged before it began, and restores."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import sleep

from tests.durability.kills import N_CLIENTS, Campaign, book, new_bookings
from tests.durability.ledger import Ledger, Outcome, complaints, read_kept
from tests.office import Desk, made_installation
from tests.serving import Server
from tus_dispatch.desk.running.backups import contents
from tus_dispatch.desk.running.generations import backups_in

N_BACKUPS = 4


@contextmanager
def under_load(server: Server, desk: Desk) -> Iterator[Ledger]:
    """Serve while clients book without a pause."""
    ledger, seen, done = Ledger(), Campaign(), threading.Event()
    server.start()
    clients = [
        threading.Thread(
            target=book,
            args=(desk, server.url, ledger, done, new_bookings([], desk, Random(number)), seen),  # noqa: S311
        )
        for number in range(N_CLIENTS)
    ]
    for client in clients:
        client.start()
    try:
        yield ledger
    finally:
        done.set()
        for client in clients:
            client.join()
        server.stop()


def acknowledged(ledger: Ledger) -> set[str]:
    return {entry.key for entry in ledger.entries(Outcome.OK)}


def newest(server: Server) -> Path:
    return backups_in(server.folder / "backups")[-1]


def wait_for_more(ledger: Ledger, n_more: int) -> None:
    wanted = len(acknowledged(ledger)) + n_more
    while len(acknowledged(ledger)) < wanted:
        sleep(0.02)


def test_backups_under_load_hold_what_was_acknowledged_and_restore_row_by_row(
    tmp_path: Path,
) -> None:
    server, desk = made_installation(tmp_path, TUS_BACKUP_EVERY_H="0")

    with under_load(server, desk) as ledger:
        for _ in range(N_BACKUPS):
            wait_for_more(ledger, 10)
            before = acknowledged(ledger)
            made = server.run("backup")
            tried = server.run("restore", "--check")

            assert made.returncode == 0, made.stderr
            assert tried.returncode == 0, tried.stderr
            kept = read_kept(newest(server))
            assert before <= set(kept.bookings.values())
            assert complaints(Ledger(), kept) == []

    assert server.run("backup").returncode == 0
    assert contents(newest(server)) == contents(server.folder / "tus.db")
    assert complaints(ledger, read_kept(newest(server))) == []


def test_a_backup_restored_elsewhere_serves_the_same_bookings(tmp_path: Path) -> None:
    server, desk = made_installation(tmp_path, TUS_BACKUP_EVERY_H="0")
    with under_load(server, desk) as ledger:
        wait_for_more(ledger, 20)
        assert server.run("backup").returncode == 0
    backup = newest(server)
    elsewhere = Server(tmp_path / "elsewhere")
    elsewhere.folder.mkdir(mode=0o700)
    shutil.copy2(server.folder / "secrets.toml", elsewhere.folder)

    url = f"sqlite:///{elsewhere.folder / 'tus.db'}"
    restored = elsewhere.run("restore", str(backup), "--to", url)
    same = contents(backup) == contents(elsewhere.folder / "tus.db")
    elsewhere.start()
    elsewhere.kill()

    assert restored.returncode == 0, restored.stderr
    assert same
    kept = read_kept(elsewhere.folder / "tus.db")
    assert kept.bookings == read_kept(backup).bookings


def test_a_copied_file_is_caught(tmp_path: Path) -> None:
    server, desk = made_installation(tmp_path, TUS_BACKUP_EVERY_H="0")

    missing: set[str | None] = set()
    copy = tmp_path / "copied.db"
    with under_load(server, desk) as ledger:
        # A copy taken just after the log was emptied happens to be whole.
        for _ in range(5):
            wait_for_more(ledger, 10)
            before = acknowledged(ledger)
            shutil.copyfile(server.folder / "tus.db", copy)
            # SQLite finds nothing wrong with it: only content tells.
            assert read_kept(copy).integrity == "ok"
            missing |= before - set(read_kept(copy).bookings.values())

    assert missing
