"""A backup made while people book holds everything acknowledged before it began, and restores."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import sleep

from tests.durability.conftest import Installed
from tests.durability.kills import N_CLIENTS, Campaign, book, new_bookings
from tests.durability.ledger import Ledger, Outcome, complaints, read_kept
from tests.office import Desk
from tests.serving import Server
from tus_dispatch.desk.running.backups import contents, drill
from tus_dispatch.desk.running.generations import backups_in
from tus_dispatch.desk.running.keys import load_secrets

N_BACKUPS = 3


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
    installed: Callable[[], Installed],
) -> None:
    server, desk = installed()

    with under_load(server, desk) as ledger:
        for _ in range(N_BACKUPS):
            wait_for_more(ledger, 10)
            before = acknowledged(ledger)

            made = server.run("backup")

            assert made.returncode == 0, made.stderr
            key = load_secrets(server.folder / "secrets.toml").event_key
            assert drill(newest(server), event_key=key).faults == ()
            kept = read_kept(newest(server))
            assert before <= set(kept.bookings.values())
            assert complaints(Ledger(), kept) == []

    assert server.run("backup").returncode == 0
    assert contents(newest(server)) == contents(server.folder / "tus.db")
    assert complaints(ledger, read_kept(newest(server))) == []


def test_a_backup_restored_elsewhere_serves_the_same_bookings(
    installed: Callable[[], Installed], tmp_path: Path
) -> None:
    server, desk = installed()
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


def test_a_copied_file_is_caught(installed: Callable[[], Installed], tmp_path: Path) -> None:
    server, desk = installed()

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
