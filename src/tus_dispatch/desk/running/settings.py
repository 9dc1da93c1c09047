"""Where an installation lives and how it serves: environment variables that begin with TUS_."""

from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from tus_dispatch.desk.running.codes import problem
from tus_dispatch.errors import InputError

MEGABYTE = 1_000_000
_EXPECTED = {
    "data_dir": "un dossier",
    "database_url": "sqlite:///chemin/vers/tus.db ou postgresql+psycopg://…",
    "port": "un nombre de 1 à 65535",
    "backup_every_h": "un nombre d’heures de 1 à 168",
    "min_free_mb": "un nombre de mégaoctets de 1 à 100 000 000",
    "log_level": "debug, info, warning ou error",
}


def _default_folder() -> Path:
    return Path(platformdirs.user_data_dir("tus_dispatch"))


class Settings(BaseSettings):
    """What the person who installs the server may choose.

    Attributes
    ----------
    data_dir
        Folder of the installation; database, secrets, backups and published
        sheets lie in it unless said otherwise.
    database_url
        ``sqlite:///…`` or ``postgresql+psycopg://…``; None for ``tus.db`` in
        ``data_dir``.
    backup_dir, files_dir
        Folders for backups, best on another disk, and for published sheets;
        None for ``backups`` and ``published`` in ``data_dir``.
    host, port
        Where to listen; loopback unless told.
    backup_every_h
        Hours between the backups the server makes by itself; 0 for none.
    min_free_mb
        With less free space than this nothing is written any more.
    log_level
        Least serious message that is logged.
    """

    model_config = SettingsConfigDict(env_prefix="TUS_", frozen=True, extra="ignore")

    data_dir: Path = Field(default_factory=_default_folder)
    database_url: str | None = None
    backup_dir: Path | None = None
    files_dir: Path | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    backup_every_h: Annotated[int, Field(ge=0, le=168)] = 1
    min_free_mb: Annotated[int, Field(ge=1, le=100_000_000)] = 200
    log_level: str = "info"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("sqlite:///", "postgresql")):
            raise ValueError("neither SQLite nor PostgreSQL")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("no such level")
        return value.lower()

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'tus.db'}"

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        url = self.url
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None

    @property
    def secrets_path(self) -> Path:
        """The file of secrets."""
        return self.data_dir / "secrets.toml"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def files(self) -> Path:
        """The folder of published sheets."""
        return self.files_dir or self.data_dir / "published"

    @property
    def ledger_path(self) -> Path:
        """The list of erased people, by identity alone, kept outside the database."""
        return self.data_dir / "erasures.jsonl"

    @property
    def ballast_path(self) -> Path:
        """A file that can be given up when the disk is full."""
        return self.data_dir / "ballast.bin"

    @property
    def min_free_bytes(self) -> int:
        """How many bytes must stay free."""
        return self.min_free_mb * MEGABYTE


def load_settings(**chosen: Any) -> Settings:
    """Read the settings.

    Parameters
    ----------
    **chosen
        Options of a command; None leaves the variable or the default.

    Returns
    -------
    Settings
        Checked.

    Raises
    ------
    InputError
        With every variable or option that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})
    except ValidationError as error:
        problems = tuple(
            problem(
                "unusable-setting",
                f"TUS_{name.upper()}",
                # The address of a database may hold a password.
                "une adresse illisible" if name == "database_url" else each["input"],
                _EXPECTED.get(name, "une valeur utilisable"),
            )
            for each in error.errors()
            for name in [str(each["loc"][0])]
        )
        raise InputError("réglages", problems) from None
