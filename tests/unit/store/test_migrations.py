"""Tables follow the program: made, migrated after a backup, and never from the future."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kept import SetClock, opened, sqlite_url
from tus_dispatch.errors import InputError
from tus_dispatch.store.migrate import differences, head, migrate, revision, upgrade
from tus_dispatch.store.migrations import versions
from tus_dispatch.store.session import Database
from tus_dispatch.store.soundness import check_backup

VERSIONS = Path(versions.__file__).parent
# As a program of the fourth step wrote it.
AN_ASSOCIATION = """
    INSERT INTO organisation (id, version, created_at, changed_at, name, territory_name,
        time_zone, terrain, objective_json, policy_json, travel_source, travel_json,
        retention_months, promise_half_width_s)
    VALUES ('org_a', 1, 0, 0, 'Une association', 'Un pays', 'Europe/Paris', 'plain', '{}', '{}',
        'estimate', '{}', 24, 300)
"""


def test_an_empty_database_gets_the_tables_of_the_program(url: str) -> None:
    with opened(url) as database, database.readers.connect() as connection:
        assert revision(connection) == head()
        assert list(differences(connection)) == []


def test_opening_a_current_database_takes_no_step(database: Database) -> None:
    assert migrate(database) == ()


def test_every_step_can_be_taken_alone(url: str) -> None:
    database = Database.connect(url, clock=SetClock())
    known = sorted(file.stem.partition("_")[0][1:] for file in VERSIONS.glob("v*.py"))
    taken: list[str] = []
    for step in known:
        with database.write() as session:
            taken += upgrade(session.connection(), step)
    with database.readers.connect() as connection:
        found = revision(connection)
    database.close()

    assert taken == known
    assert found == head() == known[-1]


def test_an_older_database_is_backed_up_before_it_is_migrated(url: str, tmp_path: Path) -> None:
    backups = tmp_path / "copies"
    older = Database.connect(url, clock=SetClock())
    with older.write() as session:
        upgrade(session.connection(), "0004")
        session.execute(text(AN_ASSOCIATION))
    older.close()

    migrated = Database.open(url, clock=SetClock(), backups=backups)
    with migrated.readers.connect() as connection:
        found = revision(connection)
    migrated.close()

    (copy,) = backups.iterdir()
    report = check_backup(copy, clock=SetClock())
    assert found == head()
    assert copy.name.startswith("before-migration-from-0004-")
    assert (report.revision, report.faults) == ("0004", ())
    assert report.tables["organisation"].n_rows == 1


def test_a_step_that_fails_leaves_the_older_tables_whole(tmp_path: Path) -> None:
    older = Database.connect(sqlite_url(tmp_path), clock=SetClock())
    with older.write() as session:
        upgrade(session.connection(), "0003")
        # In the way of a table that the next step makes last.
        session.execute(text("CREATE TABLE driver_link (x)"))
    older.close()

    with pytest.raises(InputError, match="TUS-1421"):
        Database.open(sqlite_url(tmp_path), clock=SetClock())

    with closing(sqlite3.connect(tmp_path / "tus.db")) as file:
        names = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
        (number,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
    assert number == "0003"
    assert "driver_event" not in names


def test_a_database_of_a_newer_program_is_not_touched(url: str) -> None:
    with opened(url) as database, database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(InputError, match="TUS-1422"):
        Database.open(url, clock=SetClock())


def test_somebody_elses_database_is_not_touched(url: str) -> None:
    strange = Database.connect(url, clock=SetClock())
    with strange.write() as session:
        session.execute(text("CREATE TABLE recipes (name TEXT)"))
    strange.close()

    with pytest.raises(InputError, match="TUS-1421"):
        Database.open(url, clock=SetClock())
