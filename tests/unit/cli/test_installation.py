"""An installation is made, backed up, tried and examined from the command line."""

import json
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from tus_dispatch.cli.app import app
from tus_dispatch.desk.accounts import sign_in
from tus_dispatch.desk.running import surroundings
from tus_dispatch.desk.running.backups import contents
from tus_dispatch.desk.running.generations import backups_in
from tus_dispatch.desk.running.setting_up import open_database
from tus_dispatch.desk.running.settings import Settings, load_settings
from tus_dispatch.domain.organisation import Role

INIT = ("init", "--name", "TUS d’essai", "--login", "awa")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is not there yet, and no setting of this machine."""
    for name in ("DATABASE_URL", "BACKUP_DIR", "FILES_DIR", "MIN_FREE_MB"):
        monkeypatch.delenv(f"TUS_{name}", raising=False)
    monkeypatch.setenv("TUS_DATA_DIR", str(tmp_path / "tus"))
    return tmp_path / "tus"


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, words, input=stdin)


@pytest.fixture
def settings() -> Settings:
    """An installation just made."""
    assert run(*INIT).exit_code == 0
    return load_settings()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_installation_is_hidden_from_others_and_its_first_account_can_sign_in(
    folder: Path,
) -> None:
    result = run(*INIT)

    assert result.exit_code == 0
    assert (mode(folder), mode(folder / "secrets.toml"), mode(folder / "tus.db")) == (
        0o700,
        0o600,
        0o600,
    )
    password = next(line for line in result.stdout.splitlines() if "passe" in line).split()[-1]
    with closing(open_database(load_settings())) as database:
        signed_in = sign_in(database, "Awa", password, None)
    assert signed_in.account.value.role is Role.ADMIN


def test_no_two_installations_have_the_same_password() -> None:
    words = run(*INIT).stdout.split()

    assert len(words[words.index("passe") + 2]) == 20


def test_a_password_can_be_chosen_and_is_not_repeated() -> None:
    result = run(*INIT, "--password-stdin", stdin="quatre chaises vertes\n")

    assert result.exit_code == 0
    assert "chaises" not in result.output
    with closing(open_database(load_settings())) as database:
        assert sign_in(database, "awa", "quatre chaises vertes", None).token


def test_a_password_that_is_guessed_makes_nothing(folder: Path) -> None:
    result = run(*INIT, "--password-stdin", stdin="motdepasse123\n")

    assert result.exit_code == 2
    assert "TUS-1608" in result.stderr
    assert not (folder / "secrets.toml").exists()
    # What was refused can be repeated.
    assert run(*INIT).exit_code == 0


def test_a_second_installation_in_one_folder_is_refused(settings: Settings) -> None:
    before = settings.secrets_path.read_bytes()

    result = run(*INIT)

    assert result.exit_code == 2
    assert "TUS-1605" in result.stderr
    assert settings.secrets_path.read_bytes() == before


def test_an_unknown_time_zone_is_refused() -> None:
    result = run(*INIT, "--time-zone", "Europe/Pariss")

    assert result.exit_code == 2
    assert "Europe/Pariss" in result.stderr


def test_lost_secrets_are_made_anew_only_when_they_are_lost(settings: Settings) -> None:
    assert run("init", "--secrets-only").exit_code == 2
    before = settings.secrets_path.read_bytes()
    settings.secrets_path.unlink()

    assert run("init", "--secrets-only").exit_code == 0
    assert settings.secrets_path.read_bytes() != before


def test_a_backup_holds_every_row_and_is_hidden_from_others(settings: Settings) -> None:
    result = run("backup")

    assert result.exit_code == 0
    (path,) = backups_in(settings.backups)
    assert mode(path) == 0o600
    assert settings.sqlite_path is not None
    assert contents(path) == contents(settings.sqlite_path)
    assert contents(path)["account"].n_rows == 1


def test_a_backup_is_tried_and_the_trial_noted(settings: Settings) -> None:
    run("backup")

    result = run("restore", "--check")

    assert result.exit_code == 0
    assert "lignes identiques" in result.stdout
    note = json.loads((settings.backups / surroundings.DRILL_FILE).read_text(encoding="utf-8"))
    assert note["backup"] == backups_in(settings.backups)[0].name


def test_a_damaged_backup_is_refused(settings: Settings) -> None:
    run("backup")
    (path,) = backups_in(settings.backups)
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)

    result = run("restore", "--check")

    assert result.exit_code == 2
    assert "TUS-1423" in result.stderr


def test_a_backup_is_restored_into_an_empty_database_only(settings: Settings) -> None:
    run("backup")
    (path,) = backups_in(settings.backups)
    url = f"sqlite:///{settings.data_dir / 'new.db'}"

    assert run("restore", str(path), "--to", url).exit_code == 0
    assert contents(settings.data_dir / "new.db") == contents(path)
    again = run("restore", str(path), "--to", url)
    assert (again.exit_code, "TUS-1424" in again.stderr) == (2, True)


def test_there_must_be_a_backup_and_a_place_for_it(settings: Settings) -> None:
    assert "TUS-1611" in run("restore", "--check").stderr
    run("backup")
    assert run("restore").exit_code == 2


@pytest.fixture
def examined(settings: Settings) -> Settings:
    """An installation with a backup that was tried."""
    run("backup")
    run("restore", "--check")
    return settings


def test_a_sound_installation_has_nothing_to_see_to_now(examined: Settings) -> None:
    result = run("doctor")

    assert result.exit_code == 0, result.stdout
    for topic in ("Versions", "SQLite", "Secrets", "Droits", "Disque", "Base", "Profil", "Horloge"):
        assert f"\n{topic}" in f"\n{result.stdout}"
    assert "NON" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_diagnosis_names_what_is_wrong_and_what_to_do(examined: Settings) -> None:
    examined.secrets_path.chmod(0o644)

    result = run("doctor")

    assert result.exit_code == 1
    assert "chmod 600" in result.stdout
    assert "à régler maintenant" in result.stdout


def test_a_damaged_database_is_diagnosed(examined: Settings) -> None:
    assert examined.sqlite_path is not None
    with examined.sqlite_path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)

    result = run("doctor")

    assert result.exit_code == 1
    assert "restaurez la dernière bonne sauvegarde" in " ".join(result.stdout.split())


def test_an_event_of_tomorrow_shows_a_clock_that_is_wrong(examined: Settings) -> None:
    with closing(open_database(examined)) as database, database.write() as session:
        session.execute(
            text(
                "INSERT INTO event SELECT organisation_id, stream, seq + 1000, at + 90000, "
                "kind, actor, subjects_json, data_json, hash, 'x' FROM event LIMIT 1"
            )
        )

    result = run("doctor")

    assert result.exit_code == 1
    assert "elle retarde" in result.stdout


def test_without_an_installation_every_command_says_how_to_make_one() -> None:
    for words in (("backup",), ("restore", "--check"), ("doctor",)):
        result = run(*words)

        assert result.exit_code in {1, 2}
        assert "tus init" in result.output or "tus backup" in result.output
