"""Settings come from the environment and from options, and are told when they cannot be used."""

from pathlib import Path

import pytest

from tus_dispatch.desk.running.settings import load_settings
from tus_dispatch.errors import InputError


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "DATABASE_URL", "HOST", "PORT", "BACKUP_DIR", "FILES_DIR"):
        monkeypatch.delenv(f"TUS_{name}", raising=False)


def test_without_a_word_everything_lies_in_one_folder_and_nothing_leaves_the_machine() -> None:
    settings = load_settings()

    assert settings.host == "127.0.0.1"
    assert settings.sqlite_path == settings.data_dir.absolute() / "tus.db"
    for path in (settings.secrets_path, settings.backups, settings.files, settings.ballast_path):
        assert path.parent == settings.data_dir


def test_the_environment_chooses_and_an_option_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUS_PORT", "8123")
    monkeypatch.setenv("TUS_DATABASE_URL", "postgresql+psycopg://tus@db/tus")

    settings = load_settings(port=8124, host=None)

    assert (settings.data_dir, settings.port) == (tmp_path, 8124)
    assert settings.url == "postgresql+psycopg://tus@db/tus"
    assert settings.sqlite_path is None


def test_every_unusable_setting_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TUS_PORT", "99999")
    monkeypatch.setenv("TUS_LOG_LEVEL", "loud")

    with pytest.raises(InputError) as told:
        load_settings(database_url="mysql://user:hunter2@db/tus")

    found = {each.where: each.value for each in told.value.problems}
    assert found == {
        "TUS_PORT": "99999",
        "TUS_LOG_LEVEL": "loud",
        "TUS_DATABASE_URL": "une adresse illisible",
    }
    assert {each.code for each in told.value.problems} == {"TUS-1601"}
    assert "hunter2" not in str(told.value)
