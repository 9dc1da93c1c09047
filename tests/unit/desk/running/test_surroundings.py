"""What a diagnosis sees without opening the database."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tus_dispatch.cli.doctor_view import show_findings
from tus_dispatch.desk.running import surroundings
from tus_dispatch.desk.running.findings import State, good, warning, wrong
from tus_dispatch.desk.running.generations import backup_name
from tus_dispatch.desk.running.keys import make_secrets, save_secrets
from tus_dispatch.desk.running.settings import Settings

NOW_AT = 1_773_072_120
HOUR_S, DAY_S = 3600, 86_400


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with strong secrets and nothing else."""
    tmp_path.chmod(0o700)
    save_secrets(make_secrets(), tmp_path / "secrets.toml")
    return Settings(data_dir=tmp_path)


def backup(settings: Settings, age_s: int) -> Path:
    settings.backups.mkdir(mode=0o700, exist_ok=True)
    path = settings.backups / backup_name(NOW_AT - age_s)
    path.touch(mode=0o600)
    return path


@pytest.mark.parametrize(
    ("library", "state"),
    [
        ((3, 40, 1), State.WARNING),
        ((3, 44, 5), State.WARNING),
        ((3, 44, 6), State.GOOD),
        ((3, 50, 6), State.WARNING),
        ((3, 50, 7), State.GOOD),
        ((3, 51, 2), State.WARNING),
        ((3, 51, 3), State.GOOD),
        ((3, 53, 0), State.GOOD),
    ],
)
def test_libraries_that_damage_files_under_two_writers_are_named(
    library: tuple[int, int, int], state: State
) -> None:
    _, sqlite = surroundings.versions(library)

    assert sqlite.state is state


def test_strong_secrets_are_good_and_weak_ones_are_wrong(settings: Settings) -> None:
    assert surroundings.secrets(settings).state is State.GOOD

    settings.secrets_path.write_text('event_key = "changeme"\n', encoding="utf-8")

    found = surroundings.secrets(settings)
    assert found.state is State.WRONG
    assert "changeme" not in found.text


def test_a_file_that_others_can_read_is_named(settings: Settings) -> None:
    database = settings.data_dir / "tus.db"
    database.touch(mode=0o600)
    assert surroundings.file_modes(settings).state is State.GOOD

    database.chmod(0o640)

    found = surroundings.file_modes(settings)
    assert found.state is State.WRONG
    assert found.text.endswith(": tus.db")


def test_little_space_is_a_warning_and_too_little_is_wrong(tmp_path: Path) -> None:
    free_mb = shutil.disk_usage(tmp_path).free // 1_000_000
    below, near = 2 * free_mb, free_mb // 3

    assert surroundings.disk(Settings(data_dir=tmp_path, min_free_mb=1)).state is State.GOOD
    assert surroundings.disk(Settings(data_dir=tmp_path, min_free_mb=near)).state is State.WARNING
    assert surroundings.disk(Settings(data_dir=tmp_path, min_free_mb=below)).state is State.WRONG


def test_no_backup_is_wrong(settings: Settings) -> None:
    (found,) = surroundings.backups(settings, NOW_AT)

    assert (found.state, found.text) == (State.WRONG, "aucune")


@pytest.mark.parametrize(
    ("age_s", "state", "said"),
    [
        (59, State.GOOD, "il y a 0\u00a0minute"),
        (2 * HOUR_S, State.GOOD, "il y a 2\u00a0heures"),
        (27 * HOUR_S, State.WARNING, "il y a 27\u00a0heures"),
        (3 * DAY_S, State.WARNING, "il y a 3\u00a0jours"),
    ],
)
def test_an_old_backup_is_a_warning(
    age_s: int, state: State, said: str, settings: Settings
) -> None:
    backup(settings, 10 * DAY_S)
    backup(settings, age_s)

    last, disk, drill = surroundings.backups(settings, NOW_AT)

    assert last.state is state
    assert said in last.text
    assert "(2\u00a0gardées)" in last.text
    # In this test everything lies on one disk, and nobody has tried to restore.
    assert (disk.state, drill.state) == (State.WARNING, State.WARNING)


def test_a_drill_is_good_for_two_weeks(settings: Settings) -> None:
    backup(settings, 60)
    drill = settings.backups / surroundings.DRILL_FILE
    drill.touch(mode=0o600)
    done_at = int(drill.stat().st_mtime)

    *_, fresh = surroundings.backups(settings, done_at + 13 * DAY_S)
    *_, stale = surroundings.backups(settings, done_at + 15 * DAY_S)

    assert (fresh.state, stale.state) == (State.GOOD, State.WARNING)


@pytest.mark.parametrize(
    ("now_at", "state"),
    [
        (NOW_AT, State.GOOD),
        (NOW_AT - 100, State.GOOD),
        (NOW_AT - 121, State.WRONG),
        (5, State.WRONG),
    ],
)
def test_a_clock_that_stands_before_what_has_happened_is_wrong(now_at: int, state: State) -> None:
    assert surroundings.clock(now_at, NOW_AT).state is state


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_diagnosis_stays_within_its_columns(width: int) -> None:
    findings = [
        good("Versions", "tus-dispatch 0.1.0, Python 3.11.7"),
        *surroundings.versions((3, 40, 1)),
        warning("Essai", "aucune sauvegarde n’a encore été restaurée", "Lancez « tus restore »."),
        wrong("Droits", "lisible par d’autres comptes : tus.db", "Retirez ces droits. " * 9),
    ]
    out = StringIO()

    show_findings(findings, Console(file=out, width=width))

    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= min(width, 80)
    assert lines[0] == "Versions      ok      tus-dispatch 0.1.0, Python 3.11.7"[:width]
    assert any("→ Lancez « tus restore »." in line for line in lines)
    assert lines[-1] == "1\u00a0point à régler maintenant, 2\u00a0autres à voir."


def test_a_diagnosis_without_findings_to_see_to_says_so() -> None:
    out = StringIO()

    show_findings([good("Horloge", "plausible")], Console(file=out, width=80))

    assert out.getvalue().endswith("\n\nTout va bien.\n")
